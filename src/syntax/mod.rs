//! One tree for every text format: spanned nodes in a flat arena, and a cursor to walk them. Not for meaning: what a
//! node stands for is the dialects' affair.

pub mod compose;
pub mod edit;
mod error;
pub mod expressions;
mod file;
mod files;
mod format;
mod innermost;
mod json;
mod members;
mod node;
mod scalar;
pub mod shape;
pub mod source;
#[cfg(test)]
mod tests;
mod toml;
mod tree;
mod yaml;

use std::sync::Arc;

use crate::span::Span;

pub use error::SyntaxError;
pub use file::File;
pub use files::{Files, Open};
pub use format::Format;
pub use node::NodeRef;
pub use tree::{Kind, Tree};

/// Reads a text in the given format. Never fails: what could not be read is in [`Tree::errors`], the rest is kept.
pub fn parse(format: Format, text: Arc<str>) -> Tree {
    if let Some(error) = refuse_length(text.len()) {
        let mut tree = Tree::empty(format, text);
        tree.errors.push(error);
        return tree;
    }
    match format {
        Format::Json => json::parse(text, Format::Json),
        Format::Toml => toml::parse(text),
        Format::Yaml => yaml::parse(text),
        Format::Python => source::parse(text),
        Format::Notebook => source::parse_notebook(text),
    }
}

/// The error for a text whose offsets do not fit in a [`Span`].
fn refuse_length(length: usize) -> Option<SyntaxError> {
    u32::try_from(length).is_err().then(|| SyntaxError {
        span: Span::default(),
        message: "the file is larger than 4 GiB".to_owned(),
    })
}
