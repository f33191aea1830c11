-- Keeps a counted amount.
--
-- Parameters: ?1 flags   ?2 batch   ?3 cell   ?4 value   ?5 weight   ?6 line   ?7 quantity, bound by place; as in cell_add_many
INSERT INTO cell (flags, batch_id, cell, value, weight_kg, line, quantity) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
