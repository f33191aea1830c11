//! Web pages: the main text through a main-content reader, and what the page says of itself.

use super::grid::Grid;
use super::{day, language};
use crate::model::Article;
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use encoding_rs::Encoding;
use std::borrow::Cow;

/// Depth of nesting beyond which the main-content reader, which recurses, is not asked.
const DEEPEST: usize = 256;

/// Where pages put the day of publication, best first: selector and attribute.
const DATES: &[(&str, &str)] = &[
    ("meta[property='article:published_time']", "content"),
    ("meta[name='article:published_time']", "content"),
    ("meta[property='og:article:published_time']", "content"),
    ("meta[itemprop='datePublished']", "content"),
    ("meta[name='pubdate']", "content"),
    ("meta[name='publishdate']", "content"),
    ("meta[name='publish-date']", "content"),
    ("meta[name='publish_date']", "content"),
    ("meta[name='DC.date']", "content"),
    ("meta[name='dcterms.created']", "content"),
    ("meta[name='sailthru.date']", "content"),
    ("meta[name='dc.date.issued']", "content"),
    ("meta[name='dc.date']", "content"),
    ("meta[name='DC.date.issued']", "content"),
    ("meta[name='date']", "content"),
    ("meta[name='parsely-pub-date']", "content"),
    ("[itemprop='datePublished']", "datetime"),
    ("[itemprop='datePublished']", "content"),
    ("article time[datetime]", "datetime"),
    ("time[datetime]", "datetime"),
];

/// Elements whose text is never part of an article.
const SILENT: &[&str] = &[
    "script", "style", "noscript", "template", "nav", "aside", "form", "button", "select", "svg", "iframe",
    "head", "footer",
];

/// Elements that end a line.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "figcaption",
    "tr",
    "table",
    "br",
    "dt",
    "dd",
    "header",
    "main",
    "pre",
    "caption",
    "figure",
    "address",
    "hr",
];

/// Returns the encoding that a page declares in its first bytes.
pub(super) fn declared_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4 << 10)]).to_ascii_lowercase();
    let label = head.split_once("charset=")?.1.trim_start_matches(['"', '\'']);
    let end =
        label.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

/// Reads an article.
pub(super) fn read(id: String, page: &str) -> Article {
    let document = Document::from(&*calm(page));
    let mut article = Article { id, ..Article::default() };
    describe(&document, &mut article);
    let whole = text_of(&document.root());
    let main = if depth(&document.root()) <= DEEPEST { main_text(document, &mut article) } else { None };
    article.published = article.published.or_else(|| dateline(&whole));
    // A page of one short paragraph is an article too, though the main-content reader finds none.
    article.text = main.filter(|text| !text.trim().is_empty()).unwrap_or(whole);
    article
}

/// Most words inside a tag. The parser compares each attribute with all before it, so a tag of a hundred thousand would
/// take it minutes.
const MOST_WORDS: usize = 1_000;

/// Deepest nesting of tags that the parser gets to see: it looks through all open elements at each new one.
const MOST_OPEN: usize = 1_000;

/// Elements without content, and those that the next one closes: neither nests.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "colgroup",
    "rt", "rp", "html", "head", "body",
];

/// Returns the page with the attributes taken out of tags that have an absurd number of them, and without tags at an
/// absurd depth.
fn calm(page: &str) -> Cow<'_, str> {
    let bytes = page.as_bytes();
    let (mut out, mut copied, mut at, mut depth) = (String::new(), 0, 0, 0_usize);
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        at = start + 1;
        let closes = bytes.get(at) == Some(&b'/');
        if !bytes.get(at + usize::from(closes)).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let end = memchr::memchr(b'>', &bytes[at..]).map_or(bytes.len(), |end| at + end);
        let tag = &page[start..end];
        let name = tag.trim_start_matches(['<', '/']);
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let nests = !tag.ends_with('/') && !FLAT.iter().any(|flat| flat.eq_ignore_ascii_case(name));
        let before = depth;
        match (nests, closes) {
            (true, true) => depth = depth.saturating_sub(1),
            (true, false) => depth += 1,
            (false, _) => {}
        }
        if before.max(depth) > MOST_OPEN && nests {
            out.push_str(&page[copied..start]);
            out.push('\n');
            copied = (end + 1).min(page.len());
        } else if tag.split_ascii_whitespace().nth(MOST_WORDS).is_some() {
            let name = tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
            out.push_str(&page[copied..start + name]);
            copied = end;
        }
        at = end;
    }
    if copied == 0 {
        return Cow::Borrowed(page);
    }
    out.push_str(&page[copied..]);
    Cow::Owned(out)
}

