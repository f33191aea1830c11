-- Puts back the values that a batch replaced.
--
-- Parameters: :batch
INSERT INTO observation (dataset_id, market_id, commodity_id, basis, period_code, subject_id, role, value, weight_kg, quantity,
  quantity_unit, flags, batch_id, line)
SELECT dataset_id, market_id, commodity_id, basis, period_code, subject_id, role, value, weight_kg, quantity,
  quantity_unit, flags, batch_id, line
FROM observation_old
WHERE replaced_by = :batch
