//! Hydra's `defaults` list: the files of config groups that a configuration is composed of. Not for what they mean.
//!
//! Source: "The Defaults List" and "Packages" in Hydra's documentation, version 1.3. What needs the rest of a program's
//! composition is left out: interpolated choices, `override`s, and choices that only the command line makes.

use super::{Asking, Document, Neighbour};
use crate::syntax::NodeRef;

/// A package that stands for the top of the composed configuration.
const GLOBAL: &str = "_global_";

/// The group files that a file's `defaults` name. The role of each is its package: where in the composed configuration
/// its content stands, such as `model.optimizer`; empty for the top.
pub fn neighbours(asking: Asking<'_>) -> Vec<Neighbour> {
    let Some(defaults) = asking.root.get("defaults") else {
        return Vec::new();
    };
    let folder = asking.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let package = said_package(asking.root).unwrap_or(asking.role);
    defaults
        .items()
        .flat_map(choices)
        .filter_map(|choice| choice.neighbour(folder, package))
        .collect()
}

/// The package of a group file: what its own `# @package` line says, else what the `defaults` list says.
pub fn package<'t>(document: &Document<'t>) -> &'t str {
    let said = document.tree.root().and_then(said_package);
    said.or(document.name).unwrap_or("")
}

/// What the `# @package` line among a file's first comments says: `_global_`, `model.loss`.
pub fn header(root: NodeRef<'_>) -> Option<&str> {
    const FIRST: usize = 3;
    let tree = root.tree();
    let said = tree.comments.iter().take(FIRST).find_map(|comment| {
        let text = tree.source()[comment.range()].trim_start_matches('#').trim_start();
        text.strip_prefix("@package ")
    })?;
    Some(said.trim())
}

/// The package that a file says of itself; empty for the top.
fn said_package(root: NodeRef<'_>) -> Option<&str> {
    match header(root)? {
        GLOBAL => Some(""),
        // A package by the group's own name is what the list says anyhow.
        package if package.starts_with('_') || package.is_empty() => None,
        package => Some(package),
    }
}

/// One file that a `defaults` list chooses.
struct Choice<'t> {
    /// The group, such as `model`; `/model` counts from the top folder. Empty for a file beside the asking one.
    group: &'t str,
    /// The package that is given with it, behind `@`.
    package: Option<&'t str>,
    /// The file's name, without its ending.
    option: &'t str,
}

/// The choices of one item: `model: resnet`, `model@encoder: [a, b]`, `base`, `model/resnet`.
fn choices(item: NodeRef<'_>) -> Vec<Choice<'_>> {
    if let Some(text) = item.as_str() {
        let (path, package) = split_package(text);
        let (group, option) = path.rsplit_once('/').unwrap_or(("", path));
        return vec![Choice { group, package, option }];
    }
    let mut found = Vec::new();
    for (key, value) in item.members() {
        let key = key.text().strip_prefix("optional ").unwrap_or(key.text());
        if key.starts_with("override ") {
            continue;
        }
        let (group, package) = split_package(key);
        let options = std::iter::once(value).chain(value.items()).filter_map(NodeRef::as_str);
        found.extend(options.map(|option| Choice { group, package, option }));
    }
    found
}

fn split_package(text: &str) -> (&str, Option<&str>) {
    match text.split_once('@') {
        Some((path, package)) => (path.trim(), Some(package.trim())),
        None => (text.trim(), None),
    }
}

impl Choice<'_> {
    fn neighbour(&self, folder: &str, package: &str) -> Option<Neighbour> {
        let is_open = |text: &str| text.contains("${") || text == "???";
        if self.option.is_empty() || self.option == "_self_" || is_open(self.option) || is_open(self.group) {
            return None;
        }
        let (group, folder) = match self.group.strip_prefix('/') {
            Some(group) => (group, ""),
            None => (self.group, folder),
        };
        let option = self.option.strip_suffix(".yaml").unwrap_or(self.option);
        let parts = [folder, group, option].into_iter().filter(|part| !part.is_empty());
        Some(Neighbour {
            role: self.package_below(package, group),
            path: format!("{}.yaml", parts.collect::<Vec<_>>().join("/")),
        })
    }

    /// A package is given from the asking file's own, unless it begins at the top.
    fn package_below(&self, package: &str, group: &str) -> String {
        let own = match self.package {
            Some(GLOBAL) => return String::new(),
            Some("_here_") => String::new(),
            Some(given) => match given.strip_prefix("_global_.") {
                Some(below_top) => return below_top.to_owned(),
                None => given.to_owned(),
            },
            None => group.replace('/', "."),
        };
        let parts = [package, &own].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(".")
    }
}
