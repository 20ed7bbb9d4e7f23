//! Configurations of OpenMMLab's toolboxes (mmsegmentation, mmdetection, mmpretrain) as YAML or JSON → IR: every head below
//! `model` that has a loss for classes of its own.

use super::Dialect;
use crate::ir::{Head, LossStatement, Model};
use crate::knowledge::library_head;
use crate::reading::{Reader, Scope, heads};
use crate::span::Spanned;
use crate::values::Value;

/// The dialect of OpenMMLab's configurations.
pub struct OpenMmLab;

/// Keys of a model's parts under which a head stands.
const HEAD_KEYS: &[&str] = &[
    "decode_head",
    "auxiliary_head",
    "head",
    "bbox_head",
    "rpn_head",
    "roi_head",
];
/// Keys under which a head's loss for classes stands. Those for boxes and masks look at outputs that are told apart in code.
const LOSS_KEYS: &[&str] = &["loss_decode", "loss_cls", "loss"];

impl Dialect for OpenMmLab {
    fn name(&self) -> &'static str {
        "openmmlab"
    }

    fn marks(&self) -> &'static [&'static str] {
        &[
            "decode_head",
            "auxiliary_head",
            "bbox_head",
            "rpn_head",
            "roi_head",
            "ClsHead",
        ]
    }

    fn detect(&self, _reader: &Reader<'_>, root: Value<'_>) -> bool {
        let Some(model) = root.get("model") else {
            return false;
        };
        let is_head = |(key, part): (Value<'_>, Value<'_>)| {
            let part = if part.is_array() {
                part.items().next()
            } else {
                Some(part)
            };
            let class = part.and_then(class_of);
            // `head` alone is a common key; its class must be known.
            HEAD_KEYS.contains(&key.text())
                && class.is_some_and(|class| key.text() != "head" || library_head(self.name(), class).is_some())
        };
        class_of(model).is_some() && model.members().any(is_head)
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        let (Some(scope), Some(config)) = (reader.scope(self.name()), root.get("model")) else {
            return Vec::new();
        };
        let mut model = scope.model(self.name(), root);
        for node in config.descendants().filter(|node| node.is_object()) {
            model.heads.extend(heads_of(&scope, node));
        }
        if model.heads.is_empty() {
            let mut head = heads::in_code(config.at(), class_of(config));
            heads::note_missing_loss(&mut head);
            model.heads.push(head);
        }
        vec![model]
    }
}

fn class_of(part: Value<'_>) -> Option<&str> {
    part.get("type").and_then(Value::as_str)
}

/// One head for each loss of a part; a part that the table knows has a loss although none is written.
fn heads_of(scope: &Scope<'_>, part: Value<'_>) -> Vec<Head> {
    let Some(class) = scope.text(part.get("type")) else {
        return Vec::new();
    };
    let loss = LOSS_KEYS.iter().find_map(|key| part.get(key));
    let loss = loss.filter(|loss| loss.is_array() || loss.is_object());
    let is_known = library_head(&scope.framework.name, &class.value).is_some();
    match loss {
        Some(list) if list.is_array() => list.items().map(|loss| head(scope, part, &class, Some(loss))).collect(),
        Some(loss) => vec![head(scope, part, &class, Some(loss))],
        None if is_known => vec![head(scope, part, &class, None)],
        None => Vec::new(),
    }
}

fn head(scope: &Scope<'_>, part: Value<'_>, class: &Spanned<String>, loss: Option<Value<'_>>) -> Head {
    let mut head = match library_head(&scope.framework.name, &class.value) {
        Some(rule) => {
            let mut head = heads::of_library(scope, class.clone(), rule);
            let keys = [&rule.first_units_key, &rule.units_key];
            let units = keys.into_iter().flatten().find_map(|key| part.get(key));
            head.output.units = scope.spanned(units, Value::as_u64);
            head
        }
        None => heads::in_code(class.at, Some(&class.value)),
    };
    let around = part.key().or_else(|| part.parent()?.key());
    head.name = around.map(|key| Spanned::new(key.text().to_owned(), key.at()));
    if let Some(loss) = loss {
        heads::set_loss(scope, &mut head, loss);
    }
    // The training loop takes the mean itself.
    if let LossStatement::Known(loss) = &mut head.loss {
        loss.reduction = None;
    }
    heads::note_missing_loss(&mut head);
    head
}
