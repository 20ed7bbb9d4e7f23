//! Ludwig configurations: output features, each with the head, loss and task that its type brings along → IR.

use super::Dialect;
use crate::ir::{Head, Model, Normalization, NotChecked, Unjudged};
use crate::knowledge::{LibraryHead, library_head};
use crate::reading::{Reader, Scope, heads, losses};
use crate::span::Spanned;
use crate::values::Value;

/// The Ludwig dialect.
pub struct Ludwig;

impl Dialect for Ludwig {
    fn name(&self) -> &'static str {
        "ludwig"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["output_features"]
    }

    fn detect(&self, _reader: &Reader<'_>, root: Value<'_>) -> bool {
        let is_feature = |node: Value<'_>| {
            let says = |key: &str| node.get(key).is_some_and(|value| value.as_str().is_some());
            (says("name") || says("column")) && says("type")
        };
        let features = |key: &str| {
            root.get(key)
                .is_some_and(|list| list.is_array() && list.items().next().is_some() && list.items().all(is_feature))
        };
        features("output_features") && root.get("input_features").is_some_and(Value::is_array)
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        let Some(scope) = reader.scope("ludwig") else {
            return Vec::new();
        };
        let config = Config { scope: &scope, root };
        let mut model = scope.model(self.name(), root);
        model.version = reader.text(root.get("ludwig_version"));
        model.heads = config.features().map(|feature| config.head(feature)).collect();
        vec![model]
    }
}

/// One configuration.
struct Config<'r, 't> {
    scope: &'r Scope<'r>,
    root: Value<'t>,
}

impl<'t> Config<'_, 't> {
    fn features(&self) -> impl Iterator<Item = Value<'t>> {
        let list = self.root.get("output_features");
        list.into_iter().flat_map(Value::items)
    }

    fn head(&self, feature: Value<'t>) -> Head {
        let mut head = match self.library_head(feature) {
            Ok((word, rule)) => self.head_of(feature, word, rule),
            Err(note) => heads::without_output(note),
        };
        head.name = self.scope.text(feature.get("name").or(feature.get("column")));
        if let Some(node) = self.metric_of(feature) {
            head.metrics.extend(losses::metric(self.scope, node));
        }
        if head.not_checked.is_empty() {
            heads::note_missing_loss(&mut head);
        }
        head
    }

    /// What the type of a feature brings along, or why that is not known.
    fn library_head(&self, feature: Value<'t>) -> Result<(Spanned<String>, &'static LibraryHead), NotChecked> {
        let node = feature.get("type").unwrap_or(feature);
        let word = node.as_str().unwrap_or_default();
        let note = |what, node: Value<'_>, why: String| NotChecked {
            what,
            at: node.at(),
            why,
        };
        if let Some(node) = self.root.get("model_type").filter(|node| node.as_str() == Some("llm")) {
            let why = "a language model learns the next token, whatever the type of its output".to_owned();
            return Err(note(Unjudged::NoLoss, node, why));
        }
        match library_head("ludwig", word) {
            Some(rule) => Ok((Spanned::new(word.to_owned(), node.at()), rule)),
            None => Err(note(
                Unjudged::NamedModel,
                node,
                format!("what Ludwig makes of the type `{word}` is not known"),
            )),
        }
    }

    fn head_of(&self, feature: Value<'t>, word: Spanned<String>, rule: &LibraryHead) -> Head {
        let kind = word.value.clone();
        let mut head = heads::of_library(self.scope, word, rule);
        head.output.units = head.output.units.or_else(|| {
            let key = rule.units_key.as_deref()?;
            let node = feature.get(key).or_else(|| feature.path(&["preprocessing", key]));
            self.scope.spanned(node, Value::as_u64)
        });
        head.facts.target.normalized = self.normalization(feature, &kind);
        if let Some(node) = self.loss_of(feature, &kind) {
            heads::set_loss_of_head(self.scope, &mut head, rule, node);
        }
        head
    }

    /// The loss that a feature states, or that is stated for all features of its type. Weights alone name no loss.
    fn loss_of(&self, feature: Value<'t>, kind: &str) -> Option<Value<'t>> {
        let names_one = |node: &Value<'t>| node.get("type").is_some();
        feature
            .get("loss")
            .filter(names_one)
            .or_else(|| self.root.path(&["defaults", kind, "loss"]).filter(names_one))
    }

    fn normalization(&self, feature: Value<'t>, kind: &str) -> Option<Spanned<Normalization>> {
        let node = feature
            .path(&["preprocessing", "normalization"])
            .or_else(|| self.root.path(&["defaults", kind, "preprocessing", "normalization"]))?;
        let how = match node.as_str()? {
            "zscore" => Normalization::Standard,
            "minmax" => Normalization::MinMax,
            "log1p" => Normalization::Log,
            _ => Normalization::Yes,
        };
        Some(Spanned::new(how, node.at()))
    }

    /// The metric by which models are chosen, when it is this feature's.
    fn metric_of(&self, feature: Value<'t>) -> Option<Value<'t>> {
        let trainer = self.root.get("trainer").or(self.root.get("training"))?;
        let is_this = match trainer.get("validation_field").and_then(Value::as_str) {
            Some(field) => feature.get("name").and_then(Value::as_str) == Some(field),
            None => self.features().count() == 1,
        };
        trainer.get("validation_metric").filter(|_| is_this)
    }
}
