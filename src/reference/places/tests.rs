use super::{NameForm, Scheme, places};
use crate::error::Error;
use crate::model::SubjectKind;
use jiff::civil::date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

#[track_caller]
fn finds(name: &str, id: &str) {
    match places().find(name) {
        Ok(place) => assert_eq!(place.id, id, "{name}"),
        Err(err) => panic!("{name}: {err}"),
    }
}

#[track_caller]
fn codes(scheme: Scheme, code: &str, year: i32, id: &str) {
    let found = places().by_code(scheme, code, Some(year)).map(|place| place.id.as_str());
    assert_eq!(found, Some(id), "{scheme:?} {code} {year}");
}

#[test]
fn every_country_of_iso_3166_is_there_and_kosovo() {
    let with_iso2 =
        places().all().iter().filter(|place| place.kind == SubjectKind::Country && place.iso2.is_some());
    let ended = ["SUN", "YUG", "SCG", "DDR", "ANT", "YMD"];
    assert_eq!(with_iso2.filter(|place| !ended.contains(&place.id.as_str())).count(), 250);
    assert_eq!(places().get("NAM").map(|place| place.name.as_str()), Some("Namibia"));
}

#[test]
fn ids_are_unique() {
    let mut seen = BTreeSet::new();
    for place in places().all() {
        assert!(seen.insert(place.id.to_uppercase()), "{}", place.id);
    }
}

#[test]
fn a_name_not_marked_ambiguous_is_of_one_place() {
    let mut bearers: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut free = BTreeSet::new();
    for place in places().all() {
        for name in &place.names {
            let key = super::key::key(&name.text);
            bearers.entry(key.clone()).or_default().insert(&place.id);
            if !name.ambiguous {
                free.insert(key);
            }
        }
    }
    let shared: Vec<_> = bearers.iter().filter(|(key, ids)| ids.len() > 1 && free.contains(*key)).collect();
    assert!(shared.is_empty(), "{shared:#?}");
}

#[test]
fn every_name_finds_its_place_or_says_that_there_are_several() {
    for place in places().all() {
        for name in &place.names {
            match places().find(&name.text) {
                Ok(found) => assert_eq!(found.id, place.id, "{}", name.text),
                Err(Error::Ambiguous { candidates, .. }) => {
                    assert!(
                        name.ambiguous && candidates.contains(&place.id),
                        "{}: {candidates:?}",
                        name.text
                    );
                }
                Err(err) => panic!("{}: {err}", name.text),
            }
        }
    }
}

#[test]
fn every_place_bears_its_plain_name() {
    for place in places().all() {
        assert!(
            place.names.iter().any(|name| name.text == place.name && name.form == NameForm::Short),
            "{}",
            place.id
        );
    }
}

#[test]
fn people_write_names_in_many_ways() {
    for (name, id) in [
        ("Viet Nam", "VNM"),
        ("rep. of korea", "KOR"),
        ("Korea, Rep.", "KOR"),
        ("Russian Federation", "RUS"),
        ("turkiye", "TUR"),
        ("TÜRKİYE", "TUR"),
        ("Turkey", "TUR"),
        ("Czech Rep.", "CZE"),
        ("U.S.", "USA"),
        ("us", "USA"),
        ("usa", "USA"),
        ("UK", "GBR"),
        ("Britain", "GBR"),
        ("China, Hong Kong SAR", "HKG"),
        ("Cote d'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Lao PDR", "LAO"),
        ("Congo, Dem. Rep.", "COD"),
        ("Dem. Rep. of the Congo", "COD"),
        ("Chinese", "CHN"),
        ("dutch", "NLD"),
        ("Americans", "USA"),
        ("Briton", "GBR"),
        ("Mainland China", "CHN"),
        ("America", "USA"),
        ("Trinidad & Tobago", "TTO"),
        ("the Netherlands", "NLD"),
        ("Other Asia, nes", "TWN"),
        ("European", "EUR"),
        ("Asian", "ASI"),
        ("worldwide", "WLD"),
        ("EU27_2020", "EU"),
        ("European Union (27)", "EU"),
        ("OPEC+", "OPEC+"),
        ("opec", "OPEC"),
        ("Anguila", "AIA"),
        ("Wallis and Futura Isl.", "WLF"),
        ("  China ", "CHN"),
        ("ru", "RUS"),
        ("EL", "GRC"),
        ("156", "CHN"),
        ("842", "USA"),
        ("california", "US-CA"),
        ("us-ca", "US-CA"),
    ] {
        finds(name, id);
    }
}

