//! `tradeshare ref`: the names the program knows.

use crate::cli::Common;
use crate::cli::output::{Format, Grid};
use anyhow::Result;
use clap::{Subcommand, ValueEnum};
use jiff::civil::Date;
use serde_json::Value;
use std::process::ExitCode;
use tradeshare::model::SubjectKind;
use tradeshare::reference::{self, HsFit, NameForm, Product};

/// Look at places, groups, products, customs codes, brands and sources
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  tradeshare ref place Chinese
  tradeshare ref group EU --on 2019-07-01
  tradeshare ref product cars
  tradeshare ref hs 870380
")]
pub(in crate::cli) struct RefArgs {
    #[command(subcommand)]
    table: Table,

    /// Output format; without it a table on a terminal and CSV in a pipe
    #[arg(short, long, value_enum, global = true)]
    format: Option<Format>,
}

#[derive(Debug, Subcommand)]
enum Table {
    /// Countries, areas, regions and groups: names and codes
    Place {
        /// Name, adjective or code; without it all
        name: Vec<String>,
        /// Only places of this kind
        #[arg(long, value_enum)]
        kind: Option<PlaceKind>,
    },
    /// Members of a group or region on a day
    Group {
        /// Group or region: `EU`, `ASEAN`, `Nordic countries`
        name: Vec<String>,
        /// Day, as `2019-07-01`; without it today
        #[arg(long, value_name = "DATE")]
        on: Option<Date>,
    },
    /// Products with their words and customs codes
    Product {
        /// Key or phrase; without it all
        name: Vec<String>,
    },
    /// Products that a customs code holds
    Hs {
        /// Code: `8703`, `870380`
        code: String,
        /// Edition of the Harmonized System: 1992, 1996, 2002, 2007, 2012, 2017 or 2022
        #[arg(long)]
        edition: Option<u16>,
    },
    /// Brands, companies and platforms: home country, owner, what they make
    Brand {
        /// Name; without it all
        name: Vec<String>,
    },
    /// Statistical sources and agencies
    Source {
        /// Name; without it all
        name: Vec<String>,
    },
}

/// Kind of a place.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum PlaceKind {
    /// Countries and areas of ISO 3166
    Country,
    /// Groups and regions
    Region,
    /// States, provinces, cities
    Subnational,
    /// Statistical rests: Areas not specified, Bunkers
    Residual,
}

pub(in crate::cli) fn run(args: &RefArgs, _common: &Common) -> Result<ExitCode> {
    let grid = match &args.table {
        Table::Place { name, kind } => place(&name.join(" "), *kind)?,
        Table::Group { name, on } => group(&name.join(" "), *on)?,
        Table::Product { name } => product(&name.join(" "))?,
        Table::Hs { code, edition } => hs(code, *edition)?,
        Table::Brand { name } => brand(&name.join(" "))?,
        Table::Source { name } => source(&name.join(" "))?,
    };
    grid.print(args.format, None)?;
    Ok(ExitCode::SUCCESS)
}

fn text(value: Option<&str>) -> Value {
    value.map_or(Value::Null, Into::into)
}

fn place(name: &str, kind: Option<PlaceKind>) -> Result<Grid> {
    let table = reference::places();
    let wanted = kind.map(|kind| match kind {
        PlaceKind::Country => SubjectKind::Country,
        PlaceKind::Region => SubjectKind::Region,
        PlaceKind::Subnational => SubjectKind::Subnational,
        PlaceKind::Residual => SubjectKind::Residual,
    });
    let found: Vec<_> = if name.is_empty() {
        table.all().iter().filter(|place| wanted.is_none_or(|kind| place.kind == kind)).collect()
    } else {
        vec![table.find(name)?]
    };
    let mut grid = Grid::new(&["id", "kind", "name", "iso2", "m49", "adjectives", "other_names"]);
    for place in found {
        let (adjectives, others): (Vec<_>, Vec<_>) = place
            .names
            .iter()
            .filter(|name| name.text != place.name)
            .partition(|name| matches!(name.form, NameForm::Adjective | NameForm::Demonym));
        let list = |names: Vec<&reference::PlaceName>| {
            names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join("; ")
        };
        grid.push(vec![
            place.id.as_str().into(),
            place.kind.as_str().into(),
            place.name.as_str().into(),
            text(place.iso2.as_deref()).into(),
            text(place.m49.as_deref()).into(),
            list(adjectives).into(),
            list(others).into(),
        ]);
    }
    Ok(grid)
}

