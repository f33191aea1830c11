//! Figures that wait for a person, through the command line.

use crate::desk::Desk;
use serde_json::Value;

const TEXT: &str = "In the second quarter 81 percent of new car imports in Russia were Chinese-built. \
                    Toyota had 17.5 percent of new car sales in Chile in 2021.";

/// A desk with one article of which every figure waits.
fn desk() -> Desk {
    let desk = Desk::new();
    let article = desk.file("a.txt", TEXT);
    let out = desk.done(&["ingest", "--accept", "1.1", "--published", "2022-09-13", &article]);
    assert!(out.contains("2 figures, 2 to review"), "{out}");
    desk
}

fn listed(desk: &Desk) -> Vec<Value> {
    let out = desk.done(&["review", "-f", "jsonl"]);
    out.lines().map(|line| serde_json::from_str(line).expect("an object")).collect()
}

fn id_of(desk: &Desk, subject: &str) -> String {
    let waiting = listed(desk);
    let found = waiting.iter().find(|item| item["subject"] == subject);
    found.unwrap_or_else(|| panic!("{subject} waits: {waiting:?}"))["id"].to_string()
}

fn answers(desk: &Desk, extra: &[&str]) -> Vec<String> {
    let mut arguments = vec!["query", "-f", "jsonl"];
    arguments.extend(extra);
    let rows = desk.done(&arguments);
    rows.lines()
        .map(|line| {
            let row: Value = serde_json::from_str(line).expect("an object");
            let text = |column: &str| row[column].as_str().unwrap_or_default().to_owned();
            let share = row["share_pct"].as_f64().unwrap_or_default();
            format!("{} {share} {} {} {}", text("subject"), text("market"), text("period"), text("flags"))
                .trim_end()
                .to_owned()
        })
        .collect()
}

#[test]
fn what_waits_is_listed_with_its_words_and_answers_marked() {
    let desk = desk();
    let china = &listed(&desk)[..];
    let china = china.iter().find(|item| item["subject"] == "China").expect("it waits");
    assert_eq!(
        china["sentence"],
        "In the second quarter »81 percent« of new car imports in Russia were Chinese-built."
    );
    // Which of the two it is depends on how sure the extraction happens to be.
    let why = china["why"].as_str().unwrap_or_default();
    let reasons = ["the import asked for more", "accepted from"];
    assert!(why.starts_with("confidence ") && reasons.iter().any(|reason| why.contains(reason)), "{china}");
    assert_eq!(
        answers(&desk, &[]),
        ["Toyota 17.5 Chile 2021 unreviewed", "China 81 Russia 2022-Q2 unreviewed"]
    );
    assert!(answers(&desk, &["--accepted"]).is_empty());
    let said = desk.run(&["query", "--accepted"]);
    assert!(said.err.contains("2 stated figures wait for review and are left out"), "{}", said.err);
    let explained = desk.done(&["explain", &id_of(&desk, "China")]);
    assert!(explained.contains("waits for review"), "{explained}");
}

#[test]
fn figures_are_accepted_rejected_and_corrected_by_flags() {
    let desk = desk();
    let (china, toyota) = (id_of(&desk, "China"), id_of(&desk, "Toyota"));
    assert!(desk.done(&["review", &china, "--accept", "--by", "Ann"]).contains("accepted"));
    let reason = "a typing error of the paper";
    let out =
        desk.done(&["review", &toyota, "--correct", "market=Peru", "period=2021-H1", "--reason", reason]);
    assert!(out.contains("replaced by 3") && out.contains("of Peru"), "{out}");
    assert_eq!(answers(&desk, &[]), ["Toyota 17.5 Peru 2021-H1", "China 81 Russia 2022-Q2"]);
    assert!(listed(&desk).is_empty());
    let explained = desk.done(&["explain", &china, &toyota, "3"]);
    for part in [
        "accepted, 20",
        "by Ann",
        "corrected by figure 3 (market Chile → Peru, period 2021 → 2021-H1)",
        "corrects figure",
        reason,
        "17.5 percent of new car sales in Chile",
    ] {
        assert!(explained.contains(part), "{part} is not in:\n{explained}");
    }
    assert!(desk.done(&["db", "verify"]).len() < 200);
}

#[test]
fn a_decision_can_be_taken_back_and_made_again() {
    let desk = desk();
    let toyota = id_of(&desk, "Toyota");
    let reject = ["review", &toyota, "--reject", "--reason", "no market share"];
    desk.done(&reject);
    assert_eq!(answers(&desk, &[]), ["China 81 Russia 2022-Q2 unreviewed"]);
    let again = desk.run(&reject);
    assert_eq!(again.code, 2, "{}", again.err);
    assert!(again.err.contains("rejected"), "{}", again.err);
    assert!(desk.done(&["review", &toyota, "--undo"]).contains("waiting for review again"));
    assert_eq!(answers(&desk, &[]).len(), 2);
    assert_eq!(desk.run(&["review", &toyota, "--undo"]).code, 2);
    desk.done(&["review", &toyota, "--correct", "value=18", "--reason", "see the table"]);
    assert!(answers(&desk, &[]).contains(&"Toyota 18 Chile 2021".to_owned()));
    desk.done(&["review", "3", "--undo"]);
    assert!(answers(&desk, &[]).contains(&"Toyota 17.5 Chile 2021 unreviewed".to_owned()));
    assert!(desk.done(&["explain", &toyota]).contains("taken back"));
}

