//! Whole readings: sentences of our own with the figures they state, and sentences that state none.

use super::Extractor;
use crate::model::{Article, Measure};
use proptest::prelude::*;
use std::sync::LazyLock;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

fn article(title: Option<&str>, published: &str, text: &str) -> Article {
    Article {
        id: "test".to_owned(),
        title: title.map(str::to_owned),
        published: published.parse().ok(),
        lang: Some("en".to_owned()),
        text: text.to_owned(),
        ..Article::default()
    }
}

fn shown(figures: &[crate::model::Figure]) -> Vec<String> {
    figures
        .iter()
        .map(|f| {
            let value = match f.measure {
                Measure::Share => format!("{}%", f.value),
                Measure::Rank => format!("#{}", f.value),
            };
            format!("{} {value} of {}", f.subject.name, f.market.name)
        })
        .collect()
}

/// Reads a text published in mid-2024 and compares subject, value and market.
#[track_caller]
fn reads(text: &str, expected: &[&str]) {
    let figures = EXTRACTOR.figures(&article(None, "2024-06-15", text));
    assert_eq!(shown(&figures), expected, "{text}");
}

#[test]
fn origin_of_imports_is_the_subject_and_the_importer_the_market() {
    reads("In 2023, 62% of the cars that Peru imported came from Japan.", &["Japan 62% of Peru"]);
    reads("Norway supplied 41% of Poland's natural gas imports in 2023.", &["Norway 41% of Poland"]);
    reads("Chile's largest supplier of wheat in 2023 was Canada.", &["Canada #1 of Chile"]);
}

#[test]
fn destination_of_exports_is_the_subject_and_the_exporter_the_market() {
    reads("China took 71% of Chile's copper exports in 2023.", &["China 71% of Chile"]);
    reads("In 2023 Ghana shipped 38% of its cocoa exports to India.", &["India 38% of Ghana"]);
}

#[test]
fn a_part_of_the_whole_worlds_output_has_the_world_as_its_market() {
    reads("Peru accounted for 11% of global copper production in 2023.", &["Peru 11% of World"]);
    reads("Apple's share of the global smartphone market rose to 19.5% in 2023.", &["Apple 19.5% of World"]);
}

#[test]
fn brands_and_their_places_hold_parts_of_sales() {
    reads("Toyota had 17.5% of new car sales in Chile in 2023.", &["Toyota 17.5% of Chile"]);
    reads("Chinese brands accounted for 28% of new car sales in Chile in 2023.", &["China 28% of Chile"]);
}

#[test]
fn products_hold_parts_of_wider_products() {
    let text = "Electric cars accounted for 18% of new car registrations in Germany in 2023.";
    let figures = EXTRACTOR.figures(&article(None, "2024-06-15", text));
    assert_eq!(shown(&figures), ["electric-cars 18% of Germany"]);
    assert_eq!(figures[0].product, "passenger-cars");
}

#[test]
fn lists_share_market_product_and_period() {
    let text = "Samsung led the Kenyan smartphone market in 2023 with 24%, followed by Xiaomi with 18% and Oppo with 9%.";
    let figures = EXTRACTOR.figures(&article(None, "2024-02-01", text));
    let shares: Vec<_> = figures.iter().filter(|f| f.measure == Measure::Share).cloned().collect();
    assert_eq!(shown(&shares), ["Samsung 24% of Kenya", "Xiaomi 18% of Kenya", "Oppo 9% of Kenya"]);
    assert!(shares.iter().all(|f| f.period == "2023".parse().ok() && f.product == "smartphones"));
}

#[test]
fn an_older_level_is_a_figure_of_its_own_period() {
    let text = "China's share of Peru's car imports rose to 34% in 2023 from 21% in 2019.";
    let figures = EXTRACTOR.figures(&article(None, "2024-06-15", text));
    assert_eq!(shown(&figures), ["China 34% of Peru", "China 21% of Peru"]);
    let periods: Vec<_> = figures.iter().filter_map(|f| f.period.map(|p| p.to_string())).collect();
    assert_eq!(periods, ["2023", "2019"]);
}

#[test]
fn a_table_typed_into_the_text_gives_each_column_its_period() {
    let text = "Phone brands in Kenya, percent of smartphone shipments:\nQ3 2023 Q4 2023 Q1 2024\n\
        Samsung 31.4 29.8 30.1\nTecno 22.6 24.1 25.3\nXiaomi 14.2 15.9 13.7";
    let figures =
        EXTRACTOR.figures(&article(Some("Kenya: smartphone market share by brand"), "2024-05-20", text));
    let periods = ["2023-Q3", "2023-Q4", "2024-Q1"];
    let columns = [[31.4, 22.6, 14.2], [29.8, 24.1, 15.9], [30.1, 25.3, 13.7]];
    let mut read = 0;
    for figure in figures.iter().filter(|f| f.measure == Measure::Share) {
        let at = columns.iter().position(|column| column.contains(&figure.value)).expect("a cell");
        assert_eq!(figure.period.map(|p| p.to_string()).as_deref(), Some(periods[at]), "{}", figure.value);
        read += 1;
    }
    assert!(read >= 3, "{read} cells are read");
}

#[test]
fn a_part_is_never_more_than_the_whole() {
    let text =
        "Chinese brands took 38% of new car sales in Chile in 2023, up 140%, and 113% of them in Peru.";
    let figures = EXTRACTOR.figures(&article(None, "2024-02-01", text));
    assert!(!figures.is_empty() && figures.iter().all(|f| f.value <= 100.0), "{figures:?}");
}

