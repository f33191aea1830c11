-- Adds an entity; one that is known keeps its first name.
--
-- Parameters: :key   :kind   :name plain English   :ref_id key of the reference table or NULL
INSERT INTO entity (key, kind, name, ref_id) VALUES (:key, :kind, :name, :ref_id)
ON CONFLICT (key) DO NOTHING
