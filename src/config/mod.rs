//! `losslint.toml`, or `[tool.losslint]` of `pyproject.toml`: found upwards from a file, read with all its errors at once.

mod find;
mod globs;
mod paths;
mod problem;
mod read;
mod rows;
mod selection;
mod settings;

pub use find::{Configurations, Origin};
pub use globs::Globs;
pub use paths::from_working_folder;
pub use problem::{ConfigError, Problem};
pub use selection::{Named, Selection};
pub use settings::{AcceptRule, FactsRule, FailOn, PerFileRule, Settings};
