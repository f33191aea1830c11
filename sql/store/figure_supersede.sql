-- Marks a figure as replaced by a later release.
--
-- Parameters: :figure   :batch the one that replaces it
UPDATE figure SET superseded_by = :batch WHERE figure_id = :figure
