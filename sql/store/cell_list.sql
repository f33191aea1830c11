-- The cells of one block and commodity.
--
-- Parameters: :from_cell   :to_cell the first cell that is too far
-- Columns:    cell, value, weight_kg, quantity, flags, batch_id, line, released of the batch or NULL
-- Order:      by cell.
SELECT c.cell, c.value, c.weight_kg, c.quantity, c.flags, c.batch_id, c.line, batch.released
FROM cell c
CROSS JOIN batch ON batch.batch_id = c.batch_id
WHERE c.cell >= :from_cell AND c.cell < :to_cell
ORDER BY c.cell
