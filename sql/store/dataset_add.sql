-- Adds a dataset. One that is known keeps its name; it is exhaustive only while all its files are, and a selection
-- once one of them is; a currency that no file named so far is filled in.
--
-- Parameters: :key   :name   :source   :currency ISO 4217 or empty   :valuation   :exhaustive   :reconciled   :selection 0 or 1
INSERT INTO dataset (key, name, source, currency, valuation, exhaustive, reconciled, selection)
VALUES (:key, :name, :source, :currency, :valuation, :exhaustive, :reconciled, :selection)
ON CONFLICT (key) DO UPDATE SET
  exhaustive = min(exhaustive, excluded.exhaustive),
  selection = max(selection, excluded.selection),
  currency = iif(currency = '', excluded.currency, currency)
