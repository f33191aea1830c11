-- Forgets what a batch counted on.
--
-- Parameters: :batch
DELETE FROM built_on WHERE batch_id = :batch
