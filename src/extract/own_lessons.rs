//! Sentences of our own to learn from beside the passages: what each wording of `data/lessons.tsv` means.
//!
//! Every row is filled several times with names from the lists below, in a fixed order. Rows without figures teach
//! what is none.

use super::learn::{Answer, Passage};
use crate::model::Article;
use crate::reference::places;

const PLACES: &[&str] = &[
    "CHN", "PER", "NOR", "JPN", "CHL", "IND", "POL", "KEN", "USA", "BRA", "TUR", "DEU", "VNM", "EGY", "KOR",
    "FRA", "KAZ", "MEX", "IDN", "ZAF", "AUS", "ITA", "RUS", "THA", "ESP", "CAN",
];
const GOODS: &[(&str, &str)] = &[
    ("wheat", "wheat"),
    ("copper", "copper"),
    ("natural gas", "natural-gas"),
    ("crude oil", "crude-oil"),
    ("coal", "coal"),
    ("steel", "steel"),
    ("rare earths", "rare-earths"),
    ("used cars", "used-cars"),
    ("soybeans", "soybeans"),
    ("cocoa", "cocoa"),
    ("fertilisers", "fertilisers"),
    ("solar panels", "solar-panels"),
    ("beef", "beef"),
];
const CARS: &[&str] =
    &["Toyota", "Volkswagen", "Kia", "Renault", "BYD", "Hyundai", "Chery", "Skoda", "Suzuki"];
const PHONES: &[&str] = &["Samsung", "Xiaomi", "Tecno", "Oppo", "Vivo", "Huawei", "Realme"];
const TIMES: &[(&str, &str)] = &[
    ("2023", "2023"),
    ("the first quarter of 2024", "2024-Q1"),
    ("May 2024", "2024-05"),
    ("the first half of 2023", "2023-H1"),
    ("2022", "2022"),
];
/// How often each row is filled.
const FILLS: usize = 4;

/// Returns the filled sentences, each as a passage of its own.
pub(crate) fn own_lessons() -> Vec<Passage> {
    let rows = include_str!("data/lessons.tsv").lines().skip(1).filter_map(|line| line.split_once('\t'));
    rows.enumerate()
        .flat_map(|(row, (text, figures))| {
            (0..FILLS).filter_map(move |fill| passage(row * 7 + fill * 5, text, figures))
        })
        .collect()
}

fn passage(seed: usize, template: &str, figures: &str) -> Option<Passage> {
    let place = |n: usize| places().get(PLACES[n % PLACES.len()]);
    let (subject, market) = (place(seed * 3 + 1)?, place(seed * 5 + 2)?);
    if subject.id == market.id {
        return None;
    }
    let adjective = |place: &crate::reference::Place| {
        let found = place.names.iter().find(|n| n.form == crate::reference::NameForm::Adjective);
        found.map_or_else(|| place.name.clone(), |n| n.text.clone())
    };
    let shown = |name: &str| {
        if matches!(name, "United States" | "Netherlands") { format!("the {name}") } else { name.to_owned() }
    };
    let (goods, key) = GOODS[seed % GOODS.len()];
    let (car, rival) = (CARS[seed % CARS.len()], CARS[(seed + 4) % CARS.len()]);
    let (phone, other) = (PHONES[seed % PHONES.len()], PHONES[(seed + 3) % PHONES.len()]);
    let (time, period) = TIMES[seed % TIMES.len()];
    let (v, w) = (11 + seed * 13 % 71, 5 + seed * 7 % 33);
    if v == w {
        return None;
    }
    let mut text = template.to_owned();
    for (slot, name) in [
        ("S", shown(&subject.name)),
        ("M", shown(&market.name)),
        ("B", car.to_owned()),
        ("C", rival.to_owned()),
        ("D", phone.to_owned()),
        ("E", other.to_owned()),
    ] {
        text = text
            .replace(&format!("{{{slot}'s}}"), &format!("{name}'s"))
            .replace(&format!("{{{slot}}}"), &name);
    }
    text = text
        .replace("{Sadj}", &adjective(subject))
        .replace("{Madj}", &adjective(market))
        .replace("{P}", goods)
        .replace("{T}", time)
        .replace("{V}", &v.to_string())
        .replace("{W}", &w.to_string());
    if let Some(first) = text.get(..1).map(str::to_uppercase) {
        text.replace_range(..1, &first);
    }
    let makers = template.contains("{B") || template.contains("{D");
    let product = match (makers, template.contains("phone")) {
        (_, true) => "smartphones",
        (true, _) => "passenger-cars",
        _ if template.contains("ar market")
            || template.contains("car sales")
            || template.contains("cars sold") =>
        {
            "passenger-cars"
        }
        _ => key,
    };
    let answers = figures
        .split(';')
        .filter(|spec| !spec.is_empty())
        .filter_map(|spec| {
            let cells: Vec<&str> = spec.splitn(6, ' ').collect();
            let (value, quote) = match cells[1] {
                "V" => (v as f64, v.to_string()),
                "W" => (w as f64, w.to_string()),
                rank => (rank.parse().ok()?, (*cells.get(5)?).to_owned()),
            };
            let name = |slot: &str| match slot {
                "S" => ("country", subject.name.clone()),
                "M" => ("country", market.name.clone()),
                "B" => ("brand", car.to_owned()),
                "C" => ("brand", rival.to_owned()),
                "D" => ("brand", phone.to_owned()),
                "E" => ("brand", other.to_owned()),
                other => ("region", other.to_owned()),
            };
            let (kind, who) = name(cells[2]);
            let (_, market) = name(cells[3]);
            let json = serde_json::json!({
                "measure": cells[0], "value": value, "value_max": null,
                "subject": {"kind": kind, "name": who}, "market": market, "product": product,
                "basis": cells[4], "period": template.contains("{T}").then_some(period), "quote": quote,
            });
            serde_json::from_value::<Answer>(json).ok()
        })
        .collect();
    let article = Article {
        id: format!("own-{seed}"),
        published: "2024-06-20".parse().ok(),
        lang: Some("en".to_owned()),
        text,
        ..Article::default()
    };
    Some(Passage { article, figures: answers })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_filled_and_no_slot_is_left_open() {
        let all = own_lessons();
        assert!(all.len() > 200);
        for passage in &all {
            assert!(!passage.article.text.contains('{'), "{}", passage.article.text);
        }
        let first = &all[0];
        assert!(first.article.text.contains("came from"));
        assert_eq!(first.figures.len(), 1);
    }
}
