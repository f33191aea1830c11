-- Takes out the documents of a batch.
--
-- Parameters: :batch
DELETE FROM document WHERE batch_id = :batch
