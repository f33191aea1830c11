-- Notes that a batch counts on an earlier one.
--
-- Parameters: :batch   :on_batch   :changed   :same numbers of cells
INSERT INTO built_on (on_batch_id, batch_id, changed, same) VALUES (:on_batch, :batch, :changed, :same)
