-- What undoing a batch must know of it.
--
-- Parameters: :batch
-- Columns:    status, dataset_id or NULL
-- Order:      none, at most one row.
SELECT status, dataset_id FROM batch WHERE batch_id = :batch
