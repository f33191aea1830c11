//! A small pre-trained encoder that reads an article and tells what it thinks of each value: whether it belongs to a
//! figure, and which of the mentions around are its subject, market, product and time.
//!
//! It decides nothing. Its opinions are features of the linear models, beside those of patterns and paths.
//! The weights began as the lower three layers of MiniLM-L6 (Apache-2.0) and were taught with annotated passages by
//! `examples/train_encoder.py`; `docs/extraction.md` says how.

pub(crate) mod lessons;
mod network;
mod opine;
mod pieces;
mod weights;
mod windows;

use super::opinions::Opinions;
use super::reading::Reading;
use crate::model::Article;
use std::collections::HashMap;
use std::sync::LazyLock;
use weights::Network;

/// The encoder of the project; unpacked when first asked.
static NETWORK: LazyLock<Option<Network>> =
    LazyLock::new(|| Network::read(include_bytes!("../data/encoder.bin")));

/// Where opinions come from.
#[derive(Debug, Default)]
pub enum Encoder {
    /// There are none: the linear models read alone.
    Off,
    /// They were written down before, by the `id` of the article: for learning.
    Kept(HashMap<String, Opinions>),
    /// The project's own encoder.
    #[default]
    Own,
}

impl Encoder {
    /// Returns the opinions about the values of an article.
    pub(crate) fn opinions(&self, article: &Article, reading: &Reading<'_>) -> Option<Opinions> {
        match self {
            Self::Off => None,
            Self::Kept(all) => all.get(&article.id).cloned(),
            Self::Own => {
                let network = NETWORK.as_ref()?;
                let mut all = Opinions::default();
                for window in windows::windows(reading, &network.vocabulary) {
                    opine::opine(network, &window).into_iter().for_each(|opinion| all.add(opinion));
                }
                Some(all)
            }
        }
    }
}
