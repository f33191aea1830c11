//! Prose to figures.
