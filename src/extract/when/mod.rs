//! When: the candidates of the period and what speaks for each.

mod columns;
mod comparison;

pub(crate) use comparison::Figured;

use super::context::{Context, Decided, last_taken};
use super::gate::measure;
use super::linear::Features;
use super::opinions::{coarse, level, steps};
use super::paths::{amount, how_many, relate};
use super::resolve::{AnchorKind, Anchors, resolve};
use super::times::{TimeExpr, looks_ahead};
use crate::model::Period;
use comparison::{Twins, against, gap, stance};

/// A period, or none, with its features.
#[derive(Debug, Clone)]
pub(crate) struct PeriodCandidate {
    pub period: Option<Period>,
    /// Where it comes from, for features.
    origin: &'static str,
    /// What the encoder gives the time it is read from.
    chance: f64,
    pub features: Features,
}

/// Builds the candidates for value `v` of sentence `s`, of which everything else is settled.
pub(crate) fn period_candidates(
    ctx: &Context<'_>,
    s: usize,
    v: usize,
    figure: Figured<'_>,
    history: &[Decided],
) -> Vec<PeriodCandidate> {
    let sent = &ctx.reading.sents[s];
    let vi = sent.value_item(v).unwrap_or(0);
    let what = measure(sent.values[v].measure);
    let last = last_taken(history);
    let document = document(ctx);
    let anchors = Anchors {
        published: ctx.article.published,
        previous: last.and_then(|d| d.period).or(document),
        document,
        fiscal: ctx.fiscal,
    };
    if let Some((at, t)) = columns::column(ctx.reading, s, v)
        && let Some(resolved) = resolve(&ctx.reading.sents[at].times[t].expr, &anchors)
    {
        let period = Some(resolved.period);
        return vec![PeriodCandidate {
            period,
            origin: "column",
            chance: 0.0,
            features: Features::default(),
        }];
    }
    let opinion = ctx.opinions.and_then(|o| o.of(s, v));
    let believed = |at: usize, t: usize| opinion.map_or(0.0, |o| o.time(at, t));
    let mut out = Vec::new();
    for (t, time) in sent.times.iter().enumerate() {
        let Some(ti) = sent.time_item(t) else { continue };
        let resolved = resolve(&time.expr, &anchors);
        let chance = believed(s, t);
        let mut f = Features::default();
        let kind = resolved.map_or("none", |r| anchor(r.kind));
        let head = format!("T.here.{}", expression(&time.expr));
        for h in [head.as_str(), "T.here"] {
            relate(&mut f, h, sent, vi, ti);
            f.add(&[h, "anchor", kind]);
            f.add(&[h, what]);
            f.add(&[h, "times", how_many(sent, &["TIME"])]);
            f.add(&[h, "length", length(resolved.map(|r| r.period))]);
        }
        recent(&mut f, "T.here", last, resolved.map(|r| r.period), s);
        let nearer = sent.time_item(t).map_or(0, |ti| {
            sent.items
                .iter()
                .enumerate()
                .filter(|(i, x)| x.label == "TIME" && *i != ti && i.abs_diff(vi) < ti.abs_diff(vi))
                .count()
        });
        f.add(&["T.here", "nearer", amount(nearer.min(2)), if ti < vi { "<" } else { ">" }]);
        // A time that stands next to another value belongs to that.
        let other = sent
            .items
            .iter()
            .enumerate()
            .filter(|(i, x)| {
                matches!(x.label, "VAL" | "RANK") && *i != vi && i.abs_diff(ti) < vi.abs_diff(ti)
            })
            .count();
        f.add(&["T.here", "other-values", amount(other.min(2)), if ti < vi { "<" } else { ">" }]);
        // `a year earlier` may count from the newest period as well as from the last.
        let main =
            Anchors { previous: newest(history).and_then(|d| d.period).or(anchors.previous), ..anchors };
        let again = resolve(&time.expr, &main).map(|r| r.period);
        if again != resolved.map(|r| r.period) {
            let mut other = f.clone();
            other.add(&["T.here", "from-newest"]);
            other.add(&["T.here", "from-newest", expression(&time.expr)]);
            out.push(PeriodCandidate { period: again, origin: "newest", chance, features: other });
        }
        // `over that period` may mean the time named last, of which no figure was told.
        let named = Anchors { previous: antecedent(ctx, s, t, &anchors).or(anchors.previous), ..anchors };
        let third = resolve(&time.expr, &named).map(|r| r.period);
        if third != resolved.map(|r| r.period) && third != again {
            let mut other = f.clone();
            other.add(&["T.here", "from-named"]);
            other.add(&["T.here", "from-named", expression(&time.expr)]);
            out.push(PeriodCandidate { period: third, origin: "named", chance, features: other });
        }
        let period = resolved.map(|r| r.period);
        for (end, period) in ends(period) {
            let mut other = Features::default();
            other.add(&["T.here", end]);
            relate(&mut other, end, sent, vi, ti);
            out.push(PeriodCandidate { period: Some(period), origin: end, chance, features: other });
        }
        out.push(PeriodCandidate { period, origin: "here", chance, features: f });
    }
    let number = sent.number.unwrap_or(0);
    let mut away = 0;
    for (at, other) in ctx.reading.sents[..s].iter().enumerate().rev() {
        let origin = match other.number {
            None => "title",
            Some(n) if number - n == 1 => "1",
            Some(n) if number - n <= 3 => "3",
            Some(_) => "far",
        };
        for (t, time) in other.times.iter().enumerate() {
            if away >= 8 {
                break;
            }
            let plain = Anchors { previous: document, ..anchors };
            let Some(resolved) = resolve(&time.expr, &plain) else { continue };
            away += 1;
            let mut f = Features::default();
            f.add(&["T.away", origin]);
            f.add(&["T.away", origin, "order", amount(t.min(3)), "times", how_many(sent, &["TIME"])]);
            f.add(&["T.away", expression(&time.expr)]);
            f.add(&["T.away", "anchor", anchor(resolved.kind)]);
            f.add(&["T.away", "length", length(Some(resolved.period))]);
            recent(&mut f, "T.away", last, Some(resolved.period), s);
            let chance = believed(at, t);
            for (end, period) in ends(Some(resolved.period)) {
                let mut other = Features::default();
                other.add(&["T.away", end, origin]);
                out.push(PeriodCandidate { period: Some(period), origin: end, chance, features: other });
            }
            out.push(PeriodCandidate { period: Some(resolved.period), origin: "away", chance, features: f });
        }
    }
    for (nth, past) in distinct(history).into_iter().enumerate() {
        out.push(PeriodCandidate {
            period: past.period,
            origin: "past",
            chance: 0.0,
            features: kept(ctx, s, vi, past, nth, history, "T.past"),
        });
    }
    if let Some(main) = newest(history) {
        // `grew from 27% to 32%` leaves the year before unsaid.
        let year_before = main.period.map(|p| p.shift_years(-1));
        let mut features = kept(ctx, s, vi, main, 0, history, "T.year-before");
        let said = sent.times.iter().any(|t| matches!(t.expr, TimeExpr::SameShifted { .. }));
        let growth = ["earlier", "ago", "on-year", "year-on-year", "yoy", "year-ago"];
        let yearly = (0..sent.words.len()).any(|t| growth.contains(&sent.words.lower(t)));
        features.add(&[
            "T.year-before",
            if said { "said" } else { "-" },
            if yearly { "yearly" } else { "-" },
        ]);
        out.push(PeriodCandidate { period: year_before, origin: "year-before", chance: 0.0, features });
    }
    for (at, other) in ctx.reading.sents.iter().enumerate().skip(s + 1).take(3) {
        for (t, time) in other.times.iter().enumerate() {
            let Some(resolved) = resolve(&time.expr, &anchors) else { continue };
            let mut f = Features::default();
            let none = if history.iter().any(|d| d.taken) { "later" } else { "first" };
            f.add(&["T.after", amount(at - s), none, how_many(sent, &["TIME"])]);
            f.add(&["T.after", expression(&time.expr), none]);
            f.add(&["T.after", "length", length(Some(resolved.period))]);
            recent(&mut f, "T.after", last, Some(resolved.period), s);
            let chance = believed(at, t);
            out.push(PeriodCandidate { period: Some(resolved.period), origin: "after", chance, features: f });
        }
    }
    if let Some(published) = ctx.article.published
        && out.is_empty()
    {
        let mut f = Features::default();
        f.add(&["T.published", "year"]);
        let period = Some(Period::year(i32::from(published.year())));
        out.push(PeriodCandidate { period, origin: "published", chance: 0.0, features: f });
    }
    let mut none = Features::default();
    if let Some(opinion) = opinion {
        for at in 0..out.len() {
            // All times of the text that mean this period speak for it.
            let period = out[at].period;
            let all: f64 = out.iter().filter(|c| c.period == period).map(|c| c.chance).sum();
            let c = &mut out[at];
            steps(&mut c.features, &["T", "encoder"], c.chance);
            steps(&mut c.features, &["T", "encoder-all"], all.min(1.0));
            c.features.add(&["T", "encoder-none", level(opinion.no_time), c.origin]);
            c.features.add(&["T", "encoder", c.origin, coarse(all), coarse(opinion.no_time)]);
        }
        steps(&mut none, &["T", "encoder-none"], opinion.no_time);
    }
    let twins = Twins::new(ctx, s, vi, figure, history);
    let stance = stance(sent, vi);
    let top = newest(history).and_then(|d| d.period);
    let ahead = looks_ahead(&sent.words);
    for c in &mut out {
        let f = &mut c.features;
        twins.mark(f, c.period, stance, c.origin);
        gap(f, ctx, c.period, c.origin, length(c.period), ahead);
        f.add(&["T.stance", stance, c.origin]);
        f.add(&["T.stance", stance, "newest", against(c.period, top)]);
        f.add(&["T.stance", stance, "last", against(c.period, last.and_then(|d| d.period))]);
        f.add(&["T.stance", stance, c.origin, "last", against(c.period, last.and_then(|d| d.period))]);
    }
    if let Some(beliefs) = ctx.beliefs {
        for c in &mut out {
            let part = beliefs.part(s, vi, |b| b.period == c.period);
            let there = beliefs.part_of(ctx, s, vi, |b| b.period == c.period);
            c.features.add(&["T", "believed", part]);
            c.features.add(&["T", "believed-there", there]);
        }
    }
    none.add(&["T.none", what]);
    none.add(&["T.none", "times", how_many(sent, &["TIME"])]);
    none.add(&["T.none", if history.iter().any(|d| d.taken) { "history" } else { "first" }]);
    out.push(PeriodCandidate { period: None, origin: "none", chance: 0.0, features: none });
    out
}

