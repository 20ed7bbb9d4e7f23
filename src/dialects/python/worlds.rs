//! The same meeting in several runs of a program: once where all agree, else each way in which it comes about.

use std::collections::BTreeMap;

use super::meeting::Meeting;
use crate::ir::{Ending, Head, LossStatement};
use crate::span::{FileId, Location, Span};

/// Most meetings of one place that are told apart.
const MOST_MEETINGS: usize = 16;

/// The meetings of all runs, in the order of their places. What meets in every run that comes to the place is one meeting, with a way
/// for each run; what meets there in some runs only are ways of one.
pub fn grouped(runs: Vec<Vec<Meeting>>) -> Vec<Vec<Meeting>> {
    let mut by_place: BTreeMap<(FileId, Span), Place> = BTreeMap::new();
    for meetings in runs {
        let mut seen = Vec::new();
        for meeting in once_each(meetings) {
            let at = (meeting.at.file, meeting.at.span);
            by_place.entry(at).or_default().add(meeting, !seen.contains(&at));
            seen.push(at);
        }
    }
    by_place.into_values().flat_map(Place::groups).collect()
}

/// A place at which outputs meet their losses.
#[derive(Default)]
struct Place {
    /// How many runs come to it.
    runs: usize,
    /// What meets there, by what tells it from others.
    met: Vec<Met>,
}

/// The same loss and end, in each run in which they meet.
struct Met {
    key: Vec<Location>,
    ways: Vec<Meeting>,
}

impl Place {
    fn add(&mut self, meeting: Meeting, is_another_run: bool) {
        self.runs += usize::from(is_another_run);
        let has_room = self.met.len() < MOST_MEETINGS;
        match self.met.iter_mut().find(|met| met.key == meeting.key) {
            Some(met) => {
                // Labels that differ from run to run are not known.
                met.ways.iter_mut().for_each(|way| way.keep_what_agrees(&meeting));
                met.ways.push(meeting);
            }
            None if has_room => self.met.push(Met {
                key: meeting.key.clone(),
                ways: vec![meeting],
            }),
            None => {}
        }
    }

    fn groups(self) -> Vec<Vec<Meeting>> {
        let all = self.runs;
        let (always, sometimes): (Vec<Met>, Vec<Met>) = self.met.into_iter().partition(|met| met.ways.len() == all);
        let mut groups: Vec<Vec<Meeting>> = always.into_iter().map(|met| met.ways).collect();
        let together: Vec<Meeting> = sometimes.into_iter().flat_map(|met| met.ways).collect();
        if !together.is_empty() {
            groups.push(together);
        }
        groups
    }
}

/// Whether two ways come to the same: the same end from the same place, under losses that say the same.
pub fn are_alike(head: &Head, other: &Head) -> bool {
    let name = |head: &Head| head.name.as_ref().map(|name| name.value.clone());
    name(head) == name(other)
        && head.units() == other.units()
        && has_same_end(head, other)
        && has_same_loss(head, other)
}

fn has_same_end(head: &Head, other: &Head) -> bool {
    match (&head.output.ending, &other.output.ending) {
        (Ending::Known(one), Ending::Known(two)) => one.row.name == two.row.name && is_same_place(one.at, two.at),
        (Ending::Unknown, Ending::Unknown) => true,
        _ => false,
    }
}

fn has_same_loss(head: &Head, other: &Head) -> bool {
    match (&head.loss, &other.loss) {
        (LossStatement::Known(one), LossStatement::Known(two)) => {
            let inputs = |loss: &crate::ir::Loss| loss.parts.iter().map(|part| part.input).collect::<Vec<_>>();
            one.row.names == two.row.names
                && is_same_place(one.written.at, two.written.at)
                && inputs(one) == inputs(two)
                && one.reduction.map(|said| said.value) == two.reduction.map(|said| said.value)
        }
        (LossStatement::Known(_), _) | (_, LossStatement::Known(_)) => false,
        _ => std::mem::discriminant(&head.loss) == std::mem::discriminant(&other.loss),
    }
}

/// Whether two places are one: what is written down of each run has nodes of its own.
fn is_same_place(one: Location, two: Location) -> bool {
    one.file == two.file && one.span == two.span
}

/// The meetings of one run, each once: some calls of a loss may be given what is not known.
fn once_each(meetings: Vec<Meeting>) -> Vec<Meeting> {
    let mut all: Vec<Meeting> = Vec::new();
    for mut meeting in meetings {
        match all
            .iter_mut()
            .find(|own| own.at == meeting.at && own.key == meeting.key)
        {
            Some(known) => {
                known.fill_targets(&mut meeting);
                known.keep_what_agrees(&meeting);
            }
            None => all.push(meeting),
        }
    }
    all
}
