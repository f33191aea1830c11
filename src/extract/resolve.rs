//! Time expressions to periods, against what the article is anchored to.

use super::times::TimeExpr;
use crate::model::Period;
use jiff::civil::Date;

/// What relative times may lean on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Anchors {
    pub published: Option<Date>,
    /// Period of the figure before, in reading order.
    pub previous: Option<Period>,
    /// Period the article as a whole is about: its first one that was stated or resolved.
    pub document: Option<Period>,
}

/// What settled a period; the looser it is, the less it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AnchorKind {
    Stated,
    Previous,
    Published,
    Document,
}

/// A period and what settled it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub period: Period,
    pub kind: AnchorKind,
}

/// Returns the period an expression means, or `None` when words and anchors do not settle it.
pub(crate) fn resolve(expr: &TimeExpr, anchors: &Anchors) -> Option<Resolved> {
    let _ = anchors;
    match *expr {
        TimeExpr::Stated(period) => Some(Resolved { period, kind: AnchorKind::Stated }),
        _ => None,
    }
}
