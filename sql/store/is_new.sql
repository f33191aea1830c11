-- Whether nothing was ever put into the file.
--
-- Parameters: none
-- Columns:    new 0 or 1
-- Order:      none, one row.
SELECT NOT EXISTS (SELECT 1 FROM batch) AS new
