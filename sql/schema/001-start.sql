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
  added INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0, same INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX batch_once ON batch(sha256) WHERE status = 'done';

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
  document_id INTEGER PRIMARY KEY,
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
  figure_id  INTEGER PRIMARY KEY,
  batch_id   INTEGER NOT NULL REFERENCES batch(batch_id),
  document_id INTEGER REFERENCES document(document_id),
  line       INTEGER,               -- of the file, for a table's cell
  measure    TEXT NOT NULL CHECK (measure IN ('share','rank')),
  value      REAL NOT NULL,         -- percent, or the position
  value_max  REAL,
  qualifier  TEXT NOT NULL,
  subject_id INTEGER NOT NULL REFERENCES entity(entity_id),
  market_id  INTEGER NOT NULL REFERENCES entity(entity_id),
  product    TEXT NOT NULL,
  basis      TEXT NOT NULL,
  unit       TEXT NOT NULL,
  period     TEXT,                  -- NULL when not settled
  period_from TEXT, period_to TEXT, -- first and last day
  attribution TEXT,
  status     TEXT NOT NULL,
  quote      TEXT NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
  rule       TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1)
) STRICT;
CREATE INDEX figure_market ON figure(market_id, product, period_from);
CREATE INDEX figure_subject ON figure(subject_id, product, period_from);
CREATE INDEX figure_batch ON figure(batch_id);
CREATE INDEX figure_document ON figure(document_id);

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
