-- Puts a piece of a sorted run away.
--
-- Parameters: :part number of the run and of the piece   :rows as bytes
INSERT INTO temp.run (part, rows) VALUES (:part, :rows)
