-- Counted amounts as small rows in the order of one number. Until here each row repeated its dataset, market,
-- basis, period and unit, and a second index repeated the rest: 58 bytes a row, and a new year was written all over the file.

-- What many counted amounts share. Few: one row for each dataset, market, basis, period and unit of quantity.
CREATE TABLE block (
  block_id      INTEGER PRIMARY KEY CHECK (block_id BETWEEN 1 AND 2097150),
  dataset_id    INTEGER NOT NULL REFERENCES dataset(dataset_id),
  market_id     INTEGER NOT NULL REFERENCES entity(entity_id),
  basis         INTEGER NOT NULL REFERENCES basis(code),
  period_code   INTEGER NOT NULL,
  quantity_unit TEXT NOT NULL,        -- items, kg, l …; empty without a quantity
  UNIQUE (dataset_id, market_id, basis, period_code, quantity_unit)
) STRICT;

-- Counted amounts, one row a cell; what it was before is in observation_old. The key says where it belongs:
-- ((block_id * 1048576 + commodity_id) * 524288 + subject_id) * 8 + role. View `observation` takes it apart.
CREATE TABLE cell (
  cell       INTEGER PRIMARY KEY,
  value      REAL,                    -- whole currency units; NULL unknown, not zero
  weight_kg  REAL,
  quantity   REAL,
  flags      TEXT NOT NULL,
  batch_id   INTEGER NOT NULL REFERENCES batch(batch_id),
  line       INTEGER NOT NULL
) STRICT;

DROP VIEW trade;
INSERT INTO block (dataset_id, market_id, basis, period_code, quantity_unit)
SELECT DISTINCT dataset_id, market_id, basis, period_code, quantity_unit FROM observation
ORDER BY dataset_id, market_id, basis, period_code, quantity_unit;
INSERT INTO cell (cell, value, weight_kg, quantity, flags, batch_id, line)
SELECT ((b.block_id * 1048576 + o.commodity_id) * 524288 + o.subject_id) * 8 + o.role AS cell,
       o.value, o.weight_kg, o.quantity, o.flags, o.batch_id, o.line
FROM observation o
JOIN block b ON b.dataset_id = o.dataset_id AND b.market_id = o.market_id AND b.basis = o.basis
  AND b.period_code = o.period_code AND b.quantity_unit = o.quantity_unit
ORDER BY cell;
DROP TABLE observation;

-- Counted amounts with their numbers apart.
CREATE VIEW observation AS
SELECT b.dataset_id, b.market_id, (c.cell >> 22) & 1048575 AS commodity_id, b.basis, b.period_code,
       (c.cell >> 3) & 524287 AS subject_id, c.cell & 7 AS role,
       c.value, c.weight_kg, c.quantity, b.quantity_unit, c.flags, c.batch_id, c.line
FROM block b
CROSS JOIN cell c ON c.cell >= b.block_id << 42 AND c.cell < (b.block_id + 1) << 42;

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
