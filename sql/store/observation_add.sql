-- Keeps a counted amount. Bound by place, because it runs a million times: keep the order of the parameters.
--
-- Parameters: :dataset   :market   :commodity   :basis   :period_code   :subject   :role   :value   :weight_kg   :quantity each or NULL
--             :quantity_unit   :flags   :batch   :line
INSERT INTO observation (dataset_id, market_id, commodity_id, basis, period_code, subject_id, role, value, weight_kg, quantity,
  quantity_unit, flags, batch_id, line)
VALUES (:dataset, :market, :commodity, :basis, :period_code, :subject, :role, :value, :weight_kg, :quantity,
  :quantity_unit, :flags, :batch, :line)
