//! One SQLite file: open, migrate, write, read.
