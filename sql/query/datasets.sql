-- Where rows come from and what holds for all of them.
--
-- Parameters: none
-- Columns:    dataset_id, key, name, source, currency, valuation, exhaustive 0 or 1, reconciled 0 or 1, selection 0 or 1
-- Order:      key.
SELECT dataset_id, key, name, source, currency, valuation, exhaustive, reconciled, selection
FROM dataset
ORDER BY key;
