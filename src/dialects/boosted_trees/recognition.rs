//! Which objects are parameters of boosted trees, and of which library: by the objective, other parameters, and names around them.

use super::arguments::split;
use super::parameters::{Objective, Parameters, first};
use crate::knowledge::{Booster, Framework, boosters};
use crate::reading::Reader;
use crate::values::Value;

/// The outermost objects that are parameters of boosted trees.
pub fn parameters<'r, 't>(reader: &Reader<'r>, root: Value<'t>) -> Vec<Parameters<'r, 't>> {
    let mut found = Vec::new();
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        match Parameters::of(reader, node) {
            Some(parameters) => found.push(parameters),
            None => {
                let below = stack.len();
                stack.extend(node.members().map(|(_, value)| value).chain(node.items()));
                stack[below..].reverse();
            }
        }
    }
    found
}

impl<'r, 't> Parameters<'r, 't> {
    fn of(reader: &Reader<'r>, node: Value<'t>) -> Option<Self> {
        if !node.is_object() {
            return None;
        }
        boosters()
            .iter()
            .find_map(|booster| Self::of_library(reader, booster, node))
    }

    fn of_library(reader: &Reader<'r>, booster: &'static Booster, object: Value<'t>) -> Option<Self> {
        let scope = reader.scope(&booster.framework)?;
        let saved = saved_objective(object);
        let named = saved.or_else(|| first(object, &booster.objective))?;
        let name = split(named.as_str()?).0;
        let signs = booster.signs.iter().filter(|sign| object.get(sign).is_some()).count();
        let is_named = || is_named(object, scope.framework);
        let objective = match scope.loss(name).known() {
            Some(row) if saved.is_some() || signs >= booster.signs_wanted || is_named() => Objective::Loss(row),
            // What a search for parameters pursues is called an objective, too: that takes both.
            None if signs >= booster.signs_wanted && is_named() && scope.metric(name).known().is_some() => {
                Objective::Metric
            }
            _ => return None,
        };
        Some(Self {
            scope,
            booster,
            object,
            named,
            objective,
        })
    }
}

/// Keys under which a configuration names a library or one of its classes.
const NAMING: &[&str] = &[
    "name",
    "type",
    "model",
    "model_type",
    "model_name",
    "estimator",
    "algorithm",
    "library",
    "class",
    "class_name",
    "class_path",
    "_target_",
];

/// Whether an object, or the one around it, bears the library's name.
fn is_named(node: Value<'_>, framework: &Framework) -> bool {
    says(node, |text| {
        let text = text.to_lowercase();
        let mut names = std::iter::once(&framework.name).chain(&framework.aliases);
        names.any(|name| text.contains(name.as_str()))
    })
}

/// Whether an object, or the one around it, has a name of some kind: as its key or under one of [`NAMING`].
pub fn says(node: Value<'_>, fits: impl Fn(&str) -> bool) -> bool {
    std::iter::once(node).chain(node.parent()).any(|object| {
        let by_key = object.key().is_some_and(|key| fits(key.text()));
        let by_name = |key: &&str| object.get(key).and_then(Value::as_str).is_some_and(&fits);
        by_key || NAMING.iter().any(by_name)
    })
}

/// The objective of a saved model of XGBoost or CatBoost, which is an object.
fn saved_objective(node: Value<'_>) -> Option<Value<'_>> {
    let of_xgboost = node.path(&["learner", "objective", "name"]).filter(|_| {
        node.path(&["learner", "learner_model_param"]).is_some() || node.path(&["learner", "metrics"]).is_some()
    });
    let of_catboost = || {
        let name = node.path(&["loss_function", "type"])?;
        node.get("data_processing_options").map(|_| name)
    };
    of_xgboost.or_else(of_catboost)
}
