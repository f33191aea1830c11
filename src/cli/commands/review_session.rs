//! One figure after another: shown, then a line from the person.

use super::review::marked;
use crate::cli::output::printable;
use anyhow::Result;
use std::io::{BufRead, Write};
use tradeshare::model::Figure;
use tradeshare::query::{self, FIELDS, UnderReview};
use tradeshare::store::Verdict;

const HELP: &str = "\
  a                          accept
  r REASON                   reject
  c market=Russia ; REASON   correct: any of subject, market, product, basis, unit, period, measure, value,
                             value_max, qualifier, status, attribution; several after each other
  s                          skip
  u                          take the last decision back
  q                          stop; what was decided is kept
";

/// Where decisions go.
pub(super) trait Desk {
    /// Keeps a decision and says what was done.
    fn decide(&mut self, item: &UnderReview, verdict: Verdict, reason: Option<String>) -> Result<String>;
    /// Takes a decision back and says what was done.
    fn undo(&mut self, id: i64) -> Result<String>;
    /// Looks at a figure with what else is said of its cell.
    fn look(&self, id: i64) -> Result<UnderReview>;
}

/// What a person says of a figure.
#[derive(Debug, PartialEq)]
enum Said {
    Accept,
    Reject(String),
    Correct(Vec<(String, String)>, Option<String>),
    Skip,
    Undo,
    Quit,
    Help,
}

/// Goes through the figures until they or the answers end.
pub(super) fn session(
    waiting: &[UnderReview],
    answers: &mut impl BufRead,
    out: &mut impl Write,
    desk: &mut impl Desk,
) -> Result<()> {
    let (mut at, mut decided) = (0, Vec::new());
    while let Some(item) = waiting.get(at) {
        let item = desk.look(item.id)?;
        writeln!(out, "\n{} of {}", at + 1, waiting.len())?;
        show(&item, out)?;
        loop {
            write!(out, "accept, reject, correct, skip, undo, quit, ? > ")?;
            out.flush()?;
            let mut line = String::new();
            if answers.read_line(&mut line)? == 0 {
                writeln!(out)?;
                return finish(&decided, waiting.len(), out);
            }
            match act(&line, &item, &mut decided, desk) {
                Ok(Next::Stay(said)) => writeln!(out, "{}", printable_lines(&said))?,
                Ok(Next::On(said)) => {
                    if !said.is_empty() {
                        writeln!(out, "{}", printable(&said))?;
                    }
                    at += 1;
                    break;
                }
                Ok(Next::Back(said, id)) => {
                    writeln!(out, "{}", printable(&said))?;
                    at = waiting.iter().position(|item| item.id == id).unwrap_or(at);
                    break;
                }
                Ok(Next::Stop) => return finish(&decided, waiting.len(), out),
                Err(error) => writeln!(out, "{}", printable(&crate::cli::failure::message(&error)))?,
            }
        }
    }
    finish(&decided, waiting.len(), out)
}

enum Next {
    Stay(String),
    On(String),
    Back(String, i64),
    Stop,
}

fn act(line: &str, item: &UnderReview, decided: &mut Vec<i64>, desk: &mut impl Desk) -> Result<Next> {
    let (verdict, reason) = match said(line) {
        Err(reason) => return Ok(Next::Stay(reason)),
        Ok(Said::Help) => return Ok(Next::Stay(HELP.trim_end().to_owned())),
        Ok(Said::Quit) => return Ok(Next::Stop),
        Ok(Said::Skip) => return Ok(Next::On(String::new())),
        Ok(Said::Undo) => {
            let Some(id) = decided.pop() else { return Ok(Next::Stay("nothing was decided yet".to_owned())) };
            return Ok(Next::Back(desk.undo(id)?, id));
        }
        Ok(Said::Accept) => (Verdict::Accept, None),
        Ok(Said::Reject(reason)) => (Verdict::Reject, Some(reason)),
        Ok(Said::Correct(changes, reason)) => {
            (Verdict::Correct(Box::new(query::corrected(&item.figure, &changes)?)), reason)
        }
    };
    let told = desk.decide(item, verdict, reason)?;
    decided.push(item.id);
    Ok(Next::On(told))
}

fn finish(decided: &[i64], of: usize, out: &mut impl Write) -> Result<()> {
    writeln!(out, "{} of {of} decided", decided.len())?;
    Ok(out.flush()?)
}