/// Returns the time named last before time `t` of sentence `s`, as it resolves.
fn antecedent(ctx: &Context<'_>, s: usize, t: usize, anchors: &Anchors) -> Option<Period> {
    let here = ctx.reading.sents[s].times[..t].iter().rev();
    let before = ctx.reading.sents[s.saturating_sub(2)..s].iter().rev().flat_map(|o| o.times.iter().rev());
    here.chain(before).find_map(|time| resolve(&time.expr, anchors)).map(|r| r.period)
}

/// Returns the first and the last year of a period of several years: `from 2010 to 2016 its share rose from … to …`.
fn ends(period: Option<Period>) -> Vec<(&'static str, Period)> {
    let Some((first, count)) = period.and_then(|p| p.month_run()) else { return Vec::new() };
    let count = i32::from(count);
    if count < 24 || first % 12 != 0 || count % 12 != 0 {
        return Vec::new();
    }
    vec![
        ("first-year", Period::year(first.div_euclid(12))),
        ("last-year", Period::year((first + count).div_euclid(12) - 1)),
    ]
}

/// Returns the last figures of up to three different periods, the latest decided first.
fn distinct(history: &[Decided]) -> Vec<&Decided> {
    let mut out: Vec<&Decided> = Vec::new();
    for past in history.iter().rev().filter(|d| d.taken) {
        if out.len() < 3 && out.iter().all(|d| d.period != past.period) {
            out.push(past);
        }
    }
    out
}

