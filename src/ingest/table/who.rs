//! Codes and names to markets and subjects, each distinct one looked up once.

use super::frame::Records;
use super::hash::QuickMap;
use super::profile::{Codes, Empty, Who};
use super::recognise::without_label;
use super::what::without_apostrophes;
use super::{names, words};
use crate::error::Error;
use crate::model::{Role, Subject, SubjectKind};
use crate::reference::{Brand, Place, Scheme, brands, fold, places, products};
use std::collections::{BTreeMap, HashMap};

/// Everything that rows point to, without doubles.
#[derive(Debug, Default)]
pub(super) struct Entities {
    pub list: Vec<Subject>,
    places: HashMap<String, u32>,
    /// Names no table knows, with the line where each was first met.
    pub unknown: BTreeMap<String, u64>,
    /// Remarks on codes that occurred.
    pub remarks: Vec<String>,
}

impl Entities {
    pub(super) fn add(&mut self, subject: Subject) -> u32 {
        let next = self.list.len() as u32;
        *self.places.entry(subject.key()).or_insert_with(|| {
            self.list.push(subject);
            next
        })
    }
}

/// An entity and what its rows are to the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub entity: u32,
    pub role: Role,
}

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Who(Found),
    /// Somebody whose code is lost.
    Lost(Found),
    /// Nothing, and the row cannot do without.
    Nothing,
    /// Nothing, and the row is only worth a remark.
    NoRow,
}

/// Reads one column of codes or names.
pub(super) struct WhoReader<'p> {
    spec: &'p Who,
    /// Kind of unknown names of any list.
    kind: SubjectKind,
    kind_by_product: Option<SubjectKind>,
    /// Whether codes come with names behind a colon.
    pub labelled: bool,
    pub code: Option<usize>,
    name: Option<usize>,
    iso3: Option<usize>,
    constant: Option<Found>,
    cache: QuickMap<Vec<u8>, Said>,
    key: Vec<u8>,
    /// The cache for numbers below 1,000 of one year: nearly all codes of trade files.
    small: Vec<Option<Said>>,
    small_year: i32,
    /// Codes of residuals by entity: two residual codes of one table entry are two rows of one sum.
    residuals: HashMap<String, String>,
}

impl<'p> WhoReader<'p> {
    pub(super) fn new(spec: &'p Who, kind: SubjectKind, [code, name, iso3]: [Option<usize>; 3]) -> Self {
        Self {
            spec,
            kind,
            kind_by_product: None,
            labelled: false,
            code,
            name,
            iso3,
            constant: None,
            cache: QuickMap::default(),
            key: Vec::new(),
            small: vec![None; 1000],
            small_year: 0,
            residuals: HashMap::new(),
        }
    }

    /// The same for all rows.
    pub(super) fn constant(&mut self, entity: u32, entities: &Entities) {
        let subject = &entities.list[entity as usize];
        self.constant = Some(Found { entity, role: role_of_kind(subject) });
    }

