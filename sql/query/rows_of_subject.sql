-- Counted imports of one code from one origin, in every market: what a reconciled dataset says of the origin's exports.
--
-- Parameters: :dataset_id   :subject_id   :commodity_id   :from_code first period code   :to_code last period code
-- Columns:    market_id, commodity_id, basis, period_code, subject_id, role, value, weight_kg, quantity, quantity_unit, flags,
--             batch_id, line
-- Order:      period_code, market_id, quantity_unit, role.
SELECT b.market_id, :commodity_id AS commodity_id, b.basis, b.period_code, :subject_id AS subject_id, c.cell & 7 AS role,
       c.value, c.weight_kg, c.quantity, b.quantity_unit, c.flags, c.batch_id, c.line
FROM block b
CROSS JOIN cell c ON c.cell >= (b.block_id << 42) + (:commodity_id << 22) + (:subject_id << 3)
  AND c.cell < (b.block_id << 42) + (:commodity_id << 22) + ((:subject_id + 1) << 3)
WHERE b.dataset_id = :dataset_id AND b.basis = 0 AND b.period_code BETWEEN :from_code AND :to_code
ORDER BY b.period_code, b.market_id, b.quantity_unit, c.cell;
