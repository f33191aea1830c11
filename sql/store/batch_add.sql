-- Begins a batch, with no counts yet.
--
-- Parameters: :path   :sha256   :bytes   :kind   :profile or NULL   :encoding or NULL   :dataset number or NULL
--             :released YYYY-MM-DD or NULL   :recorded_at   :tool_version
-- Columns:    batch_id
-- Order:      none, one row.
INSERT INTO batch (path, sha256, bytes, kind, profile, encoding, dataset_id, released, recorded_at, tool_version, status)
VALUES (:path, :sha256, :bytes, :kind, :profile, :encoding, :dataset, :released, :recorded_at, :tool_version, 'done')
RETURNING batch_id
