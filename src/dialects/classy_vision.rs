//! ClassyVision's configurations → IR: a task by its name, the heads that are attached to the model, and the loss.

use super::Dialect;
use crate::ir::{Head, Model};
use crate::knowledge::library_head;
use crate::reading::{Reader, Scope, heads};
use crate::span::Spanned;
use crate::values::Value;

/// The ClassyVision dialect.
pub struct ClassyVision;

impl Dialect for ClassyVision {
    fn name(&self) -> &'static str {
        "classy_vision"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["classification_task", "fine_tuning"]
    }

    fn detect(&self, _reader: &Reader<'_>, root: Value<'_>) -> bool {
        let is_task = root
            .get("name")
            .and_then(Value::as_str)
            .is_some_and(|name| name == "fine_tuning" || name == "classification_task");
        let has_name = |key: &str| root.path(&[key, "name"]).is_some_and(|name| name.as_str().is_some());
        is_task && has_name("model") && (has_name("loss") || root.get("num_epochs").is_some())
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        let Some(scope) = reader.scope(self.name()) else {
            return Vec::new();
        };
        let network = root.get("model").unwrap_or(root);
        let loss = root.get("loss");
        // The addends of a sum look at the same output.
        let losses: Vec<Option<Value<'_>>> = match loss.and_then(|loss| loss.get("losses")) {
            Some(addends) if addends.is_array() => addends.items().map(Some).collect(),
            _ => vec![loss],
        };
        let mut model = scope.model(self.name(), root);
        for attached in attached(network) {
            for loss in &losses {
                let mut head = head(&scope, network, attached);
                if let Some(loss) = loss {
                    heads::set_loss(&scope, &mut head, *loss);
                }
                heads::note_missing_loss(&mut head);
                model.heads.push(head);
            }
        }
        vec![model]
    }
}

/// The heads below a model, which stand in a list; a model without any is its own end.
fn attached(network: Value<'_>) -> Vec<Option<Value<'_>>> {
    let list: Vec<_> = network
        .get("heads")
        .into_iter()
        .flat_map(Value::items)
        .map(Some)
        .collect();
    if list.is_empty() { vec![None] } else { list }
}

fn head(scope: &Scope<'_>, network: Value<'_>, attached: Option<Value<'_>>) -> Head {
    let named = attached.unwrap_or(network);
    let name = scope.text(named.get("name"));
    let known = attached.and(name.as_ref());
    let rule = known.and_then(|name| library_head(&scope.framework.name, &name.value));
    let Some(rule) = rule else {
        let at = named.get("name").unwrap_or(named).at();
        return heads::in_code(at, name.as_ref().map(|name| name.value.as_str()));
    };
    let word = name.unwrap_or_else(|| Spanned::new(String::new(), named.at()));
    let mut head = heads::of_library(scope, word, rule);
    let units = rule.units_key.as_deref().and_then(|key| named.get(key));
    head.output.units = scope.spanned(units, Value::as_u64);
    head
}
