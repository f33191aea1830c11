//! Which of the ways of making a market answers a question.

use super::db::Names;
use super::series::{Made, Series};
use crate::model::{Question, Role, Subject, SubjectKind};
use std::collections::BTreeSet;

/// Leaves out the ways of making a market that do not hold the asked subject.
///
/// `BEV in World` is a row of the world's own market, `China in World` of markets beside each other; `China in EU` is
/// what the members got from it, `Germany in EU` its part beside the other members.
pub(super) fn fitting<'s>(question: &Question, names: &Names, found: &'s [Series]) -> Vec<&'s Series> {
    let ids: BTreeSet<i64> =
        question.subject.as_ref().map(|subject| names.ids(subject).into_iter().collect()).unwrap_or_default();
    let place = question.subject.as_ref().is_some_and(|subject| {
        matches!(subject.kind, SubjectKind::Country | SubjectKind::Region) && !subject.is_world()
    });
    let parts =
        |series: &Series| series.rows.iter().any(|row| matches!(row.role, Role::Part | Role::Residual));
    let holds =
        |series: &Series| series.rows.iter().any(|row| ids.contains(&row.subject) && row.role != Role::Total);
    let fits = |series: &&Series| {
        let others = || found.iter().filter(|other| other.basis == series.basis && other.made != series.made);
        match series.made {
            Made::Reporters => {
                let better = |other: &Series| match question.subject {
                    Some(_) => holds(other) || (!place && parts(other)),
                    None => parts(other),
                };
                let group = series.market_word.starts_with("b=");
                !others().any(better) && (!group || question.subject.is_none() || holds(series))
            }
            Made::Direct if !parts(series) && !question.subject.as_ref().is_some_and(Subject::is_world) => {
                !others().any(|other| other.made == Made::Reporters && (parts(other) || holds(other)))
            }
            Made::Members | Made::Direct => {
                let beside = |other: &Series| other.made == Made::Reporters && place && holds(other);
                !others().any(|other| beside(other) && !holds(series))
                    && (series.made == Made::Direct || parts(series) || question.subject.is_some())
            }
            _ => true,
        }
    };
    found.iter().filter(fits).collect()
}
