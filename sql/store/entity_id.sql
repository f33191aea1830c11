-- The number of an entity.
--
-- Parameters: :key
-- Columns:    entity_id
-- Order:      none, at most one row.
SELECT entity_id FROM entity WHERE key = :key