#[test]
fn short_forms_of_a_name_are_the_name_and_letters_at_numbers_are_none() {
    let text =
        "In 2023 Hero MotoCorp sold 11.5M motorcycles in Chile. Hero had 27% of the motorcycle market.";
    let article = article(None, "2024-02-01", text);
    let reading = crate::extract::reading::Reader::new().read(&article);
    let names: Vec<_> = reading
        .sents
        .iter()
        .flat_map(|s| &s.mentions)
        .filter(|m| m.product.is_none() && !m.is_place())
        .map(|m| m.subject.name.as_str())
        .collect();
    assert_eq!(names, ["Hero MotoCorp", "Hero MotoCorp"]);
}

#[test]
fn one_value_told_of_several_is_a_figure_of_each() {
    reads(
        "Toyota and Honda each had 14% of new car sales in Chile in 2023.",
        &["Toyota 14% of Chile", "Honda 14% of Chile"],
    );
    reads(
        "Samsung, Tecno and Apple, in that order, were the biggest suppliers of smartphones to Kenya in 2023.",
        &["Samsung #1 of Kenya", "Tecno #2 of Kenya", "Apple #3 of Kenya"],
    );
    let text = "In 2023 DAF was the market leader for heavy trucks in Hungary, Poland and Norway.";
    reads(text, &["DAF #1 of Hungary", "DAF #1 of Poland", "DAF #1 of Norway"]);
}

#[test]
fn a_capital_may_stand_for_its_country() {
    let text = "India took 21% of Moscow’s oil exports in 2023.";
    let reading = article(None, "2024-02-01", text);
    let reading = crate::extract::reading::Reader::new().read(&reading);
    let capital = reading.sents[0].mentions.iter().find(|m| m.subject.name == "Moscow").expect("the city");
    assert_eq!(capital.longer.as_ref().map(|country| country.name.as_str()), Some("Russia"));
}

#[test]
fn changes_rates_stakes_and_own_revenue_state_nothing() {
    for text in [
        "Smartphone shipments rose 12% in India last year, while prices fell 3%.",
        "The central bank kept its interest rate at 5.25% and sees inflation of 3.1% this year.",
        "The fund bought a 9.9% stake in the carmaker and may raise it to 15%.",
        "The government will cut the import duty on cars to 20% from 35%.",
        "The candidate won 54% of the vote, against 41% for her rival.",
        "The company's gross margin widened to 41.5% and net profit grew by a third.",
    ] {
        reads(text, &[]);
    }
}

#[test]
fn last_paragraph_of_a_long_report_is_read_and_the_rest_left_alone() {
    let text = "The two ministers met in Minsk on Tuesday and spoke for an hour. Neither side gave details.\n\
        Talks will go on next month, a spokesman said, and both capitals sounded content.\n\
        According to Reuters, 64 percent of new car imports in Belarus in the first quarter of the year were \
        Chinese-built. South Korea's Samsung also became the most popular phone brand in Belarus during that time.";
    let figures = EXTRACTOR.figures(&article(None, "2023-05-10", text));
    assert_eq!(shown(&figures), ["China 64% of Belarus", "Samsung #1 of Belarus"]);
    for figure in &figures {
        assert_eq!(figure.period.map(|p| p.to_string()).as_deref(), Some("2023-Q1"));
        assert_eq!(figure.attribution.as_deref(), Some("Reuters"));
        assert_eq!(figure.quote, text[figure.span.0..figure.span.1]);
    }
    assert_eq!(figures[0].product, "passenger-cars");
    assert_eq!(figures[1].product, "mobile-phones");
    assert_ne!(figures[1].basis, crate::model::Basis::Imports);
}

#[test]
fn another_language_gives_a_note_and_no_figures() {
    let mut german =
        article(None, "2024-01-01", "81 Prozent der Autos, die Russland einführte, kamen aus China.");
    german.lang = Some("de".to_owned());
    assert!(EXTRACTOR.note(&german).is_some_and(|note| note.contains("`de`")));
    assert!(EXTRACTOR.figures(&german).is_empty());
    assert!(EXTRACTOR.note(&article(None, "2024-01-01", "Cars.")).is_none());
}

#[test]
fn explanations_show_the_sentence_and_the_figure() {
    let text = "Toyota had 17.5% of new car sales in Chile in 2023.";
    let all = EXTRACTOR.explain(&article(None, "2024-06-15", text)).concat();
    assert!(all.contains("Toyota=MAKER") && all.contains("Chile=PLACE"), "{all}");
    assert!(all.contains("figure    Toyota 17.5% of Chile"), "{all}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_is_read_without_panic_and_quotes_are_its_own(
        text in "(%|share|of|Russia|China's|\\$|12\\.5|percent|\n|“|é|, | |led|No\\. 1|third|Apple|cars|imports|\\PC){0,60}"
    ) {
        let article = article(Some("Share of cars"), "2024-01-01", &text);
        let figures = EXTRACTOR.figures(&article);
        for figure in &figures {
            prop_assert_eq!(text.get(figure.span.0..figure.span.1), Some(figure.quote.as_str()));
            prop_assert!((0.0..=1.0).contains(&figure.confidence));
        }
        prop_assert_eq!(figures, EXTRACTOR.figures(&article));
    }
}
