//! Text from outside made harmless for HTML and Markdown.

/// Escapes text for HTML content and quoted attributes; control characters become blanks.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if steers(c) => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Escapes text for one line of Markdown: nothing in it is read as a mark, a link, a table or HTML.
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            '&' => out.push_str("&amp;"),
            c if steers(c) || c == '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Returns the address when a page may link to it: http and https only.
pub(super) fn link(url: &str) -> Option<&str> {
    let lower = url.trim_start().to_ascii_lowercase();
    let safe = lower.starts_with("https://") || lower.starts_with("http://");
    (safe
        && !url.contains(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '(' | ')')
        }))
    .then_some(url)
}

fn steers(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_becomes_markup() {
        assert_eq!(html("<script>&\"'"), "&lt;script&gt;&amp;&quot;&#39;");
        assert_eq!(html("a\u{202e}b\u{7}c"), "a b c");
        assert_eq!(markdown("[x](javascript:1) | <b> *a*"), "\\[x\\](javascript:1) \\| \\<b\\> \\*a\\*");
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(link("https://a.example/x?y=1"), Some("https://a.example/x?y=1"));
        for bad in ["javascript:alert(1)", "data:text/html,x", "https://a.example/\" onclick=", "ftp://a"] {
            assert_eq!(link(bad), None, "{bad}");
        }
    }
}
