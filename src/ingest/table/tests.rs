//! Every profile on its invented sample: counts, roles, one number each worked by hand; and what must be refused.

use super::{Mapping, TableOptions, describe_unknown, read, suggest_mapping};
use crate::model::{Basis, Observation, Role, TableReading, Unit};
use std::path::{Path, PathBuf};

fn fixture(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/tables").join(file)
}

fn options(mapping: Option<&str>) -> TableOptions {
    let mapping = mapping.map(|file| {
        let text = std::fs::read_to_string(fixture(file)).expect("the mapping is there");
        Mapping::from_toml(Path::new(file), &text).expect("the mapping is right")
    });
    TableOptions { mapping, ..TableOptions::default() }
}

fn reading(file: &str, mapping: Option<&str>) -> TableReading {
    let bytes = std::fs::read(fixture(file)).expect("the fixture is there");
    read(Path::new(file), &bytes, &options(mapping)).unwrap_or_else(|error| panic!("{error}"))
}

/// Reads text as a table and returns the rows, the rejects and the notes in short lines.
#[track_caller]
fn rows(name: &str, text: &str) -> (Vec<String>, Vec<String>, TableReading) {
    let reading = read(Path::new(name), text.as_bytes(), &TableOptions::default()).expect("a table");
    let rejects = reading
        .rejects
        .iter()
        .map(|reject| format!("{}: {}: {}", reject.line, reject.column, reject.reason))
        .collect();
    (reading.observations.iter().map(|row| line(&reading, row)).collect(), rejects, reading)
}

fn line(reading: &TableReading, row: &Observation) -> String {
    let name = |at: u32| {
        reading.entities[at as usize].id.clone().unwrap_or_else(|| reading.entities[at as usize].name.clone())
    };
    let commodity = &reading.commodities[row.commodity as usize];
    let number = |number: Option<f64>| number.map_or("-".to_owned(), |number| number.to_string());
    format!(
        "{} {} {}:{} {} {} {:?} {} {} {}{}",
        name(row.market),
        name(row.subject),
        commodity.scheme,
        commodity.code,
        row.basis,
        row.period,
        row.role,
        number(row.value),
        number(row.weight_kg),
        number(row.quantity),
        row.quantity_unit
    )
}

fn lines(reading: &TableReading) -> Vec<String> {
    reading.observations.iter().map(|row| line(reading, row)).collect()
}

fn figures(reading: &TableReading) -> Vec<String> {
    reading.figures.iter().map(|(line, figure)| format!("{line}: {figure}")).collect()
}

fn value(reading: &TableReading, wanted: impl Fn(&Observation) -> bool) -> f64 {
    reading.observations.iter().filter(|row| wanted(row)).filter_map(|row| row.value).sum()
}

fn adds(row: &Observation) -> bool {
    matches!(row.role, Role::Part | Role::Residual)
}

#[test]
fn comtrade_of_the_new_site() {
    let reading = reading("russia-cars.csv", None);
    assert_eq!((reading.profile.as_str(), reading.rejects.len()), ("comtrade-new", 0));
    assert_eq!(reading.records as usize, reading.observations.len());
    // January: the World row says 227.7 million dollars and 9,000 cars.
    let january = |row: &Observation| row.period.to_string() == "2022-01";
    assert_eq!(value(&reading, |row| january(row) && row.role == Role::Total), 227_700_000.0);
    let cars: f64 = reading
        .observations
        .iter()
        .filter(|row| january(row) && adds(row))
        .filter_map(|row| row.quantity)
        .sum();
    assert_eq!(cars, 9000.0);
    assert!(
        reading.observations.iter().all(|row| row.quantity_unit == "items" && row.basis == Basis::Imports)
    );
}

