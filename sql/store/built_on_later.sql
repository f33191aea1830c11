-- The batches that count on this one.
--
-- Parameters: :batch
-- Columns:    batch_id, changed, same numbers of cells
-- Order:      newest first, the order in which they must be undone.
SELECT later.batch_id, later.changed, later.same
FROM built_on AS later
JOIN batch ON batch.batch_id = later.batch_id
WHERE later.on_batch_id = :batch AND batch.status = 'done'
ORDER BY later.batch_id DESC
