//! Ways through a program: where a condition is not known, one run takes each of its sides. A run is consistent in itself: the same
//! condition is answered the same way wherever it stands.

use std::collections::{HashMap, VecDeque};

use ruff_python_ast::ModModule;

use super::budget::{MOST_RUNS, MOST_STEPS_IN_ALL};
use super::evaluate::Run;
use super::sources::Sources;

/// How the conditions that are not known are answered in one run.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// By the condition as it is written.
    pub answers: HashMap<Box<str>, bool>,
    /// Conditions of which no further side is taken: what depends on them is not known.
    pub left_open: bool,
}

/// Runs a program for each condition's either side at least once, as far as the bounds allow.
pub fn explore<'p>(sources: &'p Sources<'p>, module: &'p ModModule) -> Vec<Run<'p>> {
    let mut waiting = VecDeque::from([Choices::default()]);
    let mut known: HashMap<Box<str>, bool> = HashMap::new();
    let mut runs: Vec<Run<'p>> = Vec::new();
    let mut steps = 0;
    while let Some(choices) = waiting.pop_front() {
        let run = Run::of(sources, module, choices.clone());
        steps += run.steps();
        for (condition, answer) in run.asked() {
            if known.contains_key(condition) || known.len() + 1 >= MOST_RUNS {
                continue;
            }
            known.insert(condition.clone(), *answer);
            let mut other = choices.clone();
            other.answers.insert(condition.clone(), !*answer);
            waiting.push_back(other);
        }
        let is_bounded = run.asked().len() > known.len();
        runs.push(run);
        if steps > MOST_STEPS_IN_ALL || (is_bounded && runs.len() == 1) {
            // Not all sides can be taken: what depends on any of them stays unknown.
            let open = Choices {
                left_open: true,
                ..Choices::default()
            };
            return vec![Run::of(sources, module, open)];
        }
    }
    runs
}