/// Reads a line, or says what is expected.
fn said(line: &str) -> Result<Said, String> {
    let line = line.trim();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    match word {
        "a" | "accept" => Ok(Said::Accept),
        "r" | "reject" if rest.is_empty() => Err("say why: `r REASON`".to_owned()),
        "r" | "reject" => Ok(Said::Reject(rest.to_owned())),
        "c" | "correct" => correction(rest),
        "s" | "skip" => Ok(Said::Skip),
        "u" | "undo" => Ok(Said::Undo),
        "q" | "quit" => Ok(Said::Quit),
        "?" | "h" | "help" => Ok(Said::Help),
        _ => Err("a, r REASON, c FIELD=VALUE ; REASON, s, u, q, or ? for help".to_owned()),
    }
}

/// Reads `market=South Korea period=2022-Q2 ; see the title`: a value goes on until the next field.
fn correction(text: &str) -> Result<Said, String> {
    let (changes, reason) =
        text.split_once(';').map_or((text, ""), |(changes, reason)| (changes, reason.trim()));
    let mut found: Vec<(String, String)> = Vec::new();
    for word in changes.split_whitespace() {
        match (word.split_once('='), found.last_mut()) {
            (Some((field, value)), last) if FIELDS.contains(&field) || last.is_none() => {
                found.push((field.to_owned(), value.to_owned()));
            }
            (_, Some((_, value))) => {
                value.push(' ');
                value.push_str(word);
            }
            (_, None) => return Err("expected FIELD=VALUE, as `c market=Russia ; see the title`".to_owned()),
        }
    }
    if found.is_empty() {
        return Err("say what is right: `c market=Russia ; REASON`".to_owned());
    }
    if reason.is_empty() {
        return Err("say why, after a semicolon: `c market=Russia ; REASON`".to_owned());
    }
    Ok(Said::Correct(found, Some(reason.to_owned())))
}

/// Shows a figure: what was read, in which words, and why it is not sure.
fn show(item: &UnderReview, out: &mut impl Write) -> Result<()> {
    let figure = &item.figure;
    let mut line = |label: &str, text: &str| writeln!(out, "  {label:<12}{}", printable(text));
    let head: Vec<&str> = [item.title.as_deref(), item.published.as_deref()].into_iter().flatten().collect();
    line("figure", &item.id.to_string())?;
    if !head.is_empty() {
        line("article", &head.join(", "))?;
    }
    line("sentence", &marked(item))?;
    for (label, text) in fields(figure) {
        line(label, &text)?;
    }
    line(
        "confidence",
        &format!("{:.2}, {:.2} with product and period", figure.confidence, figure.confidence_full),
    )?;
    line("why", &item.why.join("; "))?;
    Ok(())
}

fn fields(figure: &Figure) -> Vec<(&'static str, String)> {
    let named =
        |subject: &tradeshare::model::Subject| format!("{} ({})", subject.name, subject.kind.as_str());
    let mut value = match figure.value_max {
        Some(max) => format!("{} to {max} %", figure.value),
        None if figure.measure == tradeshare::model::Measure::Rank => format!("rank {}", figure.value),
        None => format!("{} %", figure.value),
    };
    if figure.qualifier != tradeshare::model::Qualifier::Exact {
        value = format!("{} {value}", figure.qualifier);
    }
    let mut all = vec![
        ("value", value),
        ("subject", named(&figure.subject)),
        ("market", named(&figure.market)),
        ("product", figure.product.clone()),
        ("basis", figure.basis.to_string()),
        ("period", figure.period.map_or("not settled".to_owned(), |period| period.to_string())),
    ];
    all.extend(figure.attribution.iter().map(|by| ("attribution", by.clone())));
    if figure.status != tradeshare::model::Status::Actual {
        all.push(("status", figure.status.to_string()));
    }
    all
}

/// Makes text of several lines safe for a terminal.
fn printable_lines(text: &str) -> String {
    text.lines().map(printable).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_a_person_writes_them() {
        assert_eq!(said(" a \n"), Ok(Said::Accept));
        assert_eq!(said("r no market share"), Ok(Said::Reject("no market share".to_owned())));
        assert!(said("r").is_err() && said("").is_err() && said("yes").is_err());
        let pair = |field: &str, value: &str| (field.to_owned(), value.to_owned());
        assert_eq!(
            said("c market=South Korea period=2022-Q2 ; see the title"),
            Ok(Said::Correct(
                vec![pair("market", "South Korea"), pair("period", "2022-Q2")],
                Some("see the title".to_owned())
            ))
        );
        for line in ["c", "c Russia ; so", "c market=Russia", "c market=Russia ;"] {
            assert!(said(line).is_err(), "{line}");
        }
        // A field that does not exist is told so by the library, with the closest names.
        assert_eq!(
            said("c markt=Russia ; so"),
            Ok(Said::Correct(vec![pair("markt", "Russia")], Some("so".to_owned())))
        );
    }
}
