//! Text to paragraphs and sentences.

/// One sentence: bytes `start..end` of the text, without the space around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub start: usize,
    pub end: usize,
    /// Number of the paragraph in the text, from 0.
    pub paragraph: usize,
    /// Number of the sentence in its paragraph, from 0.
    pub index_in_paragraph: usize,
}

impl Sentence {
    /// Returns the bytes of the sentence.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}

/// Cuts the whole text. A sentence never crosses a newline and is never longer than a few thousand bytes.
pub(crate) fn sentences(text: &str) -> Vec<Sentence> {
    let _ = text;
    Vec::new()
}

/// Returns the indices of the sentences in which a trigger begins, ascending.
pub(crate) fn triggered(sentences: &[Sentence], hits: &[usize]) -> Vec<usize> {
    let _ = (sentences, hits);
    Vec::new()
}
