-- All documents, to hold their text against its hash.
--
-- Parameters: none
-- Columns:    document_id, text, sha256
-- Order:      by number.
SELECT document_id, text, sha256 FROM document ORDER BY document_id
