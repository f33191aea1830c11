//! One small invented table of each known format, through `ingest` and `query`, with numbers worked by hand.

use std::path::Path;
use tradeshare::extract::Extractor;
use tradeshare::model::{AnswerRow, Subject};
use tradeshare::pipeline::{Dated, IngestOptions, Ingested, ingest_path};
use tradeshare::store::Store;
use tradeshare::{Error, query, reference};

struct Read {
    store: Store,
    done: Vec<Ingested>,
}

fn place(name: &str) -> Subject {
    reference::places().find(name).expect("a place").subject()
}

fn read_as(files: &[&str], market: Option<Subject>) -> Read {
    let mut store = Store::in_memory().expect("a new store");
    let dated = Dated { recorded_at: "2026-01-01T00:00:00Z".to_owned(), tool_version: "test".to_owned() };
    let mut options = IngestOptions::default();
    options.table.market = market;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/tables");
    let done = files.iter().map(|file| {
        ingest_path(Some(&mut store), &Extractor::new(), &folder.join(file), &options, &dated)
            .unwrap_or_else(|error| panic!("{error}"))
    });
    let done = done.collect();
    Read { store, done }
}

fn read(file: &str) -> Read {
    read_as(&[file], None)
}

impl Read {
    fn ask(&self, words: &str, period: &str) -> Result<Vec<AnswerRow>, Error> {
        let mut question = query::parse(&[words.to_owned()])?;
        question.period = Some(period.parse()?);
        query::answer(&self.store, &question).map(|answer| answer.rows)
    }

    /// Returns the one share of the answer.
    fn share(&self, words: &str, period: &str) -> f64 {
        let rows = self.ask(words, period).unwrap_or_else(|error| panic!("{words}: {error}"));
        assert_eq!(rows.len(), 1, "{words}: {rows:#?}");
        let proof =
            query::explain(&self.store, &rows[0].id).unwrap_or_else(|error| panic!("{words}: {error}"));
        assert!(proof.contains("fixtures/tables"), "{proof}");
        rows[0].share_pct.unwrap_or(f64::NAN)
    }

    fn refusal(&self, words: &str, period: &str) -> String {
        match self.ask(words, period) {
            Err(error @ Error::Refused { .. }) => error.to_string(),
            other => panic!("{words}: expected a refusal, found {other:?}"),
        }
    }

    fn left_out(&self) -> usize {
        self.done.iter().map(|done| done.rejects.len()).sum()
    }

    fn says(&self, words: &str) -> bool {
        self.done.iter().flat_map(|done| &done.notes).any(|note| note.contains(words))
    }
}

fn is(found: f64, right: f64) {
    assert!((found - right).abs() < 1e-9, "{found}, right is {right}");
}

#[test]
fn wits_computes_from_the_rows_and_keeps_the_published_shares_beside() {
    let read = read("wits-partner.csv");
    let of_china = read.ask("China in Chile of all-goods imports", "2020").expect("an answer");
    let mut shares: Vec<(String, f64)> = of_china
        .iter()
        .map(|row| (row.evidence.as_str().to_owned(), row.share_pct.unwrap_or(-1.0)))
        .collect();
    shares.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(
        shares,
        [("computed".to_owned(), 30.0), ("stated".to_owned(), 29.9)],
        "of 1,000, not of 1,400"
    );
    let of_taiwan = read.ask("Taiwan in Chile of all-goods exports", "2020").expect("an answer");
    assert_eq!(of_taiwan.iter().filter_map(|row| row.amount).collect::<Vec<_>>(), [100_000.0]);
    assert_eq!(read.left_out(), 0);
}

#[test]
fn wdi_divides_by_the_world_row_and_never_a_figure_per_head() {
    let read = read("world-bank-wdi.csv");
    is(read.share("Chile in World of indicator:NY.GDP.MKTP.CD", "2020"), 50.0);
    let all = read.ask("in World of indicator:NY.GDP.MKTP.CD", "2020").expect("an answer");
    is(all.iter().filter_map(|row| row.amount).sum(), 410.0);
    assert!(read.ask("Peru in World of indicator:NY.GDP.MKTP.CD", "2019").expect("no row").is_empty());
    let per_head = read.refusal("Chile in World of indicator:NY.GDP.PCAP.CD", "2020");
    assert!(per_head.contains("12.5") && per_head.contains("R3"), "{per_head}");
}