#[test]
fn a_name_of_several_places_lists_them() {
    for (name, ids) in [
        ("Congo", vec!["COD", "COG"]),
        ("Georgia", vec!["GEO", "US-GA"]),
        ("Korea", vec!["KOR", "PRK"]),
        ("Dominican", vec!["DMA", "DOM"]),
    ] {
        let Err(Error::Ambiguous { candidates, .. }) = places().find(name) else {
            panic!("{name} is of several")
        };
        assert_eq!(candidates, ids, "{name}");
        for id in ids {
            finds(id, id);
        }
    }
}

#[test]
fn tables_mean_the_country_by_a_shared_name() {
    for (name, id) in
        [("Congo", "COG"), ("Georgia", "GEO"), ("Korea", "KOR"), ("Micronesia", "FSM"), ("France", "FRA")]
    {
        assert_eq!(places().find_in_table(name).map(|place| place.id.as_str()).ok(), Some(id), "{name}");
    }
    assert!(places().find_in_table("Dominican").is_err());
    assert!(places().find_in_table("Atlantis").is_err());
}

#[test]
fn a_typo_gets_a_suggestion() {
    for (typo, meant) in
        [("Rusia", "Russia"), ("Chiina", "China"), ("Germny", "Germany"), ("Califronia", "California")]
    {
        let Err(Error::Unknown { closest, .. }) = places().find(typo) else { panic!("{typo} is unknown") };
        assert_eq!(closest.first().map(String::as_str), Some(meant), "{typo}: {closest:?}");
        assert!(closest.len() <= 3, "{closest:?}");
    }
    for nonsense in ["", "   ", "qqqqq", "-", "+"] {
        let Err(Error::Unknown { closest, .. }) = places().find(nonsense) else {
            panic!("{nonsense} is unknown")
        };
        assert!(closest.is_empty(), "{nonsense}: {closest:?}");
    }
}

#[test]
fn codes_that_are_not_iso() {
    for (code, year, id) in [
        ("842", 2020, "USA"),
        ("841", 1979, "USA"),
        ("251", 2020, "FRA"),
        ("699", 2020, "IND"),
        ("579", 2020, "NOR"),
        ("757", 2020, "CHE"),
        ("380", 2022, "ITA"),
        ("381", 2016, "ITA"),
        ("58", 1995, "X-BLX"),
        ("058", 1995, "X-BLX"),
        ("56", 2005, "BEL"),
        ("490", 2020, "TWN"),
        ("729", 2015, "SDN"),
        ("736", 2008, "X-SDN"),
        ("891", 2004, "SCG"),
        ("810", 1990, "SUN"),
        ("899", 2020, "X-NES"),
        ("837", 2020, "X-BUNKERS"),
        ("838", 2020, "X-FREE"),
        ("839", 2020, "X-SPECIAL"),
        ("0", 2020, "WLD"),
        ("000", 2020, "WLD"),
        ("4", 2020, "AFG"),
        ("004", 2020, "AFG"),
        ("516", 2020, "NAM"),
        ("492", 2020, "X-EU"),
        ("97", 2020, "EU"),
        ("840", 2020, "USA"),
        ("156 ", 2020, "CHN"),
    ] {
        codes(Scheme::Comtrade, code, year, id);
    }
    for (code, id) in [
        ("EL", "GRC"),
        ("UK", "GBR"),
        ("XK", "XKX"),
        ("EU27_2020", "EU"),
        ("EU28", "EU28"),
        ("EA19", "EA19"),
        ("DE", "DEU"),
    ] {
        codes(Scheme::Eurostat, code, 2018, id);
    }
    for (code, id) in [
        ("W00", "WLD"),
        ("WLD", "WLD"),
        ("X1 ", "X-BUNKERS"),
        ("_X ", "X-NES"),
        ("S19", "TWN"),
        ("chn", "CHN"),
    ] {
        codes(Scheme::Iso3, code, 2018, id);
    }
    codes(Scheme::Iso2, "NA", 2018, "NAM");
    codes(Scheme::M49, "36", 2018, "AUS");
    codes(Scheme::M49, "840", 2018, "USA");
}

#[test]
fn every_regional_rest_of_comtrade_is_a_residual() {
    for code in [
        "568", "577", "527", "636", "637", "473", "471", "472", "129", "221", "290", "492", "697", "879",
        "899",
    ] {
        let kind = places().by_code(Scheme::Comtrade, code, None).map(|place| place.kind);
        assert_eq!(kind, Some(SubjectKind::Residual), "{code}");
    }
}

#[test]
fn a_code_nobody_gave_finds_nothing() {
    for code in ["", "  ", "999", "QQ", "-1"] {
        assert!(places().by_code(Scheme::Comtrade, code, None).is_none(), "{code}");
        assert!(places().by_code(Scheme::Iso3, code, None).is_none(), "{code}");
    }
    assert!(places().by_code(Scheme::M49, "842", None).is_none(), "842 is Comtrade's");
    assert!(places().by_code(Scheme::Iso2, "EA19", None).is_none());
}

