//! SpeechBrain's hyperparameter files → IR: objects and functions named by YAML tags (`!new:`, `!name:`), values by
//! `!ref <key>`. What joins the objects is a recipe's code: only a network that is written out whole is taken to end at
//! the loss.

use super::Dialect;
use crate::ir::{Head, Model};
use crate::reading::arguments::ByRow;
use crate::reading::graph::{Meaning, Network};
use crate::reading::{Reader, Scope, heads, layer_list, said};
use crate::values::{Construction, Form, Notation, Value, bare};

/// The SpeechBrain dialect.
pub struct SpeechBrain;

/// Keys that stand for a whole network.
const NETWORK_KEYS: &[&str] = &["model", "network", "net"];
/// How keys end under which losses stand.
const LOSS_ENDINGS: &[&str] = &["cost", "loss", "criterion"];
/// Modules that prepare what goes into a network.
const BEFORE_A_NETWORK: &[&str] = &[
    "speechbrain.lobes.features.",
    "speechbrain.lobes.augment.",
    "speechbrain.processing.",
    "speechbrain.augment.",
];
/// What a container says besides its layers.
const NO_LAYER: &str = "input_shape";

impl Dialect for SpeechBrain {
    fn name(&self) -> &'static str {
        "speechbrain"
    }

    fn marks(&self) -> &'static [&'static str] {
        &[":speechbrain."]
    }

    fn notation(&self) -> &'static Notation {
        &Notation::SPEECHBRAIN
    }

    fn detect(&self, reader: &Reader<'_>, root: Value<'_>) -> bool {
        let Some(scope) = reader.scope("speechbrain") else {
            return false;
        };
        let mut values = root.members().map(|(_, value)| value);
        let is_its_own = |node: Value<'_>| tagged(node).is_some_and(|named| named.name.starts_with("speechbrain."));
        let names_it = values.any(|value| is_its_own(value) || value.descendants().any(is_its_own));
        let trains = root.get("modules").is_some() || !losses_of(&scope, root).is_empty();
        names_it && trains
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        let Some(scope) = reader.scope("speechbrain") else {
            return Vec::new();
        };
        let losses = losses_of(&scope, root);
        let only = losses.len() == 1;
        let network = Some(root).filter(|_| only).and_then(|root| whole_network(&scope, root));
        let mut model = scope.model(self.name(), root);
        model.heads = losses
            .iter()
            .map(|loss| {
                let mut head = head(&scope, root, network.as_ref());
                heads::set_loss_of(&scope, &mut head, loss);
                head
            })
            .collect();
        if model.heads.is_empty() {
            model.heads.push(head(&scope, root, network.as_ref()));
        }
        let facts = said::read(&[root]);
        for head in &mut model.heads {
            head.facts = facts.clone();
            heads::note_missing_loss(head);
        }
        vec![model]
    }
}

/// What a tag names, with the arguments that stand behind it; not what a reference leads to.
fn tagged(value: Value<'_>) -> Option<Construction<'_>> {
    value
        .made()
        .filter(|made| made.form == Form::Tagged && made.whole == value)
}

/// The losses at the top of a file: what the tables know as one, and what is called one.
fn losses_of<'t>(scope: &Scope<'_>, root: Value<'t>) -> Vec<Construction<'t>> {
    let is_loss = |key: &str, named: &Construction<'_>| {
        LOSS_ENDINGS.iter().any(|ending| key.ends_with(ending)) || scope.loss(named.name).known().is_some()
    };
    root.members()
        .filter_map(|(key, value)| tagged(value).filter(|named| is_loss(key.text(), named)))
        .collect()
}

fn head(scope: &Scope<'_>, root: Value<'_>, network: Option<&Network<'_>>) -> Head {
    let Some((network, output)) = network.and_then(|network| Some((network, network.outputs.first()?))) else {
        return heads::of_named_model(scope, root, None);
    };
    let mut head = heads::from_network(scope, network, output);
    head.output.units = head.output.units.or_else(|| {
        let units = network
            .vertices()
            .filter_map(|(_, vertex)| match &vertex.meaning {
                Meaning::Layer(row) => Some(vertex.construction?.given_for(&**row, row.units.as_deref()?)),
                _ => None,
            })
            .last()?;
        scope.spanned(units.value(), Value::as_u64)
    });
    head
}

/// The network of a file, when there is one that is written out as a sequence, and nothing beside it could follow it: no
/// module but for what stands before a network, and no layer that a recipe could call by itself.
fn whole_network<'t>(scope: &Scope<'_>, root: Value<'t>) -> Option<Network<'t>> {
    let mut objects = root
        .members()
        .filter_map(|(key, value)| Some((key.text(), tagged(value)?)));
    let (_, model) = objects.find(|(key, named)| NETWORK_KEYS.contains(key) && bare(named.name) == "Sequential")?;
    let is_before = |module: Value<'_>| {
        let name = tagged(module).map_or("", |named| named.name);
        module == model.whole || BEFORE_A_NETWORK.iter().any(|prefix| name.starts_with(prefix))
    };
    let mut modules = root.get("modules")?.members().map(|(_, module)| module.followed());
    let is_layer = |named: &Construction<'_>| !matches!(Meaning::of_class(scope, named.name), Meaning::Unknown);
    let built =
        |value: Value<'t>| tagged(value).filter(|_| value.node().tag().is_some_and(|tag| tag.starts_with("!new:")));
    let mut others = root.members().filter_map(|(_, value)| built(value));
    let alone = others.all(|named| named.whole == model.whole || !is_layer(&named));
    if !alone || !modules.all(is_before) {
        return None;
    }
    let members = model.whole.members().filter(|(key, _)| key.text() != NO_LAYER);
    let layers = model.whole.items().chain(members.map(|(_, layer)| layer));
    layer_list::read_by(scope, layers.map(Value::followed), tagged)
}
