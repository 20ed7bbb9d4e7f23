//! Configurations of fairchem, formerly the Open Catalyst Project's `ocp` → IR: energies and forces, their losses and
//! normalisers. The network is a name. Files that a configuration includes are read where they lie below its folder.

use super::Dialect;
use crate::ir::{Head, Model, Normalization};
use crate::knowledge::TaskKind;
use crate::reading::{Reader, Scope, heads, losses};
use crate::span::Spanned;
use crate::values::Value;

/// The fairchem dialect.
pub struct FairChem;

/// The targets of the older form, with the key of each loss below `optim` and of what says that it is normalised.
const OLDER_TARGETS: &[(&str, &[&str], &str)] = &[
    ("energy", &["loss_energy"], "target_std"),
    ("forces", &["loss_force", "loss_forces"], "grad_target_std"),
];

impl Dialect for FairChem {
    fn name(&self) -> &'static str {
        "fairchem"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["loss_functions", "lr_initial"]
    }

    fn detect(&self, _reader: &Reader<'_>, root: Value<'_>) -> bool {
        let targets = root.get("outputs").is_some_and(Value::is_object);
        let losses = root
            .get("loss_functions")
            .is_some_and(|losses| entries(losses).next().is_some());
        let model = root
            .path(&["model", "name"])
            .or(root.get("model").filter(|model| model.as_str().is_some()));
        let optimizer = root.path(&["optim", "lr_initial"]);
        (losses && (targets || root.get("trainer").is_some())) || (model.is_some() && optimizer.is_some())
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        let Some(scope) = reader.scope("fairchem") else {
            return Vec::new();
        };
        // What a file says itself stands above what it includes.
        let config = Config {
            scope: &scope,
            texts: reader.with_included(root, "includes"),
        };
        let mut model = scope.model(self.name(), root);
        model.heads = config.heads();
        vec![model]
    }
}

/// A configuration with the files that it includes.
struct Config<'r, 't> {
    scope: &'r Scope<'r>,
    texts: Vec<Value<'t>>,
}

impl<'t> Config<'_, 't> {
    fn get(&self, path: &[&str]) -> Option<Value<'t>> {
        self.texts.iter().find_map(|text| text.path(path))
    }

    fn heads(&self) -> Vec<Head> {
        let losses = self.get(&["loss_functions"]);
        let mut heads: Vec<Head> = losses
            .into_iter()
            .flat_map(entries)
            .map(|(target, loss)| self.head(target.text(), Some(target), loss.get("fn")))
            .collect();
        if heads.is_empty() {
            heads = self.older_heads();
        }
        if heads.is_empty() {
            let targets = self.get(&["outputs"]).into_iter().flat_map(Value::members);
            heads = targets
                .map(|(name, _)| self.head(name.text(), Some(name), None))
                .collect();
        }
        if heads.is_empty() {
            heads.push(self.head("", None, None));
        }
        heads
    }

    /// Before `loss_functions`, losses stood below `optim`.
    fn older_heads(&self) -> Vec<Head> {
        let stated = OLDER_TARGETS.iter().filter_map(|(target, keys, _)| {
            let loss = keys.iter().find_map(|key| self.get(&["optim", key]))?;
            Some(self.head(target, None, Some(loss)))
        });
        stated.collect()
    }

    fn head(&self, target: &str, name: Option<Value<'t>>, loss: Option<Value<'t>>) -> Head {
        let scope = self.scope;
        let model = self.get(&["model", "name"]).or_else(|| self.get(&["model"]));
        let mut head = heads::of_named_model(scope, self.texts[0], model.filter(|model| model.as_str().is_some()));
        head.name = scope.spanned(name, |name| Some(name.text().to_owned()));
        if let Some(loss) = loss {
            heads::set_loss(scope, &mut head, loss);
        }
        let metrics = self.get(&["evaluation_metrics", "metrics", target]);
        head.metrics = metrics
            .into_iter()
            .flat_map(Value::items)
            .filter_map(|metric| losses::metric(scope, metric))
            .collect();
        head.facts.target.normalized = self.normalizer(target);
        let task = self.get(&["task", "type"]);
        let regression = |node: Value<'_>| (node.as_str() == Some("regression")).then_some(TaskKind::Regression);
        head.facts.task = scope.spanned(task, regression);
        heads::note_missing_loss(&mut head);
        head
    }

    /// The place that says that a target is brought to mean 0 and standard deviation 1 before the loss sees it.
    fn normalizer(&self, target: &str) -> Option<Spanned<Normalization>> {
        let standard = |node: Value<'_>| Some(Normalization::Standard).filter(|_| !node.is_null());
        let datasets = ["train", ""].into_iter().filter_map(|part| match part {
            "" => self.get(&["dataset"]),
            part => self.get(&["dataset", part]),
        });
        let datasets = datasets.flat_map(|dataset| std::iter::once(dataset).chain(dataset.items()));
        for dataset in datasets {
            let node = dataset.path(&["transforms", "normalizer", target]);
            if let Some(found) = self.scope.spanned(node, standard) {
                return Some(found);
            }
            let older = OLDER_TARGETS
                .iter()
                .find(|(name, ..)| *name == target)
                .map(|(.., key)| *key);
            let said = dataset
                .get("normalize_labels")
                .filter(|said| said.as_bool() == Some(true));
            let node = said.and(older).and_then(|key| dataset.get(key));
            if let Some(found) = self.scope.spanned(node, standard) {
                return Some(found);
            }
        }
        None
    }
}

/// The losses by target: a list of one-key objects, or one object.
fn entries(losses: Value<'_>) -> impl Iterator<Item = (Value<'_>, Value<'_>)> {
    let objects = std::iter::once(losses).chain(losses.items());
    let members = objects.flat_map(Value::members);
    members.filter(|(_, loss)| loss.get("fn").is_some())
}
