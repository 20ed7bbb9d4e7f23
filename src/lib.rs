//! losslint reads a model's configuration and says, before anything is trained, where its task, loss, output activation
//! and label format do not belong together. It never imports or runs a model.
//!
//! # The way of the data
//!
//! ```text
//! discover  →  syntax  →  dialects  →  passes  →  report  →  output
//! paths        text →      tree →       IR →       findings →  report →
//! to files     spanned     IR           findings   report      text
//!              tree
//! ```
//!
//! - [`discover`] walks folders and reads files, archives included.
//! - [`syntax`] makes one spanned tree of JSON, TOML or YAML.
//! - [`dialects`] recognise a tree (Keras, Hydra, MONAI, the native spec …) and read it into the [`ir`], with the names
//!   looked up in [`knowledge`].
//! - [`passes`] are the lints: each judges a head of the model and gives a [`diagnostic::Finding`].
//! - [`report`] resolves places to lines and pointers, orders and counts.
//! - [`output`] writes a report in a format.
//!
//! [`span`], [`diagnostic`], [`knowledge`] and [`ir`] are data; the others are stages. A stage never calls the one after it:
//! only [`mod@check`] joins them, and only [`cli`] touches the terminal. `tests/layers.rs` holds this.
//!
//! Beside the way: [`config`] reads `losslint.toml`, [`keys`] describes what may stand in it and in a spec, [`recommend`] says
//! which loss fits a task, and [`nearest`] finds the word that was probably meant.

#![forbid(unsafe_code)]

pub mod check;
pub mod cli;
pub mod conclude;
pub mod config;
pub mod diagnostic;
pub mod dialects;
pub mod discover;
pub mod ir;
pub mod keys;
pub mod knowledge;
pub mod nearest;
pub mod output;
pub mod page;
pub mod passes;
pub mod program;
pub mod reading;
pub mod recommend;
pub mod report;
pub mod span;
pub mod syntax;
pub mod values;

pub use check::{Outcome, Request, StandardInput, check, read_models, report_problems};
