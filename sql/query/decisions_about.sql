-- The decisions about a figure and those that made it, with those taken back.
--
-- Parameters: :figure_id
-- Columns:    figure_id or NULL, replaced_by or NULL, verdict, reason, reviewer each or NULL, decided_at, undone_at or NULL,
--             as_read JSON, corrected JSON or NULL
-- Order:      oldest first.
SELECT figure_id, replaced_by, verdict, reason, reviewer, decided_at, undone_at, as_read, corrected
FROM decision
WHERE figure_id = :figure_id OR replaced_by = :figure_id
ORDER BY decision_id;
