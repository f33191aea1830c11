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
    let _ = (text, range);
    Vec::new()
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

/// Returns the spelling of a token that look-ups use: lower case, straight apostrophe.
pub(crate) fn lower<'a>(text: &'a str, token: &Token) -> Cow<'a, str> {
    Cow::Borrowed(&text[token.start..token.end])
}
