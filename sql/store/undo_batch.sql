-- Marks a batch as undone; its row and its rejects stay in the log.
--
-- Parameters: :batch
UPDATE batch SET status = 'undone' WHERE batch_id = :batch
