//! Rounding half away from zero, once, at the very end (R29).

/// Rounds half away from zero at `decimals` places, correcting for the binary form of decimal halves.
///
/// `format!("{:.1}")` turns 0.25 into 0.2 and 81.25 into 81.2; statistics print 0.3 and 81.3.
///
/// ```
/// use tradeshare::model::round_half_away;
///
/// assert_eq!(round_half_away(12.5, 0), 13.0);
/// assert_eq!(round_half_away(81.25, 1), 81.3);
/// assert_eq!(round_half_away(-0.25, 1), -0.3);
/// ```
pub fn round_half_away(value: f64, decimals: u32) -> f64 {
    let scale = 10f64.powi(decimals as i32);
    let scaled = value.abs() * scale;
    // A half that decimal text means exactly may sit one ulp below in binary (1.005 * 100 = 100.49999…).
    let nudged = scaled + scaled * 4.0 * f64::EPSILON;
    value.signum() * (nudged + 0.5).floor() / scale
}

/// Prints a share in percent with `decimals` places, rounded half away from zero, without the sign.
///
/// ```
/// assert_eq!(tradeshare::model::share_text(80.6, 1), "80.6");
/// assert_eq!(tradeshare::model::share_text(12.5, 0), "13");
/// ```
pub fn share_text(share_pct: f64, decimals: u32) -> String {
    format!("{:.*}", decimals as usize, round_half_away(share_pct, decimals))
}
