-- Points a decision at the rows of the same figures after the text was read again.
--
-- Parameters: :decision   :figure or NULL   :replaced_by or NULL   :was
UPDATE decision SET figure_id = :figure, replaced_by = :replaced_by, was = :was WHERE decision_id = :decision