#[test]
fn comtrade_bulk_with_tabs_and_codes_only() {
    let reading = reading("comtrade-bulk.tsv", None);
    assert_eq!((reading.delimiter, reading.records, reading.rejects.len()), ('\t', 11, 0));
    assert_eq!(
        lines(&reading),
        [
            "CHE WLD HS2022:0901 imports 2022 Total 1000 400 -",
            "CHE BRA HS2022:0901 imports 2022 Part 500 250 -",
            "CHE IND HS2022:0901 imports 2022 Part 300 100 -",
            "CHE TWN HS2022:0901 imports 2022 Part 50 - -",
            "CHE X-NES HS2022:0901 imports 2022 Residual 100 40 -",
            "CHE CHE HS2022:0901 imports 2022 Part 50 10 -",
            "CHE WLD HS2022:0901 exports 2022 Total 800 90 -",
            "CHE DEU HS2022:0901 exports 2022 Part 800 90 -",
            "CHE WLD HS2022:0901 exports 2022 Memo 80 - -",
        ]
    );
    let notes = reading.notes.join("\n");
    assert!(notes.contains("left out from line 8 on: 1 row: broken down by means of transport"), "{notes}");
    assert!(notes.contains("left out: 1 row of flow `DX`"), "{notes}");
    assert!(notes.contains("Taiwan"), "{notes}");
}

#[test]
fn comtrade_of_the_old_site_as_a_web_download() {
    let reading = reading("comtrade-old-web.csv", None);
    assert_eq!((reading.profile.as_str(), reading.records), ("comtrade-old", 7));
    assert_eq!(lines(&reading)[4], "ITA ESP HS:0805 imports 2014-02 Part 1400 800 -");
    assert_eq!(lines(&reading)[6], "ITA ITA HS:0805 imports 2014-02 Memo 20 5 -");
    // Two months: 1,000 and 2,000.
    assert_eq!(value(&reading, |row| row.role == Role::Total), 3000.0);
    assert_eq!(value(&reading, adds), 3000.0);
}

#[test]
fn comtrade_of_the_old_site_from_its_interface() {
    let reading = reading("comtrade-old-api.csv", None);
    assert_eq!(
        lines(&reading),
        [
            "CHN WLD HS2017:871200 exports 2017 Total 60000 15000 1000items",
            "CHN WLD HS2017:871200 exports 2017 Memo 1000 - -",
            "ITA WLD HS2012:871200 exports 2017 Total 30000 9000 9000kg",
            "TWN WLD HS2017:871200 exports 2017 Total 10000 800 50items",
            "USA WLD HS2017:871200 imports 2017 Total 58000 13000 900items",
        ]
    );
    assert!(
        reading.notes.contains(&"net weights that the source estimated: 1".to_owned()),
        "{:?}",
        reading.notes
    );
}

#[test]
fn baci_in_thousand_dollars_and_tonnes() {
    let reading = reading("BACI_HS17_Y2021_V202301.csv", None);
    assert!(reading.dataset.reconciled && reading.dataset.key == "baci");
    assert_eq!(
        lines(&reading),
        [
            "CHN SAU HS2017:270900 imports 2021 Part 120500 200000 -",
            "CHN RUS HS2017:270900 imports 2021 Part 100250 180125 -",
            "ITA RUS HS2017:270900 imports 2021 Part 50000 - -",
            "CHN TWN HS2017:010121 imports 2021 Part 7 1 -",
            "DEU NOR HS2017:270900 imports 2021 Part 33000 55000 -",
            // Two exporters without a code: one residual, 1 + 2 thousand.
            "DEU X-NES HS2017:270900 imports 2021 Residual 3000 5000 -",
        ]
    );
    assert!(
        reading.notes.contains(
            &"zeros lost at the front are put back: 1 code, the first is `10121` on line 5, column `k`"
                .to_owned()
        ),
        "{:?}",
        reading.notes
    );
}

#[test]
fn baci_with_columns_renamed() {
    let reading = reading("baci-renamed.csv", None);
    assert_eq!(
        lines(&reading),
        [
            "CHN SAU HS:270900 imports 2021 Part 1000000 100000 -",
            "CHN RUS HS:270900 imports 2021 Part 500000 70500 -",
            "DEU RUS HS:270900 imports 2021 Part 250000 - -",
            "X-NES NOR HS:270900 imports 2021 Part 40000 5000 -",
        ]
    );
}

