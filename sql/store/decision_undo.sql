-- Takes a decision back.
--
-- Parameters: :decision   :undone_at
UPDATE decision SET undone_at = :undone_at WHERE decision_id = :decision
