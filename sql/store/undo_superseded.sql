-- Lets the figures stand again that a batch replaced.
--
-- Parameters: :batch
UPDATE figure SET superseded_by = NULL WHERE superseded_by = :batch
