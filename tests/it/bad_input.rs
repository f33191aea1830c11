//! Bad input through the command line: a clear message, the documented exit code, and nothing lost.

use crate::desk::{Desk, fixture};
use assert_cmd::Command;

#[test]
fn empty_and_binary_files_are_named_and_the_others_go_in() {
    let desk = Desk::new();
    let (empty, binary) = (desk.file("empty.txt", ""), desk.file("binary.txt", b"MZ\0\x01\x02"));
    let said = desk.run(&["ingest", &empty, &binary, &fixture("articles/russia-imports.txt")]);
    assert_eq!(said.code, 5, "{}", said.err);
    assert!(said.err.contains("empty.txt: the input is empty"), "{}", said.err);
    assert!(said.err.contains("binary.txt") && said.err.contains("binary data"), "{}", said.err);
    assert!(said.out.contains("1 document"), "{}", said.out);
}

#[test]
fn a_missing_file_and_a_dangling_link_do_not_stop_a_folder() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path().join("in")).expect("a folder");
    desk.file("in/good.txt", "Sales rose.\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink("/nowhere/at/all.txt", desk.path().join("in/link.txt")).expect("linked");
    let said = desk.run(&["ingest", "in", "missing.csv"]);
    assert_eq!(said.code, 5);
    assert!(said.err.contains("missing.csv"), "{}", said.err);
    #[cfg(unix)]
    assert!(said.err.contains("link.txt"), "{}", said.err);
    assert!(said.out.contains("good.txt"), "{}", said.out);
}

#[test]
fn an_article_in_another_encoding_is_read() {
    let desk = Desk::new();
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("Türkiye sold more.\n".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let said = desk.run(&[
        "ingest",
        &desk.file("wide.txt", wide),
        &desk.file("latin.txt", b"Curva\xe7\xe3o: caf\xe9 et th\xe9.\n"),
    ]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(said.out.matches("1 document").count(), 2, "{}", said.out);
}

#[test]
fn an_article_without_a_date_says_so() {
    let desk = Desk::new();
    let said = desk.run(&[
        "ingest",
        &desk.file("undated.txt", "Chinese brands took 21 percent of car sales in Russia last year.\n"),
    ]);
    assert_eq!(said.code, 0);
    assert!(said.err.contains("no publication date"), "{}", said.err);
}

#[test]
fn a_truncated_table_keeps_its_good_rows_and_names_the_bad_one() {
    let desk = Desk::new();
    let whole = std::fs::read(fixture("tables/russia-cars.csv")).expect("there");
    let rows = whole.iter().filter(|b| **b == b'\n').count() - 1;
    let cut = desk.file("cut.csv", &whole[..whole.len() - 200]);
    let said = desk.run(&["ingest", &cut]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains(&format!("{} rows added", rows - 1)), "{} {}", said.out, said.err);
    assert!(said.err.contains(&format!("cut.csv:{}", rows + 1)), "{}", said.err);
    let shown = desk.run(&["batch", "show", "1", "-f", "csv"]);
    assert!(shown.out.starts_with("line,column,reason,raw\n"), "{}", shown.out);
    assert!(shown.out.contains("invented sample") || shown.out.lines().count() > 1, "{}", shown.out);
    let refused = Desk::new();
    let cut = refused.file("cut.csv", &whole[..whole.len() - 200]);
    let said = refused.run(&["ingest", "--max-rejects", "0", &cut]);
    assert_eq!(said.code, 5, "{}", said.err);
}

#[test]
fn a_table_of_an_unknown_shape_is_refused_with_a_way_out() {
    let desk = Desk::new();
    let odd = desk.file("odd.csv", "alpha,beta\nx,1\ny,2\n");
    let said = desk.run(&["ingest", &odd]);
    assert_eq!(said.code, 5);
    assert!(said.err.contains("alpha") && said.err.contains("--suggest-map"), "{}", said.err);
    assert_eq!(desk.run(&["ingest", "--suggest-map", &odd]).code, 0);
}

#[test]
fn unknown_names_get_suggestions_and_ambiguous_ones_their_candidates() {
    let desk = Desk::new();
    desk.run(&["ingest", &fixture("tables/russia-cars.csv")]);
    let said = desk.run(&["query", "China in Rusia of passenger-cars"]);
    assert_eq!((said.code, said.out.as_str()), (3, ""));
    assert!(said.err.contains("unknown") && said.err.contains("did you mean `Russia`"), "{}", said.err);
    for name in ["Georgia", "Congo"] {
        let said = desk.run(&["query", "China", "in", name, "of", "passenger-cars"]);
        assert_eq!(said.code, 3, "{}", said.err);
        assert!(said.err.contains("ambiguous") && said.err.contains("say `"), "{}", said.err);
    }
    let said = desk.run(&["query", "in Russia of pasenger-cars"]);
    assert_eq!(said.code, 3);
    assert!(said.err.contains("passenger-cars"), "{}", said.err);
}

#[test]
fn a_database_that_is_none_is_refused_and_left_alone() {
    let desk = Desk::new();
    let text =
        desk.file("notes.txt", "These are my notes, not a database, and they are long enough to look at.\n");
    let mut command = Command::cargo_bin("tradeshare").expect("built");
    let output =
        command.args(["--db", &text, "ingest", &fixture("tables/russia-cars.csv")]).output().expect("runs");
    assert_eq!(output.status.code(), Some(6));
    assert!(std::fs::read_to_string(&text).expect("there").starts_with("These are my notes"));
    let said = desk.run(&["query", "in Russia"]);
    assert_eq!(said.code, 6, "no database yet: {}", said.err);
    assert!(!desk.path().join("t.db").exists(), "a query makes no database");
}

#[test]
fn errors_as_json_are_one_line_with_code_and_hint() {
    let desk = Desk::new();
    desk.run(&["ingest", &fixture("tables/russia-cars.csv")]);
    let said = desk.run(&["--json", "query", "in Rusia"]);
    let error: serde_json::Value = serde_json::from_str(said.err.trim()).expect("one JSON object");
    assert_eq!(error["code"], 3);
    assert!(error["hint"].as_str().expect("a hint").contains("Russia"));
}

/// Bytes of a ZIP archive of stored files, put together by hand: local headers, the directory, its end.
fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let crc = |bytes: &[u8]| {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8)
                .fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
        })
    };
    let (mut local, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let offset = local.len() as u32;
        let size = (bytes.len() as u32).to_le_bytes();
        let mut facts = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        facts.extend(crc(bytes).to_le_bytes());
        facts.extend([size, size].concat());
        facts.extend((name.len() as u16).to_le_bytes());
        facts.extend([0, 0]);
        local.extend(b"PK\x03\x04");
        local.extend(&facts);
        local.extend(name.as_bytes());
        local.extend(*bytes);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&facts);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let count = (files.len() as u16).to_le_bytes();
    let mut all = local.clone();
    all.extend(&directory);
    all.extend(b"PK\x05\x06\0\0\0\0");
    all.extend([count, count].concat());
    all.extend((directory.len() as u32).to_le_bytes());
    all.extend((local.len() as u32).to_le_bytes());
    all.extend([0, 0]);
    all
}

