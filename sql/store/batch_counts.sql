-- Writes what became of a batch.
--
-- Parameters: :batch   :documents   :figures   :added   :changed   :same   :older   :rejected numbers
UPDATE batch SET documents = :documents, figures = :figures, added = :added, changed = :changed, same = :same,
  older = :older, rejected = :rejected
WHERE batch_id = :batch
