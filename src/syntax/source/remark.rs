//! What comments of a program say in the words of a spec: `# losslint: task.kind = "multilabel"`.

use std::sync::Arc;

use super::super::toml;
use super::super::tree::Tree;
use super::span;
use crate::span::{LineIndex, Location, NodeId, Span};
use ruff_python_ast::Stmt;
use ruff_text_size::Ranged;

/// How such a comment begins.
const BEGINNING: &str = "losslint:";

/// A comment that says something, or tries to.
pub struct Remark {
    /// What it says, as a table; every node of it stands where the comment does.
    pub tree: Tree,
    /// Where the comment stands.
    pub at: Location,
    /// The statement that it is about begins here, or has a part here: the line that it stands in, or the next one with code.
    pub line: u32,
}

/// The comments of a program that say something.
pub fn remarks(source: &Tree) -> Vec<Remark> {
    let text = source.source();
    let mut comments = source
        .comments
        .iter()
        .filter(|span| text[span.range()].contains(BEGINNING))
        .peekable();
    if comments.peek().is_none() {
        return Vec::new();
    }
    let lines = LineIndex::new(text);
    comments
        .filter_map(|comment| {
            let said = said_in(&text[comment.range()])?;
            let at = Location {
                file: source.file(),
                node: NodeId(0),
                span: *comment,
            };
            let mut tree = toml::parse(Arc::from(said));
            tree.origins = vec![at; tree.len()];
            let line = line_of_code(text, *comment, &lines);
            Some(Remark { tree, at, line })
        })
        .collect()
}

/// The part of a comment that is no suppression.
fn said_in(comment: &str) -> Option<&str> {
    let text = comment.trim_start_matches('#').trim().strip_prefix(BEGINNING)?.trim();
    (text.contains('=') && !text.starts_with("ignore")).then_some(text)
}

/// The line that a comment is about: behind code its own, else the next that is neither empty nor a comment.
fn line_of_code(text: &str, comment: Span, lines: &LineIndex) -> u32 {
    let own = lines.line(comment.start);
    let starts = text[..comment.start as usize].rfind('\n').map_or(0, |at| at + 1);
    if !text[starts..comment.start as usize].trim().is_empty() {
        return own;
    }
    let below = text[comment.end as usize..].lines().skip(1);
    let is_code = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let skipped = below.take_while(|line| !is_code(line)).count();
    own + 1 + skipped as u32
}

/// The classes of a program that begin in a line, decorators included.
pub fn classes_in_line(source: &Tree, line: u32) -> Vec<Span> {
    let lines = LineIndex::new(source.source());
    let mut found = Vec::new();
    let mut waiting: Vec<&Stmt> = source
        .module()
        .iter()
        .flat_map(|module| &module.syntax().body)
        .collect();
    while let Some(statement) = waiting.pop() {
        match statement {
            Stmt::ClassDef(class) => {
                let own = span(class.range());
                let name = span(class.name.range());
                if (lines.line(own.start)..=lines.line(name.start)).contains(&line) {
                    found.push(own);
                }
                waiting.extend(&class.body);
            }
            Stmt::FunctionDef(def) => waiting.extend(&def.body),
            Stmt::If(branch) => waiting.extend(&branch.body),
            _ => {}
        }
    }
    found
}
