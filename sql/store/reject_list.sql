-- What a batch left out.
--
-- Parameters: :batch
-- Columns:    line, column_name, reason, raw
-- Order:      as in the input.
SELECT line, column_name, reason, raw FROM reject WHERE batch_id = :batch ORDER BY seq
