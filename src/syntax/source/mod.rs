//! Python source: a text as a tree with its comments and errors, and the syntax that ruff's parser makes of it beside it. What the
//! program does with its values is `program`'s affair.

mod depth;
mod escape;
mod notebook;
mod remark;
mod sketch;

use std::sync::Arc;

use ruff_python_ast::ModModule;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::{Ranged, TextRange};

use super::error::SyntaxError;
use super::tree::{Kind, Tree};
use super::{Format, NodeRef};
use crate::span::Span;

pub use notebook::{Cell, Notebook};
pub use remark::{Remark, remarks};
pub use sketch::Sketch;

pub(super) use notebook::parse as parse_notebook;

/// Syntax errors that are kept of one text: what follows the first is mostly its consequence.
const MOST_ERRORS: usize = 16;

/// A module as it is written.
#[derive(Debug)]
pub struct Module(ModModule);

impl Module {
    /// Its statements.
    pub fn syntax(&self) -> &ModModule {
        &self.0
    }

    fn empty() -> Self {
        Self(ModModule {
            node_index: Default::default(),
            range: TextRange::default(),
            body: Default::default(),
        })
    }

    fn append(&mut self, other: Self) {
        self.0.body.extend(other.0.body);
    }
}

/// The bytes of a part of the syntax.
pub fn span(range: TextRange) -> Span {
    Span::new(range.start().to_usize(), range.end().to_usize())
}

/// Reads a text that is short enough for 32-bit offsets.
pub(super) fn parse(text: Arc<str>) -> Tree {
    let mut tree = Tree::empty(Format::Python, Arc::clone(&text));
    tree.add(None, Kind::Array, 0..text.len());
    // What is nested deeper would take the parser's stack.
    if let Some(at) = depth::too_deep(&text) {
        tree.errors.push(SyntaxError {
            span: Span::new(at, at + 1),
            message: "what stands here is nested too deep or too long to be read".to_owned(),
        });
        return tree;
    }
    let parsed = parse_unchecked(&text, ParseOptions::from(Mode::Module));
    let comments = parsed
        .tokens()
        .iter()
        .filter(|token| token.kind() == TokenKind::Comment);
    tree.comments = comments.map(|token| span(token.range())).collect();
    let errors = parsed.errors().iter().take(MOST_ERRORS);
    tree.errors = errors
        .map(|error| SyntaxError {
            span: span(error.range()),
            message: error.error.to_string(),
        })
        .collect();
    tree.module = parsed.try_into_module().map(|parsed| Module(parsed.into_syntax()));
    tree
}

/// Parses a module as if it stood behind so many bytes: all offsets count from there. `None` when it has errors.
pub fn parse_behind(text: &str, bytes: usize) -> Option<Module> {
    if depth::too_deep(text).is_some() {
        return None;
    }
    let mut padded = "\n".repeat(bytes);
    padded.push_str(text);
    let parsed = parse_unchecked(&padded, ParseOptions::from(Mode::Module));
    let parsed = parsed.has_valid_syntax().then_some(parsed)?;
    parsed.try_into_module().map(|parsed| Module(parsed.into_syntax()))
}

impl Tree {
    /// The syntax of a Python module.
    pub fn module(&self) -> Option<&Module> {
        self.module.as_ref()
    }

    /// The code of a notebook.
    pub fn notebook(&self) -> Option<&Notebook> {
        self.notebook.as_ref()
    }

    /// The program's text: of a notebook the code of its cells.
    pub fn code(&self) -> &str {
        self.notebook.as_ref().map_or(&*self.source, Notebook::text)
    }

    /// The bytes of the file that say a part of the program's text.
    pub fn in_file(&self, code: Span) -> Span {
        self.notebook.as_ref().map_or(code, |notebook| notebook.in_file(code))
    }
}

impl NodeRef<'_> {
    /// Whether what it says stands in code, where it is no value that can be replaced like one of a data file.
    pub fn is_code(self) -> bool {
        self.tree.format().is_code()
    }
}
