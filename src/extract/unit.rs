//! What a share counts: pieces, money, weight or energy.

use super::reading::Sent;
use crate::model::{Basis, Unit};

/// Goods that are weighed, not counted.
const WEIGHED: &[&str] = &[
    "food",
    "wheat",
    "maize",
    "rice",
    "soybeans",
    "palm-oil",
    "sugar",
    "coffee",
    "cocoa",
    "beef",
    "pork",
    "poultry",
    "seafood",
    "dairy",
    "fruit",
    "cotton",
    "fertilisers",
    "timber",
    "crude-oil",
    "oil-products",
    "coal",
    "uranium",
    "iron-ore",
    "steel",
    "aluminium",
    "copper",
    "nickel",
    "cobalt",
    "lithium",
    "graphite",
    "rare-earths",
    "rare-earth-magnets",
    "palladium",
    "titanium",
    "gallium",
    "gold",
    "polysilicon",
];

/// Goods that are counted one by one.
const COUNTED: &[&str] = &[
    "vehicles",
    "passenger-cars",
    "used-cars",
    "electric-cars",
    "battery-electric-cars",
    "plug-in-hybrids",
    "hybrid-cars",
    "petrol-cars",
    "diesel-cars",
    "suvs",
    "luxury-cars",
    "commercial-vehicles",
    "trucks",
    "buses",
    "motorcycles",
    "tractors",
    "smartphones",
    "mobile-phones",
    "foldable-phones",
    "premium-smartphones",
    "5g-smartphones",
    "tablets",
    "pcs",
    "chromebooks",
    "servers",
    "smartwatches",
    "earbuds",
    "tvs",
    "smart-speakers",
    "vr-headsets",
    "game-consoles",
    "printers",
    "drones",
    "aircraft",
    "cpus",
    "gpus",
];

/// Returns the unit: money words first, then what the product is counted in; `Unspecified` where neither says.
pub(crate) fn unit(sent: &Sent<'_>, product: &str, basis: Basis) -> Unit {
    let has = |words: &[&str]| (0..sent.words.len()).any(|t| words.contains(&sent.words.lower(t)));
    if basis == Basis::Revenue || has(&["value", "revenue", "spending"]) {
        return Unit::Value;
    }
    if has(&["tonnes", "tons", "tonnage", "weight"]) {
        return Unit::Weight;
    }
    if has(&["gwh", "twh", "gigawatt", "gigawatts", "gw", "kwh"]) || product == "electricity" {
        return Unit::Energy;
    }
    if COUNTED.contains(&product) {
        return Unit::Units;
    }
    if WEIGHED.contains(&product) && matches!(basis, Basis::Production | Basis::Consumption) {
        return Unit::Weight;
    }
    Unit::Unspecified
}
