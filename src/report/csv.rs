//! An answer as CSV: exact numbers under the columns that `query` prints.

use crate::error::{Error, Result};
use crate::model::{Answer, AnswerRow};
use serde_json::Value;

/// Writes the rows of an answer with a header. The ids are left out: they belong to one database file.
///
/// # Errors
/// [`Error::Value`] when a row cannot be written, which no row of a checked answer is.
pub fn csv(answer: &Answer) -> Result<Vec<u8>> {
    let bad = |found: String| Error::Value { expected: "a row that can be written as CSV", found };
    let shown = AnswerRow::COLUMNS.len() - 1;
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&AnswerRow::COLUMNS[..shown]).map_err(|error| bad(error.to_string()))?;
    for row in &answer.rows {
        let cells = row.values().into_iter().take(shown).map(|value| match value {
            Value::Null => String::new(),
            Value::String(text) => text,
            number => number.to_string(),
        });
        writer.write_record(cells).map_err(|error| bad(error.to_string()))?;
    }
    writer.into_inner().map_err(|error| bad(error.to_string()))
}
