-- Takes out the figures of a batch.
--
-- Parameters: :batch
DELETE FROM figure WHERE batch_id = :batch
