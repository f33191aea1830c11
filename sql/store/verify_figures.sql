-- The figures of a document, to hold their quotes against its text.
--
-- Parameters: :document
-- Columns:    figure_id, quote, span_start, span_end bytes
-- Order:      by number.
SELECT figure_id, quote, span_start, span_end FROM figure WHERE document_id = :document ORDER BY figure_id
