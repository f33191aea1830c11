-- A dataset as it is kept.
--
-- Parameters: :key
-- Columns:    dataset_id, currency, valuation, reconciled 0 or 1
-- Order:      none, at most one row.
SELECT dataset_id, currency, valuation, reconciled FROM dataset WHERE key = :key
