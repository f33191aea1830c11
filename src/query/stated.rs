//! Stated figures: shares and ranks that articles and tables of shares say, as they say them.

use super::cut::{self, Tiling};
use super::db::Names;
use super::figure::{Stated, read_all, read_of_market, read_of_subject};
use super::notes::Notes;
use crate::error::{Error, Result};
use crate::model::{
    AnswerRow, Denominator, Evidence, FigureState, Granularity, Measure, Period, Qualifier, Question, Status,
};
use crate::reference::{HsFit, fold, products, sources};
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// Mark of rows whose figure was not sure enough to be accepted and that no person has looked at.
const UNREVIEWED: &str = "unreviewed";

/// What stated figures say.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Shares and ranks.
    pub(super) rows: Vec<AnswerRow>,
    /// Guards that refused a part of the answer.
    pub(super) refused: Vec<Error>,
}

/// Finds every stated figure a question asks for.
pub(super) fn stated(store: &Store, question: &Question, names: &Names, notes: &mut Notes) -> Result<Found> {
    let mut figures = candidates(store, question, names)?;
    figures.retain(|figure| fits(figure, question));
    tell_unknowns(&mut figures, question, notes);
    tell_waiting(&mut figures, question, notes);
    let mut found = Found::default();
    let Some(by) = question.by else {
        figures.retain(|figure| inside(figure, question.period.as_ref()));
        found.rows = figures.iter().map(|figure| row(figure, names)).collect();
        return Ok(found);
    };
    figures.retain(|figure| inside(figure, question.period.as_ref()));
    let (cut, finer): (Vec<&Stated>, Vec<&Stated>) = figures
        .iter()
        .partition(|figure| figure.period.as_ref().is_some_and(|period| cut::is_of(by, period)));
    found.rows = cut.iter().map(|figure| row(figure, names)).collect();
    let longer = |figure: &&&Stated| figure.period.as_ref().is_some_and(|period| wider(by, period));
    let (longer, finer): (Vec<&Stated>, Vec<&Stated>) = finer.iter().partition(|figure| longer(figure));
    if !longer.is_empty() {
        let text = format!("{} figures of longer periods are in no {} of theirs", longer.len(), word(by));
        notes.add("R15", text);
    }
    if question.approx_mean {
        found.rows.extend(means(&cut, &finer, by, names, question, notes));
    } else if !finer.is_empty() {
        let reason = format!(
            "a {} cannot be had from {} percentages of shorter periods without their totals",
            word(by),
            finer.len()
        );
        if found.rows.is_empty() {
            let try_instead = vec!["--approx-mean".to_owned(), "without --by".to_owned()];
            found.refused.push(Error::Refused { rule: "R15", reason, try_instead });
        } else {
            notes.add("R15", format!("left out: {reason}"));
        }
    }
    Ok(found)
}

fn word(by: Granularity) -> &'static str {
    match by {
        Granularity::Month => "month",
        Granularity::Quarter => "quarter",
        Granularity::Half => "half year",
        Granularity::Year => "year",
    }
}

/// Returns whether a period is longer than the cut, or lies over the border between two.
fn wider(by: Granularity, period: &Period) -> bool {
    let cuts = cut::targets(None, Some(by), &BTreeSet::from([*period]));
    !matches!(period, Period::Day(_)) && cuts.is_empty()
}

fn candidates(store: &Store, question: &Question, names: &Names) -> Result<Vec<Stated>> {
    let ids = |subject| -> BTreeSet<i64> { names.ids(subject).into_iter().collect() };
    let market = question.market.as_ref().map(ids);
    let subject = question.subject.as_ref().map(ids);
    let mut figures = Vec::new();
    match (&market, &subject) {
        (Some(markets), _) => {
            for id in markets {
                figures.extend(read_of_market(store, *id)?);
            }
        }
        (None, Some(subjects)) => {
            for id in subjects {
                figures.extend(read_of_subject(store, *id)?);
            }
        }
        (None, None) => figures = read_all(store)?,
    }
    figures.retain(|figure| subject.as_ref().is_none_or(|ids| ids.contains(&figure.subject)));
    figures.sort_by_key(|figure| figure.id);
    Ok(figures)
}

/// Returns whether all but unit and period fit.
fn fits(figure: &Stated, question: &Question) -> bool {
    question.product.as_ref().is_none_or(|product| is_product(&figure.product, product))
        && question.basis.is_none_or(|basis| basis == figure.basis)
        && question.min_confidence.is_none_or(|least| figure.confidence >= least)
        && question.source.as_deref().is_none_or(|source| {
            let told = [
                &figure.attribution,
                &figure.publisher,
                &figure.dataset_key,
                &figure.dataset_name,
                &figure.dataset_source,
            ];
            same_source(source, &told.into_iter().flatten().map(String::as_str).collect::<Vec<_>>())
        })
}