#[test]
fn wto_has_flow_and_unit_above_the_header() {
    let read = read("wto-series.csv");
    let rows = read.ask("Chile in World of all-goods exports", "2000").expect("an answer");
    assert_eq!(rows.len(), 1);
    is(rows[0].share_pct.unwrap_or_default(), 2.5);
    assert_eq!((rows[0].amount, rows[0].total), (Some(25e6), Some(1e9)));
    assert!(read.says("of one partner"));
}

#[test]
fn iea_reads_the_past_and_both_ways_to_cut_it() {
    let read = read("iea-ev.csv");
    is(read.share("China in World of electric-cars sales", "2022"), 50.0);
    is(read.share("BEV in World of electric-cars sales", "2022"), 60.0);
    is(read.share("BEV in China of electric-cars sales", "2022"), 90.0);
    is(read.share("EU in World of electric-cars sales", "2022"), 10.0);
    is(read.share("electric cars in China of passenger-cars sales", "2022"), 29.0);
    is(read.share("electric cars in China of passenger-cars usage", "2022"), 5.0);
    assert!(read.ask("BEV in China of electric-cars", "2030").expect("nothing").is_empty(), "a scenario");
    assert_eq!(read.left_out(), 0);
}

#[test]
fn faostat_is_a_selection_and_no_world() {
    let read = read("faostat.csv");
    let world = read.refusal("Chile in World of indicator:Grapes exports", "2010");
    assert!(world.contains("R44"), "{world}");
    is(read.share("Chile in listed exporters of indicator:Grapes exports", "2010"), 37.5);
    let own = read.ask("World in Chile of indicator:Grapes exports", "2010").expect("an answer");
    assert_eq!(own[0].amount, Some(600_000.0), "tonnes are kept in kilograms");
    let peru = read.ask("Peru in listed exporters of indicator:Grapes exports", "2010").expect("an answer");
    assert_eq!(peru[0].flags, ["E"]);
}

#[test]
fn eurostat_countries_stand_beside_each_other_and_flags_stay() {
    let read = read("eurostat-gdp.csv");
    let gdp = "indicator:NAMA_10_GDP.CP_MEUR.B1GQ";
    let rows = read.ask(&format!("Germany in EU of {gdp}"), "2020").expect("an answer");
    is(rows[0].share_pct.unwrap_or_default(), 25.0);
    assert_eq!((rows.len(), rows[0].flags.join(" ")), (1, "P".to_owned()));
    assert!(read.says("flag `c`: 1") && read.says("no part of a sum"));
    assert_eq!(read.left_out(), 0, ": is unknown, not an error");
}

#[test]
fn eurostat_sectors_are_divided_by_their_total_unit_by_unit() {
    let read = read("eurostat-rd.csv");
    is(read.share("business enterprise sector in Germany of indicator:RD_E_GERDTOT.MIO_EUR", "2019"), 75.0);
    let gov = read
        .ask("government sector in Germany of indicator:RD_E_GERDTOT.MIO_EUR", "2019")
        .expect("an answer");
    assert_eq!(gov[0].flags, ["E", "P"]);
    read.refusal("business enterprise sector in Germany of indicator:RD_E_GERDTOT.EUR_HAB", "2019");
}

#[test]
fn imf_billions_are_multiplied_out_and_late_years_are_estimates() {
    let read = read("imf-weo.csv");
    let gdp = "indicator:Gross domestic product, current prices.U.S. dollars";
    let rows = read.ask(&format!("Chile in those listed of {gdp}"), "2015").expect("an answer");
    assert_eq!((rows[0].share_pct, rows[0].amount), (Some(75.0), Some(2.25e9)));
    assert_eq!(rows[0].flags, ["E"]);
    let before = read.ask(&format!("World in Chile of {gdp}"), "2014").expect("an answer");
    assert!(before[0].flags.is_empty());
    let per_head = read.refusal(
        "in Chile of indicator:Gross domestic product per capita, current prices.U.S. dollars",
        "2015",
    );
    assert!(per_head.contains("13500.125"), "{per_head}");
    assert!(read.says("is a remark, not a row"));
}

