//! Amounts that somebody counted, as a table reader hands them to the store.

use super::{Basis, Figure, Period, Subject};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// What a row is to the sum of its market (R3, R5, R8, R45). Exactly the parts and residuals of one market,
/// basis, commodity and period add up to its total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// One holder's amount; parts may be added.
    Part = 0,
    /// The reported total of the market (the World row).
    Total = 1,
    /// Contains parts or other sub-totals: a region, a group, a coarser code beside its leaves. Never added.
    Subtotal = 2,
    /// Not attributed to anyone: Areas nes, Bunkers, Other. Added, never ranked.
    Residual = 3,
    /// Already inside another row (re-exports in exports) or not additive at all (per-head values). Never added.
    Memo = 4,
}

impl Role {
    /// Returns the role of a database code.
    pub fn from_code(code: i64) -> Option<Self> {
        [Self::Part, Self::Total, Self::Subtotal, Self::Residual, Self::Memo]
            .into_iter()
            .find(|r| *r as i64 == code)
    }
}

/// Observation status letters of SDMX, several allowed: `P` provisional, `E` estimated, `B` break, `Q` suppressed, `F` forecast;
/// and `+` of our own: several lines were added up, the row names the first.
pub type Flags = String;

/// Where the rows come from and what holds for all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dataset {
    /// Stable key: `comtrade`, `baci`, `statcounter`, or of a mapping file.
    pub key: String,
    /// Name for people and chart footers: `UN Comtrade`.
    pub name: String,
    /// Key of the sources table.
    pub source: String,
    /// ISO 4217 code of `value`; empty when no money is in it.
    pub currency: String,
    /// `CIF`, `FOB`, `mixed` or `unknown`.
    pub valuation: String,
    /// Whether an absent partner of a reported block traded nothing (R28).
    pub exhaustive: bool,
    /// Whether a row states the flow once for both sides (BACI: exporter and importer reconciled), so that
    /// imports of the market are also exports of the subject.
    pub reconciled: bool,
    /// Whether the file is a selection (a top ten, chosen partners): a sum over it is not a market.
    pub selection: bool,
}

/// What is traded: a code of a classification edition, or a product key of our own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Commodity {
    /// `HS` with its edition (`HS1992` … `HS2022`; `HS` when the file does not say), or `product` for our own keys.
    pub scheme: String,
    /// The code as text: `0805`, `TOTAL`, `passenger-cars`.
    pub code: String,
    /// The file's own words for it.
    pub title: String,
}

/// One reported value. Entities and commodities are indices into the [`TableReading`]'s lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Whose total: the reporter of a trade row, the country of a registration.
    pub market: u32,
    /// Who holds it: the partner of a trade row, the make of a registration. The World row has the world as subject.
    pub subject: u32,
    /// What.
    pub commodity: u32,
    /// Which total; `Imports` and `Exports` as the market sees them.
    pub basis: Basis,
    /// When.
    pub period: Period,
    /// What the row is to the sum.
    pub role: Role,
    /// Money in whole units of the dataset's currency; thousands are multiplied out (R47). `None`: not known, not zero.
    pub value: Option<f64>,
    /// Net weight in kilograms.
    pub weight_kg: Option<f64>,
    /// Supplementary quantity in `quantity_unit`.
    pub quantity: Option<f64>,
    /// `items`, `kg`, `l`, `pairs`, `m2` …; empty when there is none. Quantities of different units are never added (R39).
    pub quantity_unit: String,
    /// Status letters, empty when normal.
    pub flags: Flags,
    /// Line of the file, from 1, where the record begins.
    pub line: u64,
}

/// A row that could not be read, kept with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reject {
    /// Line of the file, from 1.
    pub line: u64,
    /// Column name; empty when the whole row is meant.
    pub column: String,
    /// What was expected and what was found.
    pub reason: String,
    /// The raw text of the record, at most 1,000 characters.
    pub raw: String,
}

/// A table as read through its profile: what goes into the store, what was left out and why.
#[derive(Debug, Clone)]
pub struct TableReading {
    /// Profile that read it: `comtrade-new`, `statcounter-wide`, or the mapping file's name.
    pub profile: String,
    /// Text encoding used: `UTF-8`, `windows-1252` …
    pub encoding: String,
    /// Column delimiter.
    pub delimiter: char,
    /// How columns were read, for people: `partnerCode = partner (comtrade)`.
    pub columns: Vec<String>,
    /// Where the rows come from.
    pub dataset: Dataset,
    /// Data records seen, rejected ones included.
    pub records: u64,
    /// Markets and subjects that rows point to.
    pub entities: Vec<Subject>,
    /// Commodities that rows point to.
    pub commodities: Vec<Commodity>,
    /// Counted amounts.
    pub observations: Vec<Observation>,
    /// Shares the table states ready-made; `span` is the byte range of the cell's record in the decoded text,
    /// `quote` the cell with its header, such as `Apple 27.42`, `line` goes beside it.
    pub figures: Vec<(u64, Figure)>,
    /// Rows left out, with reasons.
    pub rejects: Vec<Reject>,
    /// Remarks for the reader: surplus cells, footnotes, codes that lost zeros.
    pub notes: Vec<String>,
}

/// What is known of a table before its rows: how it is read, and where the rows come from.
#[derive(Debug, Clone)]
pub struct TableHead {
    /// Profile that reads it.
    pub profile: String,
    /// Text encoding used.
    pub encoding: String,
    /// Column delimiter.
    pub delimiter: char,
    /// How columns are read, for people.
    pub columns: Vec<String>,
    /// Where the rows come from.
    pub dataset: Dataset,
    /// Whether rows of one cell are details of it, by state or port, whose sum is meant.
    pub adds: bool,
}

/// A piece of a table that is too large to be held: its rows, and the names that they are the first to point to.
///
/// Rows of one cell may stand in different pieces: whoever takes the last piece settles what they are to each other.
#[derive(Debug, Clone, Default)]
pub struct TableRows {
    /// Markets and subjects, after those of the pieces before.
    pub entities: Vec<Subject>,
    /// Commodities, after those of the pieces before.
    pub commodities: Vec<Commodity>,
    /// Counted amounts; their indices count from the first piece's lists on.
    pub observations: Vec<Observation>,
    /// Lines whose market or subject has no code: those of one cell are added up.
    pub lost: HashSet<u64>,
}

/// What is left of a table when its rows are through.
#[derive(Debug, Clone, Default)]
pub struct TableEnd {
    /// Data records seen, rejected ones included.
    pub records: u64,
    /// Shares the table states ready-made, with their lines.
    pub figures: Vec<(u64, Figure)>,
    /// Rows left out, with reasons.
    pub rejects: Vec<Reject>,
    /// Remarks for the reader.
    pub notes: Vec<String>,
}
