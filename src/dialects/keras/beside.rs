//! The training configuration that stands beside an export without a loss: by which names it is looked for, and when it is
//! taken. Not for what it says.

use super::compiled;
use crate::reading::Reader;
use crate::values::Value;

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

/// Keys of a training configuration under which what `compile()` takes may stand, besides the top.
const PARTS: &[&str] = &["training_config", "compile_config", "compile", "training", "train"];

/// What `compile()` took, from the first file beside the export that belongs to it.
pub fn compile<'t>(reader: &Reader<'t>, export: Value<'t>) -> Option<Value<'t>> {
    let own = reader.file_name();
    let stem = own.rsplit_once('.').map_or(&*own, |(stem, _)| stem);
    let named = compiled::KEYS.iter().filter_map(|key| export.get(key)?.as_str());
    let pair = NAMES_OF_A_PAIR.contains(&stem).then(|| PAIR.to_owned());
    let of_this_export = OF_THIS_EXPORT.iter().map(|name| name.replace("NAME", stem));
    let of_this_export = there(reader, of_this_export.chain(pair));
    let mut others = there(reader, WHEN_NAMED.iter().map(|name| (*name).to_owned()));
    let belongs = |path: &String| reader.look(path).and_then(part).is_some_and(compiled::is_complete);
    let names_it = |path: &String| {
        reader
            .look(path)
            .is_some_and(|root| part(root).is_some() && names(root, &own))
    };
    let mut found = named.map(str::to_owned).chain(of_this_export).filter(belongs);
    let path = found.next().or_else(|| others.find(names_it))?;
    reader.file(&path).and_then(part)
}

/// The files of these names, whatever their format, that are there.
fn there(reader: &Reader<'_>, names: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
    let files = names.flat_map(|name| ENDINGS.iter().map(move |ending| format!("{name}.{ending}")));
    files.filter(|name| reader.has_file(name))
}

/// The part of a file that says what `compile()` took.
fn part(root: Value<'_>) -> Option<Value<'_>> {
    let parts = std::iter::once(root).chain(PARTS.iter().filter_map(|key| root.get(key)));
    parts.into_iter().find(|part| part.get("loss").is_some())
}

/// Whether a configuration names a file of its own folder, as `model.json` or `./model.json`.
fn names(root: Value<'_>, file: &str) -> bool {
    root.descendants()
        .filter_map(Value::as_str)
        .any(|text| text.strip_prefix("./").unwrap_or(text) == file)
}
