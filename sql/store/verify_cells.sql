-- Cells whose key leads to no block, commodity, subject or role.
--
-- Parameters: none
-- Columns:    cell, parent what is not there
-- Order:      by cell.
SELECT c.cell,
       CASE WHEN b.block_id IS NULL THEN 'block' WHEN g.commodity_id IS NULL THEN 'commodity' WHEN s.entity_id IS NULL THEN 'entity'
            ELSE 'role' END AS parent
FROM cell c
LEFT JOIN block b ON b.block_id = c.cell >> 42
LEFT JOIN commodity g ON g.commodity_id = (c.cell >> 22) & 1048575
LEFT JOIN entity s ON s.entity_id = (c.cell >> 3) & 524287
WHERE b.block_id IS NULL OR g.commodity_id IS NULL OR s.entity_id IS NULL OR c.cell & 7 > 4
ORDER BY c.cell
