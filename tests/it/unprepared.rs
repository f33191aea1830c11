//! Three files that no profile was made for: what their reader sees, and the way from there to an answer.

use assert_cmd::Command;
use std::path::Path;
use tempfile::TempDir;

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/tables/unknown").join(name);
    path.display().to_string()
}

/// Runs the program in a folder of its own; returns exit code, standard output and standard error.
fn run(desk: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("tradeshare").expect("built");
    command.env_remove("TRADESHARE_DB").current_dir(desk.path()).args(["--db", "t.db"]).args(arguments);
    let output = command.output().expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code().expect("ended"), text(output.stdout), text(output.stderr))
}

/// Reads a file with the mapping that is suggested for it, nothing changed in it, and asks one question.
fn ask(name: &str, flags: &[&str], question: &[&str]) -> String {
    let desk = tempfile::tempdir().expect("a folder");
    let (code, mapping, error) = run(&desk, &["ingest", "--suggest-map", &file(name)]);
    assert_eq!(code, 0, "{error}");
    std::fs::write(desk.path().join("m.toml"), &mapping).expect("written");
    let (code, _, error) = run(&desk, &[&["ingest", "--map", "m.toml", &file(name)], flags].concat());
    assert_eq!(code, 0, "{error}\n{mapping}");
    run(&desk, &[&["query", "-f", "csv"], question].concat()).1
}

/// Returns the cells of a named column.
fn column(answer: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(answer.as_bytes());
    let at = reader.headers().expect("a header").iter().position(|cell| cell == name).expect("the column");
    reader.records().map(|record| record.expect("a record")[at].to_owned()).collect()
}

#[test]
fn an_associations_wide_table_of_brands() {
    let desk = tempfile::tempdir().expect("a folder");
    let (code, out, error) = run(&desk, &["ingest", "--dry-run", &file("Bilan-immatriculations-2023.csv")]);
    assert_eq!(code, 5, "{error}");
    for line in [
        "numbers like `1 234,5`, the header on line 4",
        "market: Serbia",
        "product: passenger-cars",
        "total: registrations",
        "Share 2023 %  not used",
        "roles: 10 parts, 3 residuals, 3 totals",
        "Serbia  Skoda       passenger-cars  2021    registrations  part",
    ] {
        assert!(out.contains(line), "{line}:\n{out}");
    }
    assert!(error.contains("no known format") && !desk.path().join("t.db").exists());
    let answer = ask(
        "Bilan-immatriculations-2023.csv",
        &[],
        &["Skoda in Serbia of passenger-cars registrations", "--period", "2023"],
    );
    assert_eq!(column(&answer, "share_pct"), ["20.0"], "{answer}");
    assert_eq!(column(&answer, "total"), ["25000.0"], "{answer}");
}

#[test]
fn a_chambers_list_of_exports_with_thousands_marks_and_footers() {
    let desk = tempfile::tempdir().expect("a folder");
    let (_, out, _) = run(&desk, &["ingest", "--dry-run", &file("export_2022_chamber.csv")]);
    for line in ["weight, times 1000", "value in USD, times 1000", "total: exports", "period: 2022"] {
        assert!(out.contains(line), "{line}:\n{out}");
    }
    assert!(out.contains("nothing says whose market it is: `--table-market NAME`"), "{out}");
    assert!(!out.contains("as they would be stored"), "not while something is missing:\n{out}");
    let told = ["ingest", "--dry-run", "--table-market", "Chile", &file("export_2022_chamber.csv")];
    let (_, out, _) = run(&desk, &told);
    for line in
        ["Chile   China", "HS 080929", "2000000000 USD  300000500", "left out: line 10", "is a remark"]
    {
        assert!(out.contains(line), "{line}:\n{out}");
    }
    let answer = ask(
        "export_2022_chamber.csv",
        &["--table-market", "Chile"],
        &["China in Chile of hs:080929 exports", "--period", "2022"],
    );
    // 2,000 of 2,500 million dollars, and 300,000.5 of 375,000.5 tonnes.
    let mut shares = column(&answer, "share_pct");
    shares.sort();
    assert_eq!(shares, ["80.0", "80.00002666663111"], "{answer}");
}

#[test]
fn a_ministrys_semicolons_in_windows_1252() {
    let desk = tempfile::tempdir().expect("a folder");
    let told = ["ingest", "--dry-run", "--table-market", "Austria", &file("Einfuhr_KFZ_2023.csv")];
    let (_, out, _) = run(&desk, &told);
    for line in [
        "windows-1252, `;` between columns, numbers like `1.234,5`",
        "Jahr              period",
        "Monat             month",
        "Ursprungsland     subject",
        "Warennummer       commodity",
        "Wert in EUR       value in EUR",
        "total: imports",
        "Austria  South Korea  HS 87038010  2023-01  imports  part    1500000 EUR",
        "line 11 is a remark, not a row: Quelle: Zollstatistik, erfunden. Vorläufige Werte; € = Euro.",
        "left out: line 9",
    ] {
        assert!(out.contains(line), "{line}:\n{out}");
    }
    let answer = ask(
        "Einfuhr_KFZ_2023.csv",
        &["--table-market", "Austria"],
        &["China in Austria of hs:87038010 imports", "--period", "2023-01"],
    );
    // 7,500,000.50 of 10,000,000.00 euros; 750 of 1,000 tonnes; 300 of 400 cars.
    let mut shares = column(&answer, "share_pct");
    shares.sort();
    assert_eq!(shares, ["75.0", "75.0", "75.000005"], "{answer}");
}

#[test]
fn a_file_is_never_stored_on_a_guess() {
    let desk = tempfile::tempdir().expect("a folder");
    let (code, out, error) = run(&desk, &["ingest", &file("Bilan-immatriculations-2023.csv")]);
    assert_eq!((code, out.as_str()), (5, ""), "{error}");
    assert!(error.contains("market: Serbia") && error.contains("--suggest-map"), "{error}");
    let (_, batches, _) = run(&desk, &["batch", "list", "-f", "csv"]);
    assert_eq!(batches.lines().count(), 1, "a header and nothing: {batches}");
}
