-- The decision in force about a figure, or that made it.
--
-- Parameters: :figure
-- Columns:    decision_id, figure_id, replaced_by, verdict, was
-- Order:      newest first, one row.
SELECT decision_id, figure_id, replaced_by, verdict, was
FROM decision
WHERE (figure_id = :figure OR replaced_by = :figure) AND undone_at IS NULL
ORDER BY decision_id DESC LIMIT 1
