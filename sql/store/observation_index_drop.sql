-- Drops the second index of observation for a bulk load; observation_index_add builds it again in the same transaction.
--
-- Parameters: none
DROP INDEX IF EXISTS observation_subject
