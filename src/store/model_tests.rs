//! Random imports and undos, held against a model in plain maps.

use super::testing::{meta, row, table};
use super::{Outcome, Store};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Subject and year of a cell.
type Key = (u8, u8);

/// A cell's value, the batch that says it, and the line.
type Said = (f64, i64, i64);

#[derive(Debug, Clone)]
enum Act {
    Import(BTreeMap<Key, u8>),
    /// Undoes the batch with this number, counted from the last.
    Undo(usize),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => prop::collection::btree_map((0..4_u8, 0..3_u8), 0..4_u8, 1..9).prop_map(Act::Import),
        1 => (0..3_usize).prop_map(Act::Undo),
    ]
}

/// What the file should hold: the state before each batch that is not undone.
#[derive(Default)]
struct Model {
    now: BTreeMap<Key, Said>,
    /// Batch, what was there before it, and the earlier batches it counts on.
    done: Vec<(i64, BTreeMap<Key, Said>, Vec<i64>)>,
}

impl Model {
    fn import(&mut self, batch: i64, cells: &BTreeMap<Key, u8>) {
        let before = self.now.clone();
        let mut counts_on = Vec::new();
        for (at, (key, value)) in cells.iter().enumerate() {
            let said = (f64::from(*value), batch, at as i64 + 2);
            match self.now.get(key) {
                Some((value, of, _)) if *value == said.0 => counts_on.push(*of),
                Some((_, of, _)) => {
                    counts_on.push(*of);
                    self.now.insert(*key, said);
                }
                None => {
                    self.now.insert(*key, said);
                }
            }
        }
        self.done.push((batch, before, counts_on));
    }

    /// Returns whether the batch may be undone, and takes its cells back.
    fn undo(&mut self, batch: i64) -> bool {
        let Some(place) = self.done.iter().position(|(of, ..)| *of == batch) else { return false };
        if self.done.iter().any(|(_, _, on)| on.contains(&batch)) {
            return false;
        }
        let (_, before, _) = self.done.remove(place);
        let own: Vec<Key> =
            self.now.iter().filter(|(_, said)| said.1 == batch).map(|(key, _)| *key).collect();
        for key in own {
            match before.get(&key) {
                Some(said) => self.now.insert(key, *said),
                None => self.now.remove(&key),
            };
        }
        true
    }
}

fn held(store: &Store) -> BTreeMap<Key, Said> {
    let sql = "SELECT e.name, o.period_code, o.value, o.batch_id, o.line FROM observation o JOIN entity e ON e.entity_id = o.subject_id";
    let mut statement = store.connection().prepare(sql).expect("valid");
    let rows = statement.query_map([], |row| {
        let name: String = row.get(0)?;
        let key = (name[1..].parse().expect("a number"), (row.get::<_, i64>(1)? / 10_000 - 2000) as u8);
        Ok((key, (row.get(2)?, row.get(3)?, row.get(4)?)))
    });
    rows.expect("runs").collect::<rusqlite::Result<_>>().expect("numbers")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn after_imports_and_undos_the_file_holds_what_a_plain_map_does(acts in prop::collection::vec(act(), 1..12)) {
        let mut store = Store::in_memory().expect("opens");
        let mut model = Model::default();
        for (at, act) in acts.iter().enumerate() {
            match act {
                Act::Import(cells) => {
                    let rows = cells.iter().map(|((subject, year), value)| {
                        let mut row = row(&format!("s{subject}"), f64::from(*value));
                        row.1.period = crate::model::Period::year(2000 + i32::from(*year));
                        row
                    });
                    let outcome = store.ingest_table(&meta(&format!("{at}.csv")), &table(rows.collect())).expect("kept");
                    let Outcome::Stored { batch, .. } = outcome else { panic!("a new file") };
                    model.import(batch, cells);
                }
                Act::Undo(back) => {
                    let last = store.batches().expect("read").last().map_or(0, |batch| batch.id);
                    let batch = last - *back as i64;
                    prop_assert_eq!(store.undo(batch).is_ok(), model.undo(batch), "undo {}", batch);
                }
            }
            prop_assert_eq!(held(&store), model.now.clone());
        }
        store.verify().expect("whole");
    }
}
