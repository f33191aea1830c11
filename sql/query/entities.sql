-- Everything a number can be about.
--
-- Parameters: none
-- Columns:    entity_id, kind, name, ref_id NULL when no table knows the name
-- Order:      entity_id.
SELECT entity_id, kind, name, ref_id
FROM entity
ORDER BY entity_id;
