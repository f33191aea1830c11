-- Adds what many cells share.
--
-- Parameters: :dataset   :market   :basis numbers   :period_code   :quantity_unit
-- Columns:    block_id
-- Order:      none, one row.
INSERT INTO block (dataset_id, market_id, basis, period_code, quantity_unit)
VALUES (:dataset, :market, :basis, :period_code, :quantity_unit)
RETURNING block_id
