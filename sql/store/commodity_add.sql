-- Adds a commodity; one that is known keeps its first title.
--
-- Parameters: :scheme   :code text   :title the file's own words
INSERT INTO commodity (scheme, code, title) VALUES (:scheme, :code, :title)
ON CONFLICT (scheme, code) DO NOTHING
