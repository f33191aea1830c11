//! Powers, the curve between layers, and sums: plain arithmetic in one fixed order, without branches, so that several
//! numbers can be worked on at once and no machine differs by a bit.

/// Sums run side by side.
const LANES: usize = 8;

/// Sums up eight partial sums side by side, then those.
pub(crate) fn sum(x: &[f32]) -> f32 {
    let (chunks, rest) = x.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for chunk in chunks {
        lanes.iter_mut().zip(chunk).for_each(|(lane, v)| *lane += v);
    }
    lanes.iter_mut().zip(rest).for_each(|(lane, v)| *lane += v);
    lanes.iter().sum()
}

/// The largest number.
fn top(x: &[f32]) -> f32 {
    let (chunks, rest) = x.as_chunks::<LANES>();
    let mut lanes = [f32::NEG_INFINITY; LANES];
    for chunk in chunks {
        lanes.iter_mut().zip(chunk).for_each(|(lane, v)| *lane = if *v > *lane { *v } else { *lane });
    }
    lanes.iter().chain(rest).copied().fold(f32::NEG_INFINITY, f32::max)
}

/// The power of e, with an error below 3e-7 of it; numbers beyond -87 and 88 count as those.
///
/// A whole power of two times that of what is left, between -0.35 and 0.35: its series to the sixth power.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    // Added to one and a half times 2^23, a number has nothing behind the point, and stands in the last bits.
    const WHOLE: f32 = 12_582_912.0;
    // The logarithm of two in two parts; the first has few bits, so its multiples are exact.
    const LN2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + WHOLE;
    let twos = shifted - WHOLE;
    let x = x - twos * LN2[0] - twos * LN2[1];
    let series = 1.0
        + x * (1.0
            + x * (1.0 / 2.0 + x * (1.0 / 6.0 + x * (1.0 / 24.0 + x * (1.0 / 120.0 + x * (1.0 / 720.0))))));
    series * f32::from_bits((shifted.to_bits() << 23).wrapping_add(1.0f32.to_bits()))
}

/// The curve between layers: a number times the chance that a normal one is below it.
///
/// The chance is formula 7.1.26 of Abramowitz and Stegun, *Handbook of Mathematical Functions*: its error is below 1e-7.
#[inline(always)]
pub(crate) fn gelu(x: f32) -> f32 {
    const SLOPE: f32 = 0.327_591_1;
    const TERMS: [f32; 5] = [0.254_829_6, -0.284_496_74, 1.421_413_7, -1.453_152, 1.061_405_4];
    let far = x.abs();
    let z = far * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + SLOPE * z);
    let [a, b, c, d, e] = TERMS;
    let beyond = 0.5 * t * (a + t * (b + t * (c + t * (d + t * e)))) * exp(-z * z);
    (if x > 0.0 { x } else { 0.0 }) - far * beyond
}

/// Replaces scores by their powers less that of the largest, and returns the sum of those.
pub(crate) fn powers(scores: &mut [f32]) -> f32 {
    let top = top(scores);
    scores.iter_mut().for_each(|score| *score = exp(*score - top));
    sum(scores)
}

/// Turns scores into chances.
pub(crate) fn softmax(scores: &mut [f32]) {
    let sum = powers(scores);
    scores.iter_mut().for_each(|score| *score /= sum);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers from `-most` to `most`.
    fn grid(most: i16) -> impl Iterator<Item = f32> {
        (-1000 * i32::from(most)..=1000 * i32::from(most)).map(|n| n as f32 / 1000.0)
    }

    #[test]
    fn powers_are_those_of_double_precision() {
        for x in grid(87) {
            let told = libm::exp(f64::from(x));
            assert!((f64::from(exp(x)) / told - 1.0).abs() < 3e-7, "{x}: {} for {told}", exp(x));
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(f32::NEG_INFINITY) < 1e-37);
        assert!(exp(f32::INFINITY) > 1e38);
    }

    #[test]
    fn the_curve_is_that_of_the_error_function() {
        for x in grid(12) {
            let told = 0.5 * f64::from(x) * libm::erfc(-f64::from(x) / std::f64::consts::SQRT_2);
            let error = (f64::from(gelu(x)) - told).abs();
            assert!(error <= 3e-7 * f64::from(x.abs()).max(0.1), "{x}: {} for {told}", gelu(x));
        }
    }

    #[test]
    fn chances_sum_up_to_one_and_stand_as_their_powers() {
        let mut chances: Vec<f32> = (0..19).map(|n| n as f32).collect();
        softmax(&mut chances);
        assert!((sum(&chances) - 1.0).abs() < 1e-6);
        for pair in chances.windows(2) {
            assert!((pair[1] / pair[0] - std::f32::consts::E).abs() < 1e-5);
        }
    }

    #[test]
    fn every_number_is_summed_once() {
        for count in 0..40u16 {
            let numbers: Vec<f32> = (1..=count).map(f32::from).collect();
            assert_eq!(sum(&numbers), f32::from(count * (count + 1) / 2));
            assert_eq!(top(&numbers), if count == 0 { f32::NEG_INFINITY } else { f32::from(count) });
        }
    }
}
