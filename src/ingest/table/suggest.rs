//! A mapping for a table of an unknown shape: guesses with their reasons, for a person to look through.

use super::guess::{self, Column, Kind};
use super::{flow, frame, recognise, when};
use crate::reference::{brands, places};
use std::fmt::Write;

/// Writes the mapping of a decoded table; `None` when no delimiter cuts it into columns.
pub(super) fn suggest(name: &str, text: &str) -> Option<String> {
    let delimiter = *frame::delimiters(text).first()?;
    let (_, width) = frame::evenness(frame::head(text), delimiter)?;
    let (header, body) = frame::likely_header(text, delimiter)?;
    let cells = guess::number_form(text, body, delimiter, width);
    let mut columns = guess::columns(text, body, delimiter, &header, &cells);
    let mut out = String::new();
    let stem = recognise::stem(std::path::Path::new(name));
    let _ = writeln!(
        out,
        "# A mapping for {}, guessed from its header and first rows. Look it through, then read",
        shown(&stem)
    );
    let _ = writeln!(out, "# the table with it: `tradeshare ingest FILE --map THIS.toml --dry-run`.");
    let _ = writeln!(out, "name = {}\n", literal(&stem));
    out.push_str("[read]\n");
    let _ = writeln!(out, "delimiter = {}", literal(&char::from(delimiter).to_string()));
    if cells.decimal != '.' {
        let _ = writeln!(out, "decimal = {}", literal(&cells.decimal.to_string()));
    }
    if let Some(mark) = cells.thousands {
        let _ = writeln!(out, "thousands = {}", literal(&mark.to_string()));
    }
    out.push_str(DATASET);
    let shares = guess::add_up_to_100(text, body, delimiter, &columns, &cells);
    Sections { out: &mut out, columns: &mut columns, shares }.write();
    Some(out)
}

const DATASET: &str = r#"
[dataset]
# key = "my-source"      # rows of one key are one source; the mapping's name when left out
# name = "My source"     # for chart footers
# currency = "USD"       # of [value]
# selection = true       # a top ten or chosen partners: sums over it are no market
# exhaustive = true      # a partner that is not listed traded nothing
"#;

/// Takes line ends and control marks out, for comments.
pub(super) fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(40).collect()
}

fn literal(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

struct Sections<'a> {
    out: &'a mut String,
    columns: &'a mut Vec<Column>,
    /// Whether each row's numbers add up to 100.
    shares: bool,
}