#[test]
fn oecd_scores_are_told_but_never_divided() {
    let read = read("oecd_bli_2014.csv");
    let told = read.refusal("Chile in World of indicator:XX_ROOM.L.RATIO", "2014");
    assert!(told.contains("1.25") && told.contains("ratio"), "{told}");
    assert!(read.says("2014 in the file's name") && read.says("of a part of the people"));
}

#[test]
fn a_top_ten_needs_its_total_from_the_other_table() {
    let ireland = || Some(place("Ireland"));
    let alone = read_as(&["registrations-top.csv"], ireland());
    assert!(alone.refusal("Toyota in Ireland of passenger-cars", "2019").contains("R2"));
    let both = read_as(&["registrations-top.csv", "registrations-total.csv"], ireland());
    is(both.share("Toyota in Ireland of passenger-cars", "2019"), 30.0);
}

#[test]
fn a_star_takes_its_names_from_the_files_beside_it() {
    let read = read("star/OGD_invented_1.csv");
    is(read.share("Tesla (D) in Austria of passenger-cars", "2022-01"), 30.0);
    is(read.share("Tesla in Austria of passenger-cars", "2022-01"), 50.0);
    is(read.share("(RC) in Austria of passenger-cars", "2022-01"), 20.0);
    is(read.share("Skoda in Austria of passenger-cars", "2022-01/2022-02"), 25.0);
    assert_eq!(read.left_out(), 0);
}

#[test]
fn a_star_without_its_sisters_names_the_missing_file() {
    let text = "C-J59-0;F-ISIS-1\nJ59-1;5\n";
    let name = Path::new("OGD_alone_1.csv");
    let error = tradeshare::ingest::table::read(name, text.as_bytes(), &Default::default())
        .expect_err("no names")
        .to_string();
    assert!(error.contains("`OGD_alone_1_HEADER.csv`, which must lie beside it"), "{error}");
}

#[test]
fn code_lists_are_compared_and_keep_nothing() {
    let places = read("country_codes_V209901.csv");
    assert!(places.says("alpha-3 codes given to several codes: BEL 56,58"));
    assert!(places.says("`NA` was taken for a missing value: `516 (Namibia)`"));
    assert!(places.says("codes without an alpha-3 code: `490 (Other Asia, nes)`"));
    assert!(read("product_codes_HS12_V209901.csv").says("2 codes of HS2012"));
    assert!(read("product_codes_HS12_V209901.csv").says("put back: 1 code"));
    assert_eq!(read("PAIS.csv").done[0].records, 2, "one name runs over two lines");
    assert!(read("NCM.csv").says("each code begins with its HS code"));
}

#[test]
fn sdmx_without_known_units_is_kept_and_never_divided() {
    let read = read("sdmx-csv-2.csv");
    assert_eq!((read.done[0].records, read.left_out()), (3, 0), "below zero is a number too");
    assert!(read.says("takes back what was sent before"));
    let told = read.refusal("in World of indicator:INVENTED.A.B", "2014-01");
    assert!(told.contains(" is 1.5 "), "{told}");
    let labelled = self::read("sdmx-csv-2-labels.csv");
    let told = labelled.refusal("Peru in those listed of indicator:INVENTED.A", "2014-01");
    assert!(told.contains(" is 2.5 "), "{told}");
}

#[test]
fn comext_joins_value_and_weight_of_one_cell() {
    let read = read("comext.csv");
    let rows = read.ask("China in Germany of hs:8703 imports", "2023").expect("an answer");
    let mut shares: Vec<f64> = rows.iter().filter_map(|row| row.share_pct).collect();
    shares.sort_by(f64::total_cmp);
    assert_eq!(shares, [25.0, 40.0], "by value and by weight");
    assert_eq!(read.left_out(), 0);
    assert!(read.says("joined to an earlier row") && read.says("supplementary quantity"));
}

