//! Why a value was read as it was, for people.

use super::context::Context;
use super::decode::Reading1;
use crate::model::Figure;
use std::fmt::Write;

/// Returns several lines on one value: sentence, mentions, gate, figures or why there is none, other readings.
pub(crate) fn explain(ctx: &Context<'_>, decided: &Reading1, figures: &[Figure], threshold: f64) -> String {
    let sent = &ctx.reading.sents[decided.sent];
    let value = &sent.values[decided.value];
    let mut out = String::new();
    let text = sent.words.text;
    let _ = writeln!(out, "\"{}\"  at {}", &text[value.span.0..value.span.1], value.span.0);
    let _ = writeln!(out, "  sentence  {}", &text[sent.range()]);
    let mentions: Vec<String> =
        sent.mentions.iter().map(|m| format!("{}={}", &text[m.span.0..m.span.1], m.kind.label())).collect();
    let _ = writeln!(out, "  mentions  {}", mentions.join("  "));
    let times: Vec<&str> = sent.times.iter().map(|t| &text[t.span.0..t.span.1]).collect();
    let _ = writeln!(out, "  times     {}", times.join("  "));
    let verdict = if decided.gate >= 0.5 { "a part of a market" } else { "something else" };
    let _ = writeln!(out, "  gate      {:.2} {verdict}", decided.gate);
    for figure in figures {
        let told = if figure.confidence >= threshold { "" } else { "  (not told: too unsure)" };
        let _ = writeln!(out, "  figure    {figure}  {:.2}{told}", figure.confidence);
        let _ = writeln!(out, "  rule      {}", figure.rule);
    }
    if let Some(roles) = &decided.roles {
        let _ = writeln!(
            out,
            "  roles     subject {} ({}), market {} ({})  {:.2}; product {:.2}, period {:.2}",
            roles.subject.subject.name,
            roles.subject.origin,
            roles.market.subject.name,
            roles.market.origin,
            roles.pair,
            roles.product_chance,
            roles.period_chance
        );
        for (subject, market, chance) in &roles.others {
            let _ =
                writeln!(out, "  or        subject {}, market {}  {chance:.2}", subject.name, market.name);
        }
    }
    out
}
