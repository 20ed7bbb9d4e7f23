//! One tree for every text format: spanned nodes in a flat arena, and a cursor to walk them. Not for meaning: what a
//! node stands for is the dialects' affair.

pub mod edit;
mod error;
mod file;
mod json;
mod node;
pub mod shape;
#[cfg(test)]
mod tests;
mod toml;
mod tree;
mod yaml;

use std::sync::Arc;

use crate::span::Span;

pub use error::SyntaxError;
pub use file::File;
pub use node::NodeRef;
pub use tree::{Kind, Tree};

/// The text format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON, with the `NaN` and `Infinity` that Python writes and the comments that people write.
    Json,
    /// TOML up to 1.1.
    Toml,
    /// YAML 1.2, and what PyYAML and OmegaConf read beyond it.
    Yaml,
}

impl Format {
    /// The format of a text whose name does not tell it: JSON when it opens like an object or array.
    pub fn of_text(text: &str) -> Option<Self> {
        let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        text.starts_with(['{', '[']).then_some(Self::Json)
    }

    /// The format of a file by its name's ending, in any letter case; `None` for endings that losslint does not read.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "json" | "jsonc" => Some(Self::Json),
            "toml" => Some(Self::Toml),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }
}

/// Reads a text in the given format. Never fails: what could not be read is in [`Tree::errors`], the rest is kept.
pub fn parse(format: Format, text: Arc<str>) -> Tree {
    if let Some(error) = refuse_length(text.len()) {
        let mut tree = Tree::empty(format, text);
        tree.errors.push(error);
        return tree;
    }
    match format {
        Format::Json => json::parse(text),
        Format::Toml => toml::parse(text),
        Format::Yaml => yaml::parse(text),
    }
}

/// The error for a text whose offsets do not fit in a [`Span`].
fn refuse_length(length: usize) -> Option<SyntaxError> {
    u32::try_from(length).is_err().then(|| SyntaxError {
        span: Span::default(),
        message: "the file is larger than 4 GiB".to_owned(),
    })
}
