//! Facts that the code shows by what flows where. They count for less than what people declare.

use super::task::kind_of;
use crate::ir::{Facts, Head};

/// Gives a head the facts that its code shows, where nobody declared anything else.
pub fn take(head: &mut Head) {
    let Some(seen) = &head.seen else { return };
    let declared = head.facts.task.map(|task| task.value);
    let is_other = |facts: &Facts| {
        let shown = facts.labels.map(|labels| kind_of(labels.value).0);
        declared.is_some_and(|declared| shown.is_some_and(|shown| shown != declared))
    };
    let facts = match is_other(&seen.facts) {
        // What is declared is right: then these are no labels.
        true => Facts {
            class_weight: seen.facts.class_weight,
            ..Facts::default()
        },
        false => seen.facts.clone(),
    };
    head.facts.fill_from(&facts);
}