    /// Reads the record's cell; `year` decides what a reused code means.
    pub(super) fn read(&mut self, records: &Records<'_>, year: i32, entities: &mut Entities) -> Said {
        if let Some(found) = self.constant {
            return Said::Who(found);
        }
        let cells = records.cells();
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).unwrap_or_default();
        let code = cell(self.code);
        if year != self.small_year {
            self.small_year = year;
            self.small.fill(None);
        }
        let small = small(code);
        if let Some(said) = small.and_then(|at| self.small[at]) {
            return said;
        }
        self.key.clear();
        self.key.extend_from_slice(&year.to_le_bytes());
        self.key.extend_from_slice(code);
        if code.trim_ascii().is_empty() {
            self.key.push(0);
            self.key.extend_from_slice(cell(self.iso3));
            self.key.push(0);
            self.key.extend_from_slice(cell(self.name));
        }
        if let Some(said) = self.cache.get(&self.key) {
            let said = *said;
            if let Some(at) = small {
                self.small[at] = Some(said);
            }
            return said;
        }
        let labelled = self.labelled;
        let text = |at: Option<usize>| match at.map_or("", |at| records.text_of(at)) {
            cell if labelled => without_label(cell),
            cell => cell,
        };
        let said = self.look_up(
            without_apostrophes(text(self.code)),
            text(self.name),
            text(self.iso3),
            Some(year),
            records.line(),
            entities,
        );
        self.cache.insert(self.key.clone(), said);
        said
    }

    /// Reads the header cell of a wide column.
    pub(super) fn read_text(&mut self, text: &str, line: u64, entities: &mut Entities) -> Said {
        self.look_up(text.trim(), "", "", None, line, entities)
    }

    fn look_up(
        &mut self,
        code: &str,
        name: &str,
        iso3: &str,
        year: Option<i32>,
        line: u64,
        entities: &mut Entities,
    ) -> Said {
        if code.is_empty() && name.is_empty() && iso3.is_empty() {
            return match self.spec.empty {
                Empty::Reject => Said::Nothing,
                Empty::Note => Said::NoRow,
                Empty::Residual => {
                    let entity = entities.add(Subject::new(SubjectKind::Residual, "Unspecified", "X-NES"));
                    Said::Lost(Found { entity, role: Role::Residual })
                }
            };
        }
        if let Some(remark) = self.spec.remarks.get(code)
            && !entities.remarks.contains(remark)
        {
            entities.remarks.push(remark.clone());
        }
        let listed = self.listed_role(code, name);
        let label = if name.is_empty() { code } else { name };
        // A group's code is the file's own: the World Bank's ECA is not the region that another list calls so.
        let own_group =
            self.spec.names_label && listed == Some(Role::Subtotal) && !self.spec.words.contains_key(code);
        let known = if own_group || self.spec.labels.contains_key(code) {
            None
        } else {
            resolve(self.spec, code, if self.spec.names_label { "" } else { name }, iso3, year)
        };
        let subject = match (known, listed) {
            (Some(subject), Some(Role::Residual)) if subject.kind != SubjectKind::Residual => {
                Subject::new(SubjectKind::Residual, label, "")
            }
            (Some(subject), _) => subject,
            (None, Some(Role::Total)) => Subject::world(),
            (None, Some(Role::Residual)) => Subject::new(SubjectKind::Residual, label, ""),
            (None, Some(Role::Subtotal)) => Subject::new(SubjectKind::Region, label, ""),
            (None, _) if self.spec.labels.contains_key(code) => {
                Subject::new(self.unknown_kind(), &self.spec.labels[code], "")
            }
            (None, _) if words::is_total(label) => Subject::world(),
            (None, _) if words::is_residual(label) => Subject::new(SubjectKind::Residual, label, ""),
            (None, _) => {
                entities.unknown.entry(label.to_owned()).or_insert(line);
                Subject::new(self.unknown_kind(), label, "")
            }
        };
        let subject = self.own_residual(subject, code, label);
        let role = listed.unwrap_or_else(|| role_of_kind(&subject));
        Said::Who(Found { entity: entities.add(subject), role })
    }

    fn listed_role(&self, code: &str, name: &str) -> Option<Role> {
        let lists = [
            (&self.spec.total, Role::Total),
            (&self.spec.subtotal, Role::Subtotal),
            (&self.spec.residual, Role::Residual),
            (&self.spec.memo, Role::Memo),
        ];
        let is = |word: &String| {
            word.eq_ignore_ascii_case(code) || (!name.is_empty() && word.eq_ignore_ascii_case(name))
        };
        lists.into_iter().find(|(list, _)| list.iter().any(is)).map(|(_, role)| role)
    }

    fn unknown_kind(&self) -> SubjectKind {
        self.kind_by_product.or(self.spec.kind).unwrap_or(match self.spec.codes {
            Codes::Brand => SubjectKind::Brand,
            Codes::Product => SubjectKind::Product,
            Codes::Any => self.kind,
            _ => SubjectKind::Country,
        })
    }

    /// Lets the product say what unknown names are.
    pub(super) fn kind_of_product(&mut self, product: &str) {
        self.kind_by_product = self.spec.kinds.get(product).copied();
    }

    /// Two residual codes that one table entry holds stay two, by the file's own names.
    fn own_residual(&mut self, subject: Subject, code: &str, label: &str) -> Subject {
        if subject.kind != SubjectKind::Residual {
            return subject;
        }
        let holder = self.residuals.entry(subject.key()).or_insert_with(|| code.to_owned());
        if holder == code {
            subject
        } else {
            Subject::new(SubjectKind::Residual, &format!("{label} ({code})"), "")
        }
    }
}

