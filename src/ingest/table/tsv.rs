//! Eurostat's TSV: the dimensions stand joined by commas in the first cell, `freq,unit,geo\\TIME_PERIOD`.

use super::recognise::stem;
use std::path::Path;

/// Gives each dimension a column of its own, line by line, with the dataset's name from the file's name before them;
/// `None` for another table.
pub(super) fn spread(name: &Path, text: &str) -> Option<String> {
    let first = text.lines().next()?;
    let (dimensions, periods) = first.split_once('\t')?;
    let (dimensions, time) = dimensions.trim_end().rsplit_once('\\')?;
    if !["time_period", "time"].contains(&time.to_ascii_lowercase().as_str()) {
        return None;
    }
    let stem = stem(name);
    let dataset = stem.strip_prefix("estat_").unwrap_or(&stem).to_uppercase();
    let mut spread = format!("DATASET\t{}\t{periods}\n", dimensions.replace(',', "\t"));
    for line in text.lines().skip(1) {
        if let Some((cells, numbers)) = line.split_once('\t') {
            spread.push_str(&format!("{dataset}\t{}\t{numbers}", cells.trim_end().replace(',', "\t")));
        } else {
            spread.push_str(line);
        }
        spread.push('\n');
    }
    Some(spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dimensions_get_columns_and_lines_stay() {
        let text = "freq,unit,geo\\TIME_PERIOD\t2019 \t2020 \nA,CP_MEUR,DE\t1.5 p\t: c\n";
        assert_eq!(
            spread(Path::new("estat_nama_10_gdp.tsv"), text).as_deref(),
            Some("DATASET\tfreq\tunit\tgeo\t2019 \t2020 \nNAMA_10_GDP\tA\tCP_MEUR\tDE\t1.5 p\t: c\n")
        );
        assert_eq!(spread(Path::new("x.tsv"), "a\tb\n1\t2\n"), None);
    }
}
