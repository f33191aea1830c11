//! Attention: each row takes from all rows what its heads look for.

use super::curves::powers;
use super::weights::{HEADS, WIDTH};
use wide::f32x8;

/// Width of a head.
const SIZE: usize = WIDTH / HEADS;
const LANES: usize = 8;
const VECTORS: usize = SIZE / LANES;

/// Queries that are worked on together.
const QUERIES: usize = 4;

/// Returns what rows with these queries take; `offers` has a row's key and value after another.
pub(crate) fn attend(queries: &[f32], offers: &[f32]) -> Vec<f32> {
    let rows = offers.len() / (2 * WIDTH);
    let padded = rows.next_multiple_of(LANES);
    let mut out = vec![0.0; queries.len()];
    let mut keys = vec![[f32x8::ZERO; SIZE]; padded / LANES];
    let mut values = vec![[f32x8::ZERO; VECTORS]; rows];
    let mut scores = vec![0.0; QUERIES * padded];
    for head in 0..HEADS {
        lay_keys(&offers[head * SIZE..], &mut keys);
        lay_values(&offers[WIDTH + head * SIZE..], &mut values);
        let few = queries.chunks(QUERIES * WIDTH).zip(out.chunks_mut(QUERIES * WIDTH));
        for (queries, out) in few {
            let mut parts = [[0.0; SIZE]; QUERIES];
            for (part, row) in parts.iter_mut().zip(queries.chunks_exact(WIDTH)) {
                part.copy_from_slice(&row[head * SIZE..][..SIZE]);
            }
            score(&parts, &keys, &mut scores);
            for (scores, out) in scores.chunks_exact_mut(padded).zip(out.chunks_exact_mut(WIDTH)) {
                let scores = &mut scores[..rows];
                let part = 1.0 / powers(scores);
                let slots = out[head * SIZE..][..SIZE].as_chunks_mut::<LANES>().0;
                for (slot, found) in slots.iter_mut().zip(mix(scores, &values)) {
                    *slot = (found * part).to_array();
                }
            }
        }
    }
    out
}

/// Lays keys of a head so that the scores of a query are sums of vectors; the last strip is filled up with nothing.
fn lay_keys(offers: &[f32], keys: &mut [[f32x8; SIZE]]) {
    for (strip, offers) in keys.iter_mut().zip(offers.chunks(LANES * 2 * WIDTH)) {
        let mut numbers = [[0.0; LANES]; SIZE];
        for (lane, row) in offers.chunks(2 * WIDTH).enumerate() {
            numbers.iter_mut().zip(row).for_each(|(slot, k)| slot[lane] = *k);
        }
        *strip = numbers.map(f32x8::new);
    }
}

/// Lays values of a head one after another.
fn lay_values(offers: &[f32], values: &mut [[f32x8; VECTORS]]) {
    for (slots, row) in values.iter_mut().zip(offers.chunks(2 * WIDTH)) {
        slots.iter_mut().zip(row.as_chunks().0).for_each(|(slot, vector)| *slot = f32x8::new(*vector));
    }
}

/// Scores a few queries against strips of keys.
fn score(queries: &[[f32; SIZE]; QUERIES], keys: &[[f32x8; SIZE]], scores: &mut [f32]) {
    let scale = 1.0 / (SIZE as f32).sqrt();
    let padded = keys.len() * LANES;
    for (n, strip) in keys.iter().enumerate() {
        let mut sums = [f32x8::ZERO; QUERIES];
        for (i, key) in strip.iter().enumerate() {
            for (sum, query) in sums.iter_mut().zip(queries) {
                *sum += f32x8::splat(query[i]) * *key;
            }
        }
        for (sum, scores) in sums.iter().zip(scores.chunks_exact_mut(padded)) {
            scores[n * LANES..][..LANES].copy_from_slice(&(*sum * scale).to_array());
        }
    }
}

/// Sums up values by weight.
fn mix(weights: &[f32], values: &[[f32x8; VECTORS]]) -> [f32x8; VECTORS] {
    let mut sums = [f32x8::ZERO; VECTORS];
    for (weight, value) in weights.iter().zip(values) {
        for (sum, v) in sums.iter_mut().zip(value) {
            *sum += f32x8::splat(*weight) * *v;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_take_what_plain_loops_say() {
        for rows in [1, 7, 8, 21] {
            let numbers =
                |count: usize, step: f32| (0..count * WIDTH).map(move |n| (n as f32 * step).sin() * 2.0);
            let queries: Vec<f32> = numbers(rows.min(5), 0.37).collect();
            let offers: Vec<f32> = numbers(2 * rows, 0.73).collect();
            let query = |row: usize, i: usize| f64::from(queries[row * WIDTH + i]);
            let key = |row: usize, i: usize| f64::from(offers[row * 2 * WIDTH + i]);
            let found = attend(&queries, &offers);
            assert_eq!(found.len(), queries.len());
            for (n, found) in found.iter().enumerate() {
                let (row, i) = (n / WIDTH, n % WIDTH);
                let from = i / SIZE * SIZE;
                let weights: Vec<f64> = (0..rows)
                    .map(|other| (from..from + SIZE).map(|i| query(row, i) * key(other, i)).sum::<f64>())
                    .map(|agree| libm::exp(agree / (SIZE as f64).sqrt()))
                    .collect();
                let sum: f64 = weights.iter().sum();
                let told: f64 =
                    weights.iter().enumerate().map(|(other, w)| w / sum * key(other, WIDTH + i)).sum();
                assert!((f64::from(*found) - told).abs() < 1e-4, "{found} for {told} in row {row} of {rows}");
            }
        }
    }
}
