//! Questions to answers: stated figures and computed shares, side by side.

use crate::error::Result;
use crate::model::{Answer, Proof, Question};
use crate::store::Store;

/// Turns words such as `China in Russia of passenger-cars` into a question.
///
/// # Errors
/// [`crate::Error::Unknown`] and [`crate::Error::Ambiguous`] for names.
pub fn parse(_words: &[String]) -> Result<Question> {
    Ok(Question::default())
}

/// Answers a question.
///
/// # Errors
/// [`crate::Error::Refused`] when a rule of the method forbids the answer.
pub fn answer(_store: &Store, _question: &Question) -> Result<Answer> {
    Ok(Answer::default())
}

/// Leads from an id of an answer back to the sentence or the rows, as text of several lines.
///
/// # Errors
/// [`crate::Error::Unknown`] when there is no such id.
pub fn explain(_store: &Store, id: &str) -> Result<String> {
    Err(crate::Error::Unknown { what: "id", name: id.to_owned(), closest: Vec::new() })
}

/// Leads from an id of an answer back to the sentence or the rows.
///
/// # Errors
/// [`crate::Error::Unknown`] when there is no such id.
pub fn proof(_store: &Store, id: &str) -> Result<Proof> {
    Err(crate::Error::Unknown { what: "id", name: id.to_owned(), closest: Vec::new() })
}
