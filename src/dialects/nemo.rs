//! NeMo's training configurations → IR: the decoder that ends the network, and the loss below `model`. Encoders and the
//! model's class are names.

use super::Dialect;
use crate::ir::Model;
use crate::reading::{Reader, heads, said};
use crate::values::{Notation, Value};

/// The NeMo dialect.
pub struct NeMo;

/// What ends a network, by the key below `model`; the first that is there.
const DECODERS: &[&str] = &["decoder", "classifier", "head"];

impl Dialect for NeMo {
    fn name(&self) -> &'static str {
        "nemo"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["exp_manager", "nemo."]
    }

    fn notation(&self) -> &'static Notation {
        &Notation::HYDRA
    }

    fn detect(&self, _reader: &Reader<'_>, root: Value<'_>) -> bool {
        let Some(model) = root.get("model").filter(|model| model.is_object()) else {
            return false;
        };
        let of_nemo = |node: Value<'_>| {
            let target = node.get("_target_").and_then(Value::as_str);
            target.is_some_and(|target| target.starts_with("nemo."))
        };
        let names_it = of_nemo(root) || of_nemo(model) || model.members().any(|(_, part)| of_nemo(part));
        // Only NeMo's scripts have an experiment manager beside a trainer.
        names_it || (root.get("exp_manager").is_some() && root.get("trainer").is_some())
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        let (Some(scope), Some(config)) = (reader.scope("nemo"), root.get("model")) else {
            return Vec::new();
        };
        let named_class = |node: &Value<'_>| node.get("_target_").is_some();
        let mut decoders = DECODERS.iter().filter_map(|key| config.get(key)).filter(named_class);
        let whole = [config, root].into_iter().find(|node| node.get("_target_").is_some());
        let mut head = heads::of_named_model(&scope, config, decoders.next().or(whole));
        if let Some(loss) = config.get("loss") {
            heads::set_loss(&scope, &mut head, loss.get("loss_name").unwrap_or(loss));
        }
        head.facts = said::read(&[config]);
        heads::note_missing_loss(&mut head);
        let mut model = scope.model(self.name(), root);
        model.heads.push(head);
        vec![model]
    }
}
