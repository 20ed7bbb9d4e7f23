//! Parameters of boosted trees: by which ones a library is known, and which say objective, metrics and classes.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{ArgumentRule, LossRow, built_in};

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
    /// Rows of the objectives whose metrics see the trees' sum as it is, not what the objective makes of it.
    #[serde(default)]
    pub raw_metrics_with: Vec<String>,
    /// Keys of the number of classes.
    pub classes: Vec<String>,
    /// Keys of the scikit-learn interface, which chooses another objective where the one given does not fit the data.
    pub scikit_learn: Vec<String>,
    /// Keys that other configurations do not have together with such an objective.
    pub signs: Vec<String>,
    /// How many of them it takes.
    pub signs_wanted: usize,
    /// Arguments that do not count beside every objective.
    pub arguments: Vec<BoosterArgument>,
}

/// An argument that does not count beside every objective.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoosterArgument {
    /// Its spellings, the usual one first.
    pub spellings: Vec<String>,
    /// Whether it weighs classes against each other.
    #[serde(default)]
    pub weighs_classes: bool,
    /// The value that says nothing, because it is the default.
    #[serde(default)]
    pub default: Option<f64>,
    /// The objectives beside which it counts, by their rows; every one when absent.
    #[serde(default)]
    pub counts_with: Option<Vec<String>>,
    /// What the library does with it beside the others.
    #[serde(default)]
    pub otherwise: Otherwise,
}

/// What a library does with an argument that does not belong to an objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Otherwise {
    #[default]
    /// It trains as if the argument were not there, with or without a warning.
    Ignored,
    /// It stops.
    Refused,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Boosters {
    booster: Vec<Booster>,
}

impl BoosterArgument {
    fn counts_beside(&self, objective: &str) -> bool {
        let named = self.counts_with.as_ref();
        named.is_none_or(|named| named.iter().any(|own| own == objective))
    }
}

impl Booster {
    /// All parameters that it is known by or that mean something, in every spelling.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let lists = [
            &self.objective,
            &self.metrics,
            &self.classes,
            &self.scikit_learn,
            &self.signs,
        ];
        let spellings = self.arguments.iter().flat_map(|argument| &argument.spellings);
        lists.into_iter().flatten().chain(spellings).map(String::as_str)
    }

    /// The spellings of an argument, the usual one first.
    pub fn spellings<'s>(&'s self, argument: &'s str) -> impl Iterator<Item = &'s str> {
        let of = |rule: &&BoosterArgument| rule.spellings.first().is_some_and(|name| name == argument);
        let further = self.arguments.iter().find(of).map(|rule| &rule.spellings[1..]);
        std::iter::once(argument).chain(further.into_iter().flatten().map(String::as_str))
    }

    /// Tells an objective of the arguments that do not count beside it.
    pub fn complete(&self, objective: &mut LossRow) {
        for argument in self
            .arguments
            .iter()
            .filter(|rule| !rule.counts_beside(&objective.name))
        {
            let rules = match argument.otherwise {
                Otherwise::Ignored => &mut objective.ignores,
                Otherwise::Refused => &mut objective.refuses,
            };
            let name = argument.spellings.first();
            rules.extend(name.map(|name| ArgumentRule::always(name, argument.default)));
        }
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
            for objective in booster
                .arguments
                .iter()
                .flat_map(|rule| rule.counts_with.iter().flatten())
            {
                let row = framework.and_then(|framework| Knowledge::built_in().loss(framework, objective).known());
                assert!(
                    row.is_some_and(|row| row.name == *objective),
                    "{}: {objective}",
                    booster.framework
                );
            }
        }
    }
}
