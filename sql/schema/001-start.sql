-- The first schema. Times are ISO 8601 text in UTC; dates are YYYY-MM-DD; periods are as `Period` prints them.
-- Codes: role 0 part, 1 total, 2 sub-total, 3 residual, 4 memo; basis as in table `basis`; period_code yyyymm * 100 + months.

-- Everything a number can be about: countries, groups, brands, products as subjects.
CREATE TABLE entity (
  entity_id INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE,   -- country/CHN, brand/xiaomi, brand/?Lixiang for a name no table knows
  kind      TEXT NOT NULL CHECK (kind IN ('country','region','subnational','brand','company','platform','product','group','residual')),
  name      TEXT NOT NULL,          -- plain English
  ref_id    TEXT                    -- key of the reference table; NULL when no table knows the name
) STRICT;

-- What is traded: a customs code of one edition, or a product key of our own.
CREATE TABLE commodity (
  commodity_id INTEGER PRIMARY KEY,
  scheme TEXT NOT NULL,             -- HS1992 … HS2022, HS when the file does not say, product
  code   TEXT NOT NULL,             -- text: 0805, TOTAL, passenger-cars
  title  TEXT NOT NULL,             -- the file's own words
  UNIQUE (scheme, code)
) STRICT;

-- Where rows come from and what holds for all of them.
CREATE TABLE dataset (
  dataset_id INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  source     TEXT NOT NULL,         -- key of the sources table
  currency   TEXT NOT NULL,         -- ISO 4217; empty without money
  valuation  TEXT NOT NULL CHECK (valuation IN ('CIF','FOB','mixed','unknown')),
  exhaustive INTEGER NOT NULL CHECK (exhaustive IN (0,1)),
  reconciled INTEGER NOT NULL CHECK (reconciled IN (0,1)),
  selection  INTEGER NOT NULL CHECK (selection IN (0,1))
) STRICT;

-- One row an input. Nothing enters the file without one; any of them can be undone.
CREATE TABLE batch (
  batch_id     INTEGER PRIMARY KEY,
  path         TEXT NOT NULL,
  sha256       TEXT NOT NULL,
  bytes        INTEGER NOT NULL,
  kind         TEXT NOT NULL,
  profile      TEXT,                -- of a table
  encoding     TEXT,
  dataset_id   INTEGER REFERENCES dataset(dataset_id),
  released     TEXT,                -- day the publisher put it out: the vintage
  recorded_at  TEXT NOT NULL,
  tool_version TEXT NOT NULL,
  status       TEXT NOT NULL CHECK (status IN ('done','undone')),
  documents INTEGER NOT NULL DEFAULT 0, figures INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0, same INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0,
  older INTEGER NOT NULL DEFAULT 0  -- of `same`: cells where the file already held a later release; this one's value is in observation_old
) STRICT;
CREATE UNIQUE INDEX batch_once ON batch(sha256) WHERE status = 'done';

