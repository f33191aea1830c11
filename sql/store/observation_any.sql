-- Whether a dataset has rows.
--
-- Parameters: :dataset
-- Columns:    found 0 or 1
-- Order:      none, one row.
SELECT EXISTS (SELECT 1 FROM observation WHERE dataset_id = :dataset) AS found
