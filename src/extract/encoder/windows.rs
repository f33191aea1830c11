//! An article as rows of pieces short enough to read at once: the title, some sentences before, and those in question.

use super::pieces::{Piece, Vocabulary};
use super::weights::LONGEST;
use crate::extract::mentions::{Kind, Mention};
use crate::extract::reading::{Reading, value_label};
use crate::extract::roles::runs;
use crate::model::{Subject, SubjectKind};

/// What stands at a place of a window: a mention, several joined, a time or a value.
#[derive(Debug)]
pub(crate) struct Spot {
    /// First and last piece.
    pub first: usize,
    pub last: usize,
    /// Sentence of the reading, and the how-manieth of the window.
    pub sent: usize,
    pub row: usize,
    pub what: What,
}

/// What a spot can be.
#[derive(Debug)]
pub(crate) enum What {
    Mention { key: String, subject: bool, market: bool, product: Option<String> },
    Run { key: String },
    Time(usize),
    Value(usize),
}

/// A row of pieces.
#[derive(Debug)]
pub(crate) struct Window {
    pub pieces: Vec<u32>,
    pub kinds: Vec<u8>,
    pub spots: Vec<Spot>,
    /// Spots of the values in question.
    pub asked: Vec<usize>,
}

/// Pieces of a window, and of those before the sentences in question.
const ROOM: usize = 400;
const BEFORE: usize = 160;
/// Sentences before those in question.
const BACK: usize = 5;

/// Kinds a piece can have, in the order of the weights; the first is any other.
const KINDS: [&str; 20] = [
    "-",
    "VAL",
    "RANK",
    "LOOSE",
    "POINTS",
    "TIME",
    "country",
    "region",
    "subnational",
    "group",
    "residual",
    "NAT",
    "WORLD",
    "MAKER",
    "PROD",
    "SEG",
    "SOURCE",
    "NAME",
    "GOODS",
    "bound",
];

fn kind(label: &str) -> u8 {
    KINDS.iter().position(|k| *k == label).unwrap_or(0) as u8
}

/// Cuts an article into windows; those without a value in question are left out. `worth` says of a
/// sentence and a value in it whether it is in question.
pub(crate) fn windows(
    reading: &Reading<'_>,
    vocabulary: &Vocabulary,
    worth: impl Fn(usize, usize) -> bool,
) -> Vec<Window> {
    let cut: Vec<Vec<Piece>> =
        reading.sents.iter().map(|sent| vocabulary.cut(&sent.words.text[sent.range()])).collect();
    let long = |at: usize| cut[at].len() + 1;
    let (title, body): (Vec<usize>, Vec<usize>) =
        (0..reading.sents.len()).partition(|&at| reading.sents[at].number.is_none());
    let titles: usize = title.iter().map(|&at| long(at)).sum();
    let mut out = Vec::new();
    let mut start = 0;
    while start < body.len() {
        let mut used = titles + 1;
        let mut first = start;
        while first > 0 && start - first < BACK && used + long(body[first - 1]) < BEFORE {
            first -= 1;
            used += long(body[first]);
        }
        let mut end = start;
        while end < body.len() && (end == start || used + long(body[end]) <= ROOM) {
            used += long(body[end]);
            end += 1;
        }
        // The last sentence is better read with what follows it.
        let next = if end < body.len() && end - start > 2 { end - 1 } else { end };
        let rows: Vec<usize> = title.iter().chain(&body[first..end]).copied().collect();
        let mut window = window(reading, &cut, vocabulary, &rows, &body[start..next]);
        let spots = &window.spots;
        window.asked.retain(|at| match spots[*at].what {
            What::Value(value) => worth(spots[*at].sent, value),
            _ => false,
        });
        if !window.asked.is_empty() {
            out.push(window);
        }
        start = next;
    }
    out
}

fn window(
    reading: &Reading<'_>,
    cut: &[Vec<Piece>],
    vocabulary: &Vocabulary,
    rows: &[usize],
    own: &[usize],
) -> Window {
    let mut w =
        Window { pieces: vec![vocabulary.begin], kinds: Vec::new(), spots: Vec::new(), asked: Vec::new() };
    let mut bases = Vec::new();
    for &at in rows {
        bases.push(w.pieces.len());
        w.pieces.extend(cut[at].iter().map(|p| p.id));
        w.pieces.push(vocabulary.end);
    }
    w.pieces.truncate(LONGEST);
    w.kinds = vec![0; w.pieces.len()];
    for (row, &at) in rows.iter().enumerate() {
        let sent = &reading.sents[at];
        let base = sent.range().start;
        // Returns first and last piece of some tokens.
        let spot = |first: usize, last: usize| {
            let (start, end) = (sent.words.tokens[first].start - base, sent.words.tokens[last].end - base);
            let low = cut[at].iter().position(|p| p.start < end && p.end > start)?;
            let high = cut[at].iter().rposition(|p| p.start < end && p.end > start)?;
            let (low, high) = (low + bases[row], high + bases[row]);
            (high < w.pieces.len()).then_some((low, high))
        };
        let mut found = Vec::new();
        for mention in &sent.mentions {
            found.push((spot(mention.first, mention.last), Some(label(mention)), of(mention)));
        }
        for (name, first, last) in runs(sent) {
            let key = Subject::new(SubjectKind::Group, &name, "").key();
            let place = spot(sent.mentions[first].first, sent.mentions[last].last);
            found.push((place, None, What::Run { key }));
        }
        for (n, time) in sent.times.iter().enumerate() {
            found.push((spot(time.tokens.0, time.tokens.1), Some("TIME"), What::Time(n)));
        }
        for (n, value) in sent.values.iter().enumerate() {
            let place = spot(value.tokens.0, value.tokens.1);
            found.push((place, Some(value_label(value)), What::Value(n)));
        }
        for (place, label, what) in found {
            let Some((first, last)) = place else { continue };
            if let Some(label) = label {
                w.kinds[first..=last].fill(kind(label));
            }
            if let What::Value(n) = what
                && own.contains(&at)
                && sent.asked(n).is_some()
            {
                w.asked.push(w.spots.len());
            }
            w.spots.push(Spot { first, last, sent: at, row, what });
        }
    }
    w
}

fn label(mention: &Mention) -> &'static str {
    if mention.bound {
        "bound"
    } else if mention.kind == Kind::Place {
        mention.subject.kind.as_str()
    } else {
        mention.kind.label()
    }
}

fn of(mention: &Mention) -> What {
    What::Mention {
        key: mention.subject.key(),
        subject: !mention.bound && !matches!(mention.kind, Kind::World | Kind::Source),
        market: !mention.bound && mention.is_place(),
        product: mention.product.clone(),
    }
}