#[test]
fn a_code_means_one_place_in_a_year() {
    for ((scheme, code), coded) in &places().codes {
        for year in 1960..=2030 {
            let then: BTreeSet<usize> = coded
                .iter()
                .filter(|c| c.from.is_none_or(|from| from <= year) && c.to.is_none_or(|to| year <= to))
                .map(|c| c.place)
                .collect();
            assert!(then.len() <= 1, "{scheme:?} {code} in {year}");
        }
    }
}

#[test]
fn groups_have_the_members_of_the_day() {
    for (group, on, count) in [
        ("EU", date(2019, 7, 1), 28),
        ("EU", date(2020, 1, 31), 28),
        ("EU", date(2020, 2, 1), 27),
        ("EU", date(2021, 1, 1), 27),
        ("EU", date(2013, 6, 30), 27),
        ("EU", date(2013, 7, 1), 28),
        ("EU", date(2003, 1, 1), 15),
        ("EU", date(2004, 5, 1), 25),
        ("EU", date(1958, 1, 1), 6),
        ("EU", date(1950, 1, 1), 0),
        ("EA", date(2022, 12, 31), 19),
        ("EA", date(2023, 1, 1), 20),
        ("EA", date(2026, 1, 1), 21),
        ("EU28", date(2024, 1, 1), 28),
        ("EA19", date(2024, 1, 1), 19),
        ("ASEAN", date(2020, 1, 1), 10),
        ("ASEAN", date(2025, 11, 1), 11),
        ("BRICS", date(2023, 6, 1), 5),
        ("BRICS", date(2024, 6, 1), 9),
        ("BRICS", date(2025, 6, 1), 10),
        ("OPEC", date(2018, 12, 31), 15),
        ("OPEC", date(2019, 6, 1), 14),
        ("OPEC", date(2024, 1, 1), 12),
        ("G7", date(2020, 1, 1), 7),
        ("GCC", date(2020, 1, 1), 6),
        ("EAEU", date(2020, 1, 1), 5),
        ("EFTA", date(2020, 1, 1), 4),
        ("OECD", date(2022, 1, 1), 38),
        ("CHN", date(2020, 1, 1), 0),
    ] {
        let members = places().members(group, on);
        assert_eq!(
            members.len(),
            count,
            "{group} on {on}: {:?}",
            members.iter().map(|m| &m.id).collect::<Vec<_>>()
        );
    }
    let holds =
        |group, id: &str| places().members(group, date(2024, 1, 1)).iter().any(|place| place.id == id);
    assert!(holds("EUR", "GBR") && holds("ASI", "TWN") && holds("SEA", "VNM") && holds("EU", "IRL"));
    assert!(!holds("EU", "GBR") && !holds("WLD-CHN", "CHN") && !holds("OPEC", "AGO"));
}

#[expect(clippy::print_stdout, reason = "a skipped test says so")]
#[test]
fn the_names_of_the_evaluation_find_their_places() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = ["../shared/eval/places.csv", "../../shared/eval/places.csv"].map(|list| here.join(list));
    let Some(Ok(mut reader)) = list.iter().find(|list| list.exists()).map(csv::Reader::from_path) else {
        println!("skipped: no list of places beside the project");
        return;
    };
    for row in reader.records() {
        let row = row.expect("a row");
        // Both lists call North America what ISO 3166 calls Namibia.
        let id = if &row[0] == "North America" { "NAC" } else { &row[1] };
        if matches!(&row[0], "Congo" | "Georgia") {
            assert_eq!(places().find_in_table(&row[0]).map(|place| place.id.as_str()).ok(), Some(id));
        } else {
            finds(&row[0], id);
        }
    }
}

#[test]
fn partners_as_agencies_print_them_are_places() {
    for (name, id) in [
        ("Areas, nes", "X-NES"),
        ("Unspecified", "X-NES"),
        ("Europe EFTA, nes", "X-EFTA"),
        ("Rest of World", "X-ROW"),
        ("East Asia & Pacific", "EAP"),
        ("Sub-Saharan Africa", "SSA"),
        ("OECD - Total", "OECD"),
        ("Slovakia (Slovak Republic) ", "SVK"),
        ("Korea, Dem. People\u{2030}\u{db}\u{aa}s Rep.", "PRK"),
        ("China, Macao Special Administrative Region", "MAC"),
        ("Planes and ships provisions", "X-BUNKERS"),
        ("Southern African Customs Union", "SACU"),
    ] {
        assert_eq!(places().find_in_table(name).map(|place| place.id.as_str()).ok(), Some(id), "{name}");
    }
    for header in ["Source: IMF, April 2016", "Country", "Partner Name", "Total"] {
        assert!(places().find_in_table(header).is_err(), "{header}");
    }
}