/// Returns whether a figure's product is the asked one; a customs code asks for the products that are exactly it.
fn is_product(product: &str, asked: &str) -> bool {
    product == asked
        || asked.strip_prefix("hs:").is_some_and(|code| {
            products()
                .by_hs(None, code)
                .iter()
                .any(|(found, fit)| found.key == product && *fit == HsFit::Exact)
        })
}

/// Returns whether one of these names is the source a person typed, by name, key or alias of the table of sources.
pub(super) fn same_source(typed: &str, told: &[&str]) -> bool {
    let mut known: BTreeSet<String> = BTreeSet::from([fold(typed)]);
    if let Ok(source) = sources().find(typed) {
        known.extend([fold(&source.key), fold(&source.name)]);
        known.extend(source.aliases.iter().map(|alias| fold(alias)));
    }
    told.iter().any(|name| known.contains(&fold(name)))
}

/// Leaves out figures that wait for review when only accepted ones were asked for, and says how many; else says that they
/// are marked.
fn tell_waiting(figures: &mut Vec<Stated>, question: &Question, notes: &mut Notes) {
    let inside = |figure: &&Stated| inside(figure, question.period.as_ref());
    let waiting = |figure: &&Stated| figure.state == FigureState::Review;
    let count = figures.iter().filter(inside).filter(waiting).count();
    if count == 0 {
        return;
    }
    let (figures_wait, are) = if count == 1 {
        ("1 stated figure waits for review".to_owned(), "is")
    } else {
        (format!("{count} stated figures wait for review"), "are")
    };
    let text = if question.accepted_only {
        figures.retain(|figure| !waiting(&figure));
        format!("{figures_wait} and {are} left out")
    } else {
        format!("{figures_wait} and {are} marked {UNREVIEWED}")
    };
    notes.add("review", text);
}

fn inside(figure: &Stated, asked: Option<&Period>) -> bool {
    asked.is_none_or(|asked| figure.period.as_ref().is_some_and(|period| asked.contains(period)))
}

/// Leaves out figures whose unit or period is not said when one was asked for, and says how many.
fn tell_unknowns(figures: &mut Vec<Stated>, question: &Question, notes: &mut Notes) {
    if let Some(unit) = question.unit {
        let before = figures.len();
        figures.retain(|figure| figure.unit != crate::model::Unit::Unspecified || unit == figure.unit);
        if figures.len() < before {
            let text = format!(
                "{} stated figures do not say what they count and are left out",
                before - figures.len()
            );
            notes.add("R1", text);
        }
        figures.retain(|figure| figure.unit == unit);
    }
    if question.period.is_some() || question.by.is_some() {
        let before = figures.len();
        figures.retain(|figure| figure.period.is_some());
        if figures.len() < before {
            notes.add(
                "R28",
                format!("{} stated figures have no settled period and are left out", before - figures.len()),
            );
        }
    }
}

/// Returns the line of a figure in an answer.
pub(super) fn row(figure: &Stated, names: &Names) -> AnswerRow {
    let share = figure.measure == Measure::Share;
    let rank = if share { None } else { Some(figure.value as u32) };
    AnswerRow {
        period: figure.period,
        market: names.get(figure.market),
        subject: names.get(figure.subject),
        product: figure.product.clone(),
        basis: figure.basis,
        unit: figure.unit,
        evidence: Evidence::Stated,
        share_pct: share.then_some(figure.value),
        share_max_pct: figure.value_max.filter(|_| share),
        qualifier: figure.qualifier,
        rank,
        of: None,
        amount: None,
        total: None,
        amount_unit: String::new(),
        denominator: Denominator::Published,
        coverage_pct: None,
        status: figure.status,
        counted_by: figure.counted_by(),
        id: figure.id.to_string(),
        flags: if figure.state == FigureState::Review { vec![UNREVIEWED.to_owned()] } else { Vec::new() },
    }
}

/// Figures of one line: same holder, market, product, basis, unit and counter.
type Line<'a> = BTreeMap<Period, Vec<&'a Stated>>;

