//! The changes that fixes would make, as a unified diff that `git apply` takes.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::{Component, Path};

use similar::{ChangeTag, TextDiff};

use super::Style;
use crate::span::printable_but;

/// Lines that are shown around each change.
const CONTEXT: usize = 3;
const HEADER: &str = "\x1b[1m";
const PLACE: &str = "\x1b[36m";
const GONE: &str = "\x1b[31m";
const NEW: &str = "\x1b[32m";
const PLAIN: &str = "\x1b[0m";

/// Whom a diff is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Programs: every byte of the lines is what it is in the file.
    Programs,
    /// People: what would act on a terminal is escaped.
    People,
}

/// A line without what would act on a terminal, but with its line break.
fn shown(line: &str) -> String {
    let text = line.trim_end_matches(['\r', '\n']);
    printable_but(text, &['\t']) + &line[text.len()..]
}

/// Writes the difference of one file's texts. Lines keep their own line breaks. The error is that of writing to `out`.
pub fn write(
    path: &Path,
    (before, after): (&str, &str),
    style: Style,
    reader: For,
    out: &mut dyn Write,
) -> io::Result<()> {
    // Lines end where git ends them: a lone carriage return is a character like others.
    let before: Vec<&str> = before.split_inclusive('\n').collect();
    let after: Vec<&str> = after.split_inclusive('\n').collect();
    let diff = TextDiff::from_slices(&before, &after);
    let mut line = |color: &str, text: &str| {
        let text = match reader {
            For::Programs => Cow::Borrowed(text),
            For::People => Cow::Owned(shown(text)),
        };
        if style.color {
            let (text, newline) = text.strip_suffix('\n').map_or((&*text, ""), |text| (text, "\n"));
            write!(out, "{color}{text}{PLAIN}{newline}")
        } else {
            out.write_all(text.as_bytes())
        }
    };
    line(HEADER, &format!("--- {}\n", name("a", path)))?;
    line(HEADER, &format!("+++ {}\n", name("b", path)))?;
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        line(PLACE, &format!("{}\n", hunk.header()))?;
        for change in hunk.iter_changes() {
            let text = change.value();
            let signs: &[(char, &str)] = match change.tag() {
                // Taken out and put in again, which is the same to git, and opens no line with white space.
                ChangeTag::Equal if is_command(text) => &[('-', GONE), ('+', NEW)],
                ChangeTag::Equal => &[(' ', "")],
                ChangeTag::Delete => &[('-', GONE)],
                ChangeTag::Insert => &[('+', NEW)],
            };
            for (sign, color) in signs {
                line(color, &format!("{sign}{text}"))?;
                if !text.ends_with('\n') {
                    line("", "\n\\ No newline at end of file\n")?;
                }
            }
        }
    }
    Ok(())
}

/// Whether a CI runner would take a line for a command, which it looks for behind white space.
fn is_command(line: &str) -> bool {
    let begins = |mark: &&str| line.trim_start().starts_with(*mark);
    ["::", "##[", "##vso["].iter().any(begins)
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
