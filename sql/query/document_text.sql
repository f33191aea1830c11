-- The text of a document.
--
-- Parameters: :document_id
-- Columns:    text, key the article's own id, sha256 of the text
-- Order:      one row.
SELECT text, key, sha256
FROM document
WHERE document_id = :document_id;