#[test]
fn statcounter_wide() {
    let reading = reading("vendor-ww-monthly-202201-202203.csv", None);
    assert_eq!(
        figures(&reading),
        [
            "2: Samsung 30.5% of World mobile-phones usage 2022-01",
            "2: Apple 40.5% of World mobile-phones usage 2022-01",
            "2: Unknown 10% of World mobile-phones usage 2022-01",
            "2: Other 19% of World mobile-phones usage 2022-01",
            "3: Samsung 31% of World mobile-phones usage 2022-02",
            "3: Apple 41.25% of World mobile-phones usage 2022-02",
            "3: Unknown 8.75% of World mobile-phones usage 2022-02",
            "3: Other 19% of World mobile-phones usage 2022-02",
        ]
    );
    assert!(reading.notes.contains(&"line 4: every column is 0: no data".to_owned()), "{:?}", reading.notes);
    let (_, apple) = &reading.figures[5];
    assert_eq!((apple.quote.as_str(), apple.rule.as_str()), ("Apple 41.25", "table:statcounter-wide"));
    let text = std::fs::read_to_string(fixture("vendor-ww-monthly-202201-202203.csv")).expect("there");
    assert_eq!(&text[apple.span.0..apple.span.1], "2022-02,31,41.25,8.75,0,19");
    assert!(reading.observations.is_empty());
}

#[test]
fn statcounter_bar() {
    let reading = reading("browser_version-ww-monthly-202201-202201-bar.csv", None);
    assert_eq!(figures(&reading)[0], "2: Chrome 97.0 40.25% of World browsers usage 2022-01");
    assert_eq!(reading.figures.len(), 4);
}

#[test]
fn statcounter_map() {
    let reading = reading("mobile_os_share_jan_mar_2022.csv", None);
    assert_eq!(
        figures(&reading),
        [
            "2: Android 95.5% of India mobile-os usage 2022-Q1",
            "2: iOS 4.5% of India mobile-os usage 2022-Q1",
            "3: Android 35.25% of Japan mobile-os usage 2022-Q1",
            "3: iOS 64.5% of Japan mobile-os usage 2022-Q1",
        ]
    );
    let notes = reading.notes.join("\n");
    assert!(notes.contains("nameless rows are left out: line 4"), "{notes}");
    assert!(notes.contains("cells of 0, which means below about 1 % here, are left out: 2"), "{notes}");
}

#[test]
fn our_world_in_data() {
    let reading = reading("electric-car-sales-share.csv", None);
    assert_eq!(figures(&reading)[1], "3: Electric cars 87% of Norway passenger-cars sales 2022");
    let markets: Vec<String> = reading.figures.iter().map(|(_, figure)| figure.market.key()).collect();
    assert_eq!(markets, ["country/NOR", "country/NOR", "region/EU", "residual/X-ROW", "region/WLD"]);
    assert!(reading.figures.iter().all(|(_, figure)| figure.unit == Unit::Units));
    let text = "Entity,Code,Year,Share of trousers\nNorway,NOR,2021,85\n";
    let error = read(Path::new("x.csv"), text.as_bytes(), &TableOptions::default())
        .expect_err("unknown indicator")
        .to_string();
    assert!(error.contains("`Share of trousers`") && error.contains("--map"), "{error}");
}

#[test]
fn a_mapping_in_long_form() {
    let reading = reading("makes-semicolon.csv", Some("makes-semicolon.toml"));
    assert_eq!((reading.encoding.as_str(), reading.delimiter, reading.records), ("windows-1252", ';', 6));
    // 1,250 + 750 + 500 = 2,500.
    assert_eq!(
        lines(&reading),
        [
            "AUT skoda product:passenger-cars registrations 2022-01 Part - - 1250items",
            "AUT haval product:passenger-cars registrations 2022-01 Part - - 750items",
            "AUT Sonstige product:passenger-cars registrations 2022-01 Residual - - 500items",
            "AUT WLD product:passenger-cars registrations 2022-01 Total - - 2500items",
        ]
    );
    let rejects: Vec<(u64, &str, &str)> =
        reading.rejects.iter().map(|r| (r.line, r.column.as_str(), r.reason.as_str())).collect();
    assert_eq!(
        rejects,
        [
            (7, "Monat", "expected a period, found `2022-13`"),
            (8, "Neuzulassungen", "expected a number, found `12.50`"),
        ]
    );
    assert_eq!(reading.rejects[1].raw, "Haval;AUT;2022-02;12.50");
}

