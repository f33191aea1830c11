-- Counted rows of one market and code. Period codes are yyyymm * 100 + months.
--
-- Parameters: :dataset_id   :market_id   :commodity_id   :from_code first period code   :to_code last period code
-- Columns:    market_id, commodity_id, basis, period_code, subject_id, role, value, weight_kg, quantity, quantity_unit, flags,
--             batch_id, line
-- Order:      basis, period_code, subject_id, role, quantity_unit.
SELECT o.market_id, o.commodity_id, o.basis, o.period_code, o.subject_id, o.role, o.value, o.weight_kg, o.quantity, o.quantity_unit,
       o.flags, o.batch_id, o.line
FROM observation o
WHERE o.dataset_id = :dataset_id AND o.market_id = :market_id AND o.commodity_id = :commodity_id
  AND o.period_code BETWEEN :from_code AND :to_code
ORDER BY o.basis, o.period_code, o.subject_id, o.role, o.quantity_unit;
