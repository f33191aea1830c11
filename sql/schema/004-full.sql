-- How likely a figure is right with product and period; what was kept before has only the likelihood without them.
ALTER TABLE figure ADD COLUMN confidence_full REAL NOT NULL DEFAULT 0 CHECK (confidence_full BETWEEN 0 AND 1);