/// Returns the number of a code of one to three digits that does not begin with a zero.
fn small(code: &[u8]) -> Option<usize> {
    if code.is_empty() || code.len() > 3 || (code[0] == b'0' && code.len() > 1) {
        return None;
    }
    code.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + usize::from(byte - b'0')))
}

/// Returns what rows of such a subject are to the sum.
pub(super) fn role_of_kind(subject: &Subject) -> Role {
    match subject.kind {
        _ if subject.is_world() => Role::Total,
        SubjectKind::Region => Role::Subtotal,
        SubjectKind::Residual => Role::Residual,
        _ => Role::Part,
    }
}

/// Asks the reference tables.
pub(super) fn resolve(spec: &Who, code: &str, name: &str, iso3: &str, year: Option<i32>) -> Option<Subject> {
    let own = |text: &str| {
        spec.words
            .iter()
            .find(|(word, _)| !text.is_empty() && fold(word) == fold(text))
            .map(|(_, known)| known.as_str())
    };
    if let Some(known) = own(code).or_else(|| own(name)) {
        return any(known);
    }
    let by_code = |scheme: Scheme, code: &str| {
        (!code.is_empty()).then(|| places().by_code(scheme, code, year))?.map(Place::subject)
    };
    let scheme = match spec.codes {
        Codes::Comtrade => Scheme::Comtrade,
        Codes::M49 => Scheme::M49,
        Codes::Iso2 => Scheme::Iso2,
        Codes::Iso3 => Scheme::Iso3,
        Codes::Eurostat => Scheme::Eurostat,
        Codes::Place => return by_code(Scheme::Iso3, iso3).or_else(|| place(code)).or_else(|| place(name)),
        Codes::Brand => return brand(code).or_else(|| brand(name)),
        Codes::Product => return product(code).or_else(|| product(name)),
        Codes::Own => return by_code(Scheme::Iso3, iso3).or_else(|| place(name)),
        Codes::Any => return by_code(Scheme::Iso3, iso3).or_else(|| any(code)).or_else(|| any(name)),
    };
    by_code(scheme, code).or_else(|| by_code(Scheme::Iso3, iso3)).or_else(|| place(name))
}

fn place(name: &str) -> Option<Subject> {
    match name {
        "" => None,
        _ if fold(name) == "world" => Some(Subject::world()),
        _ => match places().find(name) {
            Ok(place) => Some(place.subject()),
            // `Georgia` among countries is the country.
            Err(Error::Ambiguous { .. }) => only_country(name),
            Err(_) => names::find(name).map(Place::subject),
        },
    }
}

fn only_country(name: &str) -> Option<Subject> {
    let wanted = fold(name);
    let mut named = places().all().iter().filter(|place| {
        place.kind == SubjectKind::Country
            && place.names.iter().any(|spelling| fold(&spelling.text) == wanted)
    });
    named.next().filter(|_| named.next().is_none()).map(Place::subject)
}

fn brand(name: &str) -> Option<Subject> {
    (!name.is_empty()).then(|| brands().find(name).ok())?.map(Brand::subject)
}

fn product(name: &str) -> Option<Subject> {
    let product = (!name.is_empty()).then(|| products().find(name).ok())??;
    Some(Subject::new(SubjectKind::Product, &product.label, &product.key))
}

fn any(name: &str) -> Option<Subject> {
    place(name).or_else(|| brand(name)).or_else(|| product(name))
}
