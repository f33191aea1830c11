-- Codes for which a dataset holds rows of one market.
--
-- Parameters: :dataset_id   :market_id
-- Columns:    commodity_id, scheme, code
-- Order:      scheme, then code.
SELECT c.commodity_id, c.scheme, c.code
FROM (SELECT DISTINCT commodity_id FROM observation WHERE dataset_id = :dataset_id AND market_id = :market_id) o
CROSS JOIN commodity c ON c.commodity_id = o.commodity_id
ORDER BY c.scheme, c.code;
