//! The tables that are compiled in, as the JSON that the build script makes of them. A test reads every one of them, so
//! that none can fail when the program runs.

use super::{Framework, Table};

/// The library and the text of one table.
type Source = (&'static str, &'static str);

macro_rules! tables {
    ($($library:literal: $($kind:literal),+;)+) => {
        &[$($((
            $library,
            include_str!(concat!(env!("OUT_DIR"), "/src/knowledge/", $library, "/", $kind, ".json")),
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

const FRAMEWORKS: &str = include_str!(concat!(env!("OUT_DIR"), "/src/knowledge/frameworks.json"));

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
