//! Many inputs at once give what they give one by one, in their order.

use crate::desk::{Desk, fixture};
use serde_json::{Value, json};

const SHARES: [&str; 4] = [
    "In 2023, 62% of the cars that Peru imported came from Japan.",
    "Norway supplied 41% of Poland's natural gas imports in 2023.",
    "Toyota had 17.5% of new car sales in Chile in 2023.",
    "The ministers met on Tuesday and gave no details.",
];

fn text(n: usize) -> String {
    // Lengths differ so that later articles are often done before earlier ones.
    format!(
        "Story {n}.{}\n{}",
        " Nothing of note happened that day.".repeat((n * 37) % 100),
        SHARES[n % SHARES.len()]
    )
}

fn documents(jsonl: &str) -> Vec<String> {
    let of = |line: &str| {
        let value: Value = serde_json::from_str(line).expect("an object");
        value["document"].as_str().expect("an id").to_owned()
    };
    jsonl.lines().map(of).collect()
}

#[test]
fn a_folder_is_extracted_and_ingested_in_the_order_of_its_names() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path().join("in")).expect("a folder");
    for n in 0..120 {
        desk.file(&format!("in/{n:03}.txt"), text(n));
    }
    desk.file("in/050.html", "<html><body></body></html>");
    let said = desk.run(&["extract", "-f", "jsonl", "in"]);
    assert_eq!(said.code, 5, "one page is empty: {}", said.err);
    let expected: Vec<String> = (0..120).filter(|n| n % 4 != 3).map(|n| format!("in/{n:03}.txt")).collect();
    assert_eq!(documents(&said.out), expected);
    let ingested = desk.run(&["ingest", "in"]);
    let names: Vec<&str> = ingested.out.lines().filter_map(|line| line.split(": ").next()).collect();
    let all: Vec<String> = (0..120).map(|n| format!("in/{n:03}.txt")).collect();
    assert_eq!(names, all);
    assert!(ingested.err.contains("050.html"), "{}", ingested.err);
    let again = desk.run(&["ingest", "in"]);
    assert_eq!(again.out.matches("nothing to do").count(), 120, "{}", again.out);
}

#[test]
fn a_long_file_of_articles_is_read_in_pieces_as_if_whole() {
    let desk = Desk::new();
    let lines: Vec<String> = (0..500)
        .map(|n| {
            if n % 125 == 13 { "{broken".to_owned() } else { json!({ "id": n, "text": text(n) }).to_string() }
        })
        .collect();
    let whole = desk.file("all.jsonl", lines.join("\n"));
    assert!(std::fs::metadata(&whole).expect("there").len() > 640 << 10, "long enough to be cut");
    let said = desk.run(&["extract", "-f", "jsonl", &whole]);
    let expected: Vec<String> =
        (0..500).filter(|n| n % 4 != 3 && n % 125 != 13).map(|n| n.to_string()).collect();
    assert_eq!(documents(&said.out), expected);
    for line in [14, 139, 264, 389] {
        assert!(said.err.contains(&format!("all.jsonl:{line}: left out")), "{}", said.err);
    }
    // Cut by hand into short files it gives the same lines.
    let parts: Vec<String> = lines
        .chunks(60)
        .enumerate()
        .map(|(n, part)| desk.file(&format!("part-{n}.jsonl"), part.join("\n")))
        .collect();
    let mut arguments = vec!["extract", "-f", "jsonl"];
    arguments.extend(parts.iter().map(String::as_str));
    assert_eq!(desk.run(&arguments).out, said.out);
    let out = desk.done(&["ingest", &whole]);
    assert!(out.contains("4 left out"), "{out}");
    assert!(out.contains(&format!("{} figures", expected.len())), "{out}");
}

#[test]
fn a_bad_input_among_good_ones_keeps_its_place() {
    let desk = Desk::new();
    let bad = desk.file("bad.txt", "abc\0def");
    let (first, last) = (desk.file("a.txt", text(0)), desk.file("z.txt", text(1)));
    let said = desk.run(&["ingest", &first, &bad, &fixture("tables/russia-cars.csv"), &last]);
    assert_eq!(said.code, 5);
    let names: Vec<&str> = said.out.lines().filter_map(|line| line.split(": ").next()).collect();
    assert!(
        names[0].ends_with("a.txt") && names[1].ends_with("russia-cars.csv") && names[2].ends_with("z.txt")
    );
    assert!(said.err.contains("bad.txt") && said.err.contains("binary"), "{}", said.err);
}
