//! `losslint schema`: JSON Schemas of what people write for losslint and of what it writes.

use std::io;

use clap::ValueEnum;
use serde_json::Value;

use super::CLEAN;
use crate::keys::config::CONFIG;
use crate::keys::spec::SPEC;
use crate::output::{json, write_json};
use crate::syntax::shape::Shape;

/// What a schema is of.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Of {
    /// losslint.toml
    Config,
    /// The native spec
    Spec,
    /// The report of --format json
    Report,
}

/// Prints a schema.
pub fn run(of: Of) -> io::Result<u8> {
    let schema = match of {
        Of::Config => framed(
            &CONFIG,
            "The configuration of losslint: losslint.toml, or [tool.losslint] in pyproject.toml",
        ),
        Of::Spec => framed(&SPEC, "A native spec of losslint: a model's loss contract"),
        Of::Report => json::schema(),
    };
    let mut out = io::stdout().lock();
    write_json(&schema, &mut out)?;
    Ok(CLEAN)
}

fn framed(shape: &Shape, title: &str) -> Value {
    let mut schema = shape.schema();
    if let Some(object) = schema.as_object_mut() {
        object.insert(
            "$schema".to_owned(),
            Value::from("https://json-schema.org/draft/2020-12/schema"),
        );
        object.insert("title".to_owned(), Value::from(title));
    }
    schema
}
