//! The closed word lists of a figure, spelled as in the output contract.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

macro_rules! word_list {
    ($(#[$doc:meta])* $name:ident, $expected:literal, { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// All words, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the word of the contract.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad(self.as_str()) }
        }

        impl FromStr for $name {
            type Err = Error;
            fn from_str(word: &str) -> Result<Self> {
                match word { $($word => Ok(Self::$variant),)+
                    _ => Err(Error::Value { expected: $expected, found: word.to_owned() }) }
            }
        }
    };
}

word_list! {
    /// What a figure states: a part of a total, or a place in an order.
    Measure, "share or rank", { /// Percent of a total.
        Share = "share", /// Position in the order, 1 is first.
        Rank = "rank" }
}

word_list! {
    /// How firmly the text states the value.
    Qualifier, "exact, about, over, under or range", {
        /// As written.
        Exact = "exact", /// About, roughly, some.
        About = "about", /// More than, at least.
        Over = "over", /// Less than, nearly, almost, up to.
        Under = "under", /// Between `value` and `value_max`.
        Range = "range" }
}

word_list! {
    /// Which total the share is part of.
    Basis, "imports, exports, sales, registrations, shipments, production, revenue, usage, installed, capacity, consumption or unspecified", {
        /// Goods coming into the market.
        Imports = "imports", /// Goods leaving the market.
        Exports = "exports", /// Goods sold in the market.
        Sales = "sales", /// Vehicles newly registered.
        Registrations = "registrations", /// Devices shipped by makers.
        Shipments = "shipments", /// Goods made in the market.
        Production = "production", /// Money taken, whatever the text calls it.
        Revenue = "revenue", /// Use: page views, vehicles on the road, subscriptions.
        Usage = "usage", /// What stands installed.
        Installed = "installed", /// What could be made.
        Capacity = "capacity", /// What is used up.
        Consumption = "consumption", /// The source does not say.
        Unspecified = "unspecified" }
}

word_list! {
    /// What is counted. Shares in different units are different numbers and never mixed (R1).
    Unit, "units, value, weight, energy, brands or unspecified", {
        /// Pieces: cars, phones.
        Units = "units", /// Money.
        Value = "value", /// Mass.
        Weight = "weight", /// Energy or power.
        Energy = "energy", /// Number of brands or models on offer (R34).
        Brands = "brands", /// The source does not say.
        Unspecified = "unspecified" }
}

word_list! {
    /// Whether the figure has come to pass.
    Status, "actual, forecast or target", {
        /// It happened.
        Actual = "actual", /// Somebody expects it.
        Forecast = "forecast", /// Somebody wants it.
        Target = "target" }
}

word_list! {
    /// Where a stated figure of the database stands between program and person.
    FigureState, "accepted, review, rejected, corrected or withdrawn", {
        /// Sure enough by itself, or accepted by a person: it answers questions.
        Accepted = "accepted", /// Waits for a person: it answers questions, marked `unreviewed`.
        Review = "review", /// A person said that it is wrong: it answers nothing.
        Rejected = "rejected", /// A person said what is right instead: the correction answers.
        Corrected = "corrected", /// A correction that was taken back: it answers nothing.
        Withdrawn = "withdrawn" }
}
