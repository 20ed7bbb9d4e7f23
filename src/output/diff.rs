//! The changes that fixes would make, as a unified diff that `git apply` takes.

use std::io::{self, Write};
use std::path::{Component, Path};

use anstream::adapter::strip_str;
use similar::{ChangeTag, TextDiff};

use super::Style;

/// Lines that are shown around each change.
const CONTEXT: usize = 3;
const HEADER: &str = "\x1b[1m";
const PLACE: &str = "\x1b[36m";
const GONE: &str = "\x1b[31m";
const NEW: &str = "\x1b[32m";
const PLAIN: &str = "\x1b[0m";

/// Writes the difference of one file's texts. Lines keep their own line breaks; control characters stay what they are,
/// except on a coloured terminal.
pub fn write(path: &Path, before: &str, after: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
    // Lines end where git ends them: a lone carriage return is a character like others.
    let before: Vec<&str> = before.split_inclusive('\n').collect();
    let after: Vec<&str> = after.split_inclusive('\n').collect();
    let diff = TextDiff::from_slices(&before, &after);
    let mut line = |color: &str, text: &str| {
        if style.color {
            let (text, newline) = text.strip_suffix('\n').map_or((text, ""), |text| (text, "\n"));
            write!(out, "{color}{}{PLAIN}{newline}", strip_str(text))
        } else {
            out.write_all(text.as_bytes())
        }
    };
    line(HEADER, &format!("--- {}\n", name("a", path)))?;
    line(HEADER, &format!("+++ {}\n", name("b", path)))?;
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        line(PLACE, &format!("{}\n", hunk.header()))?;
        for change in hunk.iter_changes() {
            let (sign, color) = match change.tag() {
                ChangeTag::Equal => (' ', ""),
                ChangeTag::Delete => ('-', GONE),
                ChangeTag::Insert => ('+', NEW),
            };
            let text = change.value();
            line(color, &format!("{sign}{text}"))?;
            if !text.ends_with('\n') {
                line("", "\n\\ No newline at end of file\n")?;
            }
        }
    }
    Ok(())
}

/// A path below one of the two trees that are compared, quoted as git quotes it where a plain one would be misread.
fn name(tree: &str, path: &Path) -> String {
    let mut bytes = tree.as_bytes().to_vec();
    for part in path.components() {
        if matches!(part, Component::Normal(_) | Component::ParentDir) {
            bytes.push(b'/');
            bytes.extend(part.as_os_str().as_encoded_bytes());
        }
    }
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains(|c: char| c.is_control() || c == '"' || c == '\\') => text,
        Ok(text) => quoted(text.as_bytes()),
        Err(error) => quoted(error.as_bytes()),
    }
}

/// Bytes in double quotes; those that are no plain ASCII as three octal digits.
fn quoted(bytes: &[u8]) -> String {
    let escaped = bytes.iter().map(|&byte| match byte {
        b'"' | b'\\' => format!("\\{}", char::from(byte)),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\{byte:03o}"),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
