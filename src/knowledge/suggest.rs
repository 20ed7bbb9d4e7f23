//! What was probably meant, and what could stand there instead: nearest names, rows for a purpose, spellings like the user's.

use std::sync::Arc;

use super::rows::{ActivationRow, Family, Input, LossRow, Produces};
use super::shelf::Shelves;
use super::spelling::{Claim, Row, Spelling};
use super::{Framework, Knowledge};
use crate::nearest::nearest_name;

impl Knowledge {
    /// The spelling of a loss that is really near to an unknown name.
    pub fn nearest_loss(&self, framework: &Framework, name: &str) -> Option<&str> {
        nearest(&self.losses, framework, name)
    }

    /// The spelling of an activation that is really near to an unknown name.
    pub fn nearest_activation(&self, framework: &Framework, name: &str) -> Option<&str> {
        nearest(&self.activations, framework, name)
    }

    /// The class name of a layer that is really near to an unknown name.
    pub fn nearest_layer(&self, framework: &Framework, name: &str) -> Option<&str> {
        nearest(&self.layers, framework, name)
    }

    /// The spelling of a metric that is really near to an unknown name.
    pub fn nearest_metric(&self, framework: &Framework, name: &str) -> Option<&str> {
        nearest(&self.metrics, framework, name)
    }

    /// The losses of a framework that compute this from this input: its first library's first, and of each library those
    /// before that expect the input without being told.
    pub fn losses_for<'k>(
        &'k self,
        framework: &'k Framework,
        family: Family,
        input: Input,
    ) -> impl Iterator<Item = &'k Arc<LossRow>> {
        framework.libraries.iter().flat_map(move |library| {
            let rows = move || {
                let rows = self.losses.rows_of(std::slice::from_ref(library));
                rows.filter(move |row| row.computes(family) && row.parts.is_empty())
            };
            let by_default = rows().filter(move |row| row.input.by_default() == input);
            let if_told = rows().filter(move |row| row.input.by_default() != input);
            by_default.chain(if_told.filter(move |row| row.input.switch_to(input).is_some()))
        })
    }

    /// The usual activation of a framework that gives this: of those that give positive values rather one that never
    /// gives 0, whose logarithm is infinite.
    pub fn activation_for(&self, framework: &Framework, produces: Produces) -> Option<&Arc<ActivationRow>> {
        self.activations
            .rows_of(&framework.libraries)
            .filter(|row| row.produces == produces)
            .min_by_key(|row| produces == Produces::Positive && row.range.low_closed)
    }

    /// How to spell a loss where the user wrote `written` for another: a class name for a class name, the long
    /// `snake_case` name for such a name, behind the same module when it stands there and behind its own when not.
    pub fn loss_spelled_like(&self, row: &LossRow, written: &str) -> String {
        let Some((module, name)) = written.rsplit_once('.') else {
            return spelling_like(row, written).to_owned();
        };
        let name = spelling_like(row, name);
        let beside = format!("{module}.{name}");
        let is_there = self
            .losses
            .find_anywhere(&beside)
            .known()
            .is_some_and(|found| *found == *row);
        match self.losses.modules_of(&row.library).first() {
            Some(own) if !is_there => format!("{own}.{name}"),
            _ => beside,
        }
    }
}

/// The row's spelling in the manner of `written`: its name, or the longest of its `snake_case` names.
pub fn spelling_like<'r>(row: &'r impl Row, written: &str) -> &'r str {
    if !is_snake_case(written) {
        return row.name();
    }
    current(row)
        .filter(|name| is_snake_case(name))
        .max_by_key(|name| name.len())
        .unwrap_or(row.name())
}

fn is_snake_case(name: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn current<R: Row>(row: &R) -> impl Iterator<Item = &str> {
    row.spellings()
        .filter(|(_, claim)| *claim == Claim::Known(Spelling::Current))
        .map(|(name, _)| name)
}

/// The spelling that is near to a name, whatever module of the framework stands before it. A class behind a module of the
/// project's own is not a slip for one of a library.
fn nearest<'a, R: Row>(shelves: &'a Shelves<R>, framework: &Framework, name: &str) -> Option<&'a str> {
    let (module, name) = name.rsplit_once('.').unwrap_or(("", name));
    let modules = framework
        .libraries
        .iter()
        .flat_map(|library| shelves.modules_of(library));
    let mut tops = modules.chain(&framework.libraries).map(|module| top(module));
    if !module.is_empty() && !tops.any(|own| own == top(module)) {
        return None;
    }
    let rows = shelves.rows_of(&framework.libraries);
    nearest_name(rows.flat_map(|row| current(row.as_ref())), name)
}

/// The part of a module's path before the first dot.
fn top(module: &str) -> &str {
    module.split('.').next().unwrap_or(module)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Table;

    fn knowledge() -> Knowledge {
        let text = r#"
            modules = ["home.losses"]
            [loss.MeanError]
            names = ["mean_error", "me"]
            refused = ["mean_err"]
            family = "absolute_error"
            input = "real"
            units = "any"

            [loss.SwitchedEntropy]
            family = "binary_cross_entropy"
            input = { argument = "raw", default = false, when_true = "logits", when_false = "probabilities" }
            units = "any"

            [loss.RawEntropy]
            family = "binary_cross_entropy"
            input = "logits"
            units = "any"
        "#;
        let table = Table::parse("home", text).expect("a table");
        Knowledge::from_tables(vec![framework()], vec![table])
    }

    fn framework() -> Framework {
        Framework {
            name: "home".to_owned(),
            aliases: Vec::new(),
            libraries: vec!["home".to_owned()],
            project: None,
            writes: None,
            legacy_ends_at: None,
            sums_unreduced: false,
        }
    }

    #[test]
    fn case_and_underscores_are_no_distance() {
        let knowledge = knowledge();
        let nearest = |name| knowledge.nearest_loss(&framework(), name);
        assert_eq!(nearest("meanerror"), Some("mean_error"));
        assert_eq!(nearest("MeanErorr"), Some("MeanError"));
        assert_eq!(nearest("home.losses.Mean_Error"), Some("MeanError"));
        assert_eq!(nearest("m"), None);
    }

    #[test]
    fn a_loss_that_needs_no_switch_is_preferred() {
        let knowledge = knowledge();
        let named = |input| {
            let framework = framework();
            let mut rows = knowledge.losses_for(&framework, Family::BinaryCrossEntropy, input);
            rows.next().map(|row| row.name.clone())
        };
        assert_eq!(named(Input::Logits).as_deref(), Some("RawEntropy"));
        assert_eq!(named(Input::Probabilities).as_deref(), Some("SwitchedEntropy"));
        assert_eq!(named(Input::Positive), None);
    }

    #[test]
    fn refused_spellings_are_not_offered() {
        let knowledge = knowledge();
        let row = knowledge.loss_in("home", "MeanError").expect("a row");
        assert_eq!(spelling_like(row.as_ref(), "mse"), "mean_error");
        assert_eq!(spelling_like(row.as_ref(), "Mse"), "MeanError");
    }
}
