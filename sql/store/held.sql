-- The batch that holds an input with these bytes.
--
-- Parameters: :sha256 hexadecimal
-- Columns:    batch_id
-- Order:      none, at most one row: undone batches do not count.
SELECT batch_id FROM batch WHERE sha256 = :sha256 AND status = 'done'
