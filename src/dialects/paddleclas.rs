//! PaddleClas's training configurations → IR: the network by its name with `class_num`, and a head for each training loss.

use super::Dialect;
use crate::ir::{Head, Model};
use crate::knowledge::library_head;
use crate::reading::{Reader, Scope, heads};
use crate::values::{Construction, Value};

/// The PaddleClas dialect.
pub struct PaddleClas;

impl Dialect for PaddleClas {
    fn name(&self) -> &'static str {
        "paddleclas"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["Arch:", "\"Arch\""]
    }

    fn detect(&self, _reader: &Reader<'_>, root: Value<'_>) -> bool {
        let names_network = root.path(&["Arch", "name"]).is_some_and(|name| name.as_str().is_some());
        let trains = root.path(&["Loss", "Train"]).is_some_and(Value::is_array);
        names_network && (trains || (root.get("Global").is_some() && root.get("Optimizer").is_some()))
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        let (Some(scope), Some(network)) = (reader.scope("paddleclas"), root.get("Arch")) else {
            return Vec::new();
        };
        let losses: Vec<Construction<'_>> = root
            .path(&["Loss", "Train"])
            .into_iter()
            .flat_map(Value::items)
            .filter_map(loss)
            .collect();
        let mut model = scope.model(self.name(), root);
        model.heads = losses
            .iter()
            .map(|loss| {
                let mut head = head(&scope, network);
                heads::set_loss_of(&scope, &mut head, loss);
                head
            })
            .collect();
        if losses.is_empty() {
            let mut head = head(&scope, network);
            heads::note_missing_loss(&mut head);
            model.heads.push(head);
        }
        vec![model]
    }
}

/// `CELoss: {weight: 1.0}`: one key that names the class, its arguments below.
fn loss(item: Value<'_>) -> Option<Construction<'_>> {
    let (name, arguments) = item.members().next()?;
    Some(Construction::named(name.text(), name, Some(arguments), item))
}

/// The network's scores; those of a network for retrieval are what its `Head` gives.
fn head(scope: &Scope<'_>, network: Value<'_>) -> Head {
    let last = network.get("Head").filter(|head| head.is_object()).unwrap_or(network);
    let name = scope.text(last.get("name"));
    let rule = name
        .as_ref()
        .and_then(|name| library_head(&scope.framework.name, &name.value));
    let (Some(name), Some(rule)) = (name, rule.filter(|rule| rule.linear)) else {
        let named = network.get("name").and_then(Value::as_str);
        return heads::in_code(network.at(), named);
    };
    let mut head = heads::of_library(scope, name, rule);
    let units = rule.units_key.as_deref().and_then(|key| last.get(key));
    head.output.units = scope.spanned(units, Value::as_u64);
    head
}
