-- Takes out the cells of a batch. Reads the batch's dataset: an index on the batch would cost every row of the file.
--
-- Parameters: :batch   :dataset
DELETE FROM cell WHERE cell IN (
  SELECT c.cell FROM block b
  CROSS JOIN cell c ON c.cell >= b.block_id << 42 AND c.cell < (b.block_id + 1) << 42
  WHERE b.dataset_id = :dataset AND c.batch_id = :batch)
