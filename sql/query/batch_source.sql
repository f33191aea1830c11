-- The input that a batch read.
--
-- Parameters: :batch_id
-- Columns:    path, sha256, released NULL when not said
-- Order:      one row.
SELECT path, sha256, released
FROM batch
WHERE batch_id = :batch_id;
