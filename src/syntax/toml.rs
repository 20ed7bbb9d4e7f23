//! TOML to the same tree that JSON becomes. The `toml` crate does the parsing; here its tables become nodes and its
//! errors become ours. Not for meaning.

mod errors;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use ::toml::Spanned;
use ::toml::de::{DeString, DeTable, DeValue};
use toml_parser::lexer::TokenKind;

use super::scalar::number;
use super::{Format, Kind, Tree};
use crate::span::Span;

/// Reads a text that is short enough for 32-bit offsets.
pub(super) fn parse(text: Arc<str>) -> Tree {
    let (table, errors) = DeTable::parse_recoverable(&text);
    let mut builder = Builder {
        text: &text,
        tree: Tree::empty(Format::Toml, text.clone()),
    };
    builder.document(table.into_inner());
    let mut tree = builder.tree;
    tree.comments = comments(&text);
    tree.errors = errors::readable(&text, &errors);
    tree
}

fn comments(text: &str) -> Vec<Span> {
    toml_parser::Source::new(text)
        .lex()
        .filter(|token| token.kind() == TokenKind::Comment)
        .map(|token| Span::new(token.span().start(), token.span().end()))
        .collect()
}

/// Makes nodes of the values that the `toml` crate has read.
struct Builder<'t> {
    text: &'t str,
    tree: Tree,
}

/// What is still to be done. The builder does not recurse, and takes tables apart before they are dropped: dotted keys
/// inside inline tables nest up to 80 × 80 deep, more than a thread's stack can bear in a debug build.
enum Task<'t> {
    Key {
        table: u32,
        key: Spanned<DeString<'t>>,
    },
    Value {
        parent: u32,
        value: Spanned<DeValue<'t>>,
    },
    /// All nodes inside this one have been made.
    Close(u32),
}

impl<'t> Builder<'t> {
    fn document(&mut self, table: DeTable<'t>) {
        let root = self.tree.add(None, Kind::Object, 0..self.text.len());
        let mut tasks = Vec::new();
        push_members(&mut tasks, root, table);
        while let Some(task) = tasks.pop() {
            match task {
                Task::Key { table, key } => {
                    let id = self.tree.add(Some(table), Kind::String, key.span());
                    self.tree.set_text(id, key.get_ref());
                }
                Task::Value { parent, value } => self.value(&mut tasks, parent, value),
                Task::Close(container) => self.tree.close(container),
            }
        }
    }

    fn value(&mut self, tasks: &mut Vec<Task<'t>>, parent: u32, value: Spanned<DeValue<'t>>) {
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) => {
                let container = self.tree.add(Some(parent), Kind::Object, span);
                push_members(tasks, container, table);
            }
            DeValue::Array(array) => {
                let container = self.tree.add(Some(parent), Kind::Array, span);
                tasks.push(Task::Close(container));
                let items = array.into_iter().rev();
                tasks.extend(items.map(|value| Task::Value {
                    parent: container,
                    value,
                }));
            }
            _ if span.is_empty() => self.missing_value(parent),
            DeValue::String(text) => {
                let id = self.tree.add(Some(parent), Kind::String, span);
                self.tree.set_text(id, &text);
            }
            scalar => {
                let kind = scalar_kind(&scalar, self.raw(&span));
                self.tree.add(Some(parent), kind, span);
            }
        }
    }

    /// Stands for a value that was left out, which is reported: a null right after its key.
    fn missing_value(&mut self, parent: u32) {
        let before = self.tree.nodes.last();
        let place = before.map_or(0, |node| node.span.end as usize);
        self.tree.add(Some(parent), Kind::Null, place..place);
    }

    fn raw(&self, bytes: &Range<usize>) -> &'t str {
        &self.text[bytes.clone()]
    }
}

/// Puts a table's keys and values on the stack, the first on top, and its closing below them.
fn push_members<'t>(tasks: &mut Vec<Task<'t>>, container: u32, table: DeTable<'t>) {
    tasks.push(Task::Close(container));
    let first = tasks.len();
    for (key, value) in table {
        tasks.push(Task::Key { table: container, key });
        tasks.push(Task::Value {
            parent: container,
            value,
        });
    }
    tasks[first..].reverse();
}

/// The kind of a scalar, by its bytes where the parser only guessed it: after an error it takes `None` for a float.
fn scalar_kind(value: &DeValue<'_>, raw: &str) -> Kind {
    match value {
        DeValue::Boolean(_) if raw.eq_ignore_ascii_case("true") => Kind::Bool,
        DeValue::Boolean(_) if raw.eq_ignore_ascii_case("false") => Kind::Bool,
        DeValue::Datetime(_) => Kind::Date,
        DeValue::Integer(_) => Kind::Number,
        DeValue::Float(_) if number(raw).is_some() => Kind::Number,
        _ => Kind::String,
    }
}
