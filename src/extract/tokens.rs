//! Text to tokens: where each word, number and mark begins and ends.
//!
//! Tokens are byte spans of the article's text, which is never rewritten. Spaces give no token. What is joined by a
//! hyphen is split, and [`Words::joined`] tells that nothing stood between.

use std::borrow::Cow;
use std::ops::Range;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters, with digits after the first: `cars`, `Q2`, `U.S.`.
    Word,
    /// Digits with their separators: `12`, `1,234.5`, `17,1`.
    Number,
    /// `%` or a sign like it.
    Percent,
    /// The `'s` of a possessive.
    Possessive,
    /// Hyphen, dash or minus, of any length.
    Dash,
    /// Any quotation mark.
    Quote,
    /// Any other mark; one character.
    Mark,
}

/// One token: bytes `start..end` of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: TokenKind,
}

/// Returns the tokens of `text[range]`; the range must lie on character borders.
pub(crate) fn tokens(text: &str, range: Range<usize>) -> Vec<Token> {
    let mut scanner = Scanner { bytes: text.as_bytes(), text, at: range.start, stop: range.end };
    let mut found = Vec::with_capacity(range.len() / 5);
    while scanner.at < scanner.stop {
        if let Some(token) = scanner.next() {
            found.push(token);
        }
    }
    found
}

struct Scanner<'a> {
    bytes: &'a [u8],
    text: &'a str,
    at: usize,
    stop: usize,
}

impl Scanner<'_> {
    /// Steps over one token, or over one character that gives none.
    fn next(&mut self) -> Option<Token> {
        let start = self.at;
        let kind = match self.bytes[start] {
            b'0'..=b'9' => self.number(),
            b'a'..=b'z' | b'A'..=b'Z' => self.word(),
            b'\'' => self.apostrophe(1),
            byte if byte.is_ascii() => {
                self.at += 1;
                ascii_kind(byte)?
            }
            _ => self.wide()?,
        };
        if kind == TokenKind::Dash {
            while self.at < self.stop && self.bytes[self.at] == b'-' {
                self.at += 1;
            }
        }
        Some(Token { start, end: self.at, kind })
    }

    /// Steps over digits and the separators between them.
    fn number(&mut self) -> TokenKind {
        while self.at < self.stop {
            let separator = matches!(self.bytes[self.at], b'.' | b',') && self.byte(1).is_ascii_digit();
            if !separator && !self.bytes[self.at].is_ascii_digit() {
                break;
            }
            self.at += 1;
        }
        TokenKind::Number
    }

    /// Steps over a word; `U.S.` keeps its dots, `Cote d'Ivoire` its apostrophe, `China's` loses the ending.
    fn word(&mut self) -> TokenKind {
        let start = self.at;
        loop {
            // Nearly all text: no need to decode it.
            while self.byte(0).is_ascii_alphanumeric() {
                self.at += 1;
            }
            let Some(c) = self.char_at(self.at) else { break };
            let next = self.at + c.len_utf8();
            let goes_on = match c {
                '.' => self.acronym_until(start, next),
                '\'' | '’' => {
                    self.char_at(next).is_some_and(char::is_alphabetic) && !self.is_possessive(next)
                }
                '\u{ad}' => true,
                c => c.is_alphanumeric(),
            };
            if !goes_on {
                break;
            }
            self.at = next;
        }
        TokenKind::Word
    }

    /// Returns whether the dot before `next` belongs to an acronym that began at `start`: letters and dots by turns.
    fn acronym_until(&self, start: usize, next: usize) -> bool {
        let letters = &self.bytes[start..next];
        let alternates = letters.len() <= 12
            && letters.chunks(2).all(|pair| matches!(pair, [letter, b'.'] if letter.is_ascii_alphabetic()));
        let letter_follows = next < self.stop && self.bytes[next].is_ascii_alphabetic() && {
            let after = self.bytes.get(next + 1).copied().filter(|_| next + 1 < self.stop);
            after == Some(b'.') || letters.len() > 2 && !after.is_some_and(|b| b.is_ascii_alphabetic())
        };
        alternates && (letters.len() > 2 || letter_follows)
    }

    /// Steps over an apostrophe of `width` bytes, and over the s of a possessive.
    fn apostrophe(&mut self, width: usize) -> TokenKind {
        let touches = self.text[..self.at].chars().next_back().is_some_and(char::is_alphanumeric);
        self.at += width;
        if touches && self.is_possessive(self.at) {
            self.at += 1;
            return TokenKind::Possessive;
        }
        TokenKind::Quote
    }

    /// Returns whether an s stands alone at `at`.
    fn is_possessive(&self, at: usize) -> bool {
        matches!(self.char_at(at), Some('s' | 'S'))
            && !self.char_at(at + 1).is_some_and(char::is_alphanumeric)
    }

    /// Steps over a character beyond ASCII, or over the word that begins with it.
    fn wide(&mut self) -> Option<TokenKind> {
        let c = self.char_at(self.at)?;
        if c == '’' {
            return Some(self.apostrophe(c.len_utf8()));
        }
        if c.is_alphabetic() {
            return Some(self.word());
        }
        self.at += c.len_utf8();
        match c {
            '％' | '٪' | '﹪' => Some(TokenKind::Percent),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => Some(TokenKind::Dash),
            '‘' | '“' | '”' | '„' | '‚' | '«' | '»' | '‹' | '›' => Some(TokenKind::Quote),
            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' => None,
            c if c.is_whitespace() => None,
            _ => Some(TokenKind::Mark),
        }
    }

    fn byte(&self, ahead: usize) -> u8 {
        let at = self.at + ahead;
        if at < self.stop { self.bytes[at] } else { 0 }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        if at < self.stop && self.bytes[at].is_ascii() {
            return Some(char::from(self.bytes[at]));
        }
        (at < self.stop).then(|| self.text[at..self.stop].chars().next()).flatten()
    }
}

