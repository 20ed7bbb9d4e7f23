//! The tables that are compiled in, as the JSON that the build script makes of every TOML file in this folder. A test reads
//! each of them, so that none can fail when the program runs.

use serde::de::DeserializeOwned;

use super::{Framework, Table};

/// All tables: of each the path below this folder, without its ending, and the text.
const TABLES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// The kinds of tables that hold the rows of a library, `keras/losses` and the like.
const KINDS: &[&str] = &["losses", "activations", "layers", "metrics", "operations"];

/// The library of what projects write themselves: no framework has it, and names lead there only when they lead nowhere else.
pub(super) const PROJECTS: &str = "projects";

/// The text of the table of that path.
pub(super) fn text(path: &str) -> &'static str {
    #[cfg(debug_assertions)]
    if let Some(text) = changed(path) {
        return text;
    }
    TABLES.iter().find(|(own, _)| *own == path).map_or("", |(_, text)| text)
}

/// The text that stands in a table's place: a file of its path in the folder that `LOSSLINT_TABLES` names. Only builds for
/// tests look there, for `tests/scripts/flip_rows.py`, which changes one row after the other without compiling.
#[cfg(debug_assertions)]
fn changed(path: &str) -> Option<&'static str> {
    let file = std::path::Path::new(&std::env::var_os("LOSSLINT_TABLES")?).join(format!("{path}.json"));
    Some(std::fs::read_to_string(file).ok()?.leak())
}

/// Reads the table of that path. The tests of its module show that it is well-formed.
pub(super) fn read<T: DeserializeOwned + Default>(path: &str) -> T {
    serde_json::from_str(text(path)).unwrap_or_default()
}

/// The names in a folder: `hydra` for `layouts/hydra`.
pub(super) fn names_in(folder: &str) -> impl Iterator<Item = &'static str> {
    let split = TABLES.iter().filter_map(|(path, _)| path.split_once('/'));
    split.filter(move |(own, _)| *own == folder).map(|(_, name)| name)
}

/// The folders that have a table of that name: `ludwig` for `ludwig/heads`.
pub(super) fn folders_with(name: &str) -> impl Iterator<Item = &'static str> {
    let split = TABLES.iter().filter_map(|(path, _)| path.split_once('/'));
    split.filter(move |(_, own)| *own == name).map(|(folder, _)| folder)
}

/// The libraries' rows, each table with its library and its text.
fn of_libraries() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLES.iter().filter_map(|(path, _)| {
        let (library, kind) = path.split_once('/')?;
        KINDS.contains(&kind).then(|| (library, text(path)))
    })
}

pub(super) fn tables() -> Vec<Table> {
    of_libraries()
        .filter_map(|(library, text)| Table::from_json(library, text).ok())
        .collect()
}

pub(super) fn frameworks() -> Vec<Framework> {
    Framework::list_from_json(text("frameworks")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_well_formed() {
        for (library, text) in of_libraries() {
            if let Err(error) = Table::from_json(library, text) {
                panic!("{library}: {error}");
            }
        }
    }

    #[test]
    fn every_table_is_of_a_kind_that_is_read() {
        for (path, _) in TABLES {
            let is_read = match path.split_once('/') {
                Some(("layouts", _)) => true,
                Some((_, kind)) => {
                    ["heads", "signatures", "classes", "labels"].contains(&kind) || KINDS.contains(&kind)
                }
                None => ["frameworks", "boosters", "config_keys"].contains(path),
            };
            assert!(is_read, "{path}");
        }
    }

    #[test]
    fn every_framework_names_libraries_that_have_a_table() {
        let frameworks = Framework::list_from_json(text("frameworks")).expect("a list of frameworks");
        for library in frameworks.iter().flat_map(|framework| &framework.libraries) {
            assert!(of_libraries().any(|(name, _)| name == library), "{library}");
        }
    }
}
