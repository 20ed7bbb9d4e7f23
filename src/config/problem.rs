//! What is wrong with a configuration: that it cannot be read, or errors in it.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::span::{NodeId, Span, display_path};
use crate::syntax::{File, NodeRef};

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("{}: cannot be read: {source}", display_path(.path))]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It has errors, each with its place.
    #[error("{}: the configuration has errors", .file.source.display_name())]
    Invalid {
        /// The file.
        file: Arc<File>,
        /// The errors, in document order.
        problems: Vec<Problem>,
    },
}

/// An error in a configuration.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The node at fault.
    pub node: NodeId,
    /// Its bytes.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl Problem {
    /// An error at a node.
    pub fn new(node: NodeRef<'_>, message: impl Into<String>) -> Self {
        Self {
            node: node.id(),
            span: node.span(),
            message: message.into(),
            help: None,
        }
    }
}
