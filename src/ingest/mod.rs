//! Files to articles and rows: what is it, how is it read.
//!
//! [`walk()`] finds the files, [`load`] reads one (bounded, unpacked), [`detect()`] says what it is, [`article`] and [`table`] read it.
//! Nothing here knows a figure's sentence or the database.

pub mod article;
mod detect;
pub mod table;
mod walk;

pub use detect::{Kind, detect};
pub use walk::{Found, load, walk};
