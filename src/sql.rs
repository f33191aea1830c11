//! Every SQL statement by name; the files are in `sql/`.

/// The steps of the schema, oldest first; `user_version` counts them.
pub const MIGRATIONS: &[&str] = &[include_str!("../sql/schema/001-start.sql")];
