//! Lists of outputs of which each states its loss, as SchNetPack's tasks have them (`outputs: [{property, loss_fn, metrics,
//! loss_weight}]`) → IR: one head for each. The network is a name. Lists in Hydra's spelling are the Hydra dialect's.

use super::Dialect;
use crate::ir::{Head, Metric, Model};
use crate::reading::{BareNames, Reader, Scope, heads, losses};
use crate::values::{Notation, Value};

/// The SchNetPack dialect.
pub struct SchNetPack;

/// Keys that say which property an output is.
const NAME_KEYS: &[&str] = &["property", "name", "target_property"];

impl Dialect for SchNetPack {
    fn name(&self) -> &'static str {
        "schnetpack"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["loss_fn"]
    }

    fn notation(&self) -> &'static Notation {
        &Notation::HYDRA
    }

    fn detect(&self, _reader: &Reader<'_>, root: Value<'_>) -> bool {
        outputs(root).is_some()
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        let (Some(scope), Some(outputs)) = (reader.scope("pytorch"), outputs(root)) else {
            return Vec::new();
        };
        let scope = scope.with_bare_names(BareNames::FirstLibrary);
        let network = root.get("model").filter(|model| model.made().is_some());
        let mut model = scope.model(self.name(), root);
        let heads = outputs.items().map(|output| head(&scope, network, output));
        model.heads = heads.collect();
        vec![model]
    }
}

/// A list of outputs of which each has a name and a loss. `null` is the loss of one that is only watched.
fn outputs(root: Value<'_>) -> Option<Value<'_>> {
    let list = root.path(&["task", "outputs"]).or_else(|| root.get("outputs"))?;
    let is_output = |item: Value<'_>| item.get("loss_fn").is_some() && name_of(item).is_some();
    (list.items().next().is_some() && list.items().all(is_output)).then_some(list)
}

fn name_of(output: Value<'_>) -> Option<Value<'_>> {
    let mut names = NAME_KEYS.iter().filter_map(|key| output.get(key));
    names.find(|name| name.as_str().is_some())
}

fn head(scope: &Scope<'_>, network: Option<Value<'_>>, output: Value<'_>) -> Head {
    let mut head = heads::of_named_model(scope, output, network);
    head.name = scope.text(name_of(output));
    if let Some(loss) = output.get("loss_fn") {
        heads::set_loss(scope, &mut head, loss);
    }
    let metrics = output.get("metrics");
    head.metrics = metrics.map_or_else(Vec::new, |metrics| read_metrics(scope, metrics));
    heads::note_missing_loss(&mut head);
    head
}

/// Metrics by a name of the project's own, or in a list.
fn read_metrics(scope: &Scope<'_>, metrics: Value<'_>) -> Vec<Metric> {
    let named = metrics.members().map(|(_, metric)| metric);
    let read = |metric| losses::metric(scope, metric);
    metrics.items().chain(named).filter_map(read).collect()
}
