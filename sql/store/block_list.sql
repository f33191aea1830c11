-- The blocks of one market, basis and period of a dataset, one a unit.
--
-- Parameters: :dataset   :market   :basis numbers   :period_code
-- Columns:    block_id, quantity_unit
-- Order:      quantity_unit.
SELECT block_id, quantity_unit FROM block
WHERE dataset_id = :dataset AND market_id = :market AND basis = :basis AND period_code = :period_code
ORDER BY quantity_unit
