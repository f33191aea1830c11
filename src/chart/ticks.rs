//! The percent axis: from zero, few ticks, round steps.

/// Steps a reader can add up. Those below one serve shares of a percent or two.
const STEPS: [f64; 10] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0];

/// Pixels a tick needs.
const ROOM: f64 = 48.0;

/// Returns the ticks from zero to the first at or above `largest`, for an axis of `pixels`.
pub(super) fn percent_ticks(largest: f64, pixels: f64) -> Vec<f64> {
    let wanted = (pixels / ROOM).clamp(2.0, 6.0).floor();
    let count = |step: f64| (largest / step - 1e-9).ceil().max(1.0);
    let step = STEPS.into_iter().find(|step| count(*step) <= wanted).unwrap_or(50.0);
    (0..=count(step) as u32).map(|n| tenths(f64::from(n) * step)).collect()
}

/// Takes off what binary fractions add: 3 × 0.1 is 0.3.
fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Returns the tick's text; only the top one says that this is percent.
pub(super) fn tick_text(tick: f64, top: bool) -> String {
    let number = tenths(tick).to_string();
    if top { format!("{number}%") } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_start_at_zero_and_reach_the_largest_value() {
        assert_eq!(percent_ticks(80.6, 300.0), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(percent_ticks(100.0, 300.0), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(percent_ticks(100.0, 240.0).last(), Some(&100.0));
        assert_eq!(percent_ticks(7.4, 300.0), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(percent_ticks(0.3, 300.0), [0.0, 0.1, 0.2, 0.3]);
        assert_eq!(percent_ticks(0.0, 300.0), [0.0, 0.1]);
    }

    #[test]
    fn only_the_top_tick_has_the_sign() {
        assert_eq!(tick_text(20.0, false), "20");
        assert_eq!(tick_text(100.0, true), "100%");
        assert_eq!(tick_text(3.0 * 0.1, true), "0.3%");
    }
}
