-- Keeps a value that is not the latest of its cell.
--
-- Parameters: :dataset   :market   :commodity   :basis   :period_code   :subject   :role   :value   :weight_kg   :quantity each or NULL
--             :quantity_unit   :flags   :batch   :line   :replaced_by the batch with the later value
INSERT INTO observation_old (dataset_id, market_id, commodity_id, basis, period_code, subject_id, role, value, weight_kg, quantity,
  quantity_unit, flags, batch_id, line, replaced_by)
VALUES (:dataset, :market, :commodity, :basis, :period_code, :subject, :role, :value, :weight_kg, :quantity,
  :quantity_unit, :flags, :batch, :line, :replaced_by)