#[test]
fn eurostat_tsv_has_dimensions_in_one_cell_and_flags_behind_numbers() {
    let read = read("estat_invented_gdp.tsv");
    let gdp = "indicator:INVENTED_GDP.CP_MEUR.B1GQ";
    let rows = read.ask(&format!("Germany in EU of {gdp}"), "2020").expect("an answer");
    assert_eq!((rows[0].share_pct, rows[0].flags.join(" ")), (Some(25.0), "P".to_owned()));
    is(read.share(&format!("Germany in EU of {gdp}"), "2019"), 20.0);
    assert!(read.ask(&format!("World in France of {gdp}"), "2019").expect("unknown").is_empty());
    assert_eq!(read.left_out(), 0);
}

#[test]
fn oecd_data_is_told_and_never_divided() {
    let told = read("oecd-data.csv").refusal("in Chile of indicator:XXRATE.TOT.PC_POP", "2020");
    assert!(told.contains(" is 7.5 "), "{told}");
}

#[test]
fn imf_direction_of_trade_keeps_values_and_one_kind_of_imports() {
    let read = read("imf-dots.csv");
    is(read.share("China in Chile of all-goods exports", "2020"), 40.0);
    assert!(read.ask("China in Chile of all-goods imports", "2020").expect("none").is_empty());
    assert!(read.says("the status of a number"));
}

#[test]
fn wits_queries_are_in_thousand_dollars() {
    let read = read("DataJobID-1_1_invented.csv");
    let rows = read.ask("Taiwan in Chile of hs:080610 exports", "2015").expect("an answer");
    assert_eq!((rows[0].share_pct, rows[0].total), (Some(20.0), Some(50_000.0)));
}

#[test]
fn brazil_adds_up_states_and_ports_and_takes_the_flow_from_the_name() {
    let read = read("EXP_2021.csv");
    let shares = |words: &str| -> Vec<f64> {
        read.ask(words, "2021-01").expect("an answer").iter().filter_map(|row| row.share_pct).collect()
    };
    assert_eq!(shares("China in Brazil of hs:08061000 exports"), [40.0, 40.0], "by value and by weight");
    assert_eq!(shares("Taiwan in Brazil of hs:080610 exports"), [10.0, 10.0]);
    let id = |words: &str| read.ask(words, "2021-01").expect("an answer")[0].id.clone();
    let proof = |words: &str| query::explain(&read.store, &id(words)).expect("a proof");
    assert!(
        proof("China in Brazil of hs:08061000 exports")
            .contains("EXP_2021.csv:2 and later lines of its cell")
    );
    assert!(!proof("Taiwan in Brazil of hs:08061000 exports").contains("EXP_2021.csv:4 and later"));
    assert!(read.says("added to an earlier row of their cell: 1 row"));
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/tables/EXP_2021.csv"))
        .expect("it");
    let error = tradeshare::ingest::table::read(Path::new("data.csv"), &bytes, &Default::default())
        .expect_err("no flow")
        .to_string();
    assert!(error.contains("says the flow") && error.contains("`EXP_2024`"), "{error}");
}

#[test]
fn russia_adds_up_its_regions() {
    let read = read("russia-fcs.csv");
    let rows = read.ask("China in Russia of hs:8703231940 imports", "2021-01").expect("an answer");
    assert_eq!(rows.iter().filter_map(|row| row.share_pct).collect::<Vec<_>>(), [40.0, 40.0]);
    assert_eq!(read.left_out(), 0);
}

