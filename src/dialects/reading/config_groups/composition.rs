//! The composition of a Hydra configuration: its group files put into one tree, in the order of Hydra. Not for reading files.

use super::{Choice, choices, said_package};
use crate::dialects::reading::{Document, Reader};
use crate::span::{FileId, Location};
use crate::syntax::NodeRef;
use crate::syntax::compose::{self, Composed, Part};

/// Parts of a composition at most: one file can be chosen in many places.
const MOST_PARTS: usize = 128;

/// One tree of a configuration and its groups.
#[derive(Debug)]
pub struct Composition {
    composed: Composed,
    /// The file of each part.
    files: Vec<FileId>,
    /// The top of the file that the configuration is composed for.
    top: Location,
}

impl Composition {
    /// The top of the composed configuration.
    pub fn root(&self) -> Option<NodeRef<'_>> {
        self.composed.tree.root()
    }

    /// Where a node of the composed configuration is written.
    pub fn at(&self, node: NodeRef<'_>) -> Option<Location> {
        let origin = self.composed.origin(node)?;
        if node.parent().is_none() {
            return Some(self.top);
        }
        Some(Location {
            file: self.files[origin.part],
            node: origin.node,
            span: origin.span,
        })
    }
}

/// What came of putting a configuration together.
pub struct Joined<'t> {
    /// The whole, unless there is nothing but the file itself.
    pub whole: Option<Composition>,
    /// Groups whose file is not there: what names them, and the option.
    pub missing: Vec<(NodeRef<'t>, &'t str)>,
}

/// Puts a configuration and those files beside it that its `defaults` choose into one.
pub fn compose<'t>(reader: &Reader<'t>, root: NodeRef<'t>) -> Joined<'t> {
    let own = Document {
        file: reader.file,
        name: None,
        path: "",
        tree: root.tree(),
        root: Some(root),
    };
    let mut walk = Walk {
        beside: reader.beside,
        overrides: Vec::new(),
        parts: Vec::new(),
        open: Vec::new(),
        files: Vec::new(),
        missing: Vec::new(),
    };
    walk.note_overrides(root, "");
    for document in reader.beside {
        if let Some(root) = document.root {
            walk.note_overrides(root, document.path);
        }
    }
    let package = match said_package(root) {
        Some(super::GLOBAL) | None => "",
        Some(package) => package,
    };
    walk.file(own, root, package);
    let Walk {
        parts, files, missing, ..
    } = walk;
    let parts: Vec<Part<'_>> = parts
        .iter()
        .map(|(root, package)| Part {
            root: *root,
            place: package.split('.').filter(|key| !key.is_empty()).collect(),
        })
        .collect();
    let whole = match reader.beside.is_empty() {
        true => None,
        false => compose::compose(&parts, "defaults").map(|composed| Composition {
            composed,
            files,
            top: reader.at(root),
        }),
    };
    Joined { whole, missing }
}

/// A choice that replaces those of other lists.
struct Override<'t> {
    choice: Choice<'t>,
    /// The group's folder and package, by which the replaced choice is known.
    key: (String, String),
    /// The path of the file that says it.
    path: &'t str,
    /// Whether it has replaced one.
    is_used: bool,
}

struct Walk<'t> {
    beside: &'t [Document<'t>],
    overrides: Vec<Override<'t>>,
    /// The tops of the parts with their packages, those that are laid over the others last.
    parts: Vec<(NodeRef<'t>, String)>,
    /// The paths of the files whose lists are being read.
    open: Vec<&'t str>,
    files: Vec<FileId>,
    missing: Vec<(NodeRef<'t>, &'t str)>,
}

impl<'t> Walk<'t> {
    /// Of several overrides of one choice the outermost counts, which is met first.
    fn note_overrides(&mut self, root: NodeRef<'t>, path: &'t str) {
        let items = root.get("defaults").into_iter().flat_map(NodeRef::items);
        for choice in items.flat_map(choices).filter(|choice| choice.is_override) {
            let folder = choice.folder(path);
            let package = choice.package.map_or_else(|| folder.replace('/', "."), str::to_owned);
            let key = (folder, package);
            if self.overrides.iter().all(|known| known.key != key) {
                self.overrides.push(Override {
                    choice,
                    key,
                    path,
                    is_used: false,
                });
            }
        }
    }

    /// Adds a file's choices and what it says itself, in the order of its list; without `_self_` there, itself last.
    fn file(&mut self, document: Document<'t>, root: NodeRef<'t>, package: &str) {
        // Lists that lead to each other end here; Hydra refuses them.
        if self.open.contains(&document.path) || self.parts.len() >= MOST_PARTS {
            return;
        }
        self.open.push(document.path);
        let mut is_added = false;
        for item in root.get("defaults").into_iter().flat_map(NodeRef::items) {
            if item.as_str() == Some("_self_") {
                self.add(document, root, package);
                is_added = true;
                continue;
            }
            for choice in choices(item) {
                self.choice(choice, document.path, package);
            }
        }
        if !is_added {
            self.add(document, root, package);
        }
        self.open.pop();
    }

    fn add(&mut self, document: Document<'t>, root: NodeRef<'t>, package: &str) {
        self.parts.push((root, package.to_owned()));
        self.files.push(document.file);
    }

    fn choice(&mut self, choice: Choice<'t>, path: &'t str, package: &str) {
        let folder = choice.folder(path);
        let own = choice.package_below(package, None);
        let replaced = |known: &&mut Override<'t>| known.key.0 == folder && known.key.1 == own;
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
            .find_map(|path| self.beside.iter().find(|document| document.path == path));
        match found.and_then(|document| Some((*document, document.root?))) {
            Some((document, root)) => {
                let package = choice.package_below(package, said_package(root));
                self.file(document, root, &package);
            }
            None => self.missing.push((option.at, name)),
        }
    }
}
