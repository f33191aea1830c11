//! What the encoder learns from: the pieces of an article with the right answers marked on them.

use crate::extract::context::{Context, Decided, last_taken};
use crate::extract::decode::order;
use crate::extract::learn::{Passage, align, market_named, named, same_market, same_subject};
use crate::extract::mentions::Kind;
use crate::extract::reading::{Reader, Sent, value_label};
use crate::extract::resolve::{Anchors, resolve};
use crate::extract::roles::runs;
use crate::extract::when::document;
use crate::model::{Period, Subject, SubjectKind};
use serde_json::{Value, json};

/// Returns a passage as sentences with marked pieces, and for each value which pieces are right.
pub(crate) fn encoder_lesson(passage: &Passage, reader: &Reader) -> Value {
    let reading = reader.read(&passage.article);
    let aligned = align(passage, &reading);
    let ctx = Context::new(&passage.article, &reading);
    let sents: Vec<Value> = reading.sents.iter().map(pieces).collect();
    let mut history: Vec<Decided> = Vec::new();
    let mut values = Vec::new();
    for (s, sent) in reading.sents.iter().enumerate() {
        for v in order(sent.values.len(), |v| sent.value_item(v)) {
            let Some(item) = sent.asked(v) else { continue };
            let answers: Vec<_> = aligned.at[s][v].iter().map(|&n| &passage.figures[n]).collect();
            let firm = answers.iter().any(|a| !a.optional);
            let gate = if firm {
                1
            } else if answers.is_empty() && !aligned.twins[s][v] {
                0
            } else {
                -1
            };
            let Some(answer) = answers.iter().find(|a| !a.optional).or(answers.first()) else {
                values.push(json!({"sent": s, "value": v, "gate": gate}));
                continue;
            };
            let (mut subjects, mut markets, mut products, mut times) = (vec![], vec![], vec![], vec![]);
            let period: Option<Period> = answer.period.as_deref().and_then(|p| p.parse().ok());
            let document = document(&ctx);
            let last = last_taken(&history).and_then(|d| d.period);
            for (t, other) in reading.sents.iter().enumerate() {
                for (m, mention) in other.mentions.iter().enumerate() {
                    let forms = || std::iter::once(&mention.subject).chain(&mention.longer);
                    if answers.iter().any(|a| forms().any(|form| same_subject(&a.subject, form))) {
                        subjects.push((t, m));
                    }
                    if mention.is_place()
                        && answers.iter().any(|a| forms().any(|form| same_market(&a.market, form)))
                    {
                        markets.push((t, m));
                    }
                    if mention.product.as_deref() == Some(answer.product.as_str()) {
                        products.push((t, m));
                    }
                }
                for (r, (name, _, _)) in runs(other).into_iter().enumerate() {
                    let group = Subject::new(SubjectKind::Group, &name, "");
                    if answers.iter().any(|a| same_subject(&a.subject, &group)) {
                        subjects.push((t, 1000 + r));
                    }
                }
                for (n, time) in other.times.iter().enumerate() {
                    let fits = [last, document, None].into_iter().any(|previous| {
                        let anchors = Anchors {
                            published: passage.article.published,
                            previous,
                            document,
                            fiscal: ctx.fiscal,
                        };
                        resolve(&time.expr, &anchors).is_some_and(|r| Some(r.period) == period)
                    });
                    if fits && period.is_some() {
                        times.push((t, n));
                    }
                }
            }
            values.push(json!({
                "sent": s, "value": v, "gate": gate, "optional": answer.optional,
                "subjects": subjects, "markets": markets, "products": products, "times": times,
                "world": answer.market == "World", "dated": period.is_some(),
                "basis": answer.basis.as_str(), "product": answer.product,
            }));
            history.push(Decided {
                sent: s,
                item,
                measure: answer.measure,
                taken: true,
                subject: named(&answer.subject),
                market: market_named(&answer.market),
                product: answer.product.clone(),
                basis: answer.basis,
                period,
            });
        }
    }
    json!({"id": passage.article.id, "sents": sents, "values": values})
}

fn pieces(sent: &Sent<'_>) -> Value {
    let range = sent.range();
    let span = |first: usize, last: usize| {
        (sent.words.tokens[first].start - range.start, sent.words.tokens[last].end - range.start)
    };
    let mentions: Vec<Value> = sent
        .mentions
        .iter()
        .map(|m| {
            let label = if m.kind == Kind::Place { m.subject.kind.as_str() } else { m.kind.label() };
            json!({"span": span(m.first, m.last), "kind": label, "key": m.subject.key(), "place": m.is_place(),
                "source": m.kind == Kind::Source, "bound": m.bound, "product": m.product})
        })
        .collect();
    let runs: Vec<Value> = runs(sent)
        .into_iter()
        .map(|(name, first, last)| {
            json!({"span": span(sent.mentions[first].first, sent.mentions[last].last), "key": Subject::new(SubjectKind::Group, &name, "").key()})
        })
        .collect();
    let times: Vec<Value> =
        sent.times.iter().map(|t| json!({"span": span(t.tokens.0, t.tokens.1)})).collect();
    let values: Vec<Value> = sent
        .values
        .iter()
        .map(|v| json!({"span": span(v.tokens.0, v.tokens.1), "kind": value_label(v)}))
        .collect();
    json!({
        "title": sent.number.is_none(), "paragraph": sent.paragraph, "triggered": sent.triggered,
        "text": &sent.words.text[range],
        "mentions": mentions, "runs": runs, "times": times, "values": values,
    })
}
