-- Takes out the older values that a batch put aside or brought.
--
-- Parameters: :batch
DELETE FROM observation_old WHERE replaced_by = :batch OR batch_id = :batch
