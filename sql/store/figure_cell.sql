-- What earlier files of a dataset state in the cell of a table's figure.
--
-- Parameters: :dataset   :batch the one being written   :market   :subject numbers   :product   :basis   :unit   :measure   :status
--             :period   :period_from each or NULL
-- Columns:    figure_id, batch_id, value, value_max, qualifier, released
-- Order:      oldest first.
SELECT figure.figure_id, figure.batch_id, figure.value, figure.value_max, figure.qualifier, batch.released
FROM figure
JOIN batch ON batch.batch_id = figure.batch_id
WHERE figure.market_id = :market AND figure.product = :product AND figure.period_from IS :period_from
  AND figure.subject_id = :subject AND figure.period IS :period AND figure.basis = :basis AND figure.unit = :unit
  AND figure.measure = :measure AND figure.status = :status AND figure.document_id IS NULL
  AND figure.superseded_by IS NULL AND figure.batch_id <> :batch AND batch.dataset_id = :dataset
ORDER BY figure.figure_id
