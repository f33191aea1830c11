-- What is kept of one market, commodity, basis and period of a dataset.
--
-- Parameters: :dataset   :market   :commodity   :basis numbers   :period_code
-- Columns:    subject_id, role, quantity_unit, value, weight_kg, quantity, flags, batch_id, line, released of the batch or NULL
-- Order:      by key: subject, role, unit.
SELECT o.subject_id, o.role, o.quantity_unit, o.value, o.weight_kg, o.quantity, o.flags, o.batch_id, o.line, batch.released
FROM observation AS o
JOIN batch ON batch.batch_id = o.batch_id
WHERE o.dataset_id = :dataset AND o.market_id = :market AND o.commodity_id = :commodity AND o.basis = :basis
  AND o.period_code = :period_code
ORDER BY o.subject_id, o.role, o.quantity_unit
