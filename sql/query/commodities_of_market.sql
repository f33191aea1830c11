-- Codes for which a dataset holds rows of one market: block by block, from one code to the next.
--
-- Parameters: :dataset_id   :market_id
-- Columns:    commodity_id, scheme, code
-- Order:      scheme, then code.
WITH RECURSIVE found(block_id, at) AS (
  SELECT block_id, (SELECT min(cell) FROM cell WHERE cell >= block_id << 42 AND cell < (block_id + 1) << 42)
  FROM block
  WHERE dataset_id = :dataset_id AND market_id = :market_id
  UNION ALL
  SELECT block_id, (SELECT min(cell) FROM cell WHERE cell >= ((at >> 22) + 1) << 22 AND cell < (block_id + 1) << 42)
  FROM found
  WHERE at IS NOT NULL
)
SELECT c.commodity_id, c.scheme, c.code
FROM (SELECT DISTINCT (at >> 22) & 1048575 AS commodity_id FROM found WHERE at IS NOT NULL) o
CROSS JOIN commodity c ON c.commodity_id = o.commodity_id
ORDER BY c.scheme, c.code;
