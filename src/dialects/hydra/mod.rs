//! Hydra and OmegaConf: `_target_` objects, interpolations, and the groups of a configuration in files of their own → IR.

mod composition;
mod config_groups;

use super::{Dialect, training};
use crate::ir::{Model, NotChecked, Unjudged};
use crate::knowledge::layout;
use crate::reading::Reader;
use crate::syntax::{Format, Tree};
use crate::values::{Notation, Value};

/// The Hydra dialect.
pub struct Hydra;

impl Dialect for Hydra {
    fn name(&self) -> &'static str {
        "hydra"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["_target_", "defaults", "hydra", "@package"]
    }

    fn notation(&self) -> &'static Notation {
        &Notation::HYDRA
    }

    fn detect(&self, _reader: &Reader<'_>, root: Value<'_>) -> bool {
        if !root.is_object() || root.get("input_features").is_some() {
            return false;
        }
        config_groups::header(root).is_some()
            || root.get("hydra").is_some_and(is_hydra_section)
            || defaults_list(root).is_some()
            || std::iter::once(root)
                .chain(root.descendants())
                .any(|node| node.get("_target_").and_then(Value::as_str).is_some_and(is_path))
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        let joined = composition::compose(reader, root);
        let whole = joined.whole.as_ref().and_then(Tree::root);
        let top = whole.map_or(root, |top| reader.value(top));
        let mut models = training::read(reader, self.name(), &[top]);
        for model in &mut models {
            model.not_checked.extend(groups_elsewhere(&joined.missing));
        }
        models
    }
}

/// A dotted path to a class or function; it may be filled in elsewhere.
fn is_path(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | '{' | '}' | ':');
    text.contains('.') && text.chars().all(plain)
}

/// Hydra's own section of a configuration.
fn is_hydra_section(node: Value<'_>) -> bool {
    const KEYS: &[&str] = &[
        "run",
        "sweep",
        "job",
        "sweeper",
        "launcher",
        "mode",
        "searchpath",
        "output_subdir",
    ];
    KEYS.iter().any(|key| node.get(key).is_some())
}

/// The defaults list: names of files, and groups with the option that is taken. A list of names only is a defaults list in
/// YAML, where Hydra's files are.
fn defaults_list(root: Value<'_>) -> Option<Value<'_>> {
    let list = root.get("defaults").filter(|list| list.is_array())?;
    let is_option = |item: Value<'_>| item.is_object() && item.members().count() == 1;
    let is_name = |item: Value<'_>| item.as_str().is_some_and(|name| !name.contains(char::is_whitespace));
    let mut items = list.items().peekable();
    items.peek()?;
    let is_yaml = root.tree().format() == Format::Yaml;
    let all = items.all(|item| is_option(item) || is_name(item));
    let one = list
        .items()
        .any(|item| is_option(item) || item.as_str() == Some("_self_"));
    (all && (is_yaml || one)).then_some(list)
}

/// The groups that hold a model or a loss and whose file is not there to be joined.
fn groups_elsewhere(missing: &[(Value<'_>, &str)]) -> Vec<NotChecked> {
    let layout = layout("hydra");
    let mut notes = Vec::new();
    for (group, option) in missing {
        let name = group.text().rsplit([' ', '/']).next().unwrap_or_default();
        if layout.is_network(name) || layout.is_loss(name) {
            notes.push(NotChecked {
                what: Unjudged::Unresolved,
                at: group.at(),
                why: format!("the group `{name}` stands in the file `{option}`, which is not joined here"),
            });
        }
    }
    notes
}
