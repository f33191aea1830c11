-- Keeps an article.
--
-- Parameters: :batch   :key   :title   :published YYYY-MM-DD   :url   :lang   :publisher each or NULL   :text   :sha256 of text
-- Columns:    document_id
-- Order:      none, one row.
INSERT INTO document (batch_id, key, title, published, url, lang, publisher, text, sha256)
VALUES (:batch, :key, :title, :published, :url, :lang, :publisher, :text, :sha256)
RETURNING document_id
