-- What a decision about a figure needs to know of it.
--
-- Parameters: :figure
-- Columns:    batch_id, document_id NULL for a table's cell, state, rule, batch_status, text_sha256 NULL for a table's cell
-- Order:      none, one row.
SELECT figure.batch_id, figure.document_id, figure.state, figure.rule, batch.status AS batch_status, document.sha256 AS text_sha256
FROM figure
JOIN batch ON batch.batch_id = figure.batch_id
LEFT JOIN document ON document.document_id = figure.document_id
WHERE figure.figure_id = :figure
