//! The tables that are compiled in, as the JSON that the build script makes of them. A test reads every one of them, so
//! that none can fail when the program runs.

use serde::de::DeserializeOwned;

use super::{Framework, Table};

/// The text of a table below this folder, by the parts of its path without the ending.
macro_rules! compiled {
    ($($part:literal),+) => {
        include_str!(concat!(env!("OUT_DIR"), "/src/knowledge/", $($part,)+ ".json"))
    };
}
pub(super) use compiled;

/// Reads a table that is compiled in. The tests of its module show that it is well-formed.
pub(super) fn read<T: DeserializeOwned + Default>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_default()
}

/// The library and the text of one table.
type Source = (&'static str, &'static str);

macro_rules! tables {
    ($($library:literal: $($kind:literal),+;)+) => {
        &[$($((
            $library,
            compiled!($library, "/", $kind),
        )),+),+]
    };
}

const TABLES: &[Source] = tables! {
    "keras": "losses", "activations", "layers", "metrics", "operations";
    "tensorflow": "losses", "activations", "operations";
    "torch": "losses", "activations", "layers", "operations";
    "torchvision": "losses", "layers";
    "torchmetrics": "metrics";
    "timm": "losses", "layers";
    "monai": "losses", "activations", "layers", "metrics";
    "segmentation_models_pytorch": "losses", "activations", "layers";
    "transformers": "losses", "layers";
    "terratorch": "layers";
    "torchgeo": "layers";
    "ludwig": "losses", "metrics";
    "farm": "metrics";
    "xgboost": "losses", "metrics";
    "lightgbm": "losses", "metrics";
    "catboost": "losses", "metrics";
    "numpy": "operations";
    "fairchem": "losses", "metrics";
    "nemo": "losses", "layers";
    "paddleseg": "losses", "activations", "layers";
    "speechbrain": "losses", "layers";
    "projects": "metrics";
};

/// The library of what projects write themselves: no framework has it, and names lead there only when they lead nowhere else.
pub(super) const PROJECTS: &str = "projects";

const FRAMEWORKS: &str = compiled!("frameworks");

pub(super) fn tables() -> Vec<Table> {
    TABLES
        .iter()
        .filter_map(|(library, text)| Table::from_json(library, text).ok())
        .collect()
}

pub(super) fn frameworks() -> Vec<Framework> {
    Framework::list_from_json(FRAMEWORKS).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_well_formed() {
        for (library, text) in TABLES {
            if let Err(error) = Table::from_json(library, text) {
                panic!("{library}: {error}");
            }
        }
    }

    #[test]
    fn every_framework_names_libraries_that_have_a_table() {
        let frameworks = Framework::list_from_json(FRAMEWORKS).expect("a list of frameworks");
        for library in frameworks.iter().flat_map(|framework| &framework.libraries) {
            assert!(TABLES.iter().any(|(name, _)| name == library), "{library}");
        }
    }
}
