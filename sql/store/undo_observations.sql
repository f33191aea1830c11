-- Takes out the cells of a batch. Reads the batch's dataset: an index on the batch would cost every row of the file.
--
-- Parameters: :batch   :dataset
DELETE FROM observation WHERE dataset_id = :dataset AND batch_id = :batch
