//! Answers to a document: findings, figures, tables, footnotes; as a web page and as Markdown.
//!
//! [`Spec`] is what a person writes, [`Page`] what a report says, as plain data; [`html()`] and [`markdown()`] print it
//! and decide nothing. Every number of a page comes from an answer and carries a footnote.

mod csv;
mod escape;
mod findings;
mod html;
mod markdown;
mod page;
mod spec;
mod table;
mod words;

pub use csv::csv;
pub use html::html;
pub use markdown::markdown;
pub use page::{Footnote, Page, Picture, Section, SectionAnswer, page};
pub use spec::{ChartWish, DescribedInput, InputSpec, SectionSpec, Source, Spec};
pub use table::Table;