impl Sections<'_> {
    /// Takes the best column: one whose header has a word, in the order of the words, else any when `any`.
    fn take(&mut self, fits: impl Fn(&Kind) -> bool, words: &[&str], any: bool) -> Option<usize> {
        let free = |column: &&mut Column| !column.used && fits(&column.kind);
        let holds = |column: &Column, word: &str| column.header.to_lowercase().contains(word);
        let at = words
            .iter()
            .find_map(|word| {
                self.columns
                    .iter()
                    .position(|column| !column.used && fits(&column.kind) && holds(column, word))
            })
            .or_else(|| if any { self.columns.iter_mut().position(|column| free(&column)) } else { None })?;
        self.columns[at].used = true;
        Some(at)
    }

    /// Names a column as the mapping does: by its header, else by its place.
    fn name(&self, at: usize) -> String {
        let header = &self.columns[at].header;
        let doubled = self.columns.iter().filter(|column| column.header == *header).count() > 1;
        if header.is_empty() || doubled || header.contains(['|', '{', '*']) || header.starts_with('#') {
            literal(&format!("#{}", at + 1))
        } else {
            literal(header)
        }
    }

    fn line(&mut self, key: &str, at: usize) {
        let (name, reason) = (self.name(at), self.columns[at].reason.clone());
        let _ = writeln!(self.out, "{key} = {name} # {reason}");
    }

    fn write(&mut self) {
        let periods = self.columns.iter().filter(|column| when::read(&column.header, None).is_some()).count();
        let wide_brands = self
            .columns
            .iter()
            .filter(|column| column.kind == Kind::Number && brands().find(&column.header).is_ok())
            .count();
        let wide = if periods >= 3 {
            Some("period")
        } else if wide_brands >= 2 {
            Some("subject")
        } else {
            None
        };
        if wide == Some("period") {
            for column in self.columns.iter_mut().filter(|column| when::read(&column.header, None).is_some())
            {
                column.used = true;
            }
        }
        let flow = self.take(|kind| *kind == Kind::Flow, &[], true);
        self.market_and_subject(flow.is_some(), wide == Some("subject"));
        self.commodity();
        self.out.push_str("\n[flow]\n");
        match flow {
            Some(at) => {
                self.line("column", at);
                self.out.push_str("# Re-exports are inside exports: `memo exports`. Other meanings: a basis, or `skip`.\n[flow.words]\n");
                for value in self.columns[at].values.clone() {
                    let _ = writeln!(self.out, "{} = {}", literal(&value), literal(flow::common_meaning(&value)));
                }
            }
            None => self.out.push_str(
                "# imports, exports, sales, registrations, shipments, production, revenue, usage, installed, capacity, consumption\n# basis = \"imports\"\n",
            ),
        }
        self.period(wide == Some("period"));
        self.amounts(wide);
    }

    fn market_and_subject(&mut self, trade: bool, subject_is_wide: bool) {
        let place = |kind: &Kind| matches!(kind, Kind::Place(_));
        let brand = self.take(|kind| *kind == Kind::Brand, &[], !subject_is_wide);
        let market_words = ["reporter", "importer", "declarant", "market", "destination"];
        let subject_words = ["partner", "exporter", "origin", "counterpart", "supplier"];
        let subject =
            if subject_is_wide { None } else { brand.or_else(|| self.take(place, &subject_words, false)) };
        let market = self.take(place, &market_words, false);
        let (market, subject) = match (market, subject) {
            (None, Some(subject)) => (self.take(place, &[], true), Some(subject)),
            (None, None) if trade || subject_is_wide => (self.take(place, &[], true), None),
            (market, None) if !subject_is_wide => (market, self.take(place, &[], true)),
            both => both,
        };
        self.out.push_str("\n# Whose total it is.\n[market]\n");
        match market {
            Some(at) => self.who(at),
            None => self.out.push_str("# No column looks like it; without one:\n# value = \"Russia\"\n"),
        }
        self.out.push_str("\n# Who holds the part.\n[subject]\n");
        match subject {
            Some(at) => {
                self.who(at);
                self.special_rows(at);
            }
            None if subject_is_wide => self.out.push_str("codes = \"brand\" # the header cells of the wide columns\n"),
            None => self.out.push_str("# No column looks like it.\n# column = \"\"\n# codes = \"place\" # or brand, product, iso3, iso2, m49, comtrade, eurostat, any\n"),
        }
    }

    fn who(&mut self, at: usize) {
        self.line("column", at);
        let codes = match self.columns[at].kind {
            Kind::Place(codes) => codes,
            Kind::Brand => "brand",
            _ => "any",
        };
        let _ = writeln!(self.out, "codes = \"{codes}\"");
    }

    /// Lists the cells that are totals or rests by their names.
    fn special_rows(&mut self, at: usize) {
        let values = self.columns[at].values.clone();
        for (key, test) in
            [("total", super::words::is_total as fn(&str) -> bool), ("residual", super::words::is_residual)]
        {
            let found: Vec<String> = values
                .iter()
                .filter(|value| test(value) && places().find(value).is_err())
                .map(|value| literal(value))
                .collect();
            if !found.is_empty() {
                let _ = writeln!(self.out, "{key} = [{}]", found.join(", "));
            }
        }
    }

    fn commodity(&mut self) {
        self.out.push_str("\n[commodity]\n");
        match self.take(|kind| *kind == Kind::Hs, &["hs", "cmd", "commodity", "product", "tariff"], true) {
            Some(at) => {
                self.line("column", at);
                self.out.push_str("scheme = \"HS\" # the edition is part of the code: HS1992 … HS2022 where it is known\n");
                if let Some(title) = self.take(|kind| *kind == Kind::Words, &["desc", "commodity", "product", "title", "name"], false) {
                    self.line("title", title);
                }
            }
            None => self.out.push_str("# No column looks like it. A key of `tradeshare ref product` for all rows:\n# product = \"passenger-cars\"\n"),
        }
    }

    fn period(&mut self, wide: bool) {
        self.out.push_str("\n[period]\n");
        if wide {
            self.out.push_str("# The header cells of the wide columns.\n");
            return;
        }
        match self.take(|kind| *kind == Kind::Period, &["period", "month", "date", "time", "year"], true) {
            Some(at) => {
                self.line("column", at);
                if let Some(month) = self.take(|kind| *kind == Kind::Month, &[], true) {
                    self.line("month", month);
                }
            }
            None => self.out.push_str("# No column looks like it; without one:\n# value = \"2022-Q2\"\n"),
        }
    }

    fn amounts(&mut self, wide: Option<&str>) {
        const WORDS: [(&str, &[&str], &str); 4] = [
            ("share", &["share", "percent", "%", "perc"], ""),
            (
                "weight",
                &["kg", "tonne", "weight", "netto"],
                "# factor = 1000 # to kilograms, when these are tonnes\n",
            ),
            (
                "value",
                &["value", "usd", "us$", "eur", "amount", "fob", "cif", "price"],
                "# factor = 1000 # when these are thousands\n",
            ),
            (
                "quantity",
                &["units", "quantity", "qty", "number", "count", "sales", "registrations", "volume"],
                "",
            ),
        ];
        if let Some(of) = wide {
            let _ = writeln!(
                self.out,
                "\n# Each of these columns holds one number of the row.\n[wide]\nof = \"{of}\""
            );
            self.out.push_str(if self.shares {
                "\n# The numbers of each row add up to 100.\n[share]\ncounts = \"unspecified\" # units, value, weight, energy\n"
            } else {
                "\n# What the numbers are: [value], [weight], [quantity] or [share].\n[quantity]\nunit = \"items\"\n"
            });
            return;
        }
        let mut any = false;
        for (measure, words, remark) in WORDS {
            let Some(at) = self.take(|kind| *kind == Kind::Number, words, false) else { continue };
            if measure == "share" || !any {
                let _ = writeln!(self.out);
            } else {
                self.out.push('\n');
            }
            let _ = writeln!(self.out, "[{measure}]");
            self.line("column", at);
            self.out.push_str(remark);
            if measure == "quantity" {
                match self.take(|kind| *kind == Kind::Unit, &[], true) {
                    Some(unit) => self.line("unit_column", unit),
                    None => self.out.push_str("unit = \"items\"\n"),
                }
            }
            any = true;
            if measure == "share" {
                self.out.push_str("counts = \"unspecified\" # units, value, weight, energy\n");
                break;
            }
        }
        let left: Vec<String> = (0..self.columns.len())
            .filter(|at| !self.columns[*at].used && self.columns[*at].kind == Kind::Number)
            .map(|at| self.name(at))
            .collect();
        if !any {
            self.out.push_str(
                "\n# No header says what the numbers are: [value], [weight], [quantity] or [share].\n",
            );
            if let Some(first) = left.first() {
                let _ = writeln!(self.out, "# [value]\n# column = {first}");
            }
        }
        if !left.is_empty() {
            let _ = writeln!(self.out, "\n# Columns of numbers that are not used: {}", left.join(", "));
        }
        let words: Vec<String> = (0..self.columns.len())
            .filter(|at| {
                !self.columns[*at].used
                    && self.columns[*at].kind != Kind::Number
                    && self.columns[*at].values.len() > 1
            })
            .map(|at| self.name(at))
            .collect();
        if !words.is_empty() {
            let _ = writeln!(
                self.out,
                "\n# Columns that are not used: {}. If one splits the rows into breakdowns, keep one part of it:\n# [[keep]]\n# column = {}\n# values = [\"Total\"]\n# why = \"broken down\"",
                words.join(", "),
                words[0]
            );
        }
    }
}