/// Returns the kind of a lone ASCII character; `None` for space and control.
fn ascii_kind(byte: u8) -> Option<TokenKind> {
    match byte {
        b'%' => Some(TokenKind::Percent),
        b'-' => Some(TokenKind::Dash),
        b'"' | b'`' => Some(TokenKind::Quote),
        byte if byte.is_ascii_graphic() => Some(TokenKind::Mark),
        _ => None,
    }
}

/// The tokens of one sentence with their lower-case spellings.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    /// The whole text of the article; token offsets point into it.
    pub text: &'a str,
    pub tokens: Vec<Token>,
    lower: Vec<Cow<'a, str>>,
}

impl<'a> Words<'a> {
    /// Reads the tokens of `text[range]`.
    pub fn read(text: &'a str, range: Range<usize>) -> Self {
        let tokens = tokens(text, range);
        let lower = tokens.iter().map(|token| lower(text, token)).collect();
        Self { text, tokens, lower }
    }

    /// Returns the number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Returns the lower-case spelling of token `at`, empty past the end.
    pub fn lower(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", |word| word)
    }

    /// Returns the kind of token `at`.
    pub fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    /// Returns whether tokens `at` and `at + 1` touch.
    pub fn joined(&self, at: usize) -> bool {
        matches!(self.tokens.get(at..at + 2), Some([a, b]) if a.end == b.start)
    }

    /// Returns the bytes from token `first` to token `last`, both in.
    pub fn span(&self, first: usize, last: usize) -> (usize, usize) {
        (self.tokens[first].start, self.tokens[last].end)
    }
}

/// Returns the spelling of a token that look-ups use: lower case, straight apostrophe, no soft hyphen.
pub(crate) fn lower<'a>(text: &'a str, token: &Token) -> Cow<'a, str> {
    let word = &text[token.start..token.end];
    if word.is_ascii() {
        return if word.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(word.to_ascii_lowercase())
        } else {
            Cow::Borrowed(word)
        };
    }
    Cow::Owned(word.replace('’', "'").replace('\u{ad}', "").to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn cuts(text: &str, expected: &[&str]) {
        let found: Vec<&str> = tokens(text, 0..text.len()).iter().map(|t| &text[t.start..t.end]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_keep_their_separators_and_nothing_else() {
        cuts("1,234.5 and 17,1%, 20, 18.", &["1,234.5", "and", "17,1", "%", ",", "20", ",", "18", "."]);
        cuts("71.8pc 10th 2Q23 H1 Q2’23", &["71.8", "pc", "10", "th", "2", "Q23", "H1", "Q2", "’", "23"]);
        cuts("18.3\u{2009}％ 2018-22", &["18.3", "％", "2018", "-", "22"]);
    }

    #[test]
    fn words_split_at_hyphens_and_possessives_but_not_in_acronyms() {
        cuts("Chinese-built China’s U.S. cars", &["Chinese", "-", "built", "China", "’s", "U.S.", "cars"]);
        cuts("Côte d’Ivoire's don't", &["Côte", "d’Ivoire", "'s", "don't"]);
        cuts("No. 1 in the E.U. now. A", &["No", ".", "1", "in", "the", "E.U.", "now", ".", "A"]);
        cuts("So did I. And", &["So", "did", "I", ".", "And"]);
    }

    #[test]
    fn look_ups_see_lower_case_and_straight_apostrophes() {
        let words = Words::read("CHINA’S Don’t Élan", 0.."CHINA’S Don’t Élan".len());
        assert_eq!(
            (0..words.len()).map(|i| words.lower(i)).collect::<Vec<_>>(),
            ["china", "'s", "don't", "élan"]
        );
        assert!(words.joined(0) && !words.joined(1));
    }
}
