//! Countries' own totals set beside each other in a group, in the world, among those listed.

use super::*;

fn totals(rows: &[(&str, f64)], basis: Basis) -> File {
    rows.iter().fold(File::new("totals"), |file, (country, total)| {
        file.rows(country, CARS, basis, "2022", &[("World", *total)])
    })
}

const BALTS: [(&str, f64); 3] = [("Estonia", 20.0), ("Latvia", 30.0), ("Lithuania", 50.0)];

#[test]
fn a_member_is_a_part_of_the_sum_over_all_members() {
    let store = totals(&BALTS, Basis::Production).store();
    let answer = ask(&store, "Latvia in Baltics of passenger-cars", year("2022")).expect("rows");
    assert_eq!(shown(&answer), ["Latvia 30.0"]);
    assert_eq!(answer.rows[0].denominator, Denominator::ReporterSum);
    assert!(has_note(&answer, "R12"));
}

#[test]
fn a_missing_member_is_a_refusal() {
    let store = totals(&BALTS[..2], Basis::Production).store();
    let text = refused(ask(&store, "Latvia in Baltics of passenger-cars", year("2022")));
    assert!(text.starts_with("R12") && text.contains("Lithuania"), "{text}");
}

#[test]
fn a_groups_own_row_is_the_total_but_not_of_trade() {
    let with_own = |basis| {
        let rows: Vec<(&str, f64)> = BALTS[..2].iter().copied().chain([("Baltics", 120.0)]).collect();
        totals(&rows, basis).store()
    };
    let output = with_own(Basis::Production);
    let answer = ask(&output, "Latvia in Baltics of passenger-cars", year("2022")).expect("rows");
    assert_eq!(
        (shown(&answer), answer.rows[0].denominator),
        (vec!["Latvia 25.0".to_owned()], Denominator::World)
    );
    // The union's exports leave out what its members sell each other.
    let text = refused(ask(&with_own(Basis::Exports), "Latvia in Baltics of passenger-cars", year("2022")));
    assert!(text.starts_with("R12"), "{text}");
}

#[test]
fn the_world_row_is_the_total_and_few_reporters_are_no_world() {
    let store = totals(&[BALTS[0], BALTS[1], ("World", 400.0)], Basis::Exports).store();
    let answer = ask(&store, "Latvia in World of passenger-cars", year("2022")).expect("rows");
    assert_eq!(shown(&answer), ["Latvia 7.5"]);
    let store = totals(&BALTS, Basis::Exports).store();
    let text = refused(ask(&store, "Latvia in World of passenger-cars", year("2022")));
    assert!(text.starts_with("R44"), "{text}");
    let answer = ask(&store, "Latvia in those listed of passenger-cars", year("2022")).expect("rows");
    assert_eq!(shown(&answer), ["Latvia 30.0"]);
    assert!(answer.notes.iter().any(|note| note.contains("not of the world")), "{:?}", answer.notes);
}

#[test]
fn a_country_of_totals_alone_tells_its_total() {
    let store = totals(&BALTS, Basis::Exports).store();
    for words in ["World in Latvia of passenger-cars", "in Latvia of passenger-cars"] {
        let answer = ask(&store, words, year("2022")).expect("rows");
        assert_eq!(
            (shown(&answer), answer.rows[0].amount),
            (vec!["World 100.0".to_owned()], Some(30.0)),
            "{words}"
        );
    }
    let answer = ask(&store, "Japan in Latvia of passenger-cars", year("2022"));
    assert!(answer.is_ok_and(|answer| answer.rows.is_empty()), "a total says nothing of partners");
}

#[test]
fn a_make_is_the_sum_of_its_plants() {
    let rows = [("Tesla (D)", 20.0), ("Tesla (USA)", 30.0), ("Skoda", 40.0), ("Volvo (D)", 10.0)];
    let store = File::new("plants").rows("Austria", CARS, Basis::Registrations, "2022", &rows).store();
    let shares = |words: &str| shown(&ask(&store, words, year("2022")).expect("rows"));
    assert_eq!(shares("Tesla in Austria of passenger-cars"), ["Tesla 50.0"]);
    assert_eq!(shares("Tesla (D) in Austria of passenger-cars"), ["Tesla (D) 20.0"]);
    assert_eq!(shares("(D) in Austria of passenger-cars"), ["(D) 30.0"]);
    assert_eq!(shares("Skoda in Austria of passenger-cars"), ["Skoda 40.0"]);
}