#[test]
fn an_archive_gives_its_tables_by_their_names_and_its_paths_lead_nowhere() {
    let desk = Desk::new();
    let flows = std::fs::read(fixture("tables/EXP_2021.csv")).expect("there");
    let other = b"alpha,beta\nx,1\ny,2\n";
    let archive = desk.file(
        "brazil.zip",
        zip_of(&[("../../up/EXP_2021.csv", &flows), ("odd.csv", other), ("a.bin", b"x")]),
    );
    let said = desk.run(&["ingest", &archive]);
    assert_eq!(said.code, 5, "{}", said.err);
    assert!(
        said.out.contains("brazil.zip/EXP_2021.csv: table (comexstat-flows): batch 1: 3 rows added"),
        "{}",
        said.out
    );
    assert!(
        said.err.contains("left alone: a.bin") && said.err.contains("brazil.zip/odd.csv: "),
        "{}",
        said.err
    );
    assert!(!desk.path().join("../up").exists() && !desk.path().join("brazil.zip/EXP_2021.csv").exists());
}

#[test]
fn standard_input_may_be_packed() {
    use std::io::Write;
    let desk = Desk::new();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(&std::fs::read(fixture("tables/comext.csv")).expect("there")).expect("packed");
    let mut command = Command::cargo_bin("tradeshare").expect("built");
    let packed = packer.finish().expect("packed");
    let output =
        command.current_dir(desk.path()).args(["--db", "t.db", "ingest", "-"]).write_stdin(packed).output();
    let out = String::from_utf8(output.expect("runs").stdout).expect("text");
    assert!(out.starts_with("-: table (comext-sdmx): batch 1: 3 rows added"), "{out}");
}

const BACI: &str = "t,i,j,k,v,q\n2021,643,276,270900,5,6\n";

