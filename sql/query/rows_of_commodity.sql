-- Counted rows of one code in every market: one look-up a market, because the key begins with the market.
--
-- Parameters: :dataset_id   :commodity_id   :from_code first period code   :to_code last period code
-- Columns:    market_id, commodity_id, basis, period_code, subject_id, role, value, weight_kg, quantity, quantity_unit, flags,
--             batch_id, line
-- Order:      market_id, basis, period_code, subject_id, role, quantity_unit.
SELECT o.market_id, o.commodity_id, o.basis, o.period_code, o.subject_id, o.role, o.value, o.weight_kg, o.quantity, o.quantity_unit,
       o.flags, o.batch_id, o.line
FROM entity m
CROSS JOIN observation o
  ON o.dataset_id = :dataset_id AND o.market_id = m.entity_id AND o.commodity_id = :commodity_id
WHERE o.period_code BETWEEN :from_code AND :to_code
ORDER BY m.entity_id, o.basis, o.period_code, o.subject_id, o.role, o.quantity_unit;
