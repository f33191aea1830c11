-- What people decide about figures that were read in articles. A decision is data of its own: it names text and place, not only
-- the figure's row, so that it holds again when the same text is read again.

-- Where a figure stands: accepted and review answer questions, the others do not.
ALTER TABLE figure ADD COLUMN state TEXT NOT NULL DEFAULT 'accepted'
  CHECK (state IN ('accepted','review','rejected','corrected','withdrawn'));
CREATE INDEX figure_waiting ON figure(confidence) WHERE state = 'review';

-- Decisions, oldest first. One that was taken back stays, with its time.
CREATE TABLE decision (
  decision_id INTEGER PRIMARY KEY AUTOINCREMENT,
  text_sha256 TEXT NOT NULL,        -- of the article's text
  figure_id   INTEGER REFERENCES figure(figure_id) ON DELETE SET NULL,   -- the figure decided about; NULL while its import is undone
  replaced_by INTEGER REFERENCES figure(figure_id) ON DELETE SET NULL,   -- the correction
  verdict     TEXT NOT NULL CHECK (verdict IN ('accept','reject','correct')),
  was         TEXT NOT NULL CHECK (was IN ('accepted','review')),        -- where the figure stood before
  reason      TEXT,                 -- in the person's words
  reviewer    TEXT,
  decided_at  TEXT NOT NULL,
  undone_at   TEXT,                 -- when it was taken back
  as_read     TEXT NOT NULL CHECK (json_valid(as_read)),                 -- the figure as the program read it
  corrected   TEXT CHECK (json_valid(corrected)),                        -- the figure that is right
  CHECK ((verdict = 'correct') = (corrected IS NOT NULL))
) STRICT;
CREATE INDEX decision_figure ON decision(figure_id);
CREATE INDEX decision_replaced ON decision(replaced_by);
CREATE INDEX decision_text ON decision(text_sha256);

-- For people: what is stated, in words, with its proof; `state` tells what waits for review.
DROP VIEW shares;
CREATE VIEW shares AS
SELECT f.figure_id, m.name AS market, f.product, f.basis, f.unit, f.period, s.name AS subject, s.kind AS subject_kind,
       f.measure, f.qualifier, f.value, f.value_max, f.status, f.attribution, f.quote, f.rule, f.confidence, f.state,
       d.title, d.published, d.publisher, d.url, t.name AS dataset, b.released, b.path AS file, f.line, b.batch_id
FROM figure f
JOIN entity s ON s.entity_id = f.subject_id
JOIN entity m ON m.entity_id = f.market_id
JOIN batch b ON b.batch_id = f.batch_id
LEFT JOIN document d ON d.document_id = f.document_id
LEFT JOIN dataset t ON t.dataset_id = b.dataset_id
WHERE f.superseded_by IS NULL AND b.status = 'done' AND f.state IN ('accepted','review');
