-- Counts of what is kept.
--
-- Parameters: none
-- Columns:    batches, undone, documents, figures, waiting, superseded, observations, older, entities, commodities, datasets, rejects, bytes
-- Order:      none, one row.
SELECT
  (SELECT count(*) FROM batch WHERE status = 'done') AS batches,
  (SELECT count(*) FROM batch WHERE status = 'undone') AS undone,
  (SELECT count(*) FROM document) AS documents,
  (SELECT count(*) FROM figure WHERE superseded_by IS NULL AND state IN ('accepted', 'review')) AS figures,
  (SELECT count(*) FROM figure WHERE state = 'review') AS waiting,
  (SELECT count(*) FROM figure WHERE superseded_by IS NOT NULL) AS superseded,
  (SELECT count(*) FROM cell) AS observations,
  (SELECT count(*) FROM observation_old) AS older,
  (SELECT count(*) FROM entity) AS entities,
  (SELECT count(*) FROM commodity) AS commodities,
  (SELECT count(*) FROM dataset) AS datasets,
  (SELECT count(*) FROM reject) AS rejects,
  (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size) AS bytes
