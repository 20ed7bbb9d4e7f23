//! The changes that fixes would make, as a unified diff that `git apply` takes.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

use similar::{ChangeTag, TextDiff};

use super::Style;
use crate::span::{display_path, printable_but};

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

/// Writes the difference of one file's texts. Lines keep their own line breaks.
pub fn write(
    path: &Path,
    (before, after): (&str, &str),
    style: Style,
    reader: For,
    out: &mut dyn Write,
) -> io::Result<()> {
    let diff = TextDiff::from_lines(before, after);
    let name = display_path(path);
    let mut line = |color: &str, text: &str| {
        let text = match reader {
            For::Programs => Cow::Borrowed(text),
            For::People => Cow::Owned(shown(text)),
        };
        if style.color {
            write!(out, "{color}{text}{PLAIN}")
        } else {
            out.write_all(text.as_bytes())
        }
    };
    line(HEADER, &format!("--- a/{name}\n"))?;
    line(HEADER, &format!("+++ b/{name}\n"))?;
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