-- Which import counts on what an earlier one brought: an import can be undone when no row here points at it (R46).
CREATE TABLE built_on (
  on_batch_id INTEGER NOT NULL REFERENCES batch(batch_id),
  batch_id    INTEGER NOT NULL REFERENCES batch(batch_id),
  changed     INTEGER NOT NULL,     -- cells of on_batch_id that got another value
  same        INTEGER NOT NULL,     -- cells and documents it found as they were, and so did not keep a second time
  PRIMARY KEY (on_batch_id, batch_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX built_on_batch ON built_on(batch_id);

-- What could not be read, with its reason.
CREATE TABLE reject (
  batch_id INTEGER NOT NULL REFERENCES batch(batch_id),
  seq      INTEGER NOT NULL,
  line     INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  reason   TEXT NOT NULL,
  raw      TEXT NOT NULL,
  PRIMARY KEY (batch_id, seq)
) STRICT, WITHOUT ROWID;

-- Articles; figures point into `text` by bytes.
CREATE TABLE document (
  document_id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given twice, so that an id in a report stays true
  batch_id  INTEGER NOT NULL REFERENCES batch(batch_id),
  key       TEXT NOT NULL,          -- the article's own id: of a JSON line, else the path
  title     TEXT, published TEXT, url TEXT, lang TEXT, publisher TEXT,
  text      TEXT NOT NULL,
  sha256    TEXT NOT NULL           -- of text
) STRICT;
CREATE INDEX document_batch ON document(batch_id);
CREATE INDEX document_sha ON document(sha256);

-- Shares and ranks that somebody states, in a sentence (document_id) or in a table of shares (line of the batch's file).
CREATE TABLE figure (
  figure_id  INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id   INTEGER NOT NULL REFERENCES batch(batch_id),
  document_id INTEGER REFERENCES document(document_id),
  line       INTEGER,               -- of the file, for a table's cell
  measure    TEXT NOT NULL CHECK (measure IN ('share','rank')),
  value      REAL NOT NULL,         -- percent, or the position
  value_max  REAL,
  qualifier  TEXT NOT NULL CHECK (qualifier IN ('exact','about','over','under','range')),
  subject_id INTEGER NOT NULL REFERENCES entity(entity_id),
  market_id  INTEGER NOT NULL REFERENCES entity(entity_id),
  product    TEXT NOT NULL,
  basis      TEXT NOT NULL CHECK (basis IN ('imports','exports','sales','registrations','shipments','production','revenue','usage',
                                            'installed','capacity','consumption','unspecified')),
  unit       TEXT NOT NULL CHECK (unit IN ('units','value','weight','energy','brands','unspecified')),
  period     TEXT,                  -- NULL when not settled
  period_from TEXT, period_to TEXT, -- first and last day
  attribution TEXT,
  status     TEXT NOT NULL CHECK (status IN ('actual','forecast','target')),
  quote      TEXT NOT NULL,         -- the exact bytes of document.text at the span; of a table, the cell with its header
  span_start INTEGER NOT NULL CHECK (span_start >= 0), span_end INTEGER NOT NULL CHECK (span_end >= span_start),   -- bytes, end exclusive
  rule       TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  superseded_by INTEGER REFERENCES batch(batch_id),   -- the import with the later release of this cell; NULL when it stands
  CHECK (document_id IS NOT NULL OR line IS NOT NULL)
) STRICT;
CREATE INDEX figure_market ON figure(market_id, product, period_from, subject_id);
CREATE INDEX figure_subject ON figure(subject_id, product, period_from);
CREATE INDEX figure_batch ON figure(batch_id);
CREATE INDEX figure_document ON figure(document_id);
CREATE INDEX figure_superseded ON figure(superseded_by) WHERE superseded_by IS NOT NULL;

-- Names of the integer codes of `observation.basis`.
CREATE TABLE basis (code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO basis VALUES (0,'imports'),(1,'exports'),(2,'sales'),(3,'registrations'),(4,'shipments'),(5,'production'),
  (6,'revenue'),(7,'usage'),(8,'installed'),(9,'capacity'),(10,'consumption'),(11,'unspecified');

-- Counted amounts. One row a cell; what it was before is in observation_old.
CREATE TABLE observation (
  dataset_id   INTEGER NOT NULL REFERENCES dataset(dataset_id),
  market_id    INTEGER NOT NULL REFERENCES entity(entity_id),
  commodity_id INTEGER NOT NULL REFERENCES commodity(commodity_id),
  basis        INTEGER NOT NULL REFERENCES basis(code),
  period_code  INTEGER NOT NULL,
  subject_id   INTEGER NOT NULL REFERENCES entity(entity_id),
  role         INTEGER NOT NULL CHECK (role BETWEEN 0 AND 4),
  value        REAL,                -- whole currency units; NULL unknown, not zero
  weight_kg    REAL,
  quantity     REAL,
  quantity_unit TEXT NOT NULL,      -- items, kg, l …; empty without a quantity
  flags        TEXT NOT NULL,
  batch_id     INTEGER NOT NULL REFERENCES batch(batch_id),
  line         INTEGER NOT NULL,
  PRIMARY KEY (dataset_id, market_id, commodity_id, basis, period_code, subject_id, role, quantity_unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX observation_subject ON observation(subject_id, commodity_id, basis, period_code);

-- Values that a later release replaced (R31). `batch_id` said it, `replaced_by` said something else and is later:
-- in the order of releases, or where one of the two has none, of imports.
CREATE TABLE observation_old (
  dataset_id   INTEGER NOT NULL REFERENCES dataset(dataset_id),
  market_id    INTEGER NOT NULL REFERENCES entity(entity_id),
  commodity_id INTEGER NOT NULL REFERENCES commodity(commodity_id),
  basis        INTEGER NOT NULL REFERENCES basis(code),
  period_code  INTEGER NOT NULL,
  subject_id   INTEGER NOT NULL REFERENCES entity(entity_id),
  role         INTEGER NOT NULL CHECK (role BETWEEN 0 AND 4),
  value        REAL,
  weight_kg    REAL,
  quantity     REAL,
  quantity_unit TEXT NOT NULL,
  flags        TEXT NOT NULL,
  batch_id     INTEGER NOT NULL REFERENCES batch(batch_id),
  line         INTEGER NOT NULL,
  replaced_by  INTEGER NOT NULL REFERENCES batch(batch_id),
  PRIMARY KEY (dataset_id, market_id, commodity_id, basis, period_code, subject_id, role, quantity_unit, batch_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX observation_old_batch ON observation_old(batch_id);
CREATE INDEX observation_old_replaced ON observation_old(replaced_by);

-- Names of the integer codes of `observation.role`.
CREATE TABLE role (code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO role VALUES (0,'part'),(1,'total'),(2,'subtotal'),(3,'residual'),(4,'memo');

-- For people: what is stated, in words, with its proof.
CREATE VIEW shares AS
SELECT f.figure_id, m.name AS market, f.product, f.basis, f.unit, f.period, s.name AS subject, s.kind AS subject_kind,
       f.measure, f.qualifier, f.value, f.value_max, f.status, f.attribution, f.quote, f.rule, f.confidence,
       d.title, d.published, d.publisher, d.url, t.name AS dataset, b.released, b.path AS file, f.line, b.batch_id
FROM figure f
JOIN entity s ON s.entity_id = f.subject_id
JOIN entity m ON m.entity_id = f.market_id
JOIN batch b ON b.batch_id = f.batch_id
LEFT JOIN document d ON d.document_id = f.document_id
LEFT JOIN dataset t ON t.dataset_id = b.dataset_id
WHERE f.superseded_by IS NULL AND b.status = 'done';

-- For people: what is counted, in words, with file and line. Adding `value` over rows of role part and residual gives the total
-- of one dataset, market, basis, commodity and period; other rows are already inside them.
CREATE VIEW trade AS
SELECT t.name AS dataset, m.name AS market, a.name AS basis, c.scheme, c.code, c.title AS commodity,
       CASE
         WHEN o.period_code % 100 = 12 AND o.period_code / 100 % 100 = 1 THEN printf('%04d', o.period_code / 10000)
         WHEN o.period_code % 100 = 6 AND o.period_code / 100 % 100 IN (1, 7)
           THEN printf('%04d-H%d', o.period_code / 10000, 1 + o.period_code / 100 % 100 / 7)
         WHEN o.period_code % 100 = 3 AND o.period_code / 100 % 100 % 3 = 1
           THEN printf('%04d-Q%d', o.period_code / 10000, (o.period_code / 100 % 100 + 2) / 3)
         WHEN o.period_code % 100 = 1 THEN printf('%04d-%02d', o.period_code / 10000, o.period_code / 100 % 100)
         ELSE printf('%04d-%02d/%04d-%02d', o.period_code / 10000, o.period_code / 100 % 100,
                (o.period_code / 10000 * 12 + o.period_code / 100 % 100 + o.period_code % 100 - 2) / 12,
                (o.period_code / 10000 * 12 + o.period_code / 100 % 100 + o.period_code % 100 - 2) % 12 + 1)
       END AS period,
       s.name AS subject, s.kind AS subject_kind, r.name AS role,
       o.value, t.currency, t.valuation, o.weight_kg, o.quantity, o.quantity_unit, o.flags,
       b.released, b.path AS file, o.line, b.batch_id
FROM observation o
JOIN dataset t ON t.dataset_id = o.dataset_id
JOIN entity m ON m.entity_id = o.market_id
JOIN entity s ON s.entity_id = o.subject_id
JOIN commodity c ON c.commodity_id = o.commodity_id
JOIN basis a ON a.code = o.basis
JOIN role r ON r.code = o.role
JOIN batch b ON b.batch_id = o.batch_id;

-- For people: every input, newest first.
CREATE VIEW imports_log AS
SELECT b.batch_id, b.status, b.kind, b.path AS file, t.name AS dataset, b.released, b.recorded_at, b.documents, b.figures,
       b.added, b.changed, b.same, b.older, b.rejected, b.profile, b.encoding, b.bytes, b.sha256, b.tool_version
FROM batch b
LEFT JOIN dataset t ON t.dataset_id = b.dataset_id
ORDER BY b.batch_id DESC;