/// Returns the figure of the newest period: the one an article is about, when others are compared with it.
fn newest(history: &[Decided]) -> Option<&Decided> {
    history.iter().filter(|d| d.taken && d.period.is_some()).max_by_key(|d| d.period.map(|p| p.last_day()))
}

/// Returns what speaks for keeping the period of an earlier figure, or one near it.
fn kept(
    ctx: &Context<'_>,
    s: usize,
    vi: usize,
    past: &Decided,
    nth: usize,
    history: &[Decided],
    head: &str,
) -> Features {
    let sent = &ctx.reading.sents[s];
    let mut f = Features::default();
    let near = if past.sent == s {
        "here"
    } else if past.sent + 1 == s {
        "next"
    } else {
        "far"
    };
    let nth = amount(nth);
    let times = how_many(sent, &["TIME"]);
    let before = super::paths::previous(sent, vi);
    let (b, a) = (
        before.map_or("<s>", |i| sent.label(i)),
        super::paths::next(sent, vi).map_or("</s>", |i| sent.label(i)),
    );
    let word = before.map_or("<s>", |i| sent.word(i));
    let top = newest(history).and_then(|d| d.period) == past.period;
    let rank = if top { "newest" } else { "older" };
    f.add(&[head, nth, near]);
    f.add(&[head, nth, near, rank]);
    f.add(&[head, nth, near, rank, "times", times]);
    f.add(&[head, nth, rank, "v-1", b]);
    f.add(&[head, nth, rank, "w-1", word]);
    f.add(&[head, nth, rank, "v-1+1", b, a]);
    f.add(&[head, nth, rank, near, "v-1+1", b, a, times]);
    f.add(&[head, nth, "length", length(past.period)]);
    f.add(&[
        head,
        nth,
        measure(past.measure),
        measure(sent.values.first().map_or(past.measure, |v| v.measure)),
    ]);
    if let Some(last) = last_taken(history)
        && last.sent == s
    {
        let path = super::paths::between(sent, last.item, vi);
        if path.len() <= 7 {
            f.add(&[head, nth, rank, "path", &path.join(" ")]);
        }
        f.add(&[head, nth, rank, "bones", &super::paths::bones(&path).join(" ")]);
        f.add(&[head, nth, rank, "time-between", if path.contains(&"TIME") { "y" } else { "n" }]);
    }
    f
}

