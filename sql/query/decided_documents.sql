-- The articles about whose figures a person has decided.
--
-- Parameters: none
-- Columns:    document_id, key, title, published, url, lang, text, waiting number of figures that still wait
-- Order:      document_id.
SELECT d.document_id, d.key, d.title, d.published, d.url, d.lang, d.text,
       (SELECT count(*) FROM figure f WHERE f.document_id = d.document_id AND f.state = 'review') AS waiting
FROM document d
WHERE d.sha256 IN (SELECT text_sha256 FROM decision WHERE undone_at IS NULL)
ORDER BY d.document_id;
