//! A small pre-trained encoder that reads an article and tells what it thinks of each value: whether it belongs to a
//! figure, and which of the mentions around are its subject, market, product and time.
//!
//! It decides nothing. Its opinions are features of the linear models, beside those of patterns and paths.
//! The weights began as the lower three layers of MiniLM-L6 (Apache-2.0) and were taught with annotated passages by
//! `examples/train_encoder.py`; `docs/extraction.md` says how.

mod attention;
mod curves;
pub(crate) mod lessons;
mod network;
mod opine;
mod pieces;
mod weights;
mod whole;
mod windows;

use super::context::Context;
use super::gate::gate_features;
use super::linear::Weights;
use super::opinions::Opinions;
use std::collections::HashMap;
use std::sync::LazyLock;
use weights::Network;

/// The encoder of the project; unpacked when first asked.
static NETWORK: LazyLock<Option<Network>> =
    LazyLock::new(|| Network::read(include_bytes!("../data/encoder.bin")));

/// The gate of the first reading without an encoder, for the quick look.
static SCREEN: LazyLock<Weights> =
    LazyLock::new(|| Weights::from_bytes(include_bytes!("../data/fast/weights-first.bin")));

/// A value less likely than this to belong to a figure is not shown to the encoder.
const RULED_OUT: f64 = 0.02;

/// Where opinions come from.
#[derive(Debug, Default)]
pub enum Encoder {
    /// There are none: the linear models read alone.
    Off,
    /// They were written down before, by the `id` of the article: for learning.
    Kept(HashMap<String, Opinions>),
    /// The project's own encoder, asked about the values that a quick look does not rule out.
    #[default]
    Own,
}

impl Encoder {
    /// Returns the opinions about the values of an article.
    pub(crate) fn opinions(&self, ctx: &Context<'_>) -> Option<Opinions> {
        match self {
            Self::Off => None,
            Self::Kept(all) => all.get(&ctx.article.id).cloned(),
            Self::Own => {
                let network = NETWORK.as_ref()?;
                let worth = |s: usize, v: usize| {
                    let score = SCREEN.score(&gate_features(ctx, s, v, &[]));
                    1.0 / (1.0 + (-score).exp()) >= RULED_OUT
                };
                let mut all = Opinions::default();
                for window in windows::windows(ctx.reading, &network.vocabulary, worth) {
                    opine::opine(network, &window).into_iter().for_each(|opinion| all.add(opinion));
                }
                Some(all)
            }
        }
    }
}
