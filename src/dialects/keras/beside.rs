//! The training configuration that stands beside an export without a loss: by which names it is looked for, and when it is
//! taken. Not for what it says.

use super::compiled;
use crate::dialects::reading::{Asking, Neighbour, Reader};
use crate::syntax::NodeRef;

/// Files that belong to the export `NAME.json` by their own name.
const OF_THIS_EXPORT: &[&str] = &["NAME.training_config", "NAME_training_config", "training_config_NAME"];
/// The export's names to which a `training_config` beside it belongs: the two are the attributes of Keras's HDF5 files,
/// written out.
const NAMES_OF_A_PAIR: &[&str] = &["model_config", "model", "architecture", "model_architecture"];
/// The other half of such a pair.
const PAIR: &str = "training_config";
/// Files that belong to an export only when they name it.
const WHEN_NAMED: &[&str] = &["config", "training_config", "train_config", "training", "train"];
/// The formats in which they are looked for.
const ENDINGS: &[&str] = &["json", "yaml", "yml", "toml"];

/// The role of a file that belongs to the export without naming it, or that the export names.
const BELONGS: &str = "belongs";
/// The role of a file that may name the export; behind it stands the export's own name.
const MAY_NAME: &str = "may name ";
/// Keys of a training configuration under which what `compile()` takes may stand, besides the top.
const PARTS: &[&str] = &["training_config", "compile_config", "compile", "training", "train"];

/// The files that are looked for beside an export without a loss.
pub fn neighbours(root: NodeRef<'_>, asking: Asking<'_>) -> Vec<Neighbour> {
    let neighbour = |role: &str, path: String| Neighbour {
        role: role.to_owned(),
        path,
    };
    let named = compiled::KEYS.iter().filter_map(|key| root.get(key)?.as_str());
    let mut found: Vec<Neighbour> = named.map(|path| neighbour(BELONGS, path.to_owned())).collect();
    let stem = asking.path.rsplit_once('.').map_or(asking.path, |(stem, _)| stem);
    let own = OF_THIS_EXPORT.iter().map(|name| name.replace("NAME", stem));
    let pair = NAMES_OF_A_PAIR.contains(&stem).then(|| PAIR.to_owned());
    for name in own.chain(pair) {
        found.extend(
            ENDINGS
                .iter()
                .map(|ending| neighbour(BELONGS, format!("{name}.{ending}"))),
        );
    }
    for name in WHEN_NAMED {
        let role = format!("{MAY_NAME}{}", asking.path);
        found.extend(
            ENDINGS
                .iter()
                .map(|ending| neighbour(&role, format!("{name}.{ending}"))),
        );
    }
    found
}

/// What `compile()` took, from the first file beside the export.
pub fn compile<'t>(reader: &Reader<'t>) -> Option<NodeRef<'t>> {
    let roles = reader
        .beside
        .iter()
        .filter_map(|document| Some((document.name?, document.root?)));
    roles.filter_map(|(role, root)| compile_of(role, root)).next()
}

/// The part of a file beside the export that says what `compile()` took, if the file belongs to the export.
pub fn compile_of<'t>(role: &str, root: NodeRef<'t>) -> Option<NodeRef<'t>> {
    let part = std::iter::once(root)
        .chain(PARTS.iter().filter_map(|key| root.get(key)))
        .find(|part| part.get("loss").is_some())?;
    let belongs = match role.strip_prefix(MAY_NAME) {
        Some(export) => names(root, export),
        None => role == BELONGS && compiled::is_complete(part),
    };
    belongs.then_some(part)
}

/// Whether a configuration names a file of its own folder, as `model.json` or `./model.json`.
fn names(root: NodeRef<'_>, file: &str) -> bool {
    root.descendants()
        .filter_map(NodeRef::as_str)
        .any(|text| text.strip_prefix("./").unwrap_or(text) == file)
}
