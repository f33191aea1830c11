-- The batch that holds a document with this text.
--
-- Parameters: :sha256 of the text
-- Columns:    batch_id
-- Order:      oldest first, one row.
SELECT batch_id FROM document WHERE sha256 = :sha256 ORDER BY document_id LIMIT 1