#[test]
fn a_mapping_in_wide_form() {
    let reading = reading("exports-by-year.csv", Some("exports-by-year.toml"));
    assert_eq!(reading.profile, "exports-by-year");
    assert_eq!(
        lines(&reading),
        [
            "EGY WLD product:wheat imports 2020 Total 900000 - -",
            "EGY WLD product:wheat imports 2021 Total 1000000 - -",
            "EGY RUS product:wheat imports 2020 Part 500000 - -",
            "EGY RUS product:wheat imports 2021 Part 400000 - -",
            "EGY UKR product:wheat imports 2020 Part 300000 - -",
            "EGY X-OTHER product:wheat imports 2020 Residual 100000 - -",
            "EGY X-OTHER product:wheat imports 2021 Residual 200000 - -",
        ]
    );
}

#[test]
fn a_mapping_with_one_column_a_flow() {
    let mapping = r#"
        [market]
        column = "Reporter"
        [subject]
        column = "Partner"
        codes = "place"
        [commodity]
        product = "all-goods"
        [period]
        column = "Year"
        [flow.words]
        "Export (thousand)" = "exports"
        "Import (thousand)" = "imports"
        [value]
        factor = 1000
        [wide]
        of = "flow"
    "#;
    let mapping = Mapping::from_toml(Path::new("m.toml"), mapping).expect("a mapping");
    let text = "Reporter,Partner,Year,Tariff,Export (thousand),Import (thousand)\nAustralia,China,2021,3,1.5,2\nAustralia,East Asia & Pacific,2021,,9,9\n";
    let options = TableOptions { mapping: Some(mapping), ..TableOptions::default() };
    let reading = read(Path::new("x.csv"), text.as_bytes(), &options).expect("a table");
    assert_eq!(
        lines(&reading)[..2],
        [
            "AUS CHN product:all-goods exports 2021 Part 1500 - -",
            "AUS CHN product:all-goods imports 2021 Part 2000 - -",
        ]
    );
}

#[test]
fn a_mapping_on_another_table_names_what_is_missing() {
    let error = read(Path::new("x.csv"), b"Make,Units\nLada,5\n", &options(Some("makes-semicolon.toml")))
        .expect_err("other columns");
    let error = error.to_string();
    assert!(error.contains("`Land`") && error.contains("the table has"), "{error}");
}

const BACI: &str = "t,i,j,k,v,q\n";

#[test]
fn bad_rows_are_left_out_with_line_column_and_reason() {
    let text = format!(
        "{BACI}2021,643,156,270900,1.5,2\n2021,643,276,270900,1.2.3,2\n20x1,643,380,270900,1,2\n2021,643,276\nt,i,j,k,v,q\n\
         2021,643,276,270900,1,2,9\n2021,643,276,,1,2\n2021,643,392,270900,-4,2\n\n2021,643,842,270900,7,2\n"
    );
    let (rows, rejects, reading) = rows("x.csv", &text);
    assert_eq!(rows.len(), 2, "{rows:#?}");
    assert_eq!(
        rejects,
        [
            "3: v: expected a number, found `1.2.3`",
            "4: t: expected a period, found `20x1`",
            "5: k: expected 6 cells, found 3",
            "6: : this is the header again",
            "7: : expected 6 cells, found 7",
            "8: k: expected a commodity code, found nothing",
            "9: v: expected an amount of 0 or more, found `-4`",
        ]
    );
    assert_eq!(reading.observations[1].line, 11);
    assert_eq!(reading.records, 9);
}

#[test]
fn a_file_cut_off_inside_quotes_loses_its_last_record_only() {
    let (rows, rejects, _) = rows("x.csv", &format!("{BACI}2021,643,156,270900,1,2\n2021,643,276,\"2709"));
    assert_eq!(rows.len(), 1);
    assert_eq!(rejects, ["3: : the file ends inside a quoted cell: it was cut off here"]);
}

#[test]
fn a_cell_given_twice_is_dropped_and_given_differently_is_rejected_twice() {
    let text = format!(
        "{BACI}2021,643,156,270900,1,2\n2021,643,276,270900,5,2\n2021,643,156,270900,1,2\n2021,643,276,270900,6,2\n"
    );
    let (rows, rejects, reading) = rows("x.csv", &text);
    assert_eq!(rows, ["CHN RUS HS:270900 imports 2021 Part 1000 2000 -"]);
    assert_eq!(rejects.len(), 2);
    assert!(rejects[0].starts_with("3: : line 5 gives another number"), "{rejects:?}");
    assert!(rejects[1].starts_with("5: : line 3 gives another number"), "{rejects:?}");
    assert!(reading.notes.iter().any(|note| note.starts_with("dropped: 1 row ")), "{:?}", reading.notes);
}