/// Takes from the page what it says of itself.
fn describe(document: &Document, article: &mut Article) {
    let attribute = |selector: &str, name: &str| -> Option<String> {
        let value = document.select_single(selector).attr(name)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
    article.published = structured_date(document)
        .or_else(|| DATES.iter().find_map(|(selector, name)| day(&attribute(selector, name)?)))
        .or_else(|| document.select("time").iter().find_map(|time| day(&line(&time.text()))));
    article.lang = attribute("html", "lang").as_deref().and_then(language);
    article.url = attribute("link[rel='canonical']", "href")
        .or_else(|| attribute("meta[property='og:url']", "content"));
    article.published = article.published.or_else(|| day_of_address(article.url.as_deref()?));
    article.publisher = attribute("meta[property='og:site_name']", "content");
    article.title = attribute("meta[property='og:title']", "content").or_else(|| {
        let heading = document.select("h1");
        (heading.length() == 1).then(|| line(&heading.text())).filter(|text| !text.is_empty())
    });
}

/// Reads the day out of an address such as `https://example.org/2024/05/17/phones/`.
fn day_of_address(url: &str) -> Option<jiff::civil::Date> {
    let parts: Vec<&str> = url.split(['/', '?', '#']).collect();
    parts.windows(3).find_map(|part| {
        let [year, month, date] = part else { return None };
        if year.len() != 4 || month.len() > 2 || date.len() > 2 {
            return None;
        }
        let date =
            jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, date.parse().ok()?).ok()?;
        (1990..2100).contains(&date.year()).then_some(date)
    })
}

/// Lines at the head of a page among which the day of publication is looked for.
const HEAD_LINES: usize = 30;

