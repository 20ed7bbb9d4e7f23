//! The composition of a Hydra configuration: its group files put into one tree, in the order of Hydra. Not for reading files.

use super::config_groups::{Choice, GLOBAL, choices, said_package};
use crate::reading::Reader;
use crate::syntax::Tree;
use crate::syntax::compose::{self, Part};
use crate::values::Value;

/// Parts of a composition at most: one file can be chosen in many places.
const MOST_PARTS: usize = 128;
/// Paths that one file's list is followed to at most.
const MOST_PATHS: usize = 64;
/// How many folders above its own a file may name others in: a group's file, such as an experiment's, names groups from the top.
const FOLDERS_ABOVE: usize = 2;

/// What came of putting a configuration together.
pub struct Joined<'t> {
    /// The whole, unless there is nothing but the file itself.
    pub whole: Option<Tree>,
    /// Groups whose file is not there: what names them, and the option.
    pub missing: Vec<(Value<'t>, &'t str)>,
}

/// A file of a configuration.
struct GroupFile<'t> {
    /// Its path from the folder of the file that is checked; nothing for that one.
    path: String,
    root: Value<'t>,
}

/// Puts a configuration and those files beside it that its `defaults` choose into one.
pub fn compose<'t>(reader: &Reader<'t>, root: Value<'t>) -> Joined<'t> {
    let files = group_files(reader, root);
    let mut walk = Walk {
        files: &files,
        overrides: Vec::new(),
        parts: Vec::new(),
        open: Vec::new(),
        missing: Vec::new(),
    };
    for file in &files {
        walk.note_overrides(file);
    }
    let package = match said_package(root) {
        Some(GLOBAL) | None => "",
        Some(package) => package,
    };
    walk.file(&files[0], package);
    let Walk { parts, missing, .. } = walk;
    let parts: Vec<Part<'_>> = parts
        .iter()
        .map(|(root, package)| Part {
            root: root.node(),
            place: package.split('.').filter(|key| !key.is_empty()).collect(),
        })
        .collect();
    let whole = match files.len() {
        1 => None,
        _ => compose::compose(&parts, "defaults", root.at()),
    };
    Joined { whole, missing }
}

/// The file that is checked, then those that its `defaults` and theirs in turn name, wherever they may lie.
fn group_files<'t>(reader: &Reader<'t>, root: Value<'t>) -> Vec<GroupFile<'t>> {
    let mut files = vec![GroupFile {
        path: String::new(),
        root,
    }];
    let mut next = 0;
    while let Some(file) = files.get(next) {
        let items = file.root.get("defaults").into_iter().flat_map(Value::items);
        let paths: Vec<String> = items
            .flat_map(choices)
            .flat_map(|choice| choice.paths(&file.path))
            .take(MOST_PATHS)
            .collect();
        for path in paths {
            if files.iter().any(|known| known.path == path) {
                continue;
            }
            if let Some(root) = reader.file_above(&path, FOLDERS_ABOVE) {
                files.push(GroupFile { path, root });
            }
        }
        next += 1;
    }
    files
}

/// A choice that replaces those of other lists.
struct Override<'w, 't> {
    choice: Choice<'t>,
    /// The group's folder and package, by which the replaced choice is known.
    key: (String, String),
    /// The path of the file that says it.
    path: &'w str,
    /// Whether it has replaced one.
    is_used: bool,
}

struct Walk<'w, 't> {
    files: &'w [GroupFile<'t>],
    overrides: Vec<Override<'w, 't>>,
    /// The tops of the parts with their packages, those that are laid over the others last.
    parts: Vec<(Value<'t>, String)>,
    /// The paths of the files whose lists are being read.
    open: Vec<&'w str>,
    missing: Vec<(Value<'t>, &'t str)>,
}

impl<'w, 't> Walk<'w, 't> {
    /// Of several overrides of one choice the outermost counts, which is met first.
    fn note_overrides(&mut self, file: &'w GroupFile<'t>) {
        let items = file.root.get("defaults").into_iter().flat_map(Value::items);
        for choice in items.flat_map(choices).filter(|choice| choice.is_override) {
            let folder = choice.folder(&file.path);
            let package = choice.package.map_or_else(|| folder.replace('/', "."), str::to_owned);
            let key = (folder, package);
            if self.overrides.iter().all(|known| known.key != key) {
                self.overrides.push(Override {
                    choice,
                    key,
                    path: &file.path,
                    is_used: false,
                });
            }
        }
    }

    /// Adds a file's choices and what it says itself, in the order of its list; without `_self_` there, itself last.
    fn file(&mut self, file: &'w GroupFile<'t>, package: &str) {
        // Lists that lead to each other end here; Hydra refuses them.
        if self.open.contains(&file.path.as_str()) || self.parts.len() >= MOST_PARTS {
            return;
        }
        self.open.push(&file.path);
        let mut is_added = false;
        for item in file.root.get("defaults").into_iter().flat_map(Value::items) {
            if item.as_str() == Some("_self_") {
                self.add(file, package);
                is_added = true;
                continue;
            }
            for choice in choices(item) {
                self.choice(choice, &file.path, package);
            }
        }
        if !is_added {
            self.add(file, package);
        }
        self.open.pop();
    }

    fn add(&mut self, file: &GroupFile<'t>, package: &str) {
        self.parts.push((file.root, package.to_owned()));
    }

    fn choice(&mut self, choice: Choice<'t>, path: &'w str, package: &str) {
        let folder = choice.folder(path);
        let own = choice.package_below(package, None);
        let replaced = |known: &&mut Override<'w, 't>| known.key.0 == folder && known.key.1 == own;
        let (option, path) = match self.overrides.iter_mut().find(replaced) {
            // No list here chooses what it replaces: that one stands in the file that this one is added to.
            Some(over) if choice.is_override && over.is_used => return,
            Some(over) => {
                over.is_used = true;
                (over.choice, over.path)
            }
            None => (choice, path),
        };
        let Some(name) = option.closed_option() else {
            return;
        };
        let paths = option.paths(path);
        let found = paths
            .iter()
            .find_map(|path| self.files.iter().skip(1).find(|file| file.path == *path));
        match found {
            Some(file) => {
                let package = choice.package_below(package, said_package(file.root));
                self.file(file, &package);
            }
            None => self.missing.push((option.at, name)),
        }
    }
}