#[test]
fn a_residual_given_twice_is_a_double_and_two_lost_codes_are_a_sum() {
    let text = format!(
        "{BACI}2021,899,276,270900,5,2\n2021,899,276,270900,5,2\n2021,,156,270900,1,2\n2021,,156,270900,2,NA\n"
    );
    let (rows, rejects, _) = rows("x.csv", &text);
    assert_eq!(rejects, [""; 0]);
    assert_eq!(
        rows,
        [
            "DEU X-NES HS:270900 imports 2021 Residual 5000 2000 -",
            // A sum with an unknown is unknown.
            "CHN X-NES HS:270900 imports 2021 Residual 3000 - -",
        ]
    );
}

#[test]
fn groups_are_sub_totals_and_unspecified_areas_residuals() {
    let mut text = BACI.to_owned();
    for code in ["97", "837", "838", "839", "899", "568", "490"] {
        text.push_str(&format!("2021,{code},156,270900,1,1\n"));
    }
    let (_, _, reading) = rows("x.csv", &text);
    let roles: Vec<Role> = reading.observations.iter().map(|row| row.role).collect();
    use Role::{Part, Residual, Subtotal};
    assert_eq!(roles, [Subtotal, Residual, Residual, Residual, Residual, Residual, Part]);
}

#[test]
fn a_hand_made_table_of_shares_reads_with_what_is_suggested() {
    let text = "Year,Apple,Samsung,Others\n2021,20.5%,30%,49.5%\n2022,21%,29%,50%\n";
    let suggested = suggest_mapping(Path::new("market_share.csv"), text.as_bytes()).expect("a table");
    assert!(suggested.contains("[share]") && suggested.contains("of = \"subject\""), "{suggested}");
    let settled = suggested
        .replace("# product = \"passenger-cars\"", "product = \"smartphones\"")
        .replace("# value = \"Russia\"", "value = \"World\"")
        .replace("# basis = \"imports\"", "basis = \"shipments\"");
    let mapping = Mapping::from_toml(Path::new("m.toml"), &settled)
        .unwrap_or_else(|error| panic!("{error}\n{settled}"));
    let options = TableOptions { mapping: Some(mapping), ..TableOptions::default() };
    let reading = read(Path::new("market_share.csv"), text.as_bytes(), &options).expect("reads");
    assert_eq!(figures(&reading)[0], "2: Apple 20.5% of World smartphones shipments 2021");
    assert_eq!(reading.figures.len(), 6);
}

/// Reads a table of smartphones of the world through the mapping suggested for it.
#[track_caller]
fn through_its_suggestion(text: &str) -> (String, TableReading) {
    let suggested = suggest_mapping(Path::new("x.csv"), text.as_bytes()).expect("a table");
    let options = TableOptions {
        mapping: Some(Mapping::from_toml(Path::new("m.toml"), &suggested).expect("reads")),
        market: Some(crate::model::Subject::world()),
        product: Some("smartphones".to_owned()),
        ..TableOptions::default()
    };
    let reading = read(Path::new("x.csv"), text.as_bytes(), &options).expect("reads");
    (suggested, reading)
}

#[test]
fn a_mapping_by_places_finds_its_header_by_the_wide_columns() {
    let text = "Made up,,\n,Q1 2023,Q2 2023\nSamsung,20%,21%\nOthers,80%,79%\n";
    let (suggested, reading) = through_its_suggestion(text);
    assert_eq!(
        figures(&reading)[0],
        "3: Samsung 20% of World smartphones unspecified 2023-Q1",
        "{suggested}"
    );
}

