-- Keeps a counted amount. Bound by place, because it runs a million times: keep the order of the parameters.
--
-- Parameters: :cell   :value   :weight_kg   :line   :quantity each but the line or NULL   :flags   :batch
INSERT INTO cell (cell, value, weight_kg, line, quantity, flags, batch_id)
VALUES (:cell, :value, :weight_kg, :line, :quantity, :flags, :batch)
