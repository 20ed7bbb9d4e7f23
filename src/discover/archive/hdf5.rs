//! HDF5 files as all versions of Keras save them: attributes of the root group hold the model's texts. The one place that
//! calls the HDF5 library, which reads on demand: weights stay on the disk.

use std::collections::HashMap;
use std::io::{Read, Seek};
use std::path::Path;

use hdf5_pure::{AttrValue, Error, File, FormatError, ReadSeekSource};

use super::error::ArchiveError;
use crate::discover::texts::Texts;
use crate::span::Source;

/// Attributes with a plain text, where the others hold JSON.
const PLAIN: &[&str] = &["keras_version", "backend"];

type Attributes = HashMap<String, AttrValue>;

/// The texts of a model; `None` for a file without one, such as weights or measurements.
pub(super) fn texts(path: &Path, file: impl Read + Seek + Send + 'static) -> Result<Option<Texts>, ArchiveError> {
    let attributes = attributes(file).map_err(broken)?;
    let source = |name: &str, text: String| Source::of_archive(path, Some(name), text);
    let Some(model) = text(&attributes, "model_config") else {
        return Ok(None);
    };
    let mut beside = Vec::new();
    beside.extend(text(&attributes, "training_config").map(|text| source("training_config", text)));
    for name in PLAIN {
        // As a JSON string, so that all texts of a model are JSON.
        beside.extend(text(&attributes, name).map(|text| source(name, serde_json::Value::String(text).to_string())));
    }
    Ok(Some(Texts {
        own: source("model_config", model),
        not_text: None,
        beside,
    }))
}

fn attributes(file: impl Read + Seek + Send + 'static) -> Result<Attributes, Error> {
    let source = ReadSeekSource::new(file).map_err(Error::Format)?;
    File::from_source(source)?.root().attrs()
}

fn broken(error: Error) -> ArchiveError {
    match error {
        Error::Format(FormatError::SignatureNotFound) => ArchiveError::OtherFormat,
        other => ArchiveError::Broken(other.to_string()),
    }
}

/// The text of an attribute. One that was too long for HDF5's header is split into `name0`, `name1` ….
fn text(attributes: &Attributes, name: &str) -> Option<String> {
    let whole = attributes.get(name).and_then(strings);
    whole.or_else(|| {
        let parts: Vec<String> = (0..)
            .map_while(|index| attributes.get(&format!("{name}{index}")).and_then(strings))
            .collect();
        (!parts.is_empty()).then(|| parts.concat())
    })
}

/// An attribute's strings, joined, without the zeros that fill them up to their width.
fn strings(value: &AttrValue) -> Option<String> {
    let parts = value.as_strings()?;
    Some(parts.iter().map(|part| part.trim_end_matches('\0')).collect())
}
