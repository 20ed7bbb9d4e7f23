//! Model cards: `model_card` at the top, PyTorch's names below → IR.

use losslint::dialects::Dialect;
use losslint::dialects::reading::{Reader, facts, heads, layer_list, losses, trace};
use losslint::ir::{Model, NotChecked, Unjudged};
use losslint::syntax::NodeRef;

/// The dialect of model cards.
pub struct ModelCard;

impl Dialect for ModelCard {
    fn name(&self) -> &'static str {
        "model_card"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["model_card"]
    }

    fn detect(&self, _reader: &Reader<'_>, root: NodeRef<'_>) -> bool {
        root.get("model_card").and_then(NodeRef::as_u64).is_some()
    }

    fn read(&self, reader: &Reader<'_>, root: NodeRef<'_>) -> Vec<Model> {
        let Some(framework) = reader.framework("pytorch") else {
            return Vec::new();
        };
        let network = root
            .get("network")
            .map(|list| layer_list::read(reader, &framework, &[list]));
        let mut head = match network.flatten() {
            Some(network) => {
                let end = network.outputs[0].vertex;
                let traced = trace::trace(reader, &framework, &network, end);
                heads::from_output(None, network.vertex(end).at, traced)
            }
            None => {
                let note = NotChecked {
                    what: Unjudged::NamedModel,
                    at: reader.at(root),
                    why: "the card shows no layers".to_owned(),
                };
                heads::without_output(note.at, note)
            }
        };
        if let Some(node) = root.get("trained_with") {
            head.loss = losses::loss(reader, &framework, node);
            heads::note_unjudged_loss(reader, &framework, &mut head, node);
        }
        heads::note_missing_loss(&mut head);
        head.facts.classes = facts::spanned(reader, root.get("classes"), NodeRef::as_u64);

        let mut model = Model::new(self.name(), framework, reader.at(root));
        model.heads.push(head);
        vec![model]
    }
}
