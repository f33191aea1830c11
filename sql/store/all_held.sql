-- The hashes of all inputs the file holds.
--
-- Parameters: none
-- Columns:    sha256
-- Order:      by hash.
SELECT sha256 FROM batch WHERE status = 'done' ORDER BY sha256
