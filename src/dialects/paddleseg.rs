//! PaddleSeg's training configurations → IR: a network by its class, and a loss for each of its outputs. The file that
//! `_base_` names is read where it lies below the configuration's folder.

use super::Dialect;
use crate::ir::{Head, Model};
use crate::knowledge::TaskKind;
use crate::reading::{Reader, Scope, heads, said};
use crate::span::Spanned;
use crate::values::Value;

/// The PaddleSeg dialect.
pub struct PaddleSeg;

/// The key of the file that a configuration builds on.
const BASE: &str = "_base_";
/// Keys of which a training configuration has one besides its network.
const TRAINING: &[&str] = &[
    "iters",
    "train_dataset",
    "val_dataset",
    "optimizer",
    "lr_scheduler",
    "batch_size",
];

impl Dialect for PaddleSeg {
    fn name(&self) -> &'static str {
        "paddleseg"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["types:", "_base_", "\"types\""]
    }

    fn detect(&self, reader: &Reader<'_>, root: Value<'_>) -> bool {
        let texts = reader.with_included(root, BASE);
        let has = |path: &[&str]| texts.iter().any(|text| text.path(path).is_some());
        let names_model = texts
            .iter()
            .filter_map(|text| text.path(&["model", "type"]))
            .any(|name| name.as_str().is_some());
        let trains = TRAINING.iter().any(|key| has(&[key]));
        let loss = texts
            .iter()
            .filter_map(|text| text.path(&["loss", "types"]))
            .any(is_loss_list);
        // A base out of reach holds the rest; networks for matting bring their losses with them.
        let base = root.get(BASE).is_some();
        let brings_its_own = has(&["train_dataset", "type"]) && has(&["iters"]);
        (loss && (base || (names_model && trains))) || (names_model && ((base && trains) || brings_its_own))
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        let Some(scope) = reader.scope("paddleseg") else {
            return Vec::new();
        };
        // The configuration, then what it builds on: the first that says something counts.
        let texts = reader.with_included(root, BASE);
        let mut model = scope.model(self.name(), root);
        model.heads = heads_of(&scope, &texts);
        vec![model]
    }
}

fn is_loss_list(types: Value<'_>) -> bool {
    let mut items = types.items().peekable();
    items.peek().is_some() && items.all(|item| item.get("type").is_some())
}

/// One head for each loss: those of `types` belong to the network's outputs in turn, those of a mixed loss to one output.
fn heads_of(scope: &Scope<'_>, texts: &[Value<'_>]) -> Vec<Head> {
    let get = |path: &[&str]| texts.iter().find_map(|text| text.path(path));
    let types = get(&["loss", "types"]).into_iter().flat_map(Value::items);
    let losses: Vec<Value<'_>> = types
        .flat_map(|loss| match loss.get("losses") {
            Some(mixed) if mixed.is_array() => mixed.items().collect(),
            _ => vec![loss],
        })
        .collect();
    let mut models = texts.iter().filter_map(|text| text.get("model"));
    let model = models.find(|model| model.get("type").is_some());
    let classes = [&["model", "num_classes"], &["train_dataset", "num_classes"]];
    let units = classes
        .into_iter()
        .find_map(|path| scope.spanned(get(path), Value::as_u64));
    let facts = said::read(texts);
    let head = |loss: Option<Value<'_>>| {
        let mut head = heads::of_named_model(scope, texts[0], model);
        // The library gives the network and both datasets the same number of classes.
        head.output.units = head.output.units.or(units);
        head.output.positions = true;
        head.facts.classes = facts.classes;
        if let Some(loss) = loss {
            head.facts.task = model.map(|model| Spanned::new(TaskKind::Segmentation, model.at()));
            heads::set_loss(scope, &mut head, loss);
        }
        heads::note_missing_loss(&mut head);
        head
    };
    if losses.is_empty() {
        return vec![head(None)];
    }
    losses.into_iter().map(|loss| head(Some(loss))).collect()
}
