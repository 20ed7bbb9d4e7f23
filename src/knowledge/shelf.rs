//! Rows of one kind in order of their libraries, found by spelling. What a name means to a framework is decided here and nowhere else.

use std::collections::HashMap;
use std::sync::Arc;

use super::Framework;
use super::rows::Written;
use super::spelling::{Claim, Row, Spelling};

/// What a name leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Found<R> {
    /// A row.
    Known(Arc<R>, Spelling),
    /// Nothing that the framework accepts; the row is what was probably meant.
    Refused(Arc<R>),
    /// Rows of several libraries that the name alone cannot tell apart.
    Ambiguous(Vec<Arc<R>>),
    /// Nothing.
    Unknown,
}

impl<R> Found<R> {
    /// The row, when the name is accepted.
    pub fn known(self) -> Option<Arc<R>> {
        match self {
            Self::Known(row, _) => Some(row),
            _ => None,
        }
    }

    /// The row that is accepted or was probably meant.
    pub fn meant(self) -> Option<Arc<R>> {
        match self {
            Self::Known(row, _) | Self::Refused(row) => Some(row),
            _ => None,
        }
    }

    /// Whether the name leads nowhere.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }
}

type Entry<R> = (Arc<R>, Claim);

/// One library's rows of one kind.
#[derive(Debug)]
struct Shelf<R> {
    library: String,
    modules: Vec<String>,
    rows: Vec<Arc<R>>,
    bare: HashMap<String, Entry<R>>,
    dotted: HashMap<String, Entry<R>>,
}

impl<R: Row> Shelf<R> {
    fn new(library: &str) -> Self {
        Self {
            library: library.to_owned(),
            modules: Vec::new(),
            rows: Vec::new(),
            bare: HashMap::new(),
            dotted: HashMap::new(),
        }
    }

    /// A spelling that is claimed twice stays with the first row.
    fn push(&mut self, row: R) {
        let row = Arc::new(row);
        for (name, claim) in row.spellings() {
            let entry = (Arc::clone(&row), claim);
            if row.written() != Written::Dotted {
                self.bare.entry(name.to_owned()).or_insert_with(|| entry.clone());
            }
            if row.written() != Written::Bare {
                self.dotted.entry(name.to_owned()).or_insert(entry);
            }
        }
        self.rows.push(row);
    }

    /// The entry for a name behind a module, with the length of the module that matched.
    fn behind(&self, module: &str, name: &str) -> Option<(usize, &Entry<R>)> {
        let entry = self.dotted.get(name)?;
        let length = self
            .modules
            .iter()
            .filter(|pattern| covers(pattern, module))
            .map(String::len)
            .max()?;
        Some((length, entry))
    }
}

/// Whether a module is the one of the pattern or, behind `.*`, lies in it at any depth.
fn covers(pattern: &str, module: &str) -> bool {
    match pattern.strip_suffix(".*") {
        Some(parent) => module
            .strip_prefix(parent)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.')),
        None => pattern == module,
    }
}

/// All rows of one kind.
#[derive(Debug)]
pub(super) struct Shelves<R> {
    shelves: Vec<Shelf<R>>,
}

impl<R: Row> Shelves<R> {
    pub(super) fn new() -> Self {
        Self { shelves: Vec::new() }
    }

    /// Adds rows of a library and the modules that they stand in.
    pub(super) fn add(&mut self, library: &str, modules: &[String], rows: impl IntoIterator<Item = R>) {
        let mut rows = rows.into_iter().peekable();
        if rows.peek().is_none() {
            return;
        }
        let shelf = self.shelf_mut(library);
        shelf.modules.extend_from_slice(modules);
        rows.for_each(|row| shelf.push(row));
    }

    fn shelf_mut(&mut self, library: &str) -> &mut Shelf<R> {
        let place = self.shelves.iter().position(|shelf| shelf.library == library);
        let place = place.unwrap_or_else(|| {
            self.shelves.push(Shelf::new(library));
            self.shelves.len() - 1
        });
        &mut self.shelves[place]
    }

    fn shelf(&self, library: &str) -> Option<&Shelf<R>> {
        self.shelves.iter().find(|shelf| shelf.library == library)
    }

    /// All rows, library by library.
    pub(super) fn rows(&self) -> impl Iterator<Item = &Arc<R>> {
        self.shelves.iter().flat_map(|shelf| &shelf.rows)
    }