/// Returns the first period the article settles by itself, the title last.
pub(crate) fn document(ctx: &Context<'_>) -> Option<Period> {
    let anchors =
        Anchors { published: ctx.article.published, previous: None, document: None, fiscal: ctx.fiscal };
    let body = ctx.reading.sents.iter().filter(|s| s.number.is_some());
    let title = ctx.reading.sents.iter().filter(|s| s.number.is_none());
    body.chain(title)
        .flat_map(|s| &s.times)
        .find_map(|t| resolve(&t.expr, &anchors))
        .map(|resolved| resolved.period)
}

fn recent(f: &mut Features, head: &str, last: Option<&Decided>, period: Option<Period>, s: usize) {
    let Some(last) = last else { return };
    let near = if last.sent == s { "here" } else { "away" };
    let same = match (last.period, period) {
        (Some(a), Some(b)) if a == b => "same",
        (Some(a), Some(b)) if a.first_day() > b.first_day() => "earlier",
        (Some(_), Some(_)) => "later",
        (None, _) => "unknown",
        (_, None) => "lost",
    };
    f.add(&[head, "against-last", same, near]);
}

fn anchor(kind: AnchorKind) -> &'static str {
    match kind {
        AnchorKind::Stated => "stated",
        AnchorKind::Previous => "previous",
        AnchorKind::Published => "published",
        AnchorKind::Document => "document",
    }
}

fn expression(expr: &TimeExpr) -> &'static str {
    match expr {
        TimeExpr::Stated(_) => "stated",
        TimeExpr::Part { .. } => "part",
        TimeExpr::FromPublished { .. } => "from-published",
        TimeExpr::YearToDate { .. } => "to-date",
        TimeExpr::SameShifted { .. } => "same-shifted",
        TimeExpr::SameIn { .. } => "same-in",
        TimeExpr::FromPrevious { .. } => "from-previous",
        TimeExpr::Weekday(_) => "weekday",
        _ => "unsettled",
    }
}

fn length(period: Option<Period>) -> &'static str {
    match period {
        None => "none",
        Some(period) => match period.month_run() {
            None => "day",
            Some((_, 1)) => "month",
            Some((_, 3)) => "quarter",
            Some((_, 12)) => "year",
            Some(_) => "run",
        },
    }
}
