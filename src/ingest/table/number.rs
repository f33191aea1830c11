//! Numbers as tables write them: blanks around, thousands marks, exponents, words for missing.

use super::profile::Cells;

/// How the numbers of a table are written.
#[derive(Debug, Clone)]
pub(super) struct NumberForm {
    decimal: u8,
    thousands: Option<u8>,
    missing: Vec<Vec<u8>>,
}

impl NumberForm {
    pub(super) fn new(cells: &Cells) -> Self {
        Self {
            decimal: u8::try_from(cells.decimal).unwrap_or(b'.'),
            thousands: cells.thousands.and_then(|c| u8::try_from(c).ok()),
            missing: cells.missing.iter().map(|word| word.trim().as_bytes().to_ascii_lowercase()).collect(),
        }
    }

    /// Reads a cell and multiplies by `factor`; `None` is missing, which is not zero.
    ///
    /// Powers of ten move the decimal point, so that 131610.898 thousand are exactly 131610898.
    ///
    /// # Errors
    /// `Err` when the cell is neither a number nor a word for missing.
    pub(super) fn read(&self, cell: &[u8], factor: f64) -> Result<Option<f64>, ()> {
        let cell = trim(cell);
        // The blanks between thousands are often no-break spaces.
        let level;
        let cell = if self.thousands == Some(b' ') && !cell.is_ascii() {
            level = String::from_utf8_lossy(cell).replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ");
            level.as_bytes()
        } else {
            cell
        };
        let number_like = cell.first().is_some_and(u8::is_ascii_digit);
        if !number_like && self.missing.iter().any(|word| cell.eq_ignore_ascii_case(word)) {
            return Ok(None);
        }
        self.number(cell, factor).map(Some).ok_or(())
    }

    fn number(&self, cell: &[u8], factor: f64) -> Option<f64> {
        let (negative, digits) = match cell.split_first()? {
            (b'-', rest) => (true, rest),
            (b'+', rest) => (false, rest),
            _ => (false, cell),
        };
        let (shift, factor) = power_of_ten(factor);
        let (mut mantissa, mut scale, mut seen) = (0_u64, shift, 0_u32);
        let (mut after_point, mut group) = (false, None::<u32>);
        let mut at = 0;
        while let Some(&byte) = digits.get(at) {
            match byte {
                b'0'..=b'9' => {
                    seen += 1;
                    if seen > 19 && mantissa > 900_000_000_000_000_000 {
                        return self.slow(cell, shift, factor);
                    }
                    mantissa = mantissa * 10 + u64::from(byte - b'0');
                    scale -= i32::from(after_point);
                    group = group.map(|n| n + 1);
                }
                _ if byte == self.decimal && !after_point => {
                    if group.is_some_and(|n| n != 3) {
                        return None;
                    }
                    (after_point, group) = (true, None);
                }
                // Groups have three digits, else `1,5` would read as fifteen.
                _ if Some(byte) == self.thousands && !after_point => {
                    if group.is_some_and(|n| n != 3) || seen == 0 || (group.is_none() && seen > 3) {
                        return None;
                    }
                    group = Some(0);
                }
                b'e' | b'E' if seen > 0 => {
                    let exponent: i32 = std::str::from_utf8(&digits[at + 1..]).ok()?.parse().ok()?;
                    if exponent.abs() > 300 {
                        return None;
                    }
                    scale += exponent;
                    at = digits.len();
                    continue;
                }
                _ => return None,
            }
            at += 1;
        }
        if seen == 0 || group.is_some_and(|n| n != 3) {
            return None;
        }
        // Within these bounds both numbers are exact in binary and the quotient is rounded once.
        if mantissa >= 1 << 53 || scale.abs() > 22 {
            return self.slow(cell, shift, factor);
        }
        let value = mantissa as f64;
        let value = if scale < 0 { value / POWERS[-scale as usize] } else { value * POWERS[scale as usize] };
        Some(if negative { -value } else { value } * factor)
    }

