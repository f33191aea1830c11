-- One code.
--
-- Parameters: :commodity_id
-- Columns:    commodity_id, scheme, code
-- Order:      one row.
SELECT commodity_id, scheme, code
FROM commodity
WHERE commodity_id = :commodity_id;
