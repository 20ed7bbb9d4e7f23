//! The arguments of an objective: keys beside it in every spelling, what a saved model keeps of them, what stands behind the name.

use super::parameters::Parameters;
use crate::reading::arguments::{Argument, Arguments, Scalar, value};
use crate::values::Value;

impl<'t> Parameters<'_, 't> {
    /// The value of a parameter in any of its spellings.
    pub fn given(&self, name: &str) -> Option<Value<'t>> {
        let rooms = std::iter::once(self.object).chain(self.rooms());
        let mut spelt = rooms.flat_map(|room| self.booster.spellings(name).filter_map(move |key| room.get(key)));
        spelt.find(|node| !node.is_null())
    }

    /// The objects in which a saved model keeps the parameters of its objective and of its data.
    fn rooms(&self) -> impl Iterator<Item = Value<'t>> {
        let around = self.named.parent().filter(|parent| *parent != self.object);
        let with_data = around.and_then(|_| self.object.get("data_processing_options"));
        let beside = around.into_iter().flat_map(Value::members).map(|(_, value)| value);
        beside.filter(|value| value.is_object()).chain(with_data)
    }
}

impl Arguments for Parameters<'_, '_> {
    fn argument(&self, name: &str) -> Option<Argument> {
        if let Some(node) = self.given(name) {
            let at = node.at();
            let holds_others = node.is_object() || node.is_array();
            let is_empty = holds_others && node.items().next().is_none() && node.members().next().is_none();
            let value = match value(node) {
                Scalar::Text(word) if word == "None" => Scalar::Null,
                Scalar::Text(word) => word.parse().map_or(Scalar::Text(word), Scalar::Number),
                Scalar::Other if is_empty => Scalar::Null,
                value => value,
            };
            return Some(Argument { value, at });
        }
        let (_, behind) = split(self.named.as_str()?);
        let mut pairs = behind.split([';', ' ']).filter_map(|pair| pair.split_once(['=', ':']));
        let (_, text) = pairs.find(|(key, _)| key.trim() == name)?;
        let number = text.trim().parse().map(Scalar::Number);
        Some(Argument {
            value: number.unwrap_or_else(|_| Scalar::Text(text.to_owned())),
            at: self.named.at(),
        })
    }

    fn spelling<'s>(&'s self, name: &'s str) -> &'s str {
        let mut spellings = self.booster.spellings(name);
        let is_given = |key: &&str| self.object.get(key).is_some_and(|node| !node.is_null());
        spellings.find(is_given).unwrap_or(name)
    }
}

/// A name and what stands behind it: `Quantile` and `alpha=0.1` of `Quantile:alpha=0.1`, `error` and `0.7` of `error@0.7`, `binary`
/// and `sigmoid:1` of `binary sigmoid:1`.
pub fn split(name: &str) -> (&str, &str) {
    if let Some(parts) = name.split_once(['@', ' ']) {
        return parts;
    }
    let with_pairs = name.split_once(':').filter(|(_, behind)| behind.contains('='));
    with_pairs.unwrap_or((name, ""))
}
