//! Signatures: the parameters of what rows name, in the order in which arguments are given by position. They belong to names, not
//! to rows: networks that behave alike take their arguments in orders of their own.
//!
//! Source: `tests/scripts/signatures.py`, which asks the installed libraries; its record is in `tests/signatures/`.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::built_in;
use super::spelling::Row;

/// The signatures of one library's names.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    losses: Vec<Signature>,
    #[serde(default)]
    layers: Vec<Signature>,
    #[serde(default)]
    metrics: Vec<Signature>,
    #[serde(default)]
    activations: Vec<Signature>,
}

/// Names that take the same arguments in the same order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Signature {
    names: Vec<String>,
    parameters: Vec<String>,
}

/// What kind of row a name leads to: a library can have a loss and a metric of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// A loss.
    Loss,
    /// A layer.
    Layer,
    /// A metric.
    Metric,
    /// An activation.
    Activation,
    /// An operation.
    Operation,
}

type Parameters = HashMap<(RowKind, String), Vec<String>>;

/// The parameters, in their order, of what a name means as a spelling of this row; `None` when they are not known.
pub fn parameters<R: Row>(row: &R, name: &str) -> Option<&'static [String]> {
    let library = all().get(row.library())?.get_or_init(|| of_library(row.library()));
    let bare = name.rsplit_once('.').map_or(name, |(_, last)| last);
    library.get(&(R::KIND, bare.to_owned())).map(Vec::as_slice)
}

/// The libraries that have signatures, each read when it is first asked for.
fn all() -> &'static HashMap<&'static str, OnceLock<Parameters>> {
    static ALL: OnceLock<HashMap<&'static str, OnceLock<Parameters>>> = OnceLock::new();
    ALL.get_or_init(|| {
        let libraries = built_in::folders_with("signatures");
        libraries.map(|library| (library, OnceLock::new())).collect()
    })
}

fn of_library(library: &str) -> Parameters {
    let file: File = built_in::read(&format!("{library}/signatures"));
    let kinds = [
        (RowKind::Loss, file.losses),
        (RowKind::Layer, file.layers),
        (RowKind::Metric, file.metrics),
        (RowKind::Activation, file.activations),
    ];
    let mut parameters = Parameters::new();
    for (kind, signatures) in kinds {
        for signature in signatures {
            for name in signature.names {
                parameters.insert((kind, name), signature.parameters.clone());
            }
        }
    }
    parameters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_well_formed() {
        for library in built_in::folders_with("signatures") {
            let text = built_in::text(&format!("{library}/signatures"));
            let file: Result<File, _> = serde_json::from_str(text);
            assert!(file.is_ok(), "{library}: {file:?}");
            assert!(!of_library(library).is_empty(), "{library}");
        }
    }
}
