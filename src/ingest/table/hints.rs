//! Words of headers and titles, in the languages that tables come in: what they say a column or a table holds.

use crate::model::Basis;
use crate::reference::{fold, places, products};

/// What a header cell says its column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Year,
    Month,
    Quarter,
    Period,
    /// Whose total it is.
    Market,
    /// The other side of the trade.
    Partner,
    Place,
    Brand,
    Commodity,
    Flow,
    Unit,
    Share,
    Weight,
    Value,
    Quantity,
}

/// Words by what they say, folded; those of four letters and more may also be inside a longer word.
const HEADERS: &[(Says, &[&str])] = &[
    (
        Says::Year,
        &["year", "refyear", "jahr", "annee", "ano", "anno", "an", "rok", "год", "yil", "年", "年份", "年度"],
    ),
    (Says::Month, &["month", "mon", "monat", "mois", "mes", "mese", "miesiac", "месяц", "ay", "月", "月份"]),
    (Says::Quarter, &["quarter", "quartal", "trimestre", "kwartal", "квартал", "季度"]),
    (
        Says::Period,
        &[
            "period",
            "date",
            "time",
            "zeitraum",
            "periode",
            "periodo",
            "datum",
            "fecha",
            "период",
            "дата",
            "年月",
            "日期",
        ],
    ),
    (
        Says::Market,
        &[
            "reporter",
            "importer",
            "declarant",
            "market",
            "berichtsland",
            "markt",
            "marche",
            "mercado",
            "importateur",
            "importador",
        ],
    ),
    (
        Says::Partner,
        &[
            "partner",
            "origin",
            "exporter",
            "counterpart",
            "supplier",
            "destination",
            "ursprungsland",
            "herkunftsland",
            "bestimmungsland",
            "ursprung",
            "origine",
            "provenance",
            "origen",
            "destino",
            "origem",
            "partenaire",
            "socio",
            "страна происхождения",
            "партнер",
            "贸易伙伴",
            "原产",
            "相手国",
        ],
    ),
    (
        Says::Place,
        &[
            "country",
            "countries",
            "geo",
            "area",
            "region",
            "economy",
            "nation",
            "land",
            "lander",
            "pays",
            "pais",
            "paises",
            "paese",
            "kraj",
            "ulke",
            "страна",
            "国家",
            "国名",
            "国別",
            "国",
        ],
    ),
    (
        Says::Brand,
        &[
            "make",
            "brand",
            "vendor",
            "manufacturer",
            "company",
            "maker",
            "marke",
            "hersteller",
            "marque",
            "constructeur",
            "marca",
            "fabricante",
            "merk",
            "marka",
            "марка",
            "бренд",
            "производитель",
            "品牌",
            "メーカー",
            "ブランド",
        ],
    ),
    (
        Says::Commodity,
        &[
            "hs",
            "hs2",
            "hs4",
            "hs6",
            "hs8",
            "hscode",
            "cmd",
            "cmdcode",
            "commodity",
            "product",
            "tariff",
            "cn",
            "cn8",
            "kn8",
            "taric",
            "ncm",
            "tnved",
            "tn ved",
            "тн вэд",
            "тнвэд",
            "warennummer",
            "warennr",
            "zolltarifnummer",
            "produit",
            "producto",
            "produto",
            "partida",
            "nomenclature",
            "商品编码",
            "品目",
            "code sh",
            "sh6",
            "sh4",
        ],
    ),
    (Says::Flow, &["flow", "tradeflow", "flux", "flujo", "fluxo", "richtung", "направление"]),
    (
        Says::Unit,
        &[
            "unit of measure",
            "uom",
            "einheit",
            "mengeneinheit",
            "unite",
            "unidad",
            "unidade",
            "единица",
            "计量单位",
        ],
    ),
    (
        Says::Share,
        &[
            "share",
            "percent",
            "percentage",
            "pct",
            "perc",
            "anteil",
            "part de marche",
            "cuota",
            "participacion",
            "participacao",
            "quota",
            "доля",
            "份额",
            "シェア",
        ],
    ),
    (
        Says::Weight,
        &[
            "kg",
            "kgs",
            "tonne",
            "tonnes",
            "tonnen",
            "tons",
            "weight",
            "netweight",
            "netto",
            "gewicht",
            "poids",
            "peso",
            "вес",
            "нетто",
            "quilograma",
            "重量",
            "千克",
        ],
    ),
    (
        Says::Value,
        &[
            "value",
            "usd",
            "us",
            "eur",
            "euro",
            "gbp",
            "jpy",
            "cny",
            "rub",
            "amount",
            "fob",
            "cif",
            "price",
            "revenue",
            "turnover",
            "wert",
            "betrag",
            "umsatz",
            "valeur",
            "montant",
            "valor",
            "importe",
            "valore",
            "стоимость",
            "金額",
            "金额",
            "美元",
            "人民币",
        ],
    ),
    (
        Says::Quantity,
        &[
            "quantity",
            "qty",
            "units",
            "number",
            "count",
            "sales",
            "sold",
            "registrations",
            "shipments",
            "volume",
            "vehicles",
            "cars",
            "stuck",
            "stk",
            "anzahl",
            "menge",
            "neuzulassungen",
            "zulassungen",
            "immatriculations",
            "matriculaciones",
            "unites",
            "unidades",
            "cantidad",
            "quantidade",
            "quantite",
            "ventes",
            "ventas",
            "vendas",
            "количество",
            "продажи",
            "数量",
            "台数",
            "销量",
        ],
    ),
];