    fn slow(&self, cell: &[u8], shift: i32, factor: f64) -> Option<f64> {
        let text: String = cell
            .iter()
            .filter(|b| Some(**b) != self.thousands)
            .map(|b| if *b == self.decimal { '.' } else { char::from(*b) })
            .collect();
        if text.len() > 400 {
            return None;
        }
        let value = if shift == 0 || text.contains(['e', 'E']) {
            text.parse::<f64>().ok()? * 10_f64.powi(shift)
        } else {
            format!("{text}e{shift}").parse().ok()?
        };
        Some(value * factor).filter(|value| value.is_finite())
    }
}

const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// Splits a factor into a shift of the decimal point and the rest.
fn power_of_ten(factor: f64) -> (i32, f64) {
    if factor == 1.0 {
        return (0, 1.0);
    }
    POWERS[..13].iter().position(|power| *power == factor).map_or((0, factor), |shift| (shift as i32, 1.0))
}

/// Takes blanks off both ends, the no-break space of UTF-8 among them.
pub(super) fn trim(mut cell: &[u8]) -> &[u8] {
    loop {
        let before = cell.len();
        cell = cell.trim_ascii();
        cell = cell.strip_prefix(&[0xC2, 0xA0]).unwrap_or(cell);
        cell = cell.strip_suffix(&[0xC2, 0xA0]).unwrap_or(cell);
        if cell.len() == before {
            return cell;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> Result<Option<f64>, ()> {
        NumberForm::new(&Cells::default()).read(cell.as_bytes(), 1.0)
    }

    fn read_grouped(cell: &str, decimal: char, thousands: char) -> Result<Option<f64>, ()> {
        let cells = Cells { decimal, thousands: Some(thousands), ..Cells::default() };
        NumberForm::new(&cells).read(cell.as_bytes(), 1.0)
    }

    #[test]
    fn numbers_read_as_written() {
        for (cell, value) in [
            ("32825863.0", 32_825_863.0),
            ("    86028.100", 86_028.1),
            ("1.11E+13", 1.11e13),
            ("0", 0.0),
            ("-5", -5.0),
            (".5", 0.5),
            ("131610897.99999999", 131_610_897.999_999_99),
            ("0.000390000001062", 0.000_390_000_001_062),
            ("\u{a0}7\u{a0}", 7.0),
            ("12345678901234567890123", 1.234_567_890_123_456_8e22),
        ] {
            assert_eq!(read(cell), Ok(Some(value)), "{cell}");
        }
    }

    #[test]
    fn missing_is_not_zero() {
        for cell in ["", "           NA", "n/a", "nan", "..", ":", "-"] {
            assert_eq!(read(cell), Ok(None), "{cell:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for cell in ["1.2.3", "1,234", "12a", "e5", ".", "1e", "--5", "0x10", "Inf", "inf", "1e999", "12 345"]
        {
            assert_eq!(read(cell), Err(()), "{cell}");
        }
    }

    #[test]
    fn thousands_marks_must_stand_in_threes() {
        assert_eq!(read_grouped("7,989.720", '.', ','), Ok(Some(7989.72)));
        assert_eq!(read_grouped("1.234.567,5", ',', '.'), Ok(Some(1_234_567.5)));
        assert_eq!(read_grouped("4\u{202f}512,5", ',', ' '), Ok(Some(4512.5)));
        assert_eq!(read_grouped("4\u{a0}512", ',', ' '), Ok(Some(4512.0)));
        assert_eq!(read_grouped("1'234'567.5", '.', '\''), Ok(Some(1_234_567.5)));
        for cell in ["1,5", "12,34", "1234,567", ",123", "1,234,5"] {
            assert_eq!(read_grouped(cell, '.', ','), Err(()), "{cell}");
        }
    }

    #[test]
    fn a_power_of_ten_moves_the_point_and_rounds_nothing() {
        let form = NumberForm::new(&Cells::default());
        assert_eq!(form.read(b"131610.898", 1000.0), Ok(Some(131_610_898.0)));
        assert_eq!(form.read(b"0.007", 1000.0), Ok(Some(7.0)));
        assert_eq!(form.read(b"3", 12.0), Ok(Some(36.0)));
    }
}
