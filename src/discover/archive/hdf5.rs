//! HDF5 files as all versions of Keras save them: attributes of the root group hold the model's texts. The one place that
//! calls the HDF5 library, which reads on demand: weights stay on the disk.

use std::collections::HashMap;
use std::io::{Read, Seek};
use std::panic;
use std::path::Path;
use std::thread;

use hdf5_pure::{AttrValue, Error, File, FormatError, ReadSeekSource};

use super::error::ArchiveError;
use crate::discover::texts::Texts;
use crate::span::Source;

/// Attributes with a plain text, where the others hold JSON.
const PLAIN: &[&str] = &["keras_version", "backend"];

/// Bytes of stack for the library, which recurses as deep as a file says: enough for the deepest that the format can say.
/// Only what is used of it takes memory.
const STACK: usize = 128 * 1024 * 1024;

type Attributes = HashMap<String, AttrValue>;

/// The texts of a model; `None` for a file without one, such as weights or measurements.
pub(super) fn texts(path: &Path, file: impl Read + Seek + Send + 'static) -> Result<Option<Texts>, ArchiveError> {
    let attributes = attributes(file)?;
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

fn attributes(file: impl Read + Seek + Send + 'static) -> Result<Attributes, ArchiveError> {
    let read = move || {
        let source = ReadSeekSource::new(file).map_err(Error::Format)?;
        File::from_source(source)?.root().attrs()
    };
    on_large_stack(read)?.map_err(broken)
}

/// Runs on a thread with [`STACK`] bytes of stack; a panic there is one here.
fn on_large_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ArchiveError> {
    let worker = thread::Builder::new().stack_size(STACK).spawn(work);
    let worker = worker.map_err(|error| ArchiveError::Broken(error.to_string()))?;
    Ok(worker.join().unwrap_or_else(|cause| panic::resume_unwind(cause)))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Uses a kilobyte of stack for each level.
    fn descend(levels: usize) -> usize {
        let room = std::hint::black_box([1_u8; 1024]);
        if levels == 0 {
            return 0;
        }
        usize::from(room[levels % 1024]) + descend(levels - 1)
    }

    /// As deep as no thread of its own size would bear.
    #[test]
    fn deep_recursion_is_borne() {
        assert_eq!(on_large_stack(|| descend(40_000)).ok(), Some(40_000));
    }
}
