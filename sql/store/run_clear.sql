-- Empties the place for sorted rows.
--
-- Parameters: none
DELETE FROM temp.run