#[test]
fn decisions_hold_again_when_the_text_comes_again() {
    let desk = desk();
    let (china, toyota) = (id_of(&desk, "China"), id_of(&desk, "Toyota"));
    desk.done(&["review", &china, "--reject", "--reason", "not customs data"]);
    desk.done(&["review", &toyota, "--correct", "market=Peru", "--reason", "typing error"]);
    let before = answers(&desk, &[]);
    assert_eq!(before, ["Toyota 17.5 Peru 2021"]);
    desk.done(&["batch", "undo", "1"]);
    assert!(answers(&desk, &[]).is_empty());
    // Another file with the same text, under a looser acceptance.
    let line =
        serde_json::json!({ "id": "b", "text": TEXT, "published": "2022-09-13", "lang": "en" }).to_string();
    let copy = desk.file("b.jsonl", line + "\n");
    let out = desk.done(&["ingest", "--accept", "0", &copy]);
    assert!(!out.contains("to review"), "{out}");
    assert_eq!(answers(&desk, &[]), before);
    let row: Value = serde_json::from_str(desk.done(&["query", "-f", "jsonl"]).trim()).expect("one row");
    let id = row["id"].as_str().expect("an id").to_owned();
    let explained = desk.done(&["explain", &id]);
    assert!(explained.contains("market Chile → Peru") && explained.contains("typing error"), "{explained}");
    desk.done(&["review", &id, "--undo"]);
    assert_eq!(answers(&desk, &[]), ["Toyota 17.5 Chile 2021"]);
    desk.done(&["db", "verify"]);
}

#[test]
fn a_person_goes_through_what_waits_line_by_line() {
    let desk = desk();
    let lines =
        "?\nx\nr\nr wrong\nu\nc market=Nowhereland ; why not\na\nc market=South Korea ; see the title\n";
    let said = desk.answer(&["review", "--interactive"], lines);
    assert_eq!(said.code, 0, "{}", said.err);
    for part in
        ["1 of 2", "2 of 2", "»81 percent«", "say why", "unknown place `Nowhereland`", "2 of 2 decided"]
    {
        assert!(said.out.contains(part), "{part} is not in:\n{}", said.out);
    }
    let markets: Vec<String> = answers(&desk, &[]);
    assert_eq!(markets.iter().filter(|row| row.contains("South Korea")).count(), 1, "{markets:?}");
    assert!(markets.iter().all(|row| !row.contains("unreviewed")), "{markets:?}");
    let said = desk.answer(&["review", "--interactive"], "");
    assert!(said.out.contains("0 of 0 decided"), "{}", said.out);
}

#[test]
fn decided_articles_are_exported_to_train_on() {
    let desk = desk();
    let (china, toyota) = (id_of(&desk, "China"), id_of(&desk, "Toyota"));
    desk.done(&["review", &china, "--correct", "market=Belarus", "--reason", "typing error"]);
    let said = desk.run(&["review", "--export"]);
    assert_eq!((said.code, said.out.as_str()), (0, ""));
    assert!(said.err.contains("1 article left out"), "{}", said.err);
    desk.done(&["review", &toyota, "--reject", "--reason", "made up"]);
    let out = desk.done(&["review", "--export"]);
    let passage = tradeshare::extract::learn::Passage::from_json(out.trim()).expect("the trainer reads it");
    assert_eq!((passage.article.text.as_str(), passage.figures.len()), (TEXT, 1));
    let line: Value = serde_json::from_str(out.trim()).expect("JSON");
    let figure = &line["figures"][0];
    assert_eq!(
        (&figure["market"], &figure["quote"], &figure["optional"]),
        (&"Belarus".into(), &"81 percent".into(), &false.into())
    );
}

#[test]
fn wrong_wishes_are_named() {
    let desk = desk();
    for (arguments, code, told) in [
        (&["review", "99", "--accept"][..], 3, "unknown id `99`"),
        (&["review", "1", "--reject"], 2, "--reason"),
        (&["review", "--accept"], 2, "ID"),
        (&["review", "1", "--correct", "market", "--reason", "x"], 2, "FIELD=VALUE"),
        (&["review", "1", "--correct", "colour=red", "--reason", "x"], 3, "unknown field `colour`"),
        (&["review", "1", "--correct", "value=130", "--reason", "x"], 2, "0 to 100"),
        (&["review", "1", "--accept", "--reject", "--reason", "x"], 2, "cannot be used"),
    ] {
        let said = desk.run(arguments);
        assert_eq!(said.code, code, "{arguments:?}: {}", said.err);
        assert!(said.err.contains(told), "{arguments:?}: {}", said.err);
    }
    assert_eq!(listed(&desk).len(), 2, "nothing was decided");
}

#[test]
fn a_cell_of_a_table_is_not_reviewed() {
    let desk = Desk::new();
    let table = desk
        .file("shares.csv", "Date,Android,iOS\n2023-01,70.1,29.2\n2023-02,70.5,28.9\n2023-03,71.0,28.4\n");
    assert!(desk.done(&["ingest", &table]).contains("6 figures"));
    assert!(listed(&desk).is_empty(), "a table states what it states");
    let said = desk.run(&["review", "1", "--reject", "--reason", "x"]);
    assert_eq!(said.code, 2, "{}", said.err);
    assert!(said.err.contains("table's cell"), "{}", said.err);
}
