//! Ingest, extract and store in one call.
