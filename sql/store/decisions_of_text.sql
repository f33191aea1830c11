-- The decisions in force about the figures of a text.
--
-- Parameters: :sha256 of the text
-- Columns:    decision_id, verdict, as_read JSON, corrected JSON or NULL
-- Order:      oldest first.
SELECT decision_id, verdict, as_read, corrected
FROM decision
WHERE text_sha256 = :sha256 AND undone_at IS NULL
ORDER BY decision_id
