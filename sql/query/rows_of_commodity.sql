-- Counted rows of one code in every market: one look-up for each market and period.
--
-- Parameters: :dataset_id   :commodity_id   :from_code first period code   :to_code last period code
-- Columns:    market_id, commodity_id, basis, period_code, subject_id, role, value, weight_kg, quantity, quantity_unit, flags,
--             batch_id, line
-- Order:      market_id, basis, period_code, quantity_unit, subject_id, role.
SELECT b.market_id, :commodity_id AS commodity_id, b.basis, b.period_code, (c.cell >> 3) & 524287 AS subject_id, c.cell & 7 AS role,
       c.value, c.weight_kg, c.quantity, b.quantity_unit, c.flags, c.batch_id, c.line
FROM block b
CROSS JOIN cell c ON c.cell >= (b.block_id << 42) + (:commodity_id << 22) AND c.cell < (b.block_id << 42) + ((:commodity_id + 1) << 22)
WHERE b.dataset_id = :dataset_id AND b.period_code BETWEEN :from_code AND :to_code
ORDER BY b.market_id, b.basis, b.period_code, b.quantity_unit, c.cell;
