//! Articles and their figures in one transaction.

use super::decisions;
use super::intern::Entities;
use super::log::{self, TableFacts, Tally};
use super::{BatchMeta, Outcome, Store};
use crate::error::{Error, Result};
use crate::model::{Article, Figure, Reject};
use crate::sql;
use rusqlite::{Connection, OptionalExtension, named_params};
use sha2::{Digest, Sha256};
use std::fmt::Write;

const KEEP: &str = "keep an article";

impl Store {
    /// Keeps articles and their figures in one transaction.
    ///
    /// An article whose text the file holds already, from this or another input, is not kept a second time; its figures are
    /// there too. From another input it counts as `same`.
    ///
    /// # Errors
    /// As [`Store::held`]; [`Error::Value`] when a figure's quote is not what its span holds. Nothing is kept then.
    pub fn ingest_articles(
        &mut self,
        meta: &BatchMeta,
        found: &[(Article, Vec<Figure>)],
        rejects: &[Reject],
    ) -> Result<Outcome> {
        self.write("keep the articles", |db| keep_articles(db, meta, found, rejects))
    }
}

fn keep_articles(
    db: &Connection,
    meta: &BatchMeta,
    found: &[(Article, Vec<Figure>)],
    rejects: &[Reject],
) -> Result<Outcome> {
    if let Some(batch) = log::held(db, &meta.sha256)? {
        return Ok(Outcome::AlreadyHeld { batch });
    }
    let batch = log::begin(db, meta, TableFacts::default())?;
    let mut entities = Entities::default();
    let mut tally = Tally::default();
    for (article, figures) in found {
        let sha256 = hash(&article.text);
        match holder(db, &sha256)? {
            Some(own) if own == batch => continue,
            Some(other) => tally.same(other),
            None => {
                let document = keep_document(db, batch, article, &sha256)?;
                tally.documents += 1;
                for figure in figures {
                    check_quote(&article.text, figure)?;
                }
                let home = decisions::Home { batch, document, text_sha256: &sha256 };
                decisions::keep_figures(db, home, figures, meta.accept, &mut entities, &mut tally)?;
            }
        }
    }
    log::finish(db, batch, &tally, rejects)
}

/// A figure that cannot prove itself must not get in.
fn check_quote(text: &str, figure: &Figure) -> Result<()> {
    match text.get(figure.span.0..figure.span.1) {
        Some(quote) if quote == figure.quote => Ok(()),
        other => Err(Error::Value {
            expected: "a quote that is the text at its span",
            found: format!("{} (the text has `{}`)", figure.quote, other.unwrap_or_default()),
        }),
    }
}

fn holder(db: &Connection, sha256: &str) -> Result<Option<i64>> {
    let find = || {
        db.prepare_cached(sql::DOCUMENT_HELD)?
            .query_row(named_params! { ":sha256": sha256 }, |row| row.get("batch_id"))
            .optional()
    };
    find().map_err(Error::store(KEEP))
}

fn keep_document(db: &Connection, batch: i64, article: &Article, sha256: &str) -> Result<i64> {
    let add = || {
        db.prepare_cached(sql::DOCUMENT_ADD)?.query_row(
            named_params! {
                ":batch": batch,
                ":key": article.id,
                ":title": article.title,
                ":published": article.published.map(|day| day.to_string()),
                ":url": article.url,
                ":lang": article.lang,
                ":publisher": article.publisher,
                ":text": article.text,
                ":sha256": sha256,
            },
            |row| row.get("document_id"),
        )
    };
    add().map_err(Error::store(KEEP))
}

/// Returns the SHA-256 of a text, hexadecimal.
pub(super) fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut out, byte| {
        write!(out, "{byte:02x}").expect("writing to a string cannot fail");
        out
    })
}

#[cfg(test)]
mod tests {
    use crate::store::testing::{article, meta};
    use crate::store::{Outcome, Store};

    fn counts(outcome: &Outcome) -> (u64, u64, u64) {
        match outcome {
            Outcome::Stored { documents, figures, same, .. } => (*documents, *figures, *same),
            Outcome::AlreadyHeld { .. } => panic!("held already"),
        }
    }

    #[test]
    fn an_article_is_kept_with_its_figures_and_proof() {
        let mut store = Store::in_memory().expect("opens");
        let outcome = store.ingest_articles(&meta("a.txt"), &[article("a", 81)], &[]).expect("kept");
        assert_eq!(counts(&outcome), (1, 1, 0));
        let row: (String, String, f64, String, String) = store
            .connection()
            .query_row("SELECT subject, market, value, quote, published FROM shares", [], |r| {
                Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?))
            })
            .expect("one figure");
        let expected = ("China", "Russia", 81.0, "81 percent of new cars", "2022-09-13");
        assert_eq!((row.0.as_str(), row.1.as_str(), row.2, row.3.as_str(), row.4.as_str()), expected);
    }

    #[test]
    fn the_same_text_in_another_file_is_not_kept_twice() {
        let mut store = Store::in_memory().expect("opens");
        store.ingest_articles(&meta("a.txt"), &[article("a", 81)], &[]).expect("kept");
        let copies = [article("copy", 81), article("b", 31), article("b again", 31)];
        let outcome = store.ingest_articles(&meta("b.jsonl"), &copies, &[]).expect("kept");
        assert_eq!(counts(&outcome), (1, 1, 1));
        assert!(store.undo(1).is_err(), "the second input counts on the first one's article");
        store.undo(2).expect("undone");
        store.undo(1).expect("undone");
        assert_eq!(counts(&store.ingest_articles(&meta("b.jsonl"), &copies, &[]).expect("kept")), (2, 2, 0));
    }

    #[test]
    fn prose_without_figures_still_has_its_batch() {
        let mut store = Store::in_memory().expect("opens");
        let (text, _) = article("a", 81);
        assert_eq!(
            counts(&store.ingest_articles(&meta("a.txt"), &[(text, Vec::new())], &[]).expect("kept")),
            (1, 0, 0)
        );
        assert_eq!(
            store.ingest_articles(&meta("a.txt"), &[], &[]).expect("held"),
            Outcome::AlreadyHeld { batch: 1 }
        );
    }

    #[test]
    fn a_quote_that_is_not_in_the_text_is_refused() {
        let mut store = Store::in_memory().expect("opens");
        let (text, mut figures) = article("a", 81);
        figures[0].quote = "82 percent of new cars".to_owned();
        assert!(store.ingest_articles(&meta("a.txt"), &[(text, figures)], &[]).is_err());
        assert!(store.batches().expect("read").is_empty(), "nothing is kept");
    }
}
