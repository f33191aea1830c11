-- The number of a commodity.
--
-- Parameters: :scheme   :code text
-- Columns:    commodity_id
-- Order:      none, at most one row.
SELECT commodity_id FROM commodity WHERE scheme = :scheme AND code = :code
