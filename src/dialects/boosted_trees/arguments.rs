//! The arguments of an objective: keys beside it, in every spelling, and what stands behind its own name.

use super::parameters::Parameters;
use crate::dialects::reading::arguments::{Argument, Arguments, Value, value};

impl Arguments for Parameters<'_, '_> {
    fn argument(&self, name: &str) -> Option<Argument> {
        if let Some(node) = self.object.get(self.spelling(name)).filter(|node| !node.is_null()) {
            let at = self.scope.at(node);
            return Some(Argument { value: value(node), at });
        }
        let (_, behind) = split(self.objective.as_str()?);
        let mut pairs = behind.split(';').filter_map(|pair| pair.split_once('='));
        let (_, text) = pairs.find(|(key, _)| key.trim() == name)?;
        let number = text.trim().parse().map(Value::Number);
        Some(Argument {
            value: number.unwrap_or_else(|_| Value::Text(text.to_owned())),
            at: self.scope.at(self.objective),
        })
    }

    fn spelling<'s>(&'s self, name: &'s str) -> &'s str {
        let mut spellings = self.booster.spellings(name);
        let is_given = |key: &&str| self.object.get(key).is_some_and(|node| !node.is_null());
        spellings.find(is_given).unwrap_or(name)
    }
}

/// A name and what stands behind it: `Quantile` and `alpha=0.1` of `Quantile:alpha=0.1`, `error` and `0.7` of `error@0.7`.
pub fn split(name: &str) -> (&str, &str) {
    if let Some(parts) = name.split_once('@') {
        return parts;
    }
    let with_pairs = name.split_once(':').filter(|(_, behind)| behind.contains('='));
    with_pairs.unwrap_or((name, ""))
}
