-- Reads a piece of a sorted run.
--
-- Parameters: :part number of the run and of the piece
-- Columns:    rows as bytes
-- Order:      none, at most one row.
SELECT rows FROM temp.run WHERE part = :part
