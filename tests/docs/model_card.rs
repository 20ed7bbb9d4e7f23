//! Model cards: `model_card` at the top, PyTorch's names below → IR.

use losslint::dialects::Dialect;
use losslint::ir::Model;
use losslint::reading::{Reader, heads, layer_list};
use losslint::values::Value;

/// The dialect of model cards.
pub struct ModelCard;

impl Dialect for ModelCard {
    fn name(&self) -> &'static str {
        "model_card"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["model_card"]
    }

    fn detect(&self, _reader: &Reader<'_>, root: Value<'_>) -> bool {
        root.get("model_card").and_then(Value::as_u64).is_some()
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        let Some(scope) = reader.scope("pytorch") else {
            return Vec::new();
        };
        let network = root.get("network").and_then(|list| layer_list::read(&scope, &[list]));
        let mut head = match network {
            Some(network) => heads::from_network(&scope, &network, &network.outputs[0]),
            None => heads::in_code(root.at(), None),
        };
        if let Some(node) = root.get("trained_with") {
            heads::set_loss(&scope, &mut head, node);
        }
        heads::note_missing_loss(&mut head);
        head.facts.classes = scope.spanned(root.get("classes"), Value::as_u64);

        let mut model = scope.model(self.name(), root);
        model.heads.push(head);
        vec![model]
    }
}
