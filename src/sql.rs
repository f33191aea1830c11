//! Every SQL statement by name; the files are in `sql/`.
//!
//! A statement is one file with a header (what it does, parameters, columns, order) and one line here. No SQL is built
//! from values; where the shape varies, there are two files. The tests prepare each one and read its query plan.

/// The steps of the schema, oldest first; `user_version` counts them.
pub const MIGRATIONS: &[&str] = &[
    include_str!("../sql/schema/001-start.sql"),
    include_str!("../sql/schema/002-cells.sql"),
    include_str!("../sql/schema/003-review.sql"),
    include_str!("../sql/schema/004-full.sql"),
];

/// Names each file of `sql/`; `scans` gives the reason why a statement may read a whole table.
macro_rules! statements {
    ($($name:ident = $file:literal $(scans $reason:literal)?;)+) => {
        $(pub(crate) const $name: &str = include_str!(concat!("../sql/", $file, ".sql"));)+

        /// File without ending, text, and the reason of a scan, if one is permitted.
        #[cfg(test)]
        const ALL: &[(&str, &str, &[&str])] = &[$(($file, $name, &[$($reason)?])),+];
    };
}

statements! {
    BATCH_SOURCE = "query/batch_source";
    COMMODITIES_BETWEEN = "query/commodities_between";
    COMMODITIES_OF_MARKET = "query/commodities_of_market";
    COMMODITY = "query/commodity";
    DATASETS = "query/datasets" scans "there are few, and each may hold rows of the answer";
    DECIDED_DOCUMENTS = "query/decided_documents" scans "all articles with a decision are asked for";
    DECISIONS_ABOUT = "query/decisions_about";
    DOCUMENT_TEXT = "query/document_text";
    ENTITIES = "query/entities" scans "names are compared folded, which no index can do";
    FIGURE = "query/figure";
    FIGURES_ALL = "query/figures_all" scans "the question names neither subject nor market";
    FIGURES_OF_DOCUMENT = "query/figures_of_document";
    FIGURES_OF_MARKET = "query/figures_of_market";
    FIGURES_OF_SUBJECT = "query/figures_of_subject";
    FIGURES_WAITING = "query/figures_waiting" scans "its index holds only those that wait";
    ROWS_OF_COMMODITY = "query/rows_of_commodity";
    ROWS_OF_MARKET = "query/rows_of_market";
    ROWS_OF_SUBJECT = "query/rows_of_subject";

    ALL_HELD = "store/all_held" scans "every input that comes is looked for in it";
    BATCH_ADD = "store/batch_add";
    BATCH_COUNTS = "store/batch_counts";
    BATCH_GET = "store/batch_get";
    BATCH_LIST = "store/batch_list" scans "the log is asked for as a whole";
    BLOCK_ADD = "store/block_add";
    BLOCK_LIST = "store/block_list";
    BUILT_ON_ADD = "store/built_on_add";
    BUILT_ON_LATER = "store/built_on_later";
    CELL_ADD = "store/cell_add";
    CELL_ADD_MANY = "store/cell_add_many";
    CELL_LIST = "store/cell_list";
    CELL_REMOVE = "store/cell_remove";
    COMMODITY_ADD = "store/commodity_add";
    COMMODITY_ID = "store/commodity_id";
    DATASET_ADD = "store/dataset_add";
    DATASET_GET = "store/dataset_get";
    DECISION_ABOUT = "store/decision_about";
    DECISION_ADD = "store/decision_add";
    DECISION_BIND = "store/decision_bind";
    DECISION_UNDO = "store/decision_undo";
    DECISIONS_OF_TEXT = "store/decisions_of_text";
    DOCUMENT_ADD = "store/document_add";
    DOCUMENT_HELD = "store/document_held";
    ENTITY_ADD = "store/entity_add";
    ENTITY_ID = "store/entity_id";
    FIGURE_ADD = "store/figure_add";
    FIGURE_CELL = "store/figure_cell";
    FIGURE_JUDGED = "store/figure_judged";
    FIGURE_STATE = "store/figure_state";
    FIGURE_SUPERSEDE = "store/figure_supersede";
    HELD = "store/held";
    IS_NEW = "store/is_new" scans "it ends at the first row";
    INFO = "store/info" scans "it counts what is kept";
    OBSERVATION_OLD_ADD = "store/observation_old_add";
    REJECT_ADD = "store/reject_add";
    REJECT_LIST = "store/reject_list";
    RUN_ADD = "store/run_add";
    RUN_CLEAR = "store/run_clear";
    RUN_GET = "store/run_get";
    RUN_TABLE = "store/run_table";
    UNDO_BATCH = "store/undo_batch";
    UNDO_BUILT_ON = "store/undo_built_on";
    UNDO_DOCUMENTS = "store/undo_documents";
    UNDO_FIGURES = "store/undo_figures";
    UNDO_OBSERVATIONS = "store/undo_observations";
    UNDO_OLD = "store/undo_old";
    UNDO_RESTORE = "store/undo_restore";
    UNDO_SUPERSEDED = "store/undo_superseded";
    VERIFY_CELLS = "store/verify_cells" scans "every key is checked";
    VERIFY_DOCUMENTS = "store/verify_documents" scans "every text is checked";
    VERIFY_FIGURES = "store/verify_figures";
    VERIFY_UNDONE = "store/verify_undone" scans "every undone batch is checked, and there are few";
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;
    use std::collections::BTreeSet;
    use std::path::Path;

    fn migrated() -> Connection {
        let db = Connection::open_in_memory().expect("memory");
        for step in MIGRATIONS {
            db.execute_batch(step).expect("the schema is valid");
        }
        db.execute_batch(RUN_TABLE).expect("valid");
        // Else the plan of an INSERT shows a search for orphans, which SQLite skips while none are pending.
        db.execute_batch("PRAGMA foreign_keys = OFF").expect("set");
        db
    }

    fn plan(db: &Connection, sql: &str) -> Vec<String> {
        let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a valid statement");
        let steps = statement.raw_query().mapped(|row| row.get("detail")).collect::<Result<_, _>>();
        steps.expect("a plan of text")
    }

    /// Returns the steps that read a whole table; intermediate results of the statement itself do not count.
    fn scans(plan: &[String]) -> Vec<&str> {
        let made: BTreeSet<&str> = plan
            .iter()
            .filter_map(|step| step.strip_prefix("MATERIALIZE ").or_else(|| step.strip_prefix("CO-ROUTINE ")))
            .collect();
        plan.iter()
            .map(String::as_str)
            .filter(|step| {
                step.strip_prefix("SCAN ").is_some_and(|rest| {
                    let target = rest.split(' ').next().unwrap_or_default();
                    !made.contains(target)
                        && !rest.starts_with("CONSTANT ROW")
                        && !rest.ends_with("-ROW VALUES CLAUSE")
                        && !rest.contains("VIRTUAL TABLE")
                })
            })
            .collect()
    }

    #[test]
    fn every_file_is_named_here() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sql");
        let mut files = BTreeSet::new();
        for folder in ["query", "store"] {
            let Ok(entries) = std::fs::read_dir(root.join(folder)) else { continue };
            for entry in entries {
                let name = entry.expect("readable").file_name().into_string().expect("a plain name");
                files.insert(format!("{folder}/{}", name.strip_suffix(".sql").expect("only SQL here")));
            }
        }
        let named: BTreeSet<String> = ALL.iter().map(|(file, ..)| (*file).to_owned()).collect();
        assert_eq!(named, files);
        assert_eq!(named.len(), ALL.len(), "a file has one name");
    }

    #[test]
    fn every_statement_prepares_and_says_what_it_is() {
        let db = migrated();
        for (file, sql, _) in ALL {
            db.prepare(sql).unwrap_or_else(|e| panic!("{file}: {e}"));
            assert!(sql.starts_with("-- "), "{file} has no header");
            assert!(sql.contains("-- Parameters:"), "{file} does not say its parameters");
        }
    }

    #[test]
    fn no_statement_reads_a_whole_table_without_a_reason() {
        let db = migrated();
        for (file, sql, reason) in ALL {
            let plan = plan(&db, sql);
            match reason.first() {
                None => assert!(scans(&plan).is_empty(), "{file}: {plan:#?}"),
                Some(reason) => assert!(!scans(&plan).is_empty(), "{file} scans nothing, yet: {reason}"),
            }
        }
    }

    #[test]
    fn a_scan_is_seen() {
        let db = migrated();
        assert_eq!(scans(&plan(&db, "SELECT * FROM figure WHERE confidence > 0.5")).len(), 1);
        assert!(scans(&plan(&db, "SELECT * FROM figure WHERE figure_id = 1")).is_empty());
        assert!(scans(&plan(&db, "SELECT 1")).is_empty());
    }
}