#[test]
fn a_known_table_that_a_spreadsheet_saved_anew_keeps_its_numbers() {
    let commas = "t;i;j;k;v;q\n2021;643;156;270900;1.100,25;180,125\n2021;643;276;270900;50,5;3\n";
    let (rows_read, _, reading) = rows("BACI_HS17_Y2021_V202301.csv", commas);
    assert_eq!(rows_read[0], "CHN RUS HS2017:270900 imports 2021 Part 1100250 180125 -");
    assert_eq!(rows_read[1], "DEU RUS HS2017:270900 imports 2021 Part 50500 3000 -");
    assert!(reading.notes.iter().any(|note| note.contains("like `1.234,5`")), "{:?}", reading.notes);
    // One odd cell among good ones is an odd cell.
    let odd = format!("{BACI}2021,643,156,270900,100.250,1.5\n2021,643,276,270900,\"1,5\",2.5\n");
    let (rows_read, _, reading) = rows("BACI_HS17_Y2021_V202301.csv", &odd);
    assert_eq!(rows_read, ["CHN RUS HS2017:270900 imports 2021 Part 100250 1500 -"]);
    assert_eq!(reading.rejects.len(), 1);
    let shares = "Date;Samsung;Apple\n2022-01;60,5;39,5\n2022-02;59,5;40,5\n";
    let name = Path::new("vendor-ww-monthly-202201-202202.csv");
    let reading = read(name, shares.as_bytes(), &TableOptions::default()).expect("reads");
    assert_eq!(figures(&reading)[0], "2: Samsung 60.5% of World mobile-phones usage 2022-01");
}

#[test]
fn shares_that_are_fractions_of_one_are_made_percentages() {
    for text in [
        "Year,Apple,Samsung,Others\n2021,0.205,0.3,0.495\n2022,0.21,0.29,0.5\n",
        "Brand,Year,Market share\nApple,2021,0.205\nSamsung,2021,0.3\nOthers,2021,0.495\n",
    ] {
        let (suggested, reading) = through_its_suggestion(text);
        assert_eq!(
            figures(&reading)[0],
            "2: Apple 20.5% of World smartphones unspecified 2021",
            "{suggested}"
        );
    }
}

#[test]
fn a_table_of_which_no_row_reads_is_refused() {
    // Row names in front, as some programs write them: every cell is one to the right.
    let text = format!("{BACI}1,2021,643,156,270900,1,2\n2,2021,643,276,270900,1,2\n");
    let error =
        read(Path::new("x.csv"), text.as_bytes(), &TableOptions::default()).expect_err("no row").to_string();
    assert_eq!(error, "x.csv: not one of the 2 rows could be read; line 2: expected 6 cells, found 7");
}

#[test]
fn the_region_of_a_name_is_told_by_its_case() {
    let market = |region: &str| {
        let name = format!("vendor-{region}-monthly-202201-202201.csv");
        let reading =
            read(Path::new(&name), b"Date,Samsung,Apple\n2022-01,60,40\n", &TableOptions::default())
                .expect("a table");
        reading.figures[0].1.market.name.clone()
    };
    let names: Vec<String> = ["ww", "na", "NA", "sa", "SA", "DE"].into_iter().map(market).collect();
    assert_eq!(names, ["World", "North America", "Namibia", "South America", "Saudi Arabia", "Germany"]);
}

#[test]
fn codes_nobody_knows_stay_as_written_and_are_noted() {
    let (rows, _, reading) =
        rows("x.csv", &format!("{BACI}2021,643,156,270900,1,2\n2021,9876,156,270900,2,2\n"));
    assert_eq!(rows[1], "CHN 9876 HS:270900 imports 2021 Part 2000 2000 -");
    assert!(
        reading.notes.iter().any(|note| note.contains("1 name is in no table and stays as written: `9876`")),
        "{:?}",
        reading.notes
    );
}

#[test]
fn what_is_no_table_is_refused_in_words() {
    let error = |name: &str, bytes: &[u8]| {
        read(Path::new(name), bytes, &TableOptions::default()).expect_err("no table").to_string()
    };
    assert_eq!(error("x.csv", b""), "x.csv: the input is empty");
    assert_eq!(error("x.csv", b"t,i,j,k,v,q\n"), "x.csv: there is a header and no row below it");
    assert!(error("x.csv", b"one\ntwo\n").contains("no delimiter cuts its lines"));
    let unknown = error("x.csv", b"Make,Units\nLada,5\n");
    assert!(unknown.contains("`Make`, `Units`") && unknown.contains("--suggest-map"), "{unknown}");
    assert!(error("x.csv", b"\0\x01\x02\x03").contains("binary"));
}

