//! The page around the plot: title and subtitle above, notes and source below. Heights come from measured wrapping.

use super::fonts::Fonts;
use super::plot::Frame;
use super::scene::{Anchor, Scene};
use super::shape::{balance, wrap};
use super::spec::ChartSpec;
use super::style::{FOOTER, INK, MARGIN, MUTED, SUBTITLE, TITLE, Type, WIDTH};

const ABOVE_TITLE: f64 = 20.0;
const BELOW_TITLE: f64 = 4.0;
const BELOW_HEADING: f64 = 16.0;
const ABOVE_FOOTER: f64 = 12.0;
const BELOW_FOOTER: f64 = 16.0;
const FOOTER_LINE: f64 = 18.0;

/// Set heading and footer.
pub(super) struct Page {
    title: Vec<String>,
    subtitle: Vec<String>,
    footer: Vec<String>,
}

impl Page {
    /// Sets the words of a chart; `more` is a last note that only drawing can know.
    pub(super) fn new(spec: &ChartSpec, fonts: &Fonts<'_>, more: Option<&str>) -> Self {
        let room = WIDTH - 2.0 * MARGIN;
        let notes: Vec<&str> = spec.notes.iter().map(String::as_str).chain(more).collect();
        let footer = [notes.join(" "), spec.source.clone()];
        let footer = footer.iter().flat_map(|text| paragraph(fonts, text, room)).collect();
        Self {
            title: balance(fonts, &spec.title, TITLE, room),
            subtitle: balance(fonts, &spec.subtitle, SUBTITLE, room),
            footer,
        }
    }

    /// Opens a scene with the words drawn, at least `inside` pixels high between them and `least` in all, and returns that space.
    pub(super) fn open(&self, inside: f64, least: f64) -> (Scene, Frame) {
        let top = ABOVE_TITLE
            + self.title.len() as f64 * line(TITLE)
            + BELOW_TITLE
            + self.subtitle.len() as f64 * line(SUBTITLE)
            + BELOW_HEADING;
        let below = ABOVE_FOOTER + self.footer.len() as f64 * FOOTER_LINE + BELOW_FOOTER;
        let height = (top + inside + below).max(least).round();
        let mut scene = Scene::new(WIDTH, height);
        self.draw(&mut scene);
        (scene, Frame { left: MARGIN, top, right: WIDTH - MARGIN, bottom: height - below })
    }

    fn draw(&self, scene: &mut Scene) {
        let mut y = ABOVE_TITLE;
        for text in &self.title {
            y += line(TITLE);
            scene.text((MARGIN, y - 6.0), text, TITLE, INK, Anchor::Start);
        }
        y += BELOW_TITLE;
        for text in &self.subtitle {
            y += line(SUBTITLE);
            scene.text((MARGIN, y - 5.0), text, SUBTITLE, MUTED, Anchor::Start);
        }
        let mut y = scene.height - BELOW_FOOTER - self.footer.len() as f64 * FOOTER_LINE;
        for text in &self.footer {
            y += FOOTER_LINE;
            scene.text((MARGIN, y - 5.0), text, FOOTER, MUTED, Anchor::Start);
        }
    }
}

/// Breaks small print into lines that end neither between a number and its noun nor inside the last sentence.
fn paragraph(fonts: &Fonts<'_>, text: &str, room: f64) -> Vec<String> {
    const TOGETHER: &str = "\u{a0}";
    let mut bound = String::with_capacity(text.len());
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        bound.push_str(word);
        let number = word.chars().all(|c| c.is_ascii_digit());
        match words.peek() {
            Some(_) if number || word == "Chart:" => bound.push_str(TOGETHER),
            Some(_) => bound.push(' '),
            None => {}
        }
    }
    let lines = wrap(fonts, &bound, FOOTER, room);
    lines.into_iter().map(|line| line.replace(TOGETHER, " ")).collect()
}

/// Height of a line of a heading.
fn line(kind: Type) -> f64 {
    (kind.size * 1.28).round()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_with_its_noun() {
        let fonts = Fonts::new(None).expect("embedded");
        let text = "Source: Bloomberg, UN Comtrade; 1 figure stated, 10 shares computed. Chart: tradeshare.";
        for room in (120..600).step_by(7) {
            let lines = paragraph(&fonts, text, f64::from(room));
            assert_eq!(lines.join(" "), text);
            assert!(
                lines.iter().all(|line| !line.ends_with(['1', '0']) && !line.ends_with("Chart:")),
                "{lines:?}"
            );
        }
    }
}
