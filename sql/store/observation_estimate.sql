-- About how many counted amounts the file holds, from the log: counting them would read the whole table.
--
-- Parameters: none
-- Columns:    rows
-- Order:      none, one row.
SELECT ifnull(sum(added), 0) AS rows FROM batch WHERE status = 'done'
