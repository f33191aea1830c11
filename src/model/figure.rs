//! A share or rank that somebody states, with the words that state it.

use super::{Basis, Measure, Period, Qualifier, Status, Unit};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What kind of thing holds a part or is a market.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SubjectKind {
    /// A country or area of ISO 3166.
    Country,
    /// Several countries or a part of the world: the EU, Asia.
    Region,
    /// A state, province or city.
    Subnational,
    /// A brand: Haval, Redmi.
    Brand,
    /// A company: Samsung Electronics.
    Company,
    /// Software or a service that others build on: Android, Chrome.
    Platform,
    /// A product as part of a wider one: electric cars of new cars.
    Product,
    /// Several named together: Samsung and Apple.
    Group,
    /// A statistical rest: Areas not specified, Other, Bunkers. Counts in totals, never ranked (R3).
    Residual,
}

impl SubjectKind {
    /// Returns the word of the output contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Region => "region",
            Self::Subnational => "subnational",
            Self::Brand => "brand",
            Self::Company => "company",
            Self::Platform => "platform",
            Self::Product => "product",
            Self::Group => "group",
            Self::Residual => "residual",
        }
    }
}

/// Anything that holds a part or is a market: a country, brand, company, product …
///
/// `id` is the reference table's: ISO 3166-1 alpha-3 for countries (`CHN`), the region key (`EU`, `WLD`),
/// a brand key (`xiaomi`), a product key (`electric-cars`). `None` when no table knows the name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Subject {
    /// Kind of thing.
    pub kind: SubjectKind,
    /// Plain English name as the reference table has it, else as the text writes it.
    pub name: String,
    /// Key of the reference table.
    pub id: Option<String>,
}

impl Subject {
    /// Creates a subject; `id` empty means unknown.
    pub fn new(kind: SubjectKind, name: &str, id: &str) -> Self {
        Self { kind, name: name.to_owned(), id: (!id.is_empty()).then(|| id.to_owned()) }
    }

    /// Returns the world market.
    pub fn world() -> Self {
        Self::new(SubjectKind::Region, "World", "WLD")
    }

    /// Returns whether this is the world market.
    pub fn is_world(&self) -> bool {
        self.id.as_deref() == Some("WLD")
    }

    /// Returns the stable key used in the database: `country/CHN`, `brand/xiaomi`, `brand/?Lixiang` for unknown names.
    pub fn key(&self) -> String {
        match &self.id {
            Some(id) => format!("{}/{id}", self.kind.as_str()),
            None => format!("{}/?{}", self.kind.as_str(), self.name),
        }
    }
}

/// A share or rank that a text or a table of shares states.
///
/// Field names and words are those of the output contract.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// `id` of the article.
    pub document: String,
    /// Share or rank.
    pub measure: Measure,
    /// Percent for a share, position for a rank.
    pub value: f64,
    /// Upper end of a range.
    pub value_max: Option<f64>,
    /// How firmly it is stated.
    pub qualifier: Qualifier,
    /// Who holds the part.
    pub subject: Subject,
    /// Whose total it is.
    pub market: Subject,
    /// Key of the product table.
    pub product: String,
    /// Which total.
    pub basis: Basis,
    /// What is counted.
    pub unit: Unit,
    /// When; `None` when text and publication date do not settle it.
    pub period: Option<Period>,
    /// Who is named as the origin of the number.
    pub attribution: Option<String>,
    /// Come to pass or not.
    pub status: Status,
    /// The exact bytes of the text at `span`.
    pub quote: String,
    /// Byte offsets into the article's text, end exclusive.
    pub span: (usize, usize),
    /// Name of the rule that read it.
    pub rule: String,
    /// Estimated probability, 0 to 1, that subject, market and value are right.
    pub confidence: f64,
    /// Estimated probability, 0 to 1, that product and period are right too; figures kept before it was estimated have none.
    #[serde(default)]
    pub confidence_full: f64,
}

impl fmt::Display for Figure {
    /// Writes a short reading such as `China 81% of Russia passenger-cars imports 2022-Q2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.subject.name)?;
        match self.measure {
            Measure::Rank => write!(f, "#{} in ", self.value)?,
            Measure::Share => {
                let mark = match self.qualifier {
                    Qualifier::Exact | Qualifier::Range => "",
                    Qualifier::About => "~",
                    Qualifier::Over => ">",
                    Qualifier::Under => "<",
                };
                match self.value_max {
                    Some(max) => write!(f, "{mark}{}-{max}% of ", self.value)?,
                    None => write!(f, "{mark}{}% of ", self.value)?,
                }
            }
        }
        write!(f, "{} {} {}", self.market.name, self.product, self.basis)?;
        if let Some(period) = &self.period {
            write!(f, " {period}")?;
        }
        if self.status != Status::Actual {
            write!(f, " ({})", self.status)?;
        }
        Ok(())
    }
}
