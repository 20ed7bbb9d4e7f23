//! Hydra's `defaults` list: the files of config groups that a configuration is composed of. Not for what they mean.
//!
//! Source: "The Defaults List" and "Packages" in Hydra's documentation, version 1.3, and runs of its Compose API. What needs
//! the rest of a program's composition is left out: interpolated choices, and those that only the command line makes.

use crate::values::Value;

/// A package that stands for the top of the composed configuration.
pub const GLOBAL: &str = "_global_";
/// How a choice begins that replaces one of another `defaults` list.
const OVERRIDE: &str = "override ";
/// How the top folder of a configuration may lie to the file that is checked: a group's file lies below it.
const TOP_FOLDERS: [&str; 3] = ["", "../", "../../"];

/// What the `# @package` line among a file's first comments says: `_global_`, `model.loss`.
pub fn header(root: Value<'_>) -> Option<&str> {
    const FIRST: usize = 3;
    let tree = root.tree();
    let said = tree.comments.iter().take(FIRST).find_map(|comment| {
        let text = tree.source()[comment.range()].trim_start_matches('#').trim_start();
        text.strip_prefix("@package ")
    })?;
    Some(said.trim())
}

/// The package that a file says of itself; that by the group's own name is what the list says anyhow.
pub fn said_package(root: Value<'_>) -> Option<&str> {
    let package = header(root)?;
    let is_by_group = package != GLOBAL && package.starts_with('_');
    (!is_by_group && !package.is_empty()).then_some(package)
}

/// One file that a `defaults` list chooses.
#[derive(Clone, Copy)]
pub struct Choice<'t> {
    /// The group, such as `model`; `/model` counts from the top folder. Empty for a file beside the asking one.
    pub group: &'t str,
    /// The package that is given with it, behind `@`.
    pub package: Option<&'t str>,
    /// The file's name, without its ending; nothing where no file is chosen.
    pub option: Option<&'t str>,
    /// Whether it replaces the choice of another list.
    pub is_override: bool,
    /// What says it.
    pub at: Value<'t>,
}

/// The choices of one item: `model: resnet`, `model@encoder: [a, b]`, `override /model: resnet`, `base`, `model/resnet`.
pub fn choices(item: Value<'_>) -> Vec<Choice<'_>> {
    if let Some(text) = item.as_str() {
        let (path, package) = split_package(text.strip_prefix("optional ").unwrap_or(text));
        let (group, option) = path.rsplit_once('/').unwrap_or(("", path));
        return vec![Choice {
            group,
            package,
            option: Some(option).filter(|option| !option.is_empty() && *option != "_self_"),
            is_override: false,
            at: item,
        }];
    }
    let mut found = Vec::new();
    for (key, value) in item.members() {
        let text = key.text();
        let is_override = text.starts_with(OVERRIDE) || text.starts_with("optional override ");
        let words = ["optional ", OVERRIDE, "optional "];
        let path = words
            .iter()
            .fold(text, |text, word| text.strip_prefix(word).unwrap_or(text));
        let (group, package) = split_package(path);
        let options = match value.is_array() {
            true => value.items().map(Value::as_str).collect(),
            false => vec![value.as_str()],
        };
        found.extend(options.into_iter().map(|option| Choice {
            group,
            package,
            option,
            is_override,
            at: key,
        }));
    }
    found
}

fn split_package(text: &str) -> (&str, Option<&str>) {
    match text.split_once('@') {
        Some((path, package)) => (path.trim(), Some(package.trim())),
        None => (text.trim(), None),
    }
}

impl<'t> Choice<'t> {
    /// The option, unless the command line or another value decides it.
    pub fn closed_option(&self) -> Option<&'t str> {
        let is_open = |text: &str| text.contains("${") || text == "???";
        let option = self.option?;
        (!is_open(option) && !is_open(self.group)).then(|| option.strip_suffix(".yaml").unwrap_or(option))
    }

    /// The group's folder from the top of the configuration, for a list in the file `path`.
    pub fn folder(&self, path: &str) -> String {
        let asking = path
            .trim_start_matches("../")
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        match self.group.strip_prefix('/') {
            Some(group) => group.to_owned(),
            None => joined([asking, self.group], "/"),
        }
    }

    /// Where the file may lie, seen from the folder of the file that is checked.
    pub fn paths(&self, path: &str) -> Vec<String> {
        let Some(option) = self.closed_option() else {
            return Vec::new();
        };
        let file = format!("{}.yaml", joined([&self.folder(path), option], "/"));
        let tops: &[&str] = match self.group.starts_with('/') {
            true => &TOP_FOLDERS,
            false => &TOP_FOLDERS[..1],
        };
        let above = &path[..path.len() - path.trim_start_matches("../").len()];
        match above {
            "" => tops.iter().map(|top| format!("{top}{file}")).collect(),
            above => vec![format!("{above}{file}")],
        }
    }

    /// The package of the file that is chosen, whose own header is `said`, in a list of a file of a package.
    pub fn package_below(&self, package: &str, said: Option<&str>) -> String {
        let group = self.group.trim_start_matches('/').replace('/', ".");
        let own = match self.package.or(said) {
            Some(GLOBAL) => return String::new(),
            Some("_here_") => String::new(),
            Some(given) => match given.strip_prefix("_global_.") {
                Some(below_top) => return below_top.to_owned(),
                None => given.to_owned(),
            },
            None => group,
        };
        joined([package, &own], ".")
    }
}

fn joined(parts: [&str; 2], by: &str) -> String {
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(by)
}
