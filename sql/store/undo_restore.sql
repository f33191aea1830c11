-- Puts back the values that a batch replaced.
--
-- Parameters: :batch
INSERT INTO cell (cell, value, weight_kg, quantity, flags, batch_id, line)
SELECT ((b.block_id * 1048576 + o.commodity_id) * 524288 + o.subject_id) * 8 + o.role,
  o.value, o.weight_kg, o.quantity, o.flags, o.batch_id, o.line
FROM observation_old o
CROSS JOIN block b ON b.dataset_id = o.dataset_id AND b.market_id = o.market_id AND b.basis = o.basis
  AND b.period_code = o.period_code AND b.quantity_unit = o.quantity_unit
WHERE o.replaced_by = :batch
