-- Takes a cell out, to make place for its later value.
--
-- Parameters: :dataset   :market   :commodity   :basis   :period_code   :subject   :role   :quantity_unit
DELETE FROM observation
WHERE dataset_id = :dataset AND market_id = :market AND commodity_id = :commodity AND basis = :basis
  AND period_code = :period_code AND subject_id = :subject AND role = :role AND quantity_unit = :quantity_unit
