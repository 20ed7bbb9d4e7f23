//! Notebooks: the code of their cells as one program, in the order of the file, and where each part of it stands in the JSON.

use std::sync::{Arc, OnceLock};

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::Ranged;

use super::escape::escape;
use super::{Module, depth, span};
use crate::span::{LineIndex, Span};
use crate::syntax::json;
use crate::syntax::tree::{Kind, Tree};
use crate::syntax::{Format, NodeRef};

/// The most code that is read of one notebook, in bytes.
const MOST_CODE: usize = 8 << 20;
/// Magics of cells behind which Python stands.
const BEFORE_PYTHON: &[&str] = &[
    "capture", "debug", "prun", "time", "timeit", "python", "python3", "ipytest", "pypy",
];
/// Commands that stand in cells without a sign.
const COMMANDS: &[&str] = &[
    "pip", "conda", "cd", "ls", "pwd", "mkdir", "cp", "mv", "rm", "cat", "clear", "apt", "apt-get",
];

/// The code of a notebook.
#[derive(Debug, Default)]
pub struct Notebook {
    text: String,
    cells: Vec<Cell>,
    pieces: Vec<Piece>,
    lines: OnceLock<LineIndex>,
}

/// A cell that holds code which can be parsed.
#[derive(Debug)]
pub struct Cell {
    /// Its number among all cells of the notebook, from 1.
    pub number: usize,
    /// Its bytes in the code of the notebook.
    pub code: Span,
}

/// From here on the code stands in the file as it is, up to the next piece.
#[derive(Debug, Clone, Copy)]
struct Piece {
    code: u32,
    file: u32,
    /// Of an escape, which stands for one character, its bytes in the file.
    escape: u32,
}

/// Reads a text that is short enough for 32-bit offsets.
pub(in crate::syntax) fn parse(text: Arc<str>) -> Tree {
    let mut tree = json::parse(text, Format::Notebook);
    let read = tree.root().filter(|root| is_python(*root)).map(read);
    if let Some((notebook, module, comments)) = read {
        tree.comments = comments;
        tree.module = Some(module);
        tree.notebook = Some(notebook);
    }
    tree
}

/// Whether the cells hold Python, as far as the notebook says it.
fn is_python(root: NodeRef<'_>) -> bool {
    let said = [
        &["metadata", "kernelspec", "language"][..],
        &["metadata", "language_info", "name"],
    ];
    let mut said = said.iter().filter_map(|path| root.path(path)?.as_str());
    said.all(|language| matches!(language.to_ascii_lowercase().as_str(), "python" | "python3" | "ipython"))
}

fn read(root: NodeRef<'_>) -> (Notebook, Module, Vec<Span>) {
    let mut notebook = Notebook::default();
    let (mut module, mut comments) = (None, Vec::new());
    let sheets = root.items_of("worksheets").flat_map(|sheet| sheet.items_of("cells"));
    for (index, cell) in root.items_of("cells").chain(sheets).enumerate() {
        let is_code = cell.text_of("cell_type") == Some("code");
        let source = cell.get("source").or_else(|| cell.get("input")).filter(|_| is_code);
        if let Some(source) = source {
            let start = notebook.text.len();
            notebook.decode(source);
            let parsed = notebook.parse_cell(start, index + 1, &mut module);
            comments.extend(parsed);
        }
        if notebook.text.len() > MOST_CODE {
            break;
        }
    }
    let module = module.unwrap_or_else(Module::empty);
    (notebook, module, comments)
}

impl Notebook {
    /// The code of all cells, one behind the other.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the file that say a part of the code.
    pub fn in_file(&self, code: Span) -> Span {
        Span {
            start: self.to_file(code.start),
            end: match code.end > code.start {
                true => self.end_in_file(code.end),
                false => self.to_file(code.end),
            },
        }
    }

    fn to_file(&self, code: u32) -> u32 {
        match self.piece_before(code + 1) {
            Some(piece) if piece.escape == 0 => piece.file + (code - piece.code),
            Some(piece) => piece.file,
            None => 0,
        }
    }

