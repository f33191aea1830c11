//! Questions to answers: stated figures and computed shares, side by side.
//!
//! `words` reads a question, `stated` finds what somebody says, `computed` divides what somebody counted. Rules are
//! named by their numbers in `docs/method.md`. Nothing here rounds, averages sources or mixes units.

mod answer;
mod beside;
mod block;
mod codes;
mod computed;
mod correct;
mod cut;
mod db;
mod explain;
mod figure;
mod fitting;
mod guards;
mod lines;
mod markets;
mod notes;
mod order;
mod proof;
mod review;
mod row;
mod series;
mod share;
mod stated;
mod told;
mod trace;
mod words;

#[cfg(test)]
mod tests;

pub use answer::answer;
pub use correct::{FIELDS, corrected};
pub use explain::explain;
pub use proof::proof;
pub use review::{Exported, UnderReview, decided_passages, under_review, waiting};
pub use words::parse;
