-- Takes a cell out, to make place for its later value.
--
-- Parameters: :cell
DELETE FROM cell WHERE cell = :cell