    /// Where the last byte before a place of the code ends in the file.
    fn end_in_file(&self, code: u32) -> u32 {
        match self.piece_before(code) {
            Some(piece) if piece.escape == 0 => piece.file + (code - piece.code),
            Some(piece) => piece.file + piece.escape,
            None => 0,
        }
    }

    /// The last piece that begins before a place of the code.
    fn piece_before(&self, code: u32) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.code < code);
        self.pieces.get(after.checked_sub(1)?)
    }

    /// The cell in which a place of the file lies, and the bytes of its code that stand there.
    pub fn cell_of(&self, file: Span) -> Option<(&Cell, Span)> {
        let code = |offset: u32| {
            let after = self.pieces.partition_point(|piece| piece.file <= offset);
            let piece = self.pieces.get(after.checked_sub(1)?)?;
            let next = self.pieces.get(after).map_or(self.text.len() as u32, |next| next.code);
            Some(match piece.escape {
                0 => (piece.code + (offset - piece.file)).min(next),
                _ if offset == piece.file => piece.code,
                _ => next,
            })
        };
        let (start, end) = (code(file.start)?, code(file.end)?);
        let after = self.cells.partition_point(|cell| cell.code.start <= start);
        let cell = self.cells.get(after.checked_sub(1)?)?;
        if start >= cell.code.end {
            return None;
        }
        let within = Span {
            start: start - cell.code.start,
            end: end.min(cell.code.end).max(start) - cell.code.start,
        };
        Some((cell, within))
    }

    /// The line of the code, from 1, on which a place of the file begins, and what stands before it there; `None` for what is no code.
    pub fn line_of(&self, file: Span) -> Option<(u32, &str)> {
        let (cell, within) = self.cell_of(file)?;
        let start = cell.code.start + within.start;
        let lines = self.lines.get_or_init(|| LineIndex::new(&self.text));
        let line = lines.line(start);
        let begun = lines.line_span(&self.text, line)?.start;
        Some((line, self.text.get(begun as usize..start as usize)?))
    }

    /// The code of a cell.
    pub fn code_of(&self, cell: &Cell) -> &str {
        self.text.get(cell.code.range()).unwrap_or_default()
    }

    /// Appends the text of a cell: one string, or a list of its lines.
    fn decode(&mut self, source: NodeRef<'_>) {
        let strings = std::iter::once(source).chain(source.items());
        for string in strings.filter(|node| node.kind() == Kind::String) {
            let raw = string.raw();
            // What is no whole string is read as far as it goes.
            let inner = raw.strip_prefix('"').unwrap_or(raw);
            let begun = (raw.len() - inner.len()) as u32;
            let inner = inner.strip_suffix('"').unwrap_or(inner);
            self.string(inner, string.span().start + begun);
        }
        // The next cell begins on a line of its own.
        let end = source.span().end;
        self.piece(end, 0);
        self.text.push('\n');
    }

    fn string(&mut self, raw: &str, at: u32) {
        let mut rest = raw;
        while !rest.is_empty() {
            let offset = at + (raw.len() - rest.len()) as u32;
            self.piece(offset, 0);
            let plain = memchr::memchr(b'\\', rest.as_bytes()).unwrap_or(rest.len());
            self.text.push_str(&rest[..plain]);
            rest = &rest[plain..];
            if rest.is_empty() {
                break;
            }
            let (decoded, length) = escape(rest);
            self.piece(offset + plain as u32, length.min(rest.len()) as u32);
            self.text.push(decoded);
            rest = rest.get(length..).unwrap_or_default();
        }
    }

    fn piece(&mut self, file: u32, escape: u32) {
        let code = self.text.len() as u32;
        let piece = Piece { code, file, escape };
        match self.pieces.last_mut() {
            Some(last) if last.code == code => *last = piece,
            _ => self.pieces.push(piece),
        }
    }

    /// Parses the cell whose code begins there, and adds its statements. A cell that does not parse is left out. Its comments, in
    /// the file.
    fn parse_cell(&mut self, start: usize, number: usize, module: &mut Option<Module>) -> Vec<Span> {
        let Some(code) = prepared(&self.text[start..]) else {
            return Vec::new();
        };
        if depth::too_deep(&code).is_some() {
            return Vec::new();
        }
        let padded = format!("{}{code}", "\n".repeat(start));
        let parsed = parse_unchecked(&padded, ParseOptions::from(Mode::Ipython));
        self.cells.push(Cell {
            number,
            code: Span::new(start, self.text.len()),
        });
        if !parsed.has_valid_syntax() {
            return Vec::new();
        }
        let comments = parsed
            .tokens()
            .iter()
            .filter(|token| token.kind() == TokenKind::Comment);
        let comments = comments.map(|token| self.in_file(span(token.range()))).collect();
        if let Some(parsed) = parsed.try_into_module() {
            let own = Module(parsed.into_syntax());
            match module {
                Some(module) => module.append(own),
                None => *module = Some(own),
            }
        }
        comments
    }
}