/// Finds a line near the top that holds nothing but a day, whatever word introduces it: `Published on 17 May 2024`.
fn dateline(text: &str) -> Option<jiff::civil::Date> {
    const WORDS: &[&str] = &["published", "posted", "first", "on", "date", "at", ":", "|", "-"];
    text.lines().take(HEAD_LINES).filter(|line| line.len() < 60).find_map(|line| {
        let mut rest = line.trim();
        while let Some(word) = WORDS
            .iter()
            .find(|word| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
        {
            rest = rest[word.len()..].trim_start();
        }
        day(rest)
    })
}

/// Reads `datePublished` from the page's JSON-LD.
fn structured_date(document: &Document) -> Option<jiff::civil::Date> {
    document.select("script[type='application/ld+json']").iter().find_map(|script| {
        let value: serde_json::Value = serde_json::from_str(&script.text()).ok()?;
        let objects: Vec<&serde_json::Value> = match &value {
            serde_json::Value::Array(items) => items.iter().collect(),
            object => object
                .get("@graph")
                .and_then(|graph| graph.as_array())
                .map_or(vec![object], |g| g.iter().collect()),
        };
        objects.into_iter().find_map(|object| day(object.get("datePublished")?.as_str()?))
    })
}

/// Finds the main text; the page's title is the fallback for one that names no headline.
fn main_text(document: Document, article: &mut Article) -> Option<String> {
    let config = Config { char_threshold: 140, ..Config::default() };
    let mut reader = Readability::with_document(document, None, Some(config)).ok()?;
    let found = reader.parse().ok()?;
    if article.title.is_none() && !found.title.trim().is_empty() {
        article.title = Some(line(&found.title));
    }
    if article.publisher.is_none() {
        article.publisher = found.site_name.clone().filter(|name| !name.trim().is_empty());
    }
    Some(text_of(&Document::from(found.content).root()))
}

fn depth(root: &NodeRef<'_>) -> usize {
    let mut deepest = 0;
    let mut stack = vec![(*root, 0)];
    while let Some((node, depth)) = stack.pop() {
        deepest = deepest.max(depth);
        stack.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    deepest
}

/// Writes the text below a node: a line a block, a tab between table cells, runs of blanks to one.
fn text_of(root: &NodeRef<'_>) -> String {
    enum Step<'a> {
        Enter(NodeRef<'a>),
        Leave(&'static str),
    }
    let mut text = String::new();
    let mut stack = vec![Step::Enter(*root)];
    while let Some(step) = stack.pop() {
        match step {
            Step::Leave(mark) => separate(&mut text, mark),
            Step::Enter(node) if node.is_text() => write(&mut text, &node.text()),
            Step::Enter(node) => {
                let name = node.node_name().unwrap_or_default();
                let name: &str = &name;
                if SILENT.contains(&name) {
                    continue;
                }
                if name == "table"
                    && let Some(lines) = table(&node, text.trim_end().rsplit('\n').next().unwrap_or_default())
                {
                    for line in lines {
                        separate(&mut text, "\n");
                        text.push_str(&line);
                    }
                    separate(&mut text, "\n");
                    continue;
                }
                if BLOCKS.contains(&name) {
                    separate(&mut text, "\n");
                    stack.push(Step::Leave("\n"));
                } else if matches!(name, "td" | "th") {
                    stack.push(Step::Leave("\t"));
                }
                stack.extend(node.children_it(true).map(Step::Enter));
            }
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Most columns of a table that is read cell by cell, and most rows and columns that one cell may span.
const WIDEST: usize = 32;

/// Returns the lines of a table with percentages: its caption, then a cell a line. `None` for any other table, and for one
/// that holds another. `before` is the line above it, which may say what its numbers are.
fn table(root: &NodeRef<'_>, before: &str) -> Option<Vec<String>> {
    let (mut grid, mut rows, mut caption) = (Grid::default(), Vec::new(), None);
    let mut stack: Vec<NodeRef<'_>> = root.children_it(true).collect();
    while let Some(node) = stack.pop() {
        let name = node.node_name().unwrap_or_default();
        match &*name {
            "caption" => caption = Some(line(&text_of(&node))).filter(|text| !text.is_empty()),
            "tr" => rows.push(node),
            "thead" | "tbody" | "tfoot" => stack.extend(node.children_it(true)),
            _ => {}
        }
    }
    // Cells that reach down: column, text, rows still to fill.
    let mut spans: Vec<(usize, String, usize)> = Vec::new();
    for row in rows {
        let (mut cells, mut heads) = (Vec::new(), true);
        for node in row.children_it(false) {
            let name = node.node_name().unwrap_or_default();
            if !matches!(&*name, "td" | "th") {
                continue;
            }
            if holds_table(&node) {
                return None;
            }
            heads &= &*name == "th";
            fill(&mut cells, &mut spans);
            let text = line(&text_of(&node));
            let span = |attribute: &str| {
                let given = node.attr(attribute).and_then(|text| text.trim().parse().ok());
                given.unwrap_or(1usize).clamp(1, WIDEST)
            };
            let down = span("rowspan") - 1;
            for _ in 0..span("colspan") {
                if down > 0 {
                    spans.push((cells.len(), text.clone(), down + 1));
                }
                cells.push(text.clone());
            }
            if cells.len() > WIDEST {
                return None;
            }
        }
        fill(&mut cells, &mut spans);
        for span in &mut spans {
            span.2 -= 1;
        }
        spans.retain(|span| span.2 > 0);
        match (heads, grid.body.is_empty()) {
            (_, _) if cells.iter().all(String::is_empty) => {}
            (true, true) => grid.heads.push(cells),
            _ => grid.body.push(cells),
        }
    }
    grid.caption = caption.clone().unwrap_or_else(|| before.chars().take(200).collect());
    Some(caption.into_iter().chain(grid.lines()?).collect())
}

/// Puts in the cells that reach down from rows above.
fn fill(cells: &mut Vec<String>, spans: &mut [(usize, String, usize)]) {
    let (next, new) = (cells.len(), cells);
    let mut at = next;
    while let Some((_, text, _)) = spans.iter().find(|(column, _, _)| *column == at) {
        new.push(text.clone());
        at += 1;
    }
}

fn holds_table(cell: &NodeRef<'_>) -> bool {
    let mut stack = vec![*cell];
    while let Some(node) = stack.pop() {
        if node.node_name().is_some_and(|name| &*name == "table") {
            return true;
        }
        stack.extend(node.children_it(false));
    }
    false
}

/// Adds text with its runs of white space folded; a no-break space stays, since it is part of what was written.
fn write(text: &mut String, piece: &str) {
    let blank = |c: char| c.is_ascii_whitespace();
    if piece.starts_with(blank) && !text.is_empty() && !text.ends_with(['\n', '\t', ' ']) {
        text.push(' ');
    }
    let mut words = piece.split(blank).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        text.push_str(word);
        if words.peek().is_some() || piece.ends_with(blank) {
            text.push(' ');
        }
    }
}

fn separate(text: &mut String, mark: &str) {
    let kept = if mark == "\n" { text.trim_end_matches([' ', '\t']) } else { text.trim_end_matches(' ') };
    text.truncate(kept.len());
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(mark);
    }
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><html lang=en-GB><head><title>Cars | The Daily</title>\
        <meta property=og:site_name content='The Daily'>\
        <script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2022-09-13T08:00:00Z\"}</script></head>\
        <body><nav><a href=/>Home</a> 99% off</nav><article><h1>Cars from China</h1>\
        <p>China built <b>81</b>&nbsp;percent of the cars that Russia bought abroad, a news agency wrote, and the market has seldom been so one-sided as in this spring.</p>\
        <p>Dealers say that the brands of Europe, Japan and Korea are gone, and that they will hardly come back soon, whatever happens.</p>\
        <table><tr><th>Brand</th><th>Share</th></tr><tr><td>Haval</td><td>12%</td></tr></table></article>\
        <aside>Advert: 50% of readers</aside><footer>All rights</footer></body></html>";

    #[test]
    fn main_text_and_facts_come_out_and_navigation_stays_out() {
        let article = read("a".into(), PAGE);
        assert_eq!(article.published, day("2022-09-13"));
        assert_eq!(article.lang.as_deref(), Some("en"));
        assert_eq!(article.publisher.as_deref(), Some("The Daily"));
        assert_eq!(article.title.as_deref(), Some("Cars from China"));
        assert!(article.text.contains("China built 81\u{a0}percent of the cars"), "{}", article.text);
        assert!(article.text.contains("Haval | 12% | Share\n"), "{}", article.text);
        assert!(!article.text.contains("off") && !article.text.contains("Advert"), "{}", article.text);
    }

    #[test]
    fn the_day_is_found_where_the_page_shows_it() {
        let published = |head: &str, body: &str| {
            let page =
                format!("<html><head>{head}</head><body>{body}<p>Some text of the page.</p></body></html>");
            read("a".into(), &page).published.map(|day| day.to_string())
        };
        let link = "<link rel=canonical href='https://example.org/2024/05/17/phones/'>";
        for (head, body) in [
            ("", "<span>Posted on <time>17 May 2024</time></span>"),
            (link, ""),
            ("", "<h1>Phones</h1><i>Published: May 17, 2024</i>"),
            ("", "<p class=date>Friday, 17th May 2024</p>"),
            ("<meta name='sailthru.date' content='2024-05-17 09:30'>", ""),
            ("", "<span itemprop=datePublished content=2024-05-17>today</span>"),
        ] {
            assert_eq!(published(head, body).as_deref(), Some("2024-05-17"), "{head}{body}");
        }
        let dated = "<link rel=canonical href='https://example.org/2024/5170/17/'>";
        assert_eq!(published(dated, "<p>On 17 May 2024 sales rose by a tenth.</p>"), None);
    }

    #[test]
    fn cells_that_span_rows_and_columns_fill_them() {
        let page = "<p>Shares by maker, percent of sales:</p><table>\
            <tr><th rowspan=2>Maker</th><th colspan=2>Share</th><th rowspan=2>Units</th></tr><tr><th>2022</th><th>2023</th></tr>\
            <tr><td>Kia</td><td>7.5</td><td>8</td><td>1,234</td></tr><tr><td>Audi</td><td colspan=2>2.5</td><td>99</td></tr></table>";
        let text = read("a".into(), page).text;
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                "Maker\tUnits",
                "Kia\t1,234",
                "Audi\t99",
                "Kia | 7.5% | 2022, Share",
                "Audi | 2.5% | 2022, Share",
                "Kia | 8% | 2023, Share",
                "Audi | 2.5% | 2023, Share"
            ]
        );
    }

    #[test]
    fn a_table_that_only_lays_out_the_page_is_no_table() {
        let page = "<table><tr><td>Menu</td><td><p>Kia had 7% of sales.</p><table><tr><td>Kia</td><td>7%</td></tr></table></td></tr></table>";
        let text = read("a".into(), page).text;
        assert!(text.contains("Kia had 7% of sales.\n") && text.contains("Kia | 7%"), "{text}");
        let nested = format!(
            "{}Kia had 7% of sales.{}",
            "<table><tr><td>".repeat(3000),
            "</td></tr></table>".repeat(3000)
        );
        assert!(read("a".into(), &nested).text.contains("Kia had 7% of sales."));
        let wide = format!("<table><tr>{}</tr></table>", "<td rowspan=99 colspan=99>1%</td>".repeat(5000));
        assert!(read("a".into(), &wide).text.contains("1%\t1%"));
    }

    #[test]
    fn tags_with_an_absurd_number_of_attributes_lose_them() {
        let many: String = (0..2 * MOST_WORDS).map(|n| format!(" a{n}='x'")).collect();
        assert_eq!(calm(&format!("<i>a</i><p{many}>b<br/>")), "<i>a</i><p>b<br/>");
        assert_eq!(calm(&format!("x<p{many}")), "x<p");
        for page in ["", "<", "a < b", "<p class=a>b</p>", "<p"] {
            assert_eq!(calm(page), page);
        }
    }

    #[test]
    fn tags_at_an_absurd_depth_are_passed_over() {
        let nest = |count: usize| format!("{}x{}", "<div>".repeat(count), "</div>".repeat(count));
        let deep = calm(&nest(5 * MOST_OPEN)).into_owned();
        assert_eq!(deep.matches("<div>").count(), MOST_OPEN);
        assert_eq!(deep.matches("</div>").count(), MOST_OPEN);
        for page in [nest(MOST_OPEN), "<p>a<br>".repeat(5 * MOST_OPEN), "<b>a</b>".repeat(5 * MOST_OPEN)] {
            assert_eq!(calm(&page), page);
        }
    }

    #[test]
    fn very_deep_pages_are_read_without_recursion() {
        let page = format!(
            "<html><body>{}China had 81% of imports.{}</body></html>",
            "<div>".repeat(10_000),
            "</div>".repeat(10_000)
        );
        assert!(read("a".into(), &page).text.contains("81% of imports"));
    }

    #[test]
    fn a_declared_charset_is_found() {
        assert_eq!(declared_charset(b"<meta charset=\"windows-1251\">"), Some(encoding_rs::WINDOWS_1251));
        assert_eq!(
            declared_charset(b"<meta http-equiv=Content-Type content='text/html; charset=gb2312'>"),
            Some(encoding_rs::GBK)
        );
        assert_eq!(declared_charset(b"<p>no charset here</p>"), None);
    }
}
