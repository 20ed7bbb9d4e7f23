//! Ways through a program: where a condition is not known, one run takes each of its sides. A run is consistent in itself: the same
//! condition is answered the same way wherever it stands.

use std::collections::{BTreeMap, HashSet, VecDeque};

use ruff_python_ast::ModModule;

use super::budget::{MOST_PLANNED, MOST_RUNS, MOST_STEPS_FOR_COMBINATIONS, MOST_STEPS_IN_ALL};
use super::evaluate::Run;
use super::sources::Sources;

/// How the conditions that are not known are answered in one run.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// By the condition as it is written.
    pub answers: BTreeMap<Box<str>, bool>,
    /// Conditions of which no further side is taken: what depends on them is not known.
    pub left_open: bool,
}

/// Runs a program for each condition's either side at least once, and for their combinations as far as the bounds allow.
pub fn explore<'p>(sources: &'p Sources<'p>, module: &'p ModModule) -> Vec<Run<'p>> {
    let mut waiting = Waiting::default();
    let mut runs: Vec<Run<'p>> = Vec::new();
    let mut steps = 0;
    let mut next = Some(Choices::default());
    while let Some(choices) = next {
        let run = Run::of(sources, module, choices.clone());
        steps += run.steps();
        waiting.add(&choices, run.asked());
        let is_bounded = run.asked().len() > waiting.known.len();
        runs.push(run);
        if steps > MOST_STEPS_IN_ALL || (is_bounded && runs.len() == 1) {
            // Not all sides can be taken: what depends on any of them stays unknown.
            let open = Choices {
                left_open: true,
                ..Choices::default()
            };
            return vec![Run::of(sources, module, open)];
        }
        let has_room = runs.len() < MOST_RUNS && steps < MOST_STEPS_FOR_COMBINATIONS;
        next = waiting.next(has_room);
    }
    runs
}

/// Ways that were not taken yet.
#[derive(Default)]
struct Waiting {
    /// The first way to a side of each condition.
    sides: VecDeque<Choices>,
    /// Other combinations of sides.
    combinations: VecDeque<Choices>,
    /// The conditions that were met.
    known: HashSet<Box<str>>,
    /// All ways that wait or were taken.
    planned: HashSet<BTreeMap<Box<str>, bool>>,
}

impl Waiting {
    /// Takes note of the conditions that a way came by: of each there is another side.
    fn add(&mut self, choices: &Choices, asked: &[(Box<str>, bool)]) {
        for (condition, answer) in asked {
            if choices.answers.contains_key(condition) {
                continue;
            }
            let is_new = !self.known.contains(condition);
            if is_new && self.known.len() + 1 >= MOST_RUNS {
                continue;
            }
            self.known.insert(condition.clone());
            let mut other = choices.clone();
            other.answers.insert(condition.clone(), !*answer);
            if self.planned.len() < MOST_PLANNED && self.planned.insert(other.answers.clone()) {
                match is_new {
                    true => self.sides.push_back(other),
                    false => self.combinations.push_back(other),
                }
            }
        }
    }

    fn next(&mut self, has_room: bool) -> Option<Choices> {
        let side = self.sides.pop_front();
        side.or_else(|| self.combinations.pop_front().filter(|_| has_room))
    }
}