/// The code of a cell with what is no Python blanked out, at the same length; `None` when it is another language's.
fn prepared(code: &str) -> Option<String> {
    let mut all = String::with_capacity(code.len());
    let mut is_first = true;
    for line in code.split_inclusive('\n') {
        let word = line.split_whitespace().next().unwrap_or("");
        let is_cell_magic = is_first && word.starts_with("%%");
        if is_cell_magic && !BEFORE_PYTHON.contains(&&word[2..]) {
            return None;
        }
        is_first &= word.is_empty();
        let is_command = COMMANDS.contains(&word) && !line.contains(['=', '(', ':']);
        match is_cell_magic || is_command {
            // Blanks are of one byte, as what they stand for need not be.
            true => all.extend(line.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' })),
            false => all.push_str(line),
        }
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notebook(cells: &str) -> Tree {
        parse(format!("{{\"cells\": [{cells}], \"nbformat\": 4}}").into())
    }

    #[test]
    fn every_part_of_the_code_stands_in_the_file() {
        let tree = notebook(
            r#"{"cell_type": "markdown", "source": "a"}, {"cell_type": "code", "source": ["x = \"é\u00e9\ud83d\ude00\"\n", "y = 2 # why"]},
               {"cell_type": "code", "source": "z = 3"}"#,
        );
        let notebook = tree.notebook.as_ref().expect("a notebook");
        assert_eq!(notebook.text(), "x = \"éé😀\"\ny = 2 # why\nz = 3\n");
        for word in ["x", "y = 2", "# why", "z = 3"] {
            let start = notebook.text().find(word).expect("the word");
            let code = Span::new(start, start + word.len());
            let file = notebook.in_file(code);
            assert_eq!(&tree.source()[file.range()], word);
            let (cell, within) = notebook.cell_of(file).expect("a cell");
            assert_eq!(&notebook.code_of(cell)[within.range()], word);
            assert_eq!(cell.number, if word == "z = 3" { 3 } else { 2 });
        }
        let comments: Vec<&str> = tree.comments.iter().map(|span| &tree.source()[span.range()]).collect();
        assert_eq!(comments, ["# why"]);
        assert_eq!(tree.module().expect("a module").syntax().body.len(), 3);
    }

    #[test]
    fn magics_commands_and_broken_cells_are_no_statements() {
        let tree = notebook(
            r#"{"cell_type": "code", "source": "%matplotlib inline\n!ls\nx = 1"}, {"cell_type": "code", "source": "pip install torch\ny = 1"},
               {"cell_type": "code", "source": "%%time\nz = 1"}, {"cell_type": "code", "source": "%%bash\nls -l"},
               {"cell_type": "code", "source": "this is (no Python"}, {"cell_type": "code", "source": "w = 1"}"#,
        );
        let statements = &tree.module().expect("a module").syntax().body;
        assert_eq!(
            statements.iter().filter(|statement| statement.is_assign_stmt()).count(),
            4
        );
    }

    #[test]
    fn other_languages_are_left_alone() {
        let text =
            r#"{"cells": [{"cell_type": "code", "source": "x <- 1"}], "metadata": {"kernelspec": {"language": "R"}}}"#;
        assert!(parse(text.into()).module().is_none());
    }
}
