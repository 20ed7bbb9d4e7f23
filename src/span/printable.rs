//! Paths and texts as they are printed: nothing in them acts on a terminal.

use std::path::Path;

/// A path as reports print it: `/` between parts, no leading `./`, control characters escaped.
pub fn display_path(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) {
        text.replace('\\', "/")
    } else {
        text.into_owned()
    };
    printable(text.strip_prefix("./").unwrap_or(&text))
}

/// A text without characters that would move a terminal's cursor, change its colours or reorder what is shown: these are
/// written as `\u001b`.
pub fn printable(text: &str) -> String {
    printable_but(text, &[])
}

/// The same, with some of these characters left as they are.
pub fn printable_but(text: &str, kept: &[char]) -> String {
    let mut printable = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unprintable(c) && !kept.contains(&c) {
            printable.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            printable.push(c);
        }
    }
    printable
}

/// Control characters of all kinds; marks, embeddings, overrides and isolates of direction; other separators of lines.
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_paths_cannot_drive_a_terminal() {
        assert_eq!(
            display_path(Path::new("./a\u{1b}[31m/b\u{202e}.json")),
            "a\\u001b[31m/b\\u202e.json"
        );
    }
}
