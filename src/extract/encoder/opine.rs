//! From the vectors of a window to opinions about its values.

use super::curves::{exp, softmax};
use super::weights::{BASES, Network, ROLE, ROLES, SENTENCES, STEPS, WIDTH};
use super::windows::{What, Window};
use crate::extract::opinions::Opinion;
use std::collections::HashMap;

/// Less likely readings are not listed.
const LEAST: f32 = 0.002;

/// The roles in the order of the weights.
const SUBJECT: usize = 0;
const MARKET: usize = 1;
const PRODUCT: usize = 2;
const TIME: usize = 3;

/// Returns what the encoder thinks of the values of a window.
pub(crate) fn opine(network: &Network, window: &Window) -> Vec<Opinion> {
    let pieces = pieces_of(window);
    let vectors = network.encode(&window.pieces, &window.kinds, &pieces);
    let mut spots = vec![0.0; window.spots.len() * WIDTH];
    for (spot, slot) in window.spots.iter().zip(spots.chunks_exact_mut(WIDTH)) {
        let count = spot.last - spot.first + 1;
        let from = pieces.partition_point(|piece| *piece < spot.first);
        let part = 1.0 / count as f32;
        for row in vectors[from * WIDTH..(from + count) * WIDTH].chunks_exact(WIDTH) {
            slot.iter_mut().zip(row).for_each(|(s, v)| *s += v * part);
        }
    }
    let values: Vec<f32> =
        window.asked.iter().flat_map(|at| spots[at * WIDTH..(at + 1) * WIDTH].iter().copied()).collect();
    let queries = network.query.apply(&values);
    let keys = network.key.apply(&spots);
    let key_bias = network.key_bias.apply(&spots);
    let none = network.none.apply(&values);
    let world = network.world.apply(&values);
    let gates = network.gate.apply(&values);
    let mut bases = network.basis.apply(&values);
    let scale = 1.0 / (ROLE as f32).sqrt();
    let mut out = Vec::new();
    for (n, &asked) in window.asked.iter().enumerate() {
        let value = &window.spots[asked];
        let What::Value(place) = value.what else { continue };
        // The score of a spot in a role: how query and key agree, and how far apart they stand.
        let score = |role: usize, at: usize| {
            let spot = &window.spots[at];
            let q = &queries[n * ROLES * ROLE + role * ROLE..][..ROLE];
            let k = &keys[at * ROLES * ROLE + role * ROLE..][..ROLE];
            let agree: f32 = q.iter().zip(k).map(|(a, b)| a * b).sum();
            let side = usize::from(spot.first > value.first);
            let far = step(at.abs_diff(asked));
            let rows = (spot.row as isize - value.row as isize).clamp(-4, 2) + 4;
            agree * scale
                + key_bias[at * ROLES + role]
                + network.distance[(role * 2 + side) * STEPS + far]
                + network.sentences[role * SENTENCES + rows as usize]
        };
        let chances = |role: usize, fits: &dyn Fn(&What) -> bool| -> (Vec<usize>, Vec<f32>) {
            let at: Vec<usize> = (0..window.spots.len()).filter(|&at| fits(&window.spots[at].what)).collect();
            let mut scores: Vec<f32> = at.iter().map(|&at| score(role, at)).collect();
            scores.push(none[n * ROLES + role]);
            if role == MARKET {
                scores.push(world[n]);
            }
            softmax(&mut scores);
            (at, scores)
        };
        let by_key = |(at, chances): (Vec<usize>, Vec<f32>), key: &dyn Fn(&What) -> String| {
            let mut sums: HashMap<String, f64> = HashMap::new();
            for (at, chance) in at.iter().zip(&chances) {
                *sums.entry(key(&window.spots[*at].what)).or_insert(0.0) += f64::from(*chance);
            }
            (sums, chances)
        };
        let key = |what: &What| match what {
            What::Mention { key, .. } | What::Run { key } => key.clone(),
            _ => String::new(),
        };
        let subject = by_key(
            chances(SUBJECT, &|w| matches!(w, What::Mention { subject: true, .. } | What::Run { .. })),
            &key,
        );
        let (mut market, of) =
            by_key(chances(MARKET, &|w| matches!(w, What::Mention { market: true, .. })), &key);
        *market.entry("region/WLD".to_owned()).or_insert(0.0) += f64::from(of[of.len() - 1]);
        let product =
            by_key(chances(PRODUCT, &|w| matches!(w, What::Mention { product: Some(_), .. })), &|what| {
                match what {
                    What::Mention { product: Some(product), .. } => product.clone(),
                    _ => String::new(),
                }
            });
        let (times, of) = chances(TIME, &|w| matches!(w, What::Time(_)));
        let time = times.iter().zip(&of).filter(|(_, p)| **p > LEAST).filter_map(|(at, p)| {
            let What::Time(t) = window.spots[*at].what else { return None };
            Some((window.spots[*at].sent, t, f64::from(*p)))
        });
        let basis = &mut bases[n * BASES..(n + 1) * BASES];
        softmax(basis);
        let told = |mut sums: HashMap<String, f64>| {
            sums.retain(|_, p| *p > f64::from(LEAST));
            sums
        };
        out.push(Opinion {
            at: (value.sent, place),
            gate: f64::from(1.0 / (1.0 + exp(-gates[n]))),
            subject: told(subject.0),
            market: told(market),
            product: told(product.0),
            time: time.collect(),
            no_time: f64::from(of[of.len() - 1]),
            basis: basis.iter().map(|p| f64::from(*p)).collect(),
        });
    }
    out
}

/// The pieces of all spots, in order and once each.
fn pieces_of(window: &Window) -> Vec<usize> {
    let mut pieces: Vec<usize> = window.spots.iter().flat_map(|spot| spot.first..=spot.last).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

fn step(n: usize) -> usize {
    [0, 1, 2, 3, 5, 8, 12, 20].iter().position(|most| n <= *most).unwrap_or(STEPS - 1)
}
