//! `tradeshare` tells who holds what part of which market, where and when, and can prove every number.
//!
//! The folders are the order of the work: [`ingest`] turns files into articles and rows, [`extract`] reads figures
//! from articles, [`store`] keeps both in one SQLite file, [`query`] answers questions, [`chart`] draws the answers,
//! [`report`] puts them into a page. [`model`] holds the values they share, [`reference`](mod@reference) the names they know.
//! [`pipeline`] alone joins several stages. The library never prints and reads neither the environment nor the clock.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod chart;
mod error;
pub mod extract;
pub mod ingest;
pub mod model;
pub mod pipeline;
pub mod query;
pub mod reference;
pub mod report;
pub mod sql;
pub mod store;

pub use error::{Error, Result};
