-- Keeps a row or line that could not be read.
--
-- Parameters: :batch   :seq from 1 in the order of the input   :line   :column_name   :reason   :raw
INSERT INTO reject (batch_id, seq, line, column_name, reason, raw) VALUES (:batch, :seq, :line, :column_name, :reason, :raw)