#[test]
fn china_says_its_currency_in_the_last_column_and_its_flow_in_the_name() {
    let read = read("china-customs_export.csv");
    // 1,200 and 300 of two customs regimes, of 1,500 + 1,000 + 500 and 2,000 of nobody named.
    let russia = read.ask("Russia in China of hs:87038000 exports", "2024-01").expect("an answer");
    let by = |unit: &str| {
        let found = russia.iter().find(|row| row.amount_unit == unit);
        found.unwrap_or_else(|| panic!("{unit}: {russia:#?}")).share_pct.unwrap_or_default()
    };
    is(by("USD"), 30.0);
    // 45,000 and 15,000 of 240,000 kilograms in the second quantity.
    is(by("kg"), 25.0);
    let taiwan = read.ask("Taiwan in China of hs:87038000 exports", "2024-01").expect("an answer");
    assert!(taiwan.iter().any(|row| row.amount == Some(500.0) && row.share_pct == Some(10.0)), "{taiwan:#?}");
    assert!(read.says("the first is `8038000` on line 7, column `商品编码`"));
    let bananas = read.ask("South Korea in China of hs:08038000 exports", "2024-01").expect("an answer");
    assert_eq!(bananas[0].amount, Some(70.0));
    let yuan = self::read("china-customs-cny_进口.csv");
    let rows = yuan.ask("Germany in China of hs:8703 imports", "2024-01").expect("an answer");
    assert!(rows.iter().any(|row| row.share_pct == Some(75.0)), "{rows:#?}");
    assert_eq!(yuan.done[0].kind, "table (china-customs)");
}

#[test]
fn china_without_a_flow_is_refused_until_it_is_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/tables");
    let bytes = std::fs::read(folder.join("china-customs_export.csv")).expect("there");
    let mut options = tradeshare::ingest::table::TableOptions::default();
    let read = |options: &_| tradeshare::ingest::table::read(Path::new("data.csv"), &bytes, options);
    let error = read(&options).expect_err("no flow").to_string();
    assert!(error.contains("--table-flow imports"), "{error}");
    options.basis = Some(tradeshare::model::Basis::Imports);
    let reading = read(&options).expect("told");
    assert!(reading.observations.iter().all(|row| row.basis == tradeshare::model::Basis::Imports));
}

#[test]
fn japan_has_months_as_columns_and_codes_of_its_own() {
    let read = read("japan-customs.csv");
    // Of 300 + 600 + 100 (unknown code 999: 25) thousand yen in January.
    let of_china = read.ask("China in Japan of hs:870321915 imports", "2026-01").expect("an answer");
    let by_value = of_china.iter().find(|row| row.amount == Some(600_000.0)).expect("by value");
    assert_eq!((by_value.total, by_value.share_pct), (Some(1_025_000.0), Some(60.0 / 1.025)));
    let by_number = of_china.iter().find(|row| row.amount == Some(30.0)).expect("by number");
    is(by_number.share_pct.unwrap_or_default(), 100.0 * 30.0 / 42.0);
    assert!(read.ask("China in Japan of hs:870321915 imports", "2026-03").expect("none yet").is_empty());
    let horses = read.ask("USA in Japan of hs:010121000 exports", "2026-01").expect("an answer");
    assert!(horses.iter().any(|row| row.amount == Some(2000.0)), "its weight in kilograms: {horses:#?}");
    assert!(read.says("1 name is in no table and stays as written: `999`"));
}

#[test]
fn comext_in_bulk_takes_month_52_for_the_year() {
    let read = read("comext-bulk.dat");
    let shares = |words: &str, period: &str| -> Vec<f64> {
        read.ask(words, period).expect("an answer").iter().filter_map(|row| row.share_pct).collect()
    };
    assert_eq!(shares("China in Germany of hs:87038010 imports", "2024-01"), [40.0, 40.0]);
    let mut year = shares("China in Germany of hs:87038010 imports", "2024");
    year.sort_by(f64::total_cmp);
    assert_eq!(year, [25.0, 50.0], "by value and by weight; procedure 4 holds the others");
}

#[test]
fn wto_in_the_long_form_is_the_same_as_in_the_wide_one() {
    let read = read("wto-long.csv");
    is(read.share("Chile in World of all-goods exports", "2000"), 2.5);
    is(read.share("Côte d'Ivoire in World of all-goods exports", "2000"), 1.0);
    assert_eq!(read.left_out(), 0);
}

#[test]
fn imf_direction_of_trade_as_a_panel_has_flows_as_columns() {
    let read = read("imf-dots-panel.csv");
    is(read.share("China in Chile of all-goods exports", "2020"), 40.0);
    is(read.share("China in Chile of all-goods imports", "2020"), 30.0);
}

