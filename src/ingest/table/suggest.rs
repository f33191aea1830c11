//! A mapping for a table of an unknown shape: the guess as a file to be looked through.

use super::guess::{self, Column, Kind, Look};
use super::plan::{self, Plan, Spread, Taken};
use super::{flow, known, recognise, words};
use std::fmt::Write;

/// A guess at a table.
pub(super) struct Guess {
    pub look: Look,
    pub plan: Plan,
    stem: String,
}

/// What a row needs and nothing says, with the flag that can say it.
pub(super) struct Missing {
    pub what: &'static str,
    pub flag: &'static str,
}

/// Guesses at a decoded table; `None` when no delimiter cuts it into columns.
pub(super) fn guess(name: &str, text: &str) -> Option<Guess> {
    let look = guess::look(text)?;
    let stem = recognise::stem(std::path::Path::new(name));
    let plan = plan::plan(&look, &stem);
    Some(Guess { look, plan, stem })
}

/// Takes line ends and control marks out, for comments.
pub(super) fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect()
}

fn literal(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

impl Guess {
    /// Lists what a row needs and neither a column nor a title says.
    pub(super) fn missing(&self) -> Vec<Missing> {
        let plan = &self.plan;
        let mut missing = Vec::new();
        let mut lacks = |lacking: bool, what, flag| {
            if lacking {
                missing.push(Missing { what, flag });
            }
        };
        let spread = plan.spread.as_ref().map(|(of, _)| *of);
        let subjects = matches!(spread, Some(Spread::Brands | Spread::Places));
        lacks(
            plan.market.is_none() && plan.told_market.is_none(),
            "whose market it is",
            "--table-market NAME",
        );
        lacks(plan.commodity.is_none() && plan.told_product.is_none(), "the product", "--table-product KEY");
        let timed = spread == Some(Spread::Periods) || plan.period.is_some() || plan.told_year.is_some();
        lacks(!timed, "the period", "--table-period PERIOD");
        lacks(plan.flow.is_none() && plan.told_basis.is_none(), "which total it is", "--table-flow BASIS");
        lacks(plan.subject.is_none() && !subjects, "who holds the parts", "");
        let counted = !plan.numbers.is_empty() || spread.is_some();
        lacks(!counted, "which numbers are the amounts", "");
        let unnamed = spread.is_some() && plan.spread_measure.is_empty();
        lacks(unnamed, "what the numbers are: [value], [weight], [quantity] or [share]", "");
        missing
    }

    /// Writes the mapping.
    pub(super) fn mapping(&self) -> String {
        let mut out = String::new();
        let (look, plan) = (&self.look, &self.plan);
        let _ = writeln!(
            out,
            "# A mapping for {}, guessed from its header and first rows. Look it through, then read",
            shown(&self.stem)
        );
        let _ = writeln!(out, "# the table with it: `tradeshare ingest FILE --map THIS.toml --dry-run`.");
        let missing: Vec<&str> =
            self.missing().iter().filter(|one| !one.flag.is_empty()).map(|one| one.flag).collect();
        if !missing.is_empty() {
            let _ = writeln!(
                out,
                "# Nothing says these; put them in below, or on the command line: {}",
                missing.join(" ")
            );
        }
        let _ = writeln!(out, "name = {}\n", literal(&self.stem));
        out.push_str("[read]\n");
        let _ = writeln!(out, "delimiter = {}", literal(&char::from(look.delimiter).to_string()));
        if look.cells.decimal != '.' {
            let _ = writeln!(out, "decimal = {}", literal(&look.cells.decimal.to_string()));
        }
        if let Some(mark) = look.cells.thousands {
            let _ = writeln!(out, "thousands = {}", literal(&mark.to_string()));
        }
        if let Some(number) = &look.two_ways {
            let _ = writeln!(out, "# `{number}` may also be a fraction: then the two marks change places.");
        }
        self.dataset(&mut out);
        self.market(&mut out);
        self.subject(&mut out);
        self.commodity(&mut out);
        self.flow(&mut out);
        self.period(&mut out);
        self.amounts(&mut out);
        if !plan.left.is_empty() {
            self.left(&mut out);
        }
        out
    }

    fn dataset(&self, out: &mut String) {
        out.push_str("\n[dataset]\n# key = \"my-source\"      # rows of one key are one source; the mapping's name when left out\n# name = \"My source\"     # for chart footers\n");
        match self.plan.currency {
            Some(currency) => {
                let _ = writeln!(out, "currency = {}", literal(currency));
            }
            None => out.push_str("# currency = \"USD\"       # of [value]\n"),
        }
        if let Some(valuation) = self.plan.valuation {
            let _ = writeln!(out, "valuation = {}", literal(valuation));
        }
        out.push_str("# selection = true       # a top ten or chosen partners: sums over it are no market\n# exhaustive = true      # a partner that is not listed traded nothing\n");
    }

    /// Names a column as a mapping does: by its header, else by its place.
    fn name(&self, at: usize) -> String {
        let header = &self.look.columns[at].header;
        let doubled = self.look.columns.iter().filter(|column| column.header == *header).count() > 1;
        if header.is_empty() || doubled || header.contains(['|', '{', '*']) || header.starts_with('#') {
            literal(&format!("#{}", at + 1))
        } else {
            literal(header)
        }
    }

    fn column(&self, at: usize) -> &Column {
        &self.look.columns[at]
    }

    fn line(&self, out: &mut String, key: &str, taken: &Taken) {
        let reason = &self.column(taken.at).reason;
        let _ =
            writeln!(out, "{key} = {} # {} sure: {reason}", self.name(taken.at), guess::percent(taken.sure));
    }

    fn who(&self, out: &mut String, taken: &Taken) {
        self.line(out, "column", taken);
        let codes = match self.column(taken.at).kind {
            Kind::Place(codes) => codes,
            Kind::Brand => "brand",
            _ => "any",
        };
        let _ = writeln!(out, "codes = \"{codes}\"");
    }

    fn market(&self, out: &mut String) {
        out.push_str("\n# Whose total it is.\n[market]\n");
        match (&self.plan.market, &self.plan.told_market) {
            (Some(taken), _) => self.who(out, taken),
            (None, Some(told)) => {
                let _ = writeln!(out, "value = {} # {}", literal(&told.value), told.why);
            }
            (None, None) => {
                out.push_str("# No column looks like it; `--table-market`, or:\n# value = \"Russia\"\n");
            }
        }
    }

    fn subject(&self, out: &mut String) {
        out.push_str("\n# Who holds the part.\n[subject]\n");
        match (&self.plan.subject, &self.plan.spread) {
            (Some(taken), _) => {
                self.who(out, taken);
                self.special_rows(out, taken.at);
            }
            (None, Some((Spread::Brands, _))) => {
                out.push_str("codes = \"brand\" # the header cells of the wide columns\n");
            }
            (None, Some((Spread::Places, _))) => {
                out.push_str("codes = \"place\" # the header cells of the wide columns\n");
            }
            _ => out.push_str("# No column looks like it.\n# column = \"\"\n# codes = \"place\" # or brand, product, iso3, iso2, m49, comtrade, eurostat, any\n"),
        }
    }

    /// Lists the cells that are totals or rests by their names.
    fn special_rows(&self, out: &mut String, at: usize) {
        for (key, test) in [("total", words::is_total as fn(&str) -> bool), ("residual", words::is_residual)]
        {
            let values = self.column(at).values.iter();
            let found: Vec<String> = values
                .filter(|value| test(value) && !known::place(value))
                .map(|value| literal(value))
                .collect();
            if !found.is_empty() {
                let _ = writeln!(out, "{key} = [{}]", found.join(", "));
            }
        }
    }

    fn commodity(&self, out: &mut String) {
        out.push_str("\n[commodity]\n");
        match (&self.plan.commodity, &self.plan.told_product) {
            (Some(taken), _) => {
                self.line(out, "column", taken);
                if self.column(taken.at).kind == Kind::Hs {
                    out.push_str("scheme = \"HS\" # the edition is part of the code: HS1992 … HS2022 where it is known\n");
                } else {
                    out.push_str("scheme = \"product\"\n");
                }
                if let Some(title) = &self.plan.title {
                    self.line(out, "title", title);
                }
            }
            (None, Some(told)) => {
                let _ = writeln!(out, "product = {} # {}", literal(&told.value), told.why);
            }
            (None, None) => out.push_str("# No column looks like it; `--table-product`, or a key of `tradeshare ref product` for all rows:\n# product = \"passenger-cars\"\n"),
        }
    }

    fn flow(&self, out: &mut String) {
        out.push_str("\n[flow]\n");
        match (&self.plan.flow, &self.plan.told_basis) {
            (Some(taken), _) => {
                self.line(out, "column", taken);
                out.push_str("# Re-exports are inside exports: `memo exports`. Other meanings: a basis, or `skip`.\n[flow.words]\n");
                for value in &self.column(taken.at).values {
                    let _ = writeln!(out, "{} = {}", literal(value), literal(flow::common_meaning(value)));
                }
            }
            (None, Some(told)) => {
                let _ = writeln!(out, "basis = \"{}\" # {}", told.value, told.why);
            }
            (None, None) => out.push_str(
                "# imports, exports, sales, registrations, shipments, production, revenue, usage, installed, capacity, consumption\n# basis = \"imports\"\n",
            ),
        }
    }

    fn period(&self, out: &mut String) {
        out.push_str("\n[period]\n");
        let plan = &self.plan;
        match (&plan.period, &plan.spread, &plan.told_year) {
            (Some(taken), _, _) => {
                self.line(out, "column", taken);
                for (key, part) in [("month", &plan.month), ("quarter", &plan.quarter)] {
                    if let Some(part) = part {
                        self.line(out, key, part);
                    }
                }
            }
            (None, Some((Spread::Periods, _)), _) => {
                out.push_str("# The header cells of the wide columns.\n");
            }
            (None, _, Some(told)) => {
                let _ = writeln!(out, "value = \"{}\" # {}", told.value, told.why);
            }
            _ => out.push_str("# No column looks like it; `--table-period`, or:\n# value = \"2022-Q2\"\n"),
        }
    }

    fn amounts(&self, out: &mut String) {
        let plan = &self.plan;
        if let Some((of, columns)) = &plan.spread {
            let word = if *of == Spread::Periods { "period" } else { "subject" };
            let names: Vec<String> = columns.iter().map(|at| literal(&self.column(*at).header)).collect();
            let _ = writeln!(
                out,
                "\n# Each of these columns holds one number of the row.\n[wide]\nof = \"{word}\""
            );
            match &plan.template {
                Some(common) => {
                    let _ = writeln!(out, "header = {}", literal(common));
                }
                None => {
                    let _ = writeln!(out, "columns = [{}]", names.join(", "));
                }
            }
            out.push_str(match plan.spread_measure {
                "share" => "\n# The numbers of each row add up to a whole.\n[share]\ncounts = \"unspecified\" # units, value, weight, energy\n",
                "value" => "\n[value]\n",
                "weight" => "\n[weight]\n",
                "quantity" => "\n[quantity]\nunit = \"items\"\n",
                _ => "\n# What the numbers are, nothing says: [value], [weight], [quantity] or [share].\n[quantity]\nunit = \"items\"\n",
            });
            if plan.spread_factor != 1.0 {
                let _ = writeln!(out, "factor = {}", plan.spread_factor);
            }
            return;
        }
        for number in &plan.numbers {
            let _ = writeln!(out, "\n[{}]", number.measure);
            self.line(out, "column", &number.column);
            if number.factor != 1.0 {
                let _ = writeln!(out, "factor = {}", number.factor);
            } else if number.measure == "value" {
                out.push_str("# factor = 1000 # when these are thousands\n");
            }
            match (number.measure, &plan.unit) {
                ("quantity", Some(unit)) => self.line(out, "unit_column", unit),
                ("quantity", None) => out.push_str("unit = \"items\"\n"),
                ("share", _) => out.push_str("counts = \"unspecified\" # units, value, weight, energy\n"),
                _ => {}
            }
        }
        if plan.numbers.is_empty() {
            out.push_str(
                "\n# No header says what the numbers are: [value], [weight], [quantity] or [share].\n",
            );
            let first = plan.left.iter().find(|at| self.column(**at).kind == Kind::Number);
            if let Some(first) = first {
                let _ = writeln!(out, "# [value]\n# column = {}", self.name(*first));
            }
        }
    }

    fn left(&self, out: &mut String) {
        let of = |number: bool| -> Vec<String> {
            let fits = |at: &&usize| {
                let column = self.column(**at);
                (column.kind == Kind::Number) == number && (number || column.values.len() > 1)
            };
            self.plan.left.iter().filter(fits).map(|at| self.name(*at)).collect()
        };
        let (numbers, words) = (of(true), of(false));
        if !numbers.is_empty() {
            let _ = writeln!(out, "\n# Columns of numbers that are not used: {}", numbers.join(", "));
        }
        if !words.is_empty() {
            let _ = writeln!(
                out,
                "\n# Columns that are not used: {}. If one splits the rows into breakdowns, keep one part of it:\n# [[keep]]\n# column = {}\n# values = [\"Total\"]\n# why = \"broken down\"",
                words.join(", "),
                words[0]
            );
        }
    }
}
