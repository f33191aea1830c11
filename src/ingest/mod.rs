//! Files to articles and rows: what is it, how is it read.
//!
//! [`walk()`] finds the files, [`load`] reads one (bounded, unpacked), [`open`] one that may be an archive, [`detect()`] says what it is, [`article`] and [`table`] read it.
//! Nothing here knows a figure's sentence or the database.

pub mod article;
mod detect;
mod packed;
mod pieces;
pub mod table;
mod walk;

pub use detect::{Kind, detect};
pub use packed::{Archive, Unpacked, read_all, unpack};
pub use pieces::Large;
pub use walk::{Found, is_archive, load, open, walk};