    /// The rows of some libraries, in the order of those.
    pub(super) fn rows_of<'a>(&'a self, libraries: &[String]) -> impl Iterator<Item = &'a Arc<R>> {
        libraries
            .iter()
            .filter_map(|library| self.shelf(library))
            .flat_map(|shelf| &shelf.rows)
    }

    /// The modules of a library's rows.
    pub(super) fn modules_of(&self, library: &str) -> &[String] {
        self.shelf(library).map_or(&[], |shelf| &shelf.modules)
    }

    /// The row that a name leads to in a framework: the project's own first.
    pub(super) fn find(&self, framework: &Framework, name: &str) -> Found<R> {
        let own = framework.project.as_slice();
        match self.find_in(own, name) {
            Found::Unknown => self.find_in(&framework.libraries, name),
            found => found,
        }
    }

    /// The row that a name leads to among some libraries. The whole text counts as a name first: refused spellings may contain dots.
    pub(super) fn find_in(&self, libraries: &[String], name: &str) -> Found<R> {
        match self.find_bare(libraries, name) {
            Found::Unknown => self.find_dotted(libraries.iter().filter_map(|library| self.shelf(library)), name),
            found => found,
        }
    }

    /// The row that a dotted name leads to in whatever library has the module.
    pub(super) fn find_anywhere(&self, name: &str) -> Found<R> {
        self.find_dotted(self.shelves.iter(), name)
    }

    fn find_bare(&self, libraries: &[String], name: &str) -> Found<R> {
        let mut entries = libraries.iter().map(|library| self.shelf(library)?.bare.get(name));
        if let Some(Some(entry)) = entries.next() {
            return found(entry);
        }
        // What another library refuses is no affair of this framework's.
        let elsewhere: Vec<_> = entries
            .flatten()
            .filter(|(row, claim)| *claim != Claim::Refused && !row.is_found_at_home_only())
            .collect();
        match elsewhere.as_slice() {
            [] => Found::Unknown,
            [entry] => found(entry),
            several => Found::Ambiguous(several.iter().map(|(row, _)| Arc::clone(row)).collect()),
        }
    }

    fn find_dotted<'a>(&'a self, shelves: impl Iterator<Item = &'a Shelf<R>>, name: &str) -> Found<R> {
        let Some((module, name)) = name.rsplit_once('.') else {
            return Found::Unknown;
        };
        let mut longest: Option<(usize, &Entry<R>)> = None;
        for candidate in shelves.filter_map(|shelf| shelf.behind(module, name)) {
            if longest.is_none_or(|(length, _)| candidate.0 > length) {
                longest = Some(candidate);
            }
        }
        longest.map_or(Found::Unknown, |(_, entry)| found(entry))
    }
}

fn found<R>((row, claim): &Entry<R>) -> Found<R> {
    match claim {
        Claim::Known(spelling) => Found::Known(Arc::clone(row), *spelling),
        Claim::Refused => Found::Refused(Arc::clone(row)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{ActivationRow, Table};

    fn shelves() -> Shelves<ActivationRow> {
        let mut shelves = Shelves::new();
        for (library, text) in [("home", HOME), ("abroad", ABROAD), ("farther", ABROAD)] {
            let table = Table::parse(library, text).expect("a table");
            shelves.add(library, &table.modules, table.activations);
        }
        shelves
    }

    const HOME: &str = r#"
        modules = ["home", "home.deep.*"]
        [activation.squash]
        names = ["flat"]
        legacy = ["Squash"]
        refused = ["squish", "home>squash"]
        produces = "bounded"
        range = "(-1, 1)"
    "#;

    const ABROAD: &str = r#"
        modules = ["abroad", "home.deep.down"]
        [activation.squash]
        names = ["bend"]
        refused = ["twist"]
        produces = "real"
        range = "(-inf, inf)"
    "#;

    fn find(libraries: &[&str], name: &str) -> String {
        let libraries: Vec<String> = libraries.iter().map(|library| (*library).to_owned()).collect();
        match shelves().find_in(&libraries, name) {
            Found::Known(row, Spelling::Current) => row.library.clone(),
            Found::Known(row, Spelling::Legacy) => format!("{}, once", row.library),
            Found::Refused(row) => format!("{}, refused", row.library),
            Found::Ambiguous(rows) => format!("{} libraries", rows.len()),
            Found::Unknown => "unknown".to_owned(),
        }
    }

    #[test]
    fn a_bare_name_is_the_first_librarys_before_any_others() {
        assert_eq!(find(&["home", "abroad"], "squash"), "home");
        assert_eq!(find(&["abroad", "home"], "squash"), "abroad");
        assert_eq!(find(&["home", "abroad"], "bend"), "abroad");
        assert_eq!(find(&["home", "abroad", "farther"], "bend"), "2 libraries");
        assert_eq!(find(&["home"], "bend"), "unknown");
        assert_eq!(find(&["home"], "Flat"), "unknown");
    }

    #[test]
    fn legacy_and_refused_spellings_are_told_apart() {
        assert_eq!(find(&["home"], "Squash"), "home, once");
        assert_eq!(find(&["home"], "squish"), "home, refused");
        assert_eq!(find(&["home"], "home>squash"), "home, refused");
        assert_eq!(find(&["home", "abroad"], "twist"), "unknown");
    }

    #[test]
    fn the_longest_module_decides_about_a_dotted_name() {
        let both = ["home", "abroad"];
        assert_eq!(find(&both, "home.squash"), "home");
        assert_eq!(find(&both, "home.deep.squash"), "home");
        assert_eq!(find(&both, "home.deep.deeper.squash"), "home");
        assert_eq!(find(&both, "home.deep.down.squash"), "abroad");
        assert_eq!(find(&both, "home.deeper.squash"), "unknown");
        assert_eq!(find(&both, "home.other.squash"), "unknown");
        assert!(shelves().find_anywhere("squash").is_unknown());
    }
}
