//! Where losslint and the measurement disagree, and why: the list `disagreements.toml`. Not the comparison itself.

use serde::Deserialize;

use super::table::{Class, Combination, Library};

/// The whole list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    disagreement: Vec<Disagreement>,
}

/// Some combinations of which losslint says something else than what was measured, with the reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disagreement {
    /// Why it is so, in a sentence.
    pub reason: String,
    /// Whether losslint should be mended: then this is no excuse, only a note of it.
    #[serde(default)]
    pub mend: bool,
    /// How many combinations it is about.
    pub rows: usize,
    /// What was measured.
    measured: Class,
    /// The lints that fire, sorted; empty when losslint is silent.
    lints: Vec<String>,
    /// The library; any when absent, like all that follows.
    library: Option<Library>,
    losses: Option<Vec<String>>,
    from_logits: Option<bool>,
    activations: Option<Vec<String>>,
    shapes: Option<Vec<String>>,
}

impl Disagreement {
    /// Whether it is about a combination for which these lints fire.
    pub fn covers(&self, combination: &Combination, lints: &[&str]) -> bool {
        let is_among =
            |list: &Option<Vec<String>>, name: &str| list.as_ref().is_none_or(|l| l.iter().any(|n| n == name));
        self.measured == combination.class
            && self.lints == lints
            && self.library.is_none_or(|library| library == combination.library)
            && is_among(&self.losses, combination.loss)
            && (self.from_logits.is_none() || self.from_logits == combination.from_logits)
            && is_among(&self.activations, combination.activation)
            && is_among(&self.shapes, combination.shape)
    }
}

/// The list, in its order.
pub fn disagreements() -> Vec<Disagreement> {
    let list: List = toml::from_str(include_str!("disagreements.toml")).expect("the list of disagreements");
    for entry in &list.disagreement {
        assert!(entry.reason.ends_with('.'), "a reason is a sentence: {}", entry.reason);
    }
    list.disagreement
}
