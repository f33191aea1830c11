-- The log of inputs.
--
-- Parameters: none
-- Columns:    batch_id, status, kind, path, released or NULL, recorded_at, documents, figures, added, changed, same, rejected
-- Order:      oldest first.
SELECT batch_id, status, kind, path, released, recorded_at, documents, figures, added, changed, same, rejected
FROM batch
ORDER BY batch_id
