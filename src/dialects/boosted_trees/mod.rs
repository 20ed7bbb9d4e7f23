//! Parameters of boosted trees (XGBoost, LightGBM, CatBoost), wherever they stand in a file, and saved XGBoost models → IR.

mod arguments;
mod parameters;
mod recognition;

use super::Dialect;
use crate::ir::Model;
use crate::reading::Reader;
use crate::values::Value;
use parameters::Parameters;
use recognition::parameters;

/// The dialect of boosted trees.
pub struct BoostedTrees;

impl Dialect for BoostedTrees {
    fn name(&self) -> &'static str {
        "boosted_trees"
    }

    fn marks(&self) -> &'static [&'static str] {
        &[
            "reg:",
            "binary:",
            "multi:",
            "count:",
            "rank:",
            "survival:",
            "xgb",
            "XGB",
            "num_leaves",
            "feature_fraction",
            "bagging_fraction",
            "boosting_type",
            "min_child_samples",
            "min_data_in_leaf",
            "loss_function",
            "tree_info",
            "lgb",
            "LGB",
            "lightgbm",
            "LightGBM",
        ]
    }

    fn detect(&self, reader: &Reader<'_>, root: Value<'_>) -> bool {
        !parameters(reader, root).is_empty()
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        let found = parameters(reader, root);
        let model = |parameters: &Parameters<'_, '_>| {
            let mut model = parameters.scope.model(self.name(), parameters.object);
            model.heads.push(parameters.head());
            model
        };
        found.iter().map(model).collect()
    }
}
