//! How deep a Python text is nested, by its bytes alone: the parser, and whoever drops what it made, take stack for each level.

/// The deepest brackets that are read.
const DEEPEST: usize = 200;
/// The deepest indentation outside of brackets, in columns.
const WIDEST_INDENTATION: usize = 400;
/// The longest stretch without a comma, a bracket that opens or the end of a statement: each byte could be one level (`- - - x`).
const LONGEST: usize = 8000;

/// Where a text becomes too deep to be parsed.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    Scan {
        bytes: text.as_bytes(),
        at: 0,
        levels: vec![Level { begun: 0, opened: 0 }],
    }
    .run()
}

struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
    levels: Vec<Level>,
}

/// A level of brackets.
struct Level {
    /// Where the present stretch began, moved on by what nests nothing in it.
    begun: usize,
    /// Where the bracket stands.
    opened: usize,
}

impl Scan<'_> {
    fn run(mut self) -> Option<usize> {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'#' => self.skip_to_line_end(),
                b'"' | b'\'' => self.string(byte),
                b'(' | b'[' | b'{' => {
                    self.at += 1;
                    self.levels.push(Level {
                        begun: self.at,
                        opened: self.at,
                    });
                    if self.levels.len() > DEEPEST {
                        return Some(self.at - 1);
                    }
                }
                b')' | b']' | b'}' => {
                    // What stood in the brackets was counted there.
                    if self.levels.len() > 1
                        && let Some(inner) = self.levels.pop()
                    {
                        self.pass(self.at - inner.opened);
                    }
                    self.at += 1;
                }
                b',' | b';' => {
                    self.at += 1;
                    self.begin();
                }
                b'\n' => {
                    self.at += 1;
                    if self.levels.len() == 1 && self.indentation() {
                        return Some(self.at);
                    }
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
            let begun = self.levels.last().map_or(0, |level| level.begun);
            if self.at.saturating_sub(begun) > LONGEST {
                return Some(begun.min(self.bytes.len() - 1));
            }
        }
        None
    }

    fn begin(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.begun = self.at;
        }
    }

    /// So many bytes nest nothing.
    fn pass(&mut self, bytes: usize) {
        if let Some(level) = self.levels.last_mut() {
            level.begun += bytes;
        }
    }

    /// A new statement begins. Whether it stands too far to the right.
    fn indentation(&mut self) -> bool {
        let line = &self.bytes[self.at.min(self.bytes.len())..];
        let columns = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        self.begin();
        columns > WIDEST_INDENTATION
            && line
                .get(columns)
                .is_some_and(|byte| !matches!(byte, b'\n' | b'\r' | b'#'))
    }

    fn skip_to_line_end(&mut self) {
        let rest = &self.bytes[self.at..];
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        self.at += end;
        // Comments nest nothing.
        self.pass(end);
    }

    /// Skips a string. What a formatted one holds is parsed, so that its bytes count.
    fn string(&mut self, quote: u8) {
        let before = self.bytes[..self.at].iter().rev().take(2);
        let is_formatted = before.clone().any(|byte| matches!(byte, b'f' | b'F' | b't' | b'T'));
        let start = self.at;
        let triple = self.bytes[self.at..].starts_with(&[quote; 3]);
        self.at += if triple { 3 } else { 1 };
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\\' => self.at += 2,
                b'\n' if !triple => break,
                _ if byte == quote && !triple => {
                    self.at += 1;
                    break;
                }
                _ if byte == quote && self.bytes[self.at..].starts_with(&[quote; 3]) => {
                    self.at += 3;
                    break;
                }
                _ => self.at += 1,
            }
        }
        let end = self.at.min(self.bytes.len());
        self.at = end;
        if !is_formatted {
            self.pass(end - start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_programs_are_not_too_deep() {
        let table = format!("x = [\n{}]\n", "    [1, 2.5, 'a'],\n".repeat(50_000));
        let strings = format!(
            "'''{}'''\nx = '{}'\n# {}\n",
            "long ".repeat(9000),
            "y".repeat(9000),
            "z".repeat(9000)
        );
        let many = "a = b + c\n".repeat(9000);
        for text in [&table, &strings, &many, &"x = f(a, b)\n".to_owned(), &String::new()] {
            assert_eq!(too_deep(text), None, "{}", &text[..text.len().min(40)]);
        }
    }

    #[test]
    fn what_would_take_the_stack_is_seen() {
        let brackets = "(".repeat(300);
        let signs = format!("x = {}1", "-".repeat(9000));
        let sums = format!("x = a{}", " + a".repeat(3000));
        let calls = format!("x = f{}", "()".repeat(5000));
        let blocks: String = (0..500).map(|level| format!("{}if x:\n", " ".repeat(level))).collect();
        let formatted = format!("x = f'{}'", "{a}".repeat(4000));
        for text in [brackets, signs, sums, calls, blocks, formatted] {
            assert!(too_deep(&text).is_some(), "{}", &text[..40]);
        }
    }
}
