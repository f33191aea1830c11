//! Files, folders and streams to articles and rows.
