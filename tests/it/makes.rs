//! Texts and pages that nobody would write: without stops, of signs alone, in mixed encodings, nested without end.

/// Bytes of this size at least, of one make.
pub type Make = fn(usize) -> Vec<u8>;

pub fn again(unit: &[u8], size: usize) -> Vec<u8> {
    unit.iter().copied().cycle().take(size.next_multiple_of(unit.len())).collect()
}

/// Numbers that look random and are the same each time.
fn noise(from: &[u8], size: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        from[(state >> 16) as usize % from.len()]
    };
    (0..size).map(|_| next()).collect()
}

fn mixed(size: usize) -> Vec<u8> {
    let parts: [&[u8]; 4] = [
        &encoding("Доля Китая в импорте 81 % "),
        b"Anteil der Importe 81 % f\xfcr Russland ",
        "China’s share of Russia’s imports was 81 percent ".as_bytes(),
        b"\xd6\xd0\xb9\xfa\xd5\xbc81% ",
    ];
    again(&parts.concat(), size)
}

/// Writes Cyrillic in the old encoding of one byte a letter.
fn encoding(text: &str) -> Vec<u8> {
    text.chars().map(|c| if c.is_ascii() { c as u8 } else { (c as u32 - 0x410 + 0xc0) as u8 }).collect()
}

pub const MAKES: &[(&str, Make)] = &[
    ("no full stop", |size| again(b"China had a share of 81 percent of imports in Russia and ", size)),
    ("only digits and percent signs", |size| noise(b"0123456789%", size)),
    ("digits, percent signs and blanks", |size| noise(b"19%., \n", size)),
    ("percent signs", |size| again(b"%", size)),
    ("a number a line", |size| again(b"81%\n", size)),
    ("control characters", |size| noise(b"\x01\x02\x07\x08\x1b\x7f7%8 \n", size)),
    ("mixed encodings", mixed),
    ("right to left", |size| {
        again("حصة الصين من واردات روسيا \u{202e}Russia\u{202c} imports 81 percent. ".as_bytes(), size)
    }),
    ("only names", |size| again(b"Apple Samsung Xiaomi Toyota China Russia India 7% ", size)),
    ("only list members", |size| again(b"Apple 20%, Samsung 18%, ", size)),
    ("only stops", |size| again(b". % ! ? ", size)),
];

fn nested(open: &str, close: &str, count: usize) -> Vec<u8> {
    let text = "China had 81% of imports.";
    format!("<html><body>{}{text}{}</body></html>", open.repeat(count), close.repeat(count)).into_bytes()
}

fn attributes(count: usize) -> Vec<u8> {
    let all: String = (0..count).map(|n| format!(" a{n}=b")).collect();
    format!("<html><body><p{all}>China had 81% of imports.</p></body></html>").into_bytes()
}

/// Pages with so many elements, of one make.
pub const PAGES: &[(&str, Make)] = &[
    ("div", |count| nested("<div>", "</div>", count)),
    ("b", |count| nested("<b><i>", "</i></b>", count)),
    ("ul", |count| nested("<ul><li>", "</li></ul>", count)),
    ("table", |count| nested("<table><tr><td>", "</td></tr></table>", count)),
    ("open p", |count| nested("<p><span>", "", count)),
    ("comments", |count| format!("<html><body>{}", "<!-- 81% ".repeat(count)).into_bytes()),
    ("cells", |count| {
        let row = "<tr><td rowspan=99>1%</td><td colspan=99>2%</td></tr>";
        format!("<table>{}</table>", row.repeat(count)).into_bytes()
    }),
    ("attributes", attributes),
];
