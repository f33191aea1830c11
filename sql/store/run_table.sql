-- Makes the place for sorted rows that the memory does not hold; SQLite keeps it in a file that is gone with the connection.
--
-- Parameters: none
CREATE TEMP TABLE IF NOT EXISTS run (part INTEGER PRIMARY KEY, rows BLOB NOT NULL) STRICT
