//! The answer to a question: both kinds of evidence, the guards, the order.

use super::computed::{Computed, Refusal, computed};
use super::db::Names;
use super::notes::{Notes, list};
use super::order;
use super::stated::{self, stated};
use crate::error::{Error, Result};
use crate::model::{Answer, AnswerRow, Evidence, Question, SubjectKind};
use crate::store::Store;
use std::collections::BTreeSet;

/// Answers a question from what the file holds.
///
/// Stated figures and computed shares stand in rows of their own. Shares are unrounded; `notes` name every rule that
/// was applied. Where a rule forbids a part of the answer and the rest stands, a note says so.
///
/// # Errors
/// [`Error::Refused`] when a rule of the method forbids the answer or cuts periods that were asked for;
/// [`Error::Unknown`] for a subject that neither the tables nor the file know; [`Error::Store`] and
/// [`Error::Database`] from the file.
pub fn answer(store: &Store, question: &Question) -> Result<Answer> {
    let names = Names::read(store)?;
    if let Some(subject) = &question.subject
        && !stated::is_known(&names, subject)
    {
        let closest = stated::suggestions(&names, &subject.name);
        return Err(Error::Unknown { what: "subject", name: subject.name.clone(), closest });
    }
    let mut notes = Notes::default();
    let mut rows = Vec::new();
    let mut refused = Vec::new();
    if question.evidence != Some(Evidence::Computed) {
        let found = stated(store, question, &names, &mut notes)?;
        rows.extend(found.rows);
        refused.extend(found.refused.into_iter().map(|error| Refusal { error, cell: None }));
    }
    if question.evidence != Some(Evidence::Stated) {
        let Computed { rows: more, refused: guards } = computed(store, question, &names, &mut notes)?;
        rows.extend(more);
        refused.extend(guards);
    }
    settle_refusals(question, &rows, refused, &mut notes)?;
    if rows.is_empty() {
        tell_absent(question, &names, &mut notes);
    }
    if question.latest {
        order::keep_latest(&mut rows);
    }
    if let Some(top) = question.top {
        order::keep_top(&mut rows, top);
    }
    order::sort(&mut rows);
    tell_apart(&rows, &mut notes);
    Ok(Answer { rows, notes: notes.into_lines() })
}

/// Turns refusals into the answer's error when nothing else answers, or when asked-for cuts would silently miss (R16);
/// else into notes.
fn settle_refusals(
    question: &Question,
    rows: &[AnswerRow],
    refused: Vec<Refusal>,
    notes: &mut Notes,
) -> Result<()> {
    let cuts_asked = question.period.is_some() && question.by.is_some();
    // A cut is missed when nobody answers for it, neither another dataset nor a stated figure.
    let missed = |refusal: &Refusal| {
        refusal.cell.as_ref().is_some_and(|(market, basis, period)| {
            let answers = |row: &AnswerRow| {
                row.evidence == Evidence::Stated
                    || (row.market.key() == *market && row.basis == *basis && row.period == Some(*period))
            };
            !rows.iter().any(answers)
        })
    };
    let mut first = None;
    for refusal in refused {
        if first.is_none() && (rows.is_empty() || (cuts_asked && missed(&refusal))) {
            first = Some(refusal.error);
        } else if let Error::Refused { rule, reason, .. } = refusal.error {
            notes.add(rule, format!("refused: {reason}"));
        }
    }
    first.map_or(Ok(()), Err)
}

/// Says which part of a question no input has anything of.
fn tell_absent(question: &Question, names: &Names, notes: &mut Notes) {
    for (part, subject) in [("subject", &question.subject), ("market", &question.market)] {
        if let Some(subject) = subject
            && subject.kind != SubjectKind::Region
            && names.ids(subject).is_empty()
        {
            notes.add("R28", format!("no input names the {part} {}", subject.name));
        }
    }
}

/// Says what stands apart in the answer.
fn tell_apart(rows: &[AnswerRow], notes: &mut Notes) {
    let words = |words: BTreeSet<String>| list(&words.into_iter().collect::<Vec<_>>(), 8);
    let bases: BTreeSet<String> = rows.iter().map(|row| row.basis.to_string()).collect();
    if bases.len() > 1 {
        let text = format!("bases are listed apart and cannot be joined: {}", words(bases));
        notes.add("R35", text);
    }
    let units: BTreeSet<String> = rows.iter().map(|row| row.unit.to_string()).collect();
    if units.len() > 1 {
        notes.add("R1", format!("units are listed apart, for they give different shares: {}", words(units)));
    }
    stated::tell_conflicts(rows, notes);
}