#[test]
fn faostat_has_a_matrix_of_partners() {
    let read = read("faostat-matrix.csv");
    let rows = read.ask("China in Chile of indicator:Grapes exports", "2020").expect("an answer");
    let tonnes = rows.iter().find(|row| row.amount == Some(300_000.0)).expect("300 tonnes in kilograms");
    is(tonnes.share_pct.unwrap_or_default(), 60.0);
}

#[test]
fn brazils_site_writes_portuguese_words_and_the_flow_in_the_name() {
    let read = read("V_EXPORTACAO_GERAL_2023-01_2023-12_DT20240102.csv");
    for (who, share) in [("Netherlands", 40.0), ("South Korea", 10.0)] {
        let rows = read.ask(&format!("{who} in Brazil of hs:080610 exports"), "2023-01").expect("an answer");
        assert_eq!(rows.iter().filter_map(|row| row.share_pct).collect::<Vec<_>>(), [share, share]);
    }
    assert_eq!(read.left_out(), 0);
}

#[test]
fn wits_has_a_table_of_products_too() {
    let read = read("wits-product.csv");
    is(read.share("China in Chile of all-goods exports", "2020"), 60.0);
    is(read.share("China in Chile of indicator:Invented goods exports", "2020"), 80.0);
    assert_eq!(read.left_out(), 0);
}

#[test]
fn eurostat_without_a_unit_is_told_and_never_divided() {
    let read = read("eurostat-other.csv");
    let told = read.refusal("in World of indicator:INVENTED_RATES.USD", "2021");
    assert!(told.contains(" is 1.5 "), "{told}");
}

#[test]
fn an_archive_of_the_world_bank_holds_lists_beside_its_table() {
    assert!(read("Metadata_Country_invented.csv").says("a code list: 2 codes"));
    assert!(read("Metadata_Indicator_invented.csv").says("a code list: 1 code"));
}

#[test]
fn brazils_site_may_have_flow_and_year_in_the_header() {
    let read = read("comexstat-wide.csv");
    let rows = read.ask("Germany in Brazil of hs:080610 exports", "2022").expect("an answer");
    assert_eq!(rows.iter().filter_map(|row| row.share_pct).collect::<Vec<_>>(), [30.0, 30.0]);
    let rows = read.ask("Germany in Brazil of hs:080610 imports", "2023").expect("an answer");
    assert_eq!(rows.iter().filter_map(|row| row.share_pct).collect::<Vec<_>>(), [100.0]);
}

#[test]
fn destatis_is_told_and_never_divided() {
    let read = read("destatis-flat.csv");
    let told = read.refusal("in Germany of indicator:99999.Erfundenes Land", "2022");
    assert!(told.contains("1234.5"), "{told}");
    assert!(read.says("is a remark, not a row: __________"));
    assert_eq!(read.left_out(), 0);
}

/// Every profile has an invented table that it reads, but for lists and sisters of a star.
#[test]
fn every_profile_has_a_fixture() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut read = std::collections::BTreeSet::new();
    let files = |path: &str| {
        let mut files: Vec<_> = std::fs::read_dir(folder.join(path))
            .expect("there")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        files.sort();
        files
    };
    let options =
        tradeshare::ingest::table::TableOptions { market: Some(place("Ireland")), ..Default::default() };
    for path in files("fixtures/tables").into_iter().chain(files("fixtures/tables/star")) {
        if path.is_file() && path.extension().is_some_and(|ending| ending != "toml") {
            let bytes = std::fs::read(&path).expect("there");
            let reading = tradeshare::ingest::table::read_beside(&path, &bytes, &options, path.parent());
            read.extend(reading.ok().map(|reading| reading.profile));
        }
    }
    let missing: Vec<String> = files("src/ingest/table/profiles")
        .iter()
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .filter(|profile| !read.contains(profile))
        .collect();
    assert!(missing.is_empty(), "no fixture is read by {missing:?}; these are: {read:?}");
}
