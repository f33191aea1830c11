-- Builds the second index of observation again, sorted and in one pass. As in the schema.
--
-- Parameters: none
CREATE INDEX IF NOT EXISTS observation_subject ON observation(subject_id, commodity_id, basis, period_code)