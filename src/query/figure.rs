//! A stated figure as the database keeps it, with where it was read.

use super::db::load;
use crate::error::Result;
use crate::model::{Basis, FigureState, Measure, Period, Qualifier, Status, Unit};
use crate::sql;
use crate::store::Store;
use rusqlite::{Row, named_params, types::Type};
use std::str::FromStr;

/// A stated figure. Numbers of entities, batches and documents are the database's.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stated {
    pub(super) id: i64,
    pub(super) batch: i64,
    pub(super) document: Option<i64>,
    pub(super) line: Option<i64>,
    pub(super) measure: Measure,
    pub(super) value: f64,
    pub(super) value_max: Option<f64>,
    pub(super) qualifier: Qualifier,
    pub(super) subject: i64,
    pub(super) market: i64,
    pub(super) product: String,
    pub(super) basis: Basis,
    pub(super) unit: Unit,
    pub(super) period: Option<Period>,
    pub(super) attribution: Option<String>,
    pub(super) status: Status,
    pub(super) quote: String,
    pub(super) span: (i64, i64),
    pub(super) rule: String,
    pub(super) confidence: f64,
    pub(super) confidence_full: f64,
    pub(super) state: FigureState,
    pub(super) title: Option<String>,
    pub(super) published: Option<String>,
    pub(super) url: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) path: String,
    pub(super) sha256: String,
    pub(super) batch_status: String,
    pub(super) profile: Option<String>,
    pub(super) dataset_key: Option<String>,
    pub(super) dataset_name: Option<String>,
    pub(super) dataset_source: Option<String>,
    pub(super) superseded_by: Option<i64>,
}

impl Stated {
    /// Returns who counted: the attribution, else the dataset, else the publisher.
    pub(super) fn counted_by(&self) -> Option<String> {
        self.attribution.clone().or_else(|| self.dataset_name.clone()).or_else(|| self.publisher.clone())
    }
}

fn word<T: FromStr>(row: &Row<'_>, column: &str) -> rusqlite::Result<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text: String = row.get(column)?;
    let at = row.as_ref().column_index(column)?;
    text.parse().map_err(|e| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, Box::new(e)))
}

fn stated(row: &Row<'_>) -> rusqlite::Result<Stated> {
    let period: Option<String> = row.get("period")?;
    Ok(Stated {
        id: row.get("figure_id")?,
        batch: row.get("batch_id")?,
        document: row.get("document_id")?,
        line: row.get("line")?,
        measure: word(row, "measure")?,
        value: row.get("value")?,
        value_max: row.get("value_max")?,
        qualifier: word(row, "qualifier")?,
        subject: row.get("subject_id")?,
        market: row.get("market_id")?,
        product: row.get("product")?,
        basis: word(row, "basis")?,
        unit: word(row, "unit")?,
        period: if period.is_some() { Some(word(row, "period")?) } else { None },
        attribution: row.get("attribution")?,
        status: word(row, "status")?,
        quote: row.get("quote")?,
        span: (row.get("span_start")?, row.get("span_end")?),
        rule: row.get("rule")?,
        confidence: row.get("confidence")?,
        confidence_full: row.get("confidence_full")?,
        state: word(row, "state")?,
        title: row.get("title")?,
        published: row.get("published")?,
        url: row.get("url")?,
        publisher: row.get("publisher")?,
        path: row.get("path")?,
        sha256: row.get("sha256")?,
        batch_status: row.get("batch_status")?,
        profile: row.get("profile")?,
        dataset_key: row.get("dataset_key")?,
        dataset_name: row.get("dataset_name")?,
        dataset_source: row.get("dataset_source")?,
        superseded_by: row.get("superseded_by")?,
    })
}

/// Reads every standing figure.
pub(super) fn read_all(store: &Store) -> Result<Vec<Stated>> {
    load(store, sql::FIGURES_ALL, [], stated)
}

/// Reads the standing figures of one market.
pub(super) fn read_of_market(store: &Store, market: i64) -> Result<Vec<Stated>> {
    load(store, sql::FIGURES_OF_MARKET, named_params! { ":market_id": market }, stated)
}

/// Reads the standing figures of one subject.
pub(super) fn read_of_subject(store: &Store, subject: i64) -> Result<Vec<Stated>> {
    load(store, sql::FIGURES_OF_SUBJECT, named_params! { ":subject_id": subject }, stated)
}

/// Reads the standing figures of one article, in the order of its text.
pub(super) fn read_of_document(store: &Store, document: i64) -> Result<Vec<Stated>> {
    load(store, sql::FIGURES_OF_DOCUMENT, named_params! { ":document_id": document }, stated)
}

/// Reads the figures that wait for review, the surest first.
pub(super) fn read_waiting(store: &Store) -> Result<Vec<Stated>> {
    load(store, sql::FIGURES_WAITING, [], stated)
}

/// Reads one figure, whether it stands or not.
pub(super) fn read_one(store: &Store, id: i64) -> Result<Option<Stated>> {
    Ok(load(store, sql::FIGURE, named_params! { ":figure_id": id }, stated)?.pop())
}