fn group(name: &str, on: Option<Date>) -> Result<Grid> {
    let table = reference::places();
    let on = on.unwrap_or_else(|| jiff::Zoned::now().date());
    let mut grid = Grid::new(&["group", "on", "member", "name"]);
    let groups: Vec<_> = if name.is_empty() { table.all().iter().collect() } else { vec![table.find(name)?] };
    for group in groups {
        for member in table.members(&group.id, on) {
            grid.push(vec![
                group.id.as_str().into(),
                on.to_string().into(),
                member.id.as_str().into(),
                member.name.as_str().into(),
            ]);
        }
    }
    Ok(grid)
}

fn codes(product: &Product) -> String {
    product
        .hs
        .iter()
        .map(|hs| {
            let range = if hs.from == hs.to { hs.from.clone() } else { format!("{}-{}", hs.from, hs.to) };
            format!("HS{} {range} {}", hs.edition, fit(hs.fit))
        })
        .collect::<Vec<_>>()
        .join("; ")
}

fn fit(fit: HsFit) -> &'static str {
    match fit {
        HsFit::Exact => "exact",
        HsFit::Broader => "broader",
        HsFit::Narrower => "narrower",
    }
}

fn product(name: &str) -> Result<Grid> {
    let table = reference::products();
    let found: Vec<_> = if name.is_empty() { table.all().iter().collect() } else { vec![table.find(name)?] };
    let mut grid = Grid::new(&["key", "label", "parent", "words", "customs_codes"]);
    for product in found {
        grid.push(vec![
            product.key.as_str().into(),
            product.label.as_str().into(),
            text(product.parent.as_deref()).into(),
            product.synonyms.join("; ").into(),
            codes(product).into(),
        ]);
    }
    Ok(grid)
}

fn hs(code: &str, edition: Option<u16>) -> Result<Grid> {
    let mut grid = Grid::new(&["code", "product", "label", "fit"]);
    for (product, how) in reference::products().by_hs(edition, code) {
        grid.push(vec![
            code.into(),
            product.key.as_str().into(),
            product.label.as_str().into(),
            fit(how).into(),
        ]);
    }
    Ok(grid)
}

fn brand(name: &str) -> Result<Grid> {
    let table = reference::brands();
    let found: Vec<_> = if name.is_empty() { table.all().iter().collect() } else { vec![table.find(name)?] };
    let mut grid = Grid::new(&["key", "name", "kind", "home", "owner", "makes", "other_names"]);
    for brand in found {
        grid.push(vec![
            brand.key.as_str().into(),
            brand.name.as_str().into(),
            brand.kind.as_str().into(),
            text(brand.home.as_deref()).into(),
            text(brand.owner.as_deref()).into(),
            brand.makes.join("; ").into(),
            brand.aliases.join("; ").into(),
        ]);
    }
    Ok(grid)
}

fn source(name: &str) -> Result<Grid> {
    let table = reference::sources();
    let found: Vec<_> = if name.is_empty() { table.all().iter().collect() } else { vec![table.find(name)?] };
    let mut grid = Grid::new(&["key", "name", "kind", "tier", "country", "other_names", "note"]);
    for source in found {
        grid.push(vec![
            source.key.as_str().into(),
            source.name.as_str().into(),
            source.kind.as_str().into(),
            source.tier.into(),
            text(source.country.as_deref()).into(),
            source.aliases.join("; ").into(),
            source.note.as_str().into(),
        ]);
    }
    Ok(grid)
}
