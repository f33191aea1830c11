//! Moves labels apart by the least total movement.

/// Returns places near the wanted ones, in the same order, at least the two half heights apart, between `low` and `high`.
///
/// Least squares under an order is isotonic regression: take off the running sum of heights, pool neighbours that are out of
/// order to their mean, put the heights back. The labels must fit: see [`fits`].
pub(super) fn dodge(wanted: &[f64], height: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]).then(a.cmp(b)));
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (place, &index) in order.iter().enumerate() {
        pools.push((wanted[index] - place as f64 * height, 1));
        while let [.., (a, n), (b, m)] = pools[..] {
            if a <= b {
                break;
            }
            pools.truncate(pools.len() - 2);
            pools.push(((a * n as f64 + b * m as f64) / (n + m) as f64, n + m));
        }
    }
    let first = low + height / 2.0;
    let last = (high - height / 2.0 - height * wanted.len().saturating_sub(1) as f64).max(first);
    let level = pools.into_iter().flat_map(|(level, count)| std::iter::repeat_n(level, count));
    let mut places = vec![0.0; wanted.len()];
    for (place, (level, &index)) in level.zip(&order).enumerate() {
        places[index] = level.clamp(first, last) + place as f64 * height;
    }
    places
}

/// Returns how many labels fit.
pub(super) fn fits(height: f64, low: f64, high: f64) -> usize {
    ((high - low) / height).floor().max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_that_do_not_touch_stay() {
        assert_eq!(dodge(&[10.0, 50.0, 30.0], 15.0, 0.0, 100.0), [10.0, 50.0, 30.0]);
        assert!(dodge(&[], 15.0, 0.0, 100.0).is_empty());
    }

    #[test]
    fn two_at_one_place_share_the_move() {
        assert_eq!(dodge(&[50.0, 50.0], 16.0, 0.0, 100.0), [42.0, 58.0]);
    }

    #[test]
    fn the_edge_pushes_back() {
        assert_eq!(dodge(&[99.0, 100.0], 10.0, 0.0, 100.0), [85.0, 95.0]);
    }

    proptest! {
        #[test]
        fn order_is_kept_nothing_overlaps_and_all_stay_inside(
            wanted in prop::collection::vec(-20.0f64..320.0, 1..18),
        ) {
            let places = dodge(&wanted, 16.0, 0.0, 300.0);
            for (i, a) in places.iter().enumerate() {
                prop_assert!(*a >= 8.0 - 1e-9 && *a <= 292.0 + 1e-9);
                for (j, b) in places.iter().enumerate().skip(i + 1) {
                    prop_assert!((a - b).abs() >= 16.0 - 1e-9);
                    prop_assert!(wanted[i] == wanted[j] || (wanted[i] < wanted[j]) == (a < b));
                }
            }
        }

        /// No single shift of all labels, and no swap for evenly spread places, is nearer to the wishes.
        #[test]
        fn the_movement_is_the_least(wanted in prop::collection::vec(0.0f64..300.0, 1..10), shift in -3.0f64..3.0) {
            let cost = |places: &[f64]| places.iter().zip(&wanted).map(|(p, w)| (p - w).powi(2)).sum::<f64>();
            let places = dodge(&wanted, 16.0, -1e6, 1e6);
            let moved: Vec<f64> = places.iter().map(|p| p + shift).collect();
            prop_assert!(cost(&places) <= cost(&moved) + 1e-6);
        }
    }
}
