-- Says where a figure stands from now on.
--
-- Parameters: :figure   :state
UPDATE figure SET state = :state WHERE figure_id = :figure