#[test]
fn gzip_and_every_encoding_read_the_same() {
    use std::io::Write;
    let plain = format!("{BACI}2021,643,156,270900,1,2\n");
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(plain.as_bytes()).expect("in memory");
    let packed = packer.finish().expect("in memory");
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(plain.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [plain.as_bytes(), &packed, &wide] {
        let reading = read(Path::new("x.csv.gz"), bytes, &TableOptions::default()).expect("a table");
        assert_eq!(lines(&reading), ["CHN RUS HS:270900 imports 2021 Part 1000 2000 -"]);
    }
}

#[test]
fn market_product_and_period_may_be_given() {
    let text = b"Browser,Market Share Perc. (Jan 2022)\nChrome,60\nOther,40\n";
    let name = Path::new("x.csv");
    let error = read(name, text, &TableOptions::default()).expect_err("no product").to_string();
    assert!(error.contains("--table-product"), "{error}");
    let options = TableOptions {
        product: Some("browsers".to_owned()),
        market: crate::reference::places().get("RUS").map(crate::reference::Place::subject),
        dataset: Some("mine".to_owned()),
        ..TableOptions::default()
    };
    let reading = read(name, text, &options).expect("now it is said");
    assert_eq!(figures(&reading)[0], "2: Chrome 60% of Russia browsers usage 2022-01");
    assert_eq!(reading.dataset.key, "mine");
}

#[test]
fn a_suggested_mapping_is_one_that_reads() {
    let text = "Reporter;Partner;Flow;HS;Year;Value USD;Net kg\nRussia;China;Import;8703;2022;1.500,5;10\nRussia;Japan;Re-Import;8703;2022;20;1\n";
    let suggested = suggest_mapping(Path::new("odd.csv"), text.as_bytes()).expect("a table");
    let mapping = Mapping::from_toml(Path::new("odd.toml"), &suggested)
        .unwrap_or_else(|error| panic!("{error}\n{suggested}"));
    let options = TableOptions { mapping: Some(mapping), ..TableOptions::default() };
    let reading = read(Path::new("odd.csv"), text.as_bytes(), &options).expect("reads");
    assert_eq!(
        lines(&reading),
        ["RUS CHN HS:8703 imports 2022 Part 1500.5 10 -", "RUS JPN HS:8703 imports 2022 Memo 20 1 -"],
        "{suggested}"
    );
    assert!(suggest_mapping(Path::new("x.txt"), b"no table\nat all\n").is_err());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]
    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>, tail in "[a-z0-9,;\"\n.]{0,200}") {
        let _ = read(Path::new("x.csv"), &bytes, &TableOptions::default());
        let _ = suggest_mapping(Path::new("x.csv"), tail.as_bytes());
        let _ = describe_unknown(Path::new("x.csv"), &bytes, &TableOptions::default());
        for header in ["Country;Year;Value\n", "Marke;2021;2022\n", ",Q1 2023,Q2 2023\n", "Année,Poids (t),Part %\n"] {
            let _ = describe_unknown(Path::new("x.csv"), format!("{header}{tail}").as_bytes(), &TableOptions::default());
        }
        for magic in [&b"PK\x03\x04"[..], b"\x1f\x8b", b"\x28\xb5\x2f\xfd"] {
            if let Ok(crate::ingest::Unpacked::Archive(archive)) =
                crate::ingest::unpack(Path::new("x"), [magic, bytes.as_slice()].concat())
            {
                let _ = archive.count();
            }
        }
        for header in ["t,i,j,k,v,q\n", "Date,A,B\n2022-01,60,40\n", "Entity,Code,Year,Share of new cars that are electric\n"] {
            let _ = read(Path::new("ww-x.csv"), format!("{header}{tail}").as_bytes(), &TableOptions::default());
        }
    }
}

#[test]
fn the_mappings_of_the_page_are_those_of_the_fixtures() {
    let page = include_str!("../../../docs/tables.md");
    let examples: Vec<(&str, &str)> = page
        .split("<!-- example: ")
        .skip(1)
        .map(|rest| {
            let (file, rest) = rest.split_once(" -->\n```toml\n").expect("an example begins with its file");
            (file, rest.split_once("```").expect("an example ends").0)
        })
        .collect();
    assert_eq!(examples.len(), 2);
    for (file, text) in examples {
        assert_eq!(text, std::fs::read_to_string(fixture(file)).expect("the fixture is there"), "{file}");
    }
}