/// Words for which total a table is about.
const BASES: &[(Basis, &[&str])] = &[
    (
        Basis::Registrations,
        &[
            "registration",
            "registrations",
            "neuzulassungen",
            "zulassungen",
            "immatriculations",
            "matriculaciones",
            "matriculas",
            "immatricolazioni",
            "регистрации",
            "上牌",
        ],
    ),
    (
        Basis::Exports,
        &[
            "export",
            "exports",
            "exported",
            "ausfuhr",
            "ausfuhren",
            "exportations",
            "exportaciones",
            "exportacoes",
            "esportazioni",
            "eksport",
            "экспорт",
            "вывоз",
            "出口",
            "輸出",
        ],
    ),
    (
        Basis::Imports,
        &[
            "import",
            "imports",
            "imported",
            "einfuhr",
            "einfuhren",
            "importations",
            "importaciones",
            "importacoes",
            "importazioni",
            "импорт",
            "ввоз",
            "进口",
            "輸入",
        ],
    ),
    (Basis::Shipments, &["shipment", "shipments", "lieferungen", "出货量"]),
    (
        Basis::Production,
        &["production", "produktion", "produccion", "producao", "produzione", "производство", "产量"],
    ),
    (
        Basis::Sales,
        &["sales", "sold", "verkaufe", "absatz", "ventes", "ventas", "vendas", "vendite", "продажи", "销量"],
    ),
];

/// Marks of money, folded or as they stand, and their ISO 4217 codes.
const CURRENCIES: &[(&str, &str)] = &[
    ("us$", "USD"),
    ("usd", "USD"),
    ("dollars", "USD"),
    ("dolares", "USD"),
    ("eur", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("€", "EUR"),
    ("gbp", "GBP"),
    ("£", "GBP"),
    ("jpy", "JPY"),
    ("yen", "JPY"),
    ("cny", "CNY"),
    ("rmb", "CNY"),
    ("yuan", "CNY"),
    ("rub", "RUB"),
    ("rubles", "RUB"),
    ("chf", "CHF"),
    ("inr", "INR"),
    ("brl", "BRL"),
    ("r$", "BRL"),
    ("$", "USD"),
    ("美元", "USD"),
    ("人民币", "CNY"),
];

/// Words for powers of ten.
const SCALES: &[(f64, &[&str])] = &[
    (
        1e3,
        &[
            "thousand",
            "thousands",
            "000",
            "000s",
            "tsd",
            "tausend",
            "mil",
            "miles",
            "milliers",
            "тыс",
            "千",
            "k",
        ],
    ),
    (1e6, &["million", "millions", "mio", "mn", "millionen", "millones", "milhoes", "млн", "百万"]),
    (1e9, &["billion", "billions", "bn", "mrd", "milliarden", "milliards", "млрд", "十亿"]),
];

/// Says whether a header cell has a word for it.
pub(super) fn says(header: &str, what: Says) -> bool {
    let folded = fold(header);
    let money = what == Says::Value && header.contains(['€', '$', '£', '¥']);
    let percent = what == Says::Share && header.contains('%');
    money
        || percent
        || HEADERS.iter().any(|(one, list)| *one == what && list.iter().any(|word| holds(&folded, word)))
}

/// Says whether the folded text has the word: by itself, or inside another when it is long or not Latin.
fn holds(folded: &str, word: &str) -> bool {
    let long = word.chars().count() > 3 || !word.is_ascii();
    folded.split(' ').any(|one| one == word) || (long && folded.contains(word))
}

/// Says whether the folded text has the word by itself.
fn has_word(folded: &str, word: &str) -> bool {
    format!(" {folded} ").contains(&format!(" {word} ")) || (!word.is_ascii() && folded.contains(word))
}

/// Returns which total a title speaks of, and the word that says so.
pub(super) fn basis(text: &str) -> Option<(Basis, &'static str)> {
    let folded = fold(text);
    BASES.iter().find_map(|(basis, words)| {
        words.iter().find(|word| has_word(&folded, word)).map(|word| (*basis, *word))
    })
}

/// Returns the currency that a header or title names.
pub(super) fn currency(text: &str) -> Option<&'static str> {
    let (folded, lower) = (fold(text), text.to_lowercase());
    let named = |word: &str| {
        if word.chars().all(char::is_alphabetic) { has_word(&folded, word) } else { lower.contains(word) }
    };
    CURRENCIES.iter().find(|(word, _)| named(word)).map(|(_, code)| *code)
}

