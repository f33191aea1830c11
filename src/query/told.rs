//! What is said once of many shares: their denominators and coverage, what was left out.

use super::db::Data;
use super::notes::Notes;
use super::row::Counted;
use super::series::Series;
use super::share::Split;
use crate::model::{Denominator, share_text};
use std::collections::BTreeMap;

/// Denominators and coverage while the answer grows.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Least and largest coverage of each kind of denominator; `None` when it is not known.
    coverage: BTreeMap<&'static str, Option<(f64, f64)>>,
    reimporters: Vec<String>,
}

impl Told {
    /// Takes in one division.
    pub(super) fn split(
        &mut self,
        data: &Data,
        series: &Series,
        counted: &Counted,
        split: &Split,
        notes: &mut Notes,
    ) {
        let word = match split.denominator {
            Denominator::World => "reported World row",
            Denominator::PartnerSum => "sum of the listed partners",
            Denominator::ReporterSum => "sum over the reporters",
            Denominator::Published => "published",
        };
        let coverage = self.coverage.entry(word).or_default();
        // A total without parts says nothing of how much the parts cover.
        if let Some(pct) = split.coverage_pct.filter(|_| split.rows > 0) {
            let (low, high) = coverage.unwrap_or((pct, pct));
            *coverage = Some((low.min(pct), high.max(pct)));
        }
        if split.coverage_pct.is_some_and(|pct| pct > 100.5) {
            let text =
                format!("{}: the parts of {} add up to more than its total", data.name, series.market.name);
            notes.add("R3", text);
        }
        if split.left_out > 0 {
            let text = format!(
                "{}: {} of {} rows of {} state no {}; they leave both sides of the share",
                data.name,
                split.left_out,
                split.rows,
                series.market.name,
                match counted {
                    Counted::Weight => "weight",
                    _ => "quantity",
                }
            );
            notes.add("R39", text);
        }
        if split.total.is_none() {
            let text = format!("{}: a sum with an unknown amount is unknown", data.name);
            notes.add("R28", text);
        }
    }

    /// Takes in a market that is its own partner.
    pub(super) fn reimports(&mut self, name: &str) {
        if !self.reimporters.iter().any(|known| known == name) {
            self.reimporters.push(name.to_owned());
        }
    }

    /// Says it.
    pub(super) fn into_notes(self, notes: &mut Notes) {
        for (word, coverage) in self.coverage {
            let text = match coverage {
                None => format!("denominator: {word}"),
                Some((low, high)) => {
                    let (low, high) = (share_text(low, 1), share_text(high, 1));
                    let range = if low == high { low } else { format!("{low} to {high}") };
                    format!("denominator: {word}, coverage {range} %")
                }
            };
            notes.add("R2", text);
        }
        for name in self.reimporters {
            notes.add("R8", format!("{name} as its own partner: goods that come back (re-imports)"));
        }
    }
}
