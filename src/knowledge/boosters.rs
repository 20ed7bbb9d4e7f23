//! Parameters of boosted trees: by which ones a library is known, and which say objective, metrics and classes.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::built_in;

/// The parameters of one library.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Booster {
    /// The framework whose losses and metrics its names are.
    pub framework: String,
    /// Keys of the objective.
    pub objective: Vec<String>,
    /// Keys of the metrics.
    pub metrics: Vec<String>,
    /// Keys of the number of classes.
    pub classes: Vec<String>,
    /// Keys that weigh classes against each other.
    pub class_weights: Vec<String>,
    /// Other spellings of arguments, by the name that the rows of losses use.
    #[serde(default)]
    pub aliases: BTreeMap<String, Vec<String>>,
    /// Keys of the scikit-learn interface, which chooses another objective where the one given does not fit the data.
    pub scikit_learn: Vec<String>,
    /// Keys that other configurations do not have together with such an objective.
    pub signs: Vec<String>,
    /// How many of them it takes.
    pub signs_wanted: usize,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Boosters {
    booster: Vec<Booster>,
}

impl Booster {
    /// The spellings of an argument, the usual one first.
    pub fn spellings<'s>(&'s self, argument: &'s str) -> impl Iterator<Item = &'s str> {
        let aliases = self.aliases.get(argument).into_iter().flatten();
        std::iter::once(argument).chain(aliases.map(String::as_str))
    }
}

/// The libraries of boosted trees, the one with the most telling objectives first.
pub fn boosters() -> &'static [Booster] {
    static BOOSTERS: OnceLock<Vec<Booster>> = OnceLock::new();
    BOOSTERS.get_or_init(|| built_in::read::<Boosters>("boosters").booster)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;

    #[test]
    fn the_table_is_well_formed_and_names_frameworks() {
        let table: Boosters = serde_json::from_str(built_in::text("boosters")).expect("a table of boosters");
        assert_eq!(table.booster.len(), 3);
        for booster in &table.booster {
            let framework = Knowledge::built_in().framework(&booster.framework);
            assert!(framework.is_some(), "{}", booster.framework);
            assert!((1..=booster.signs.len()).contains(&booster.signs_wanted));
        }
    }
}