/// Gives unweighted means over the parts of each cut that has no figure of its own, where all parts are there (R15).
fn means(
    cut: &[&Stated],
    finer: &[&Stated],
    by: Granularity,
    names: &Names,
    question: &Question,
    notes: &mut Notes,
) -> Vec<AnswerRow> {
    let key = |figure: &Stated| {
        let counted_by = figure.counted_by().unwrap_or_default();
        (figure.market, figure.subject, figure.product.clone(), figure.basis, figure.unit, counted_by)
    };
    let mut lines: BTreeMap<_, Line<'_>> = BTreeMap::new();
    for figure in finer {
        if figure.measure == Measure::Share
            && figure.status == Status::Actual
            && figure.qualifier == Qualifier::Exact
            && let Some(period) = figure.period
        {
            lines.entry(key(figure)).or_default().entry(period).or_default().push(figure);
        }
    }
    let mut rows = Vec::new();
    for (line, figures) in &lines {
        let available: BTreeSet<Period> = figures.keys().copied().collect();
        for target in cut::targets(question.period.as_ref(), Some(by), &available) {
            if cut.iter().any(|figure| figure.period == Some(target) && key(figure) == *line) {
                continue;
            }
            match mean(&target, &available, figures) {
                Ok((value, parts)) => {
                    notes.add("R15", "mean of shares: unweighted, for the totals of its parts are not known");
                    let ids: Vec<String> = parts.iter().map(|figure| figure.id.to_string()).collect();
                    let mut row = row(parts[0], names);
                    row.period = Some(target);
                    row.share_pct = Some(value);
                    row.qualifier = Qualifier::About;
                    row.id = format!("m:{}", ids.join("+"));
                    row.flags = vec!["mean of shares".to_owned()];
                    if parts.iter().any(|figure| figure.state == FigureState::Review) {
                        row.flags.push(UNREVIEWED.to_owned());
                    }
                    rows.push(row);
                }
                Err(reason) => notes.add("R15", format!("no mean for {target}: {reason}")),
            }
        }
    }
    rows
}

/// Returns the mean of equally long parts, or why there is none.
fn mean<'a>(
    target: &Period,
    available: &BTreeSet<Period>,
    figures: &Line<'a>,
) -> std::result::Result<(f64, Vec<&'a Stated>), &'static str> {
    let Tiling::Whole(tiles) = cut::tile(target, available) else {
        return Err("not all of its parts are there");
    };
    if tiles.iter().any(|tile| tile.month_run().map(|run| run.1) != tiles[0].month_run().map(|run| run.1)) {
        return Err("its parts differ in length");
    }
    let parts: Vec<&Stated> = tiles.iter().map(|tile| figures[tile][0]).collect();
    let one_voice = |tile: &Period| figures[tile].iter().all(|figure| figure.value == figures[tile][0].value);
    if !tiles.iter().all(one_voice) {
        return Err("the source has two values for one part");
    }
    Ok((parts.iter().map(|figure| figure.value).sum::<f64>() / parts.len() as f64, parts))
}

/// Says how many cells have figures that differ by counter (R33); nothing is averaged.
pub(super) fn tell_conflicts(rows: &[AnswerRow], notes: &mut Notes) {
    let mut cells: BTreeMap<_, Vec<&AnswerRow>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.evidence == Evidence::Stated && row.share_pct.is_some()) {
        cells.entry((row.series_key(), row.period)).or_default().push(row);
    }
    let differ = |rows: &&Vec<&AnswerRow>| rows.iter().any(|row| row.share_pct != rows[0].share_pct);
    let count = cells.values().filter(differ).count();
    if count > 0 {
        notes.add("R33", format!("sources differ on {count} cells; all are listed, none is averaged"));
    }
}

/// Returns figures that say something of the same cell.
pub(super) fn same_cell(store: &Store, figure: &Stated) -> Result<Vec<Stated>> {
    let mut others = read_of_market(store, figure.market)?;
    others.retain(|other| {
        other.id != figure.id
            && other.subject == figure.subject
            && other.product == figure.product
            && other.basis == figure.basis
            && other.measure == figure.measure
            && other.period == figure.period
    });
    Ok(others)
}

/// Returns names in the file that are spelled like this one.
pub(super) fn suggestions(names: &Names, text: &str) -> Vec<String> {
    let mut close = names.close(text);
    for name in super::words::close_names(text) {
        if !close.contains(&name) {
            close.push(name);
        }
    }
    close.truncate(5);
    close
}

/// Returns whether the file has any entity of that name.
pub(super) fn is_known(names: &Names, subject: &crate::model::Subject) -> bool {
    subject.id.is_some() || !names.ids(subject).is_empty() || !names.plants(subject).is_empty()
}
