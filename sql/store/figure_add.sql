-- Keeps a figure of an article or of a table of shares.
--
-- Parameters: :batch   :document or NULL   :line or NULL   :measure   :value   :value_max or NULL   :qualifier   :subject   :market
--             :product   :basis   :unit   :period   :period_from   :period_to   :attribution each or NULL   :status   :quote
--             :span_start   :span_end bytes   :rule   :confidence   :confidence_full   :state   :superseded_by batch or NULL
-- Columns:    figure_id
-- Order:      none, one row.
INSERT INTO figure (batch_id, document_id, line, measure, value, value_max, qualifier, subject_id, market_id, product, basis,
  unit, period, period_from, period_to, attribution, status, quote, span_start, span_end, rule, confidence,
  confidence_full, state, superseded_by)
VALUES (:batch, :document, :line, :measure, :value, :value_max, :qualifier, :subject, :market, :product, :basis,
  :unit, :period, :period_from, :period_to, :attribution, :status, :quote, :span_start, :span_end, :rule, :confidence,
  :confidence_full, :state, :superseded_by)
RETURNING figure_id
