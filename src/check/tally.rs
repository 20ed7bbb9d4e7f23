//! What was looked at in models, and what could not be judged: counts and notes for the report.

use crate::diagnostic::{NotChecked, Unjudged};
use crate::ir::{Head, Model};
use crate::report::Counts;

/// What was seen in models and could not be judged: of each the notes of its heads, then its own.
pub(super) fn notes(models: &[Model]) -> impl Iterator<Item = &NotChecked> {
    models.iter().flat_map(|model| {
        let of_heads = model.heads.iter().flat_map(|head| &head.not_checked);
        of_heads.chain(&model.not_checked)
    })
}

/// How many models and heads there are, and why heads could not be judged.
pub(super) fn counts(models: &[Model]) -> Counts {
    let mut counts = Counts {
        // A part of a configuration is no model: it has no output.
        models: models.iter().filter(|model| !model.heads.is_empty()).count(),
        ..Counts::default()
    };
    for head in models.iter().flat_map(|model| &model.heads) {
        match head.is_judged() {
            true => counts.heads_checked += 1,
            false => *counts.heads_not_checked.entry(obstacle(head)).or_default() += 1,
        }
    }
    counts
}

/// Why a head could not be judged: the most particular of its notes.
fn obstacle(head: &Head) -> Unjudged {
    let kinds = head.not_checked.iter().map(|note| note.what);
    kinds.max().unwrap_or(Unjudged::NoLoss)
}
