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
    for (index, c) in text.char_indices() {
        let is_hidden = is_unprintable(c) && !kept.contains(&c);
        if is_hidden || opens_command(&text[..index], &text[index..]) {
            printable.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            printable.push(c);
        }
    }
    printable
}

/// What a CI runner takes for a command: GitHub a `::` that begins a line, Azure a `##vso[` and both a `##[` anywhere in it.
/// Lines are broken at the width of a terminal, so any word may begin one.
fn opens_command(before: &str, rest: &str) -> bool {
    let is_in_a_word = before.ends_with(|c: char| c.is_alphanumeric() || c == ':');
    (rest.starts_with("::") && !is_in_a_word) || rest.starts_with("##[") || rest.starts_with("##vso[")
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
    fn shown_texts_cannot_command_a_runner() {
        for (text, shown) in [
            ("::error::x", "\\u003a:error::x"),
            ("a ::stop-commands::x", "a \\u003a:stop-commands::x"),
            ("x##vso[task.setvariable]", "x\\u0023#vso[task.setvariable]"),
            ("###[group]", "#\\u0023#[group]"),
            ("torch::nn #[x] ##", "torch::nn #[x] ##"),
        ] {
            assert_eq!(printable(text), shown);
        }
    }

    #[test]
    fn shown_paths_cannot_drive_a_terminal() {
        assert_eq!(
            display_path(Path::new("./a\u{1b}[31m/b\u{202e}.json")),
            "a\\u001b[31m/b\\u202e.json"
        );
    }
}
