//! Words cut into the pieces an encoder knows: lower case, no accents, marks apart, the longest known piece first.

use crate::reference::fold;
use std::collections::HashMap;

/// A piece of a text with its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub id: u32,
    pub start: usize,
    pub end: usize,
}

/// The pieces that are known.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    ids: HashMap<String, u32>,
    /// Marks the begin of an article, the end of a sentence, and what is not known.
    pub begin: u32,
    pub end: u32,
    unknown: u32,
}

/// Longer words are not cut.
const LONGEST: usize = 100;

impl Vocabulary {
    /// Reads one piece a line; `##` stands before a piece that goes on a word.
    pub fn new(text: &str) -> Self {
        let ids: HashMap<String, u32> =
            text.lines().enumerate().map(|(at, piece)| (piece.to_owned(), at as u32)).collect();
        let id = |piece: &str| ids.get(piece).copied().unwrap_or(0);
        let (begin, end, unknown) = (id("[CLS]"), id("[SEP]"), id("[UNK]"));
        Self { ids, begin, end, unknown }
    }

    /// Cuts a text; bytes count from its begin.
    pub fn cut(&self, text: &str) -> Vec<Piece> {
        let mut out = Vec::new();
        let mut word: Vec<(char, usize, usize)> = Vec::new();
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            if c.is_whitespace() {
                self.word(&mut word, &mut out);
            } else if c.is_control() || c == '\u{fffd}' {
                // Left out, as if it were not there.
            } else if stands_alone(c) {
                self.word(&mut word, &mut out);
                word.push((c, at, end));
                self.word(&mut word, &mut out);
            } else {
                plain(c, |c| word.push((c, at, end)));
            }
        }
        self.word(&mut word, &mut out);
        out
    }

    /// Cuts one word and empties it.
    fn word(&self, word: &mut Vec<(char, usize, usize)>, out: &mut Vec<Piece>) {
        let (Some(&(_, start, _)), Some(&(_, _, end))) = (word.first(), word.last()) else { return };
        let before = out.len();
        let mut at = 0;
        let mut piece = String::new();
        while at < word.len() && word.len() <= LONGEST {
            let mut found = None;
            let mut upto = word.len();
            while upto > at {
                piece.clear();
                if at > 0 {
                    piece.push_str("##");
                }
                piece.extend(word[at..upto].iter().map(|(c, _, _)| *c));
                if let Some(&id) = self.ids.get(piece.as_str()) {
                    found = Some((id, upto));
                    break;
                }
                upto -= 1;
            }
            let Some((id, upto)) = found else { break };
            out.push(Piece { id, start: word[at].1, end: word[upto - 1].2 });
            at = upto;
        }
        if at < word.len() {
            out.truncate(before);
            out.push(Piece { id: self.unknown, start, end });
        }
        word.clear();
    }
}

/// Returns whether a character is a word by itself: marks, and the signs of Chinese and Japanese.
fn stands_alone(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}'
        | '¡' | '§' | '«' | '¶' | '·' | '»' | '¿'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}')
}

/// Calls `take` with the lower-case letters of a character, accents off.
fn plain(c: char, mut take: impl FnMut(char)) {
    if c.is_ascii() {
        take(c.to_ascii_lowercase());
    } else if c.is_alphabetic() {
        let mut buffer = [0; 4];
        fold(c.encode_utf8(&mut buffer)).chars().for_each(take);
    } else if !matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}') {
        take(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_piece_comes_first_and_bytes_lead_back() {
        let vocabulary = Vocabulary::new("[UNK]\n[CLS]\n[SEP]\ncar\n##s\nin\n81\n%\nturkiye");
        let text = "81% cars in Türkiye xyz";
        let cut = vocabulary.cut(text);
        let words: Vec<&str> = cut.iter().map(|p| &text[p.start..p.end]).collect();
        assert_eq!(words, ["81", "%", "car", "s", "in", "Türkiye", "xyz"]);
        assert_eq!(cut[5].id, 8);
        assert_eq!(cut[6].id, 0);
    }
}
