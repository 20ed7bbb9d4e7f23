//! FARM's experiments, where every setting is an object of `value`, `default` and `desc`, and its prediction heads → IR.

use super::Dialect;
use crate::ir::{Head, Model, NotChecked, Unjudged};
use crate::knowledge::library_head;
use crate::reading::{Reader, Scope, heads, losses};
use crate::span::Spanned;
use crate::values::Value;

/// The dialect of FARM.
pub struct Farm;

impl Dialect for Farm {
    fn name(&self) -> &'static str {
        "farm"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["\"default\"", "layer_dims"]
    }

    fn detect(&self, _reader: &Reader<'_>, root: Value<'_>) -> bool {
        is_experiment(root) || is_prediction_head(root)
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        let Some(scope) = reader.scope("farm") else {
            return Vec::new();
        };
        let settings = Settings { scope: &scope, root };
        let mut model = scope.model(self.name(), root);
        model.heads.push(settings.head());
        vec![model]
    }
}

/// Sections of settings, all of them with a value and a default.
fn is_experiment(root: Value<'_>) -> bool {
    let is_setting = |node: Value<'_>| node.get("value").is_some() && node.get("default").is_some();
    ["task", "parameter"].into_iter().all(|section| {
        root.get(section).is_some_and(|section| {
            section.members().next().is_some() && section.members().all(|(_, setting)| is_setting(setting))
        })
    })
}

/// What FARM saves of a prediction head.
fn is_prediction_head(root: Value<'_>) -> bool {
    let is_a_head = root
        .get("name")
        .and_then(Value::as_str)
        .is_some_and(|name| library_head("farm", name).is_some());
    is_a_head && root.get("layer_dims").is_some_and(Value::is_array) && root.get("task_name").is_some()
}

struct Settings<'r, 't> {
    scope: &'r Scope<'r>,
    root: Value<'t>,
}

impl<'t> Settings<'_, 't> {
    /// A setting of an experiment, its value before its default; a saved head has no sections.
    fn setting(&self, section: &str, key: &str) -> Option<Value<'t>> {
        let given = |node: &Value<'t>| !node.is_null();
        let Some(setting) = self.root.path(&[section, key]) else {
            return self.root.get(key).filter(given);
        };
        let value = setting.get("value").filter(given);
        value.or(setting.get("default").filter(given))
    }

    fn head(&self) -> Head {
        let named = self.setting("parameter", "prediction_head").or(self.root.get("name"));
        let Some(node) = named else {
            let why = "no prediction head is named: a language model is trained on its own text".to_owned();
            return self.unknown(self.root, Unjudged::NoLoss, why);
        };
        let word = node.as_str().unwrap_or_default().to_owned();
        let Some(rule) = library_head("farm", &word) else {
            return self.unknown(
                node,
                Unjudged::NamedModel,
                format!("`{word}` stands in code, not in this file"),
            );
        };
        let mut head = heads::of_library(self.scope, Spanned::new(word, node.at()), rule);
        self.count(&mut head);
        if let Some(node) = self.setting("task", "metric") {
            head.metrics.extend(losses::metric(self.scope, node));
        }
        heads::note_missing_loss(&mut head);
        head
    }

    fn unknown(&self, node: Value<'t>, what: Unjudged, why: String) -> Head {
        let at = node.at();
        heads::without_output(NotChecked { what, at, why })
    }

    /// Adds the labels and the width.
    fn count(&self, head: &mut Head) {
        let is_regression = head.known_loss().is_some_and(|loss| loss.family().is_regression());
        let labels = self
            .setting("task", "label_list")
            .filter(|list| list.is_array() && !is_regression);
        let labels = labels.map(|list| Spanned::new(list.items().count() as u64, list.at()));
        let width = self
            .setting("parameter", "layer_dims")
            .and_then(|list| list.items().last());
        let width = self.scope.spanned(width, Value::as_u64);
        // FARM leaves room: more units than labels are usual in its own experiments.
        head.output.units = match (width, labels) {
            (Some(width), Some(labels)) if width.value > labels.value => Some(labels),
            (width, labels) => width.or(labels),
        };
        head.facts.classes = labels.filter(|labels| labels.value >= 2);
        head.facts.class_weight = self
            .scope
            .spanned(self.setting("parameter", "balance_classes"), Value::as_bool);
    }
}