/// Returns the power of ten that a header or title names.
pub(super) fn scale(text: &str) -> Option<f64> {
    let folded = fold(text);
    SCALES.iter().find(|(_, words)| words.iter().any(|word| has_word(&folded, word))).map(|(scale, _)| *scale)
}

/// Returns how many kilograms one of the header's unit is: `(t)` a thousand.
pub(super) fn kilograms(header: &str) -> Option<f64> {
    let folded = fold(header);
    let any = |words: &[&str]| words.iter().any(|word| has_word(&folded, word));
    let one = if any(&["kg", "kgs", "kilogram", "kilograms", "千克"]) {
        1.0
    } else if any(&["t", "tonne", "tonnes", "tonnen", "tons", "mt", "toneladas", "тонн", "吨"]) {
        1000.0
    } else {
        return None;
    };
    Some(one * scale(header).unwrap_or(1.0))
}

/// Returns `FOB` or `CIF` when the text says it.
pub(super) fn valuation(text: &str) -> Option<&'static str> {
    let folded = fold(text);
    ["FOB", "CIF"].into_iter().find(|word| has_word(&folded, &word.to_lowercase()))
}

/// Returns the country or group that a title names, where it names just one.
pub(super) fn place(text: &str) -> Option<&'static crate::reference::Place> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).collect();
    let mut found: Option<&crate::reference::Place> = None;
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=4.min(words.len() - at)).rev().find_map(|length| {
            let name = words[at..at + length].join(" ");
            let capital = name.starts_with(char::is_uppercase) && name.len() > 3;
            let place = places().find(&name).ok().or_else(|| super::names::find(&name));
            place.filter(|_| capital).map(|place| (length, place))
        });
        match longest {
            Some((_, other)) if found.is_some_and(|found| found.id != other.id) => return None,
            Some((length, place)) => {
                found = Some(place);
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// Returns the key of the product that a title names, by its longest words.
pub(super) fn product(text: &str) -> Option<&'static str> {
    let words: Vec<String> = fold(text).split(' ').map(str::to_owned).collect();
    (1..=4.min(words.len())).rev().find_map(|length| {
        words.windows(length).find_map(|window| {
            let name = window.join(" ");
            // `Exports` is a flow here, whatever it may be elsewhere.
            let product =
                (name.len() > 2 && basis(&name).is_none()).then(|| products().find(&name).ok())??;
            Some(product.key.as_str())
        })
    })
}

/// Returns the one year that a title names.
pub(super) fn year(text: &str) -> Option<i32> {
    let mut years = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .filter(|year| (1950..=2060).contains(year));
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_say_what_they_hold_in_several_languages() {
        for (header, what) in [
            ("Warennummer", Says::Commodity),
            ("Ursprungsland", Says::Partner),
            ("Jahr", Says::Year),
            ("Stück", Says::Quantity),
            ("Gewicht in kg", Says::Weight),
            ("FOB value (USD thousand)", Says::Value),
            ("Valeur (€)", Says::Value),
            ("Marque", Says::Brand),
            ("Share 2023 %", Says::Share),
            ("Год", Says::Year),
            ("国名", Says::Place),
        ] {
            assert!(says(header, what), "{header} {what:?}");
        }
        // Not a word of these, though the letters are there.
        assert!(!says("Plan", Says::Year) && !says("Handset", Says::Place) && !says("Busses", Says::Value));
    }

    #[test]
    fn titles_say_basis_unit_place_product_and_year() {
        let title = "New passenger car registrations by brand, Serbia, 2023";
        assert_eq!(basis(title).map(|(basis, _)| basis), Some(Basis::Registrations));
        assert_eq!(place(title).map(|place| place.id.as_str()), Some("SRB"));
        assert_eq!(product(title), Some("passenger-cars"));
        assert_eq!(year(title), Some(2023));
        assert_eq!(
            (currency("Thousands of US dollars"), scale("Thousands of US dollars")),
            (Some("USD"), Some(1e3))
        );
        assert_eq!((currency("Wert in Mio. €"), scale("Wert in Mio. €")), (Some("EUR"), Some(1e6)));
        assert_eq!(
            (kilograms("Weight (t)"), kilograms("1 000 kg"), kilograms("Item")),
            (Some(1e3), Some(1e3), None)
        );
        assert_eq!(year("from 2019 to 2023"), None);
        assert!(place("Trade of China with Russia").is_none(), "two are none");
    }
}
