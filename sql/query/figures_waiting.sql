-- The figures that wait for review.
--
-- Parameters: none
-- Columns:    the figure's own, then title, published, url, publisher of its document, path, sha256, batch_status, profile of its
--             batch, dataset_key, dataset_name, dataset_source for a table, superseded_by
-- Order:      the surest first, then figure_id.
SELECT f.figure_id, f.batch_id, f.document_id, f.line, f.measure, f.value, f.value_max, f.qualifier, f.subject_id, f.market_id,
       f.product, f.basis, f.unit, f.period, f.attribution, f.status, f.quote, f.span_start, f.span_end, f.rule, f.confidence,
       f.confidence_full, f.state,
       d.title, d.published, d.url, d.publisher, b.path, b.sha256, b.status AS batch_status, b.profile,
       t.key AS dataset_key, t.name AS dataset_name, t.source AS dataset_source, f.superseded_by
FROM figure f
JOIN batch b ON b.batch_id = f.batch_id
LEFT JOIN document d ON d.document_id = f.document_id
LEFT JOIN dataset t ON t.dataset_id = b.dataset_id
WHERE f.state = 'review' AND f.superseded_by IS NULL AND b.status = 'done'
ORDER BY f.confidence DESC, f.figure_id;
