//! Words that mark totals and residuals where no code does.

use crate::reference::fold;

const TOTAL: &[&str] = &[
    "total",
    "all",
    "all countries",
    "all partners",
    "grand total",
    "all brands",
    "all makes",
    "overall",
    "summe",
    "gesamt",
    "insgesamt",
    "total general",
    "totale",
    "totaal",
    "toplam",
    "razem",
    "ogolem",
    "всего",
    "итого",
    "合计",
    "总计",
    "总值",
    "合計",
    "総計",
];

const RESIDUAL: &[&str] = &[
    "other",
    "others",
    "unknown",
    "unspecified",
    "not specified",
    "not defined",
    "not declared",
    "rest",
    "rest of world",
    "rest of the world",
    "other countries",
    "other brands",
    "other makes",
    "all others",
    "bunkers",
    "free zones",
    "special categories",
    "areas not elsewhere specified",
    "not elsewhere specified",
    "miscellaneous",
    "n e s",
    "sonstige",
    "sonstige lander",
    "sonstige marken",
    "ubrige",
    "andere",
    "autres",
    "autres pays",
    "autres marques",
    "otros",
    "otros paises",
    "resto",
    "resto del mundo",
    "outros",
    "outros paises",
    "altri",
    "overige",
    "pozostale",
    "diger",
    "прочие",
    "другие",
    "остальные",
    "其他",
    "其它",
    "その他",
];

/// Says whether the name is that of a total.
pub(super) fn is_total(name: &str) -> bool {
    TOTAL.contains(&fold(name).as_str())
}

/// Says whether the name is that of a residual: `Other`, `Areas, nes`.
pub(super) fn is_residual(name: &str) -> bool {
    let name = fold(name);
    RESIDUAL.contains(&name.as_str()) || name.ends_with(" nes") || name.ends_with(" n e s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn residuals_and_totals_are_told_by_their_names() {
        assert!(is_residual("Areas, nes") && is_residual("Other Europe, n.e.s.") && is_residual("OTHER"));
        assert!(!is_residual("Vietnames") && !is_residual("Otherland"));
        assert!(is_total("Grand Total") && !is_total("TotalEnergies"));
    }
}