#[test]
fn each_kind_of_damage_is_named_by_line_and_column_and_the_good_row_goes_in() {
    for (rows, says) in [
        ("2021,643,156,270900\n", "x.csv:3: column `v`: expected 6 cells, found 4"),
        ("2021,643,156,270900,1,2,9\n", "x.csv:3: expected 6 cells, found 7"),
        ("2021,643,156,\"270900,1,2\n", "x.csv:3: a quote is opened on this line and never closed"),
        ("2021,643,156,270\0900,1,2\n", "x.csv:3: column `k`: a NUL byte stands in the cell"),
        ("t,i,j,k,v,q\n", "x.csv:3: this is the header again"),
        ("2021,643,156,270900,1.2.3,2\n", "x.csv:3: column `v`: expected a number, found `1.2.3`"),
        ("2021-02-30,643,156,270900,1,2\n", "x.csv:3: column `t`: expected a period, found `2021-02-30`"),
        ("2021-02-28,643,156,270900,1,2\n", "expected a month, quarter or year, found the day 2021-02-28"),
        ("2021,643,156,8.70E+05,1,2\n", "x.csv:3: column `k`: expected a commodity code, found `8.70E+05`"),
        ("2021,643,156,270900,1,2\n2021,643,156,270900,7,2\n", "x.csv:4: line 3 gives another number"),
        ("2021,643,156,10121,1,2\n", "put back: 1 code, the first is `10121` on line 3, column `k`"),
        (
            "2021,643,156,270900,1.11E+13,2\n",
            "cut off are lost: the first is `1.11E+13` on line 3, column `v`",
        ),
    ] {
        let desk = Desk::new();
        let file = desk.file("x.csv", format!("{BACI}{rows}2021,643,40,270900,5,6\n"));
        let said = desk.run(&["ingest", &file]);
        assert_eq!(said.code, 0, "{rows}: {}", said.err);
        assert!(said.err.contains(says), "{rows}: {}", said.err);
        let kept = if says.contains("the first is") { 3 } else { 2 };
        assert!(said.out.contains(&format!("{kept} rows added")), "{rows}: {}", said.out);
        if kept == 2 {
            let strict = Desk::new();
            let file = strict.file("x.csv", format!("{BACI}{rows}2021,643,40,270900,5,6\n"));
            let said = strict.run(&["ingest", "--max-rejects", "0", &file]);
            assert_eq!(said.code, 5, "{rows}: {}", said.err);
            let shown = strict.run(&["db", "info"]);
            assert!(!shown.out.contains("x.csv"), "nothing is kept: {}", shown.out);
        }
    }
}

#[test]
fn a_line_of_megabytes_ends_the_reading_of_its_file() {
    let desk = Desk::new();
    let file = desk.file("x.csv", format!("{BACI}{}\n", "9".repeat(5 << 20)));
    let said = desk.run(&["ingest", &file]);
    assert_eq!((said.code, said.out.as_str()), (5, ""));
    assert!(said.err.contains("x.csv: line 3 is 5 MB long"), "{}", said.err);
}

#[test]
fn days_in_a_table_of_amounts_are_left_out_and_the_months_stay() {
    let desk = Desk::new();
    let text = "STRUCTURE,STRUCTURE_ID,REF_AREA,DIM,TIME_PERIOD,OBS_VALUE\n\
                dataflow,X:Y(1.0),CHL,A,2022-01-05,1.5\ndataflow,X:Y(1.0),CHL,A,2022-02,1.6\n";
    let said = desk.run(&["ingest", &desk.file("x.csv", text)]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("1 row added, 1 left out"), "{}", said.out);
    assert!(said.err.contains("x.csv:2: column `TIME_PERIOD`: expected a month"), "{}", said.err);
}

#[test]
fn a_dry_run_shows_what_was_recognised_roles_and_rows_and_keeps_nothing() {
    let desk = Desk::new();
    let said = desk.run(&["ingest", "--dry-run", &fixture("tables/russia-cars.csv")]);
    assert_eq!(said.code, 0, "{}", said.err);
    let (market, rest) = ("Russia  World                HS2022 8703", "the first 10 of ");
    for line in
        ["recognised: UN Comtrade", "partnerCode = subject (comtrade)", "not used: ", "roles: ", rest, market]
    {
        assert!(said.out.contains(line), "{line}: {}", said.out);
    }
    let after = said.out.lines().skip_while(|line| !line.contains(rest)).count();
    assert_eq!(after, 12, "that line, a header and ten rows: {}", said.out);
    assert!(!desk.path().join("t.db").exists());
}
