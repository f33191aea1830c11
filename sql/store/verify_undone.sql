-- Rows that belong to an undone batch: there must be none.
--
-- Parameters: none
-- Columns:    batch_id, found number of rows
-- Order:      by batch.
SELECT batch.batch_id, (SELECT count(*) FROM figure WHERE figure.batch_id = batch.batch_id)
    + (SELECT count(*) FROM document WHERE document.batch_id = batch.batch_id)
    + (SELECT count(*) FROM observation WHERE observation.dataset_id = batch.dataset_id AND observation.batch_id = batch.batch_id) AS found
FROM batch
WHERE batch.status = 'undone'
ORDER BY batch.batch_id
