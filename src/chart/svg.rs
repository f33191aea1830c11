//! A scene as SVG: text stays text, nothing in it can run.

use super::fonts::Fonts;
use super::scene::{Anchor, Op, Scene, Stroke, Text};
use super::shape;
use super::spec::ChartSpec;
use super::style::{PAPER, Rgb, Weight};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Faces in the order of preference: the one the widths were measured with first.
const FAMILIES: &str = "Inter, 'Droid Sans Fallback', 'Helvetica Neue', Arial, 'Noto Sans', sans-serif";

/// Writes the scene. The ids start with a mark of the content, so that several charts can stand in one page.
pub(super) fn svg(spec: &ChartSpec, scene: &Scene, fonts: &Fonts<'_>) -> String {
    let mut body = String::new();
    for op in &scene.ops {
        match op {
            Op::Path { points, closed, fill, stroke } => {
                let mut path = String::new();
                for (i, (x, y)) in points.iter().enumerate() {
                    let _ = write!(path, "{}{} {}", if i == 0 { 'M' } else { 'L' }, number(*x), number(*y));
                }
                path.push_str(if *closed { "Z" } else { "" });
                let _ = writeln!(body, r#"<path d="{path}"{}/>"#, paint(*fill, stroke.as_ref()));
            }
            Op::Circle { centre: (x, y), radius, fill, stroke } => {
                let (x, y, r) = (number(*x), number(*y), number(*radius));
                let _ =
                    writeln!(body, r#"<circle cx="{x}" cy="{y}" r="{r}"{}/>"#, paint(*fill, stroke.as_ref()));
            }
            Op::Text(text) => write_text(&mut body, text, fonts),
        }
    }
    let (title, alt) = (escape(&spec.title), escape(&spec.alt));
    let id = mark(&[&title, &alt, &body]);
    let (width, height, paper) = (number(scene.width), number(scene.height), hex(PAPER));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" font-family=\"{FAMILIES}\">\n\
         <title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-desc\">{alt}</desc>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>\n{body}</svg>\n"
    )
}

fn write_text(body: &mut String, text: &Text, fonts: &Fonts<'_>) {
    let (x, y, size) = (number(text.at.0), number(text.at.1), number(text.kind.size));
    let _ = write!(body, r#"<text x="{x}" y="{y}" font-size="{size}" fill="{}""#, hex(text.colour));
    if text.kind.weight == Weight::SemiBold {
        body.push_str(r#" font-weight="600""#);
    }
    body.push_str(match text.anchor {
        Anchor::Start => "",
        Anchor::Middle => r#" text-anchor="middle""#,
        Anchor::End => r#" text-anchor="end""#,
    });
    if text.halo > 0.0 {
        let (halo, paper) = (number(text.halo), hex(PAPER));
        let _ = write!(
            body,
            r#" stroke="{paper}" stroke-width="{halo}" stroke-linejoin="round" paint-order="stroke""#
        );
    }
    // With another face the text keeps its measured width, and so nothing overlaps.
    let width = number(shape::width(fonts, &text.text, text.kind));
    let _ = write!(body, r#" textLength="{width}" lengthAdjust="spacingAndGlyphs""#);
    let words = escape(&text.text);
    let _ = writeln!(body, r#" style="font-feature-settings:'tnum';white-space:pre">{words}</text>"#);
}

fn paint(fill: Option<(Rgb, f64)>, stroke: Option<&Stroke>) -> String {
    let mut out = match fill {
        Some((colour, alpha)) => format!(r#" fill="{}"{}"#, hex(colour), opacity("fill", alpha)),
        None => r#" fill="none""#.to_owned(),
    };
    if let Some(Stroke { colour, alpha, width, dash }) = stroke {
        let _ = write!(out, r#" stroke="{}" stroke-width="{}""#, hex(*colour), number(*width));
        out.push_str(&opacity("stroke", *alpha));
        if dash.is_empty() {
            out.push_str(r#" stroke-linejoin="round" stroke-linecap="round""#);
        } else {
            let dash: Vec<String> = dash.iter().map(|length| number(*length)).collect();
            let _ = write!(out, r#" stroke-linejoin="round" stroke-dasharray="{}""#, dash.join(" "));
        }
    }
    out
}

fn opacity(what: &str, alpha: f64) -> String {
    if alpha < 1.0 { format!(r#" {what}-opacity="{}""#, number(alpha)) } else { String::new() }
}

/// Prints with at most two decimals and no trailing zeros.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn hex((r, g, b): Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Escapes text for XML and drops what XML forbids; text comes from articles.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// Returns a letter and eight hexadecimal digits of the content's SHA-256.
fn mark(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(4).fold("c".to_owned(), |mut id, byte| {
        let _ = write!(id, "{byte:02x}");
        id
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_outside_cannot_become_markup() {
        let text = "<script>alert('x')</script> ]]> & \"q\" \u{0}\u{8}\u{1b}[0m\u{ffff}";
        let safe = escape(text);
        assert_eq!(safe, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; ]]&gt; &amp; &quot;q&quot; [0m");
    }

    #[test]
    fn numbers_are_short_and_never_minus_zero() {
        assert_eq!([number(1.0), number(-0.001), number(2.345), number(10.0)], ["1", "0", "2.35", "10"]);
    }

    #[test]
    fn ids_differ_with_the_content() {
        assert_ne!(mark(&["a", "b"]), mark(&["ab", ""]));
        assert!(mark(&["a"]).starts_with('c'));
    }
}
