//! An end to what is told of one file: a text can hold a million mistakes, or names of megabytes, and nobody reads on
//! after the first hundred.

use std::collections::HashMap;
use std::hash::Hash;

use crate::diagnostic::{Finding, NotChecked};
use crate::span::printable;

/// Findings of one lint, and notes of one kind, that are listed of one file.
pub const MOST_OF_ONE_KIND: usize = 100;

/// Bytes that names may have in what is said. The longest sentence that losslint writes itself is shorter.
const LONGEST: usize = 1_000;
/// Bytes that are kept at each end of longer words.
const KEPT: usize = 300;

/// A text that may hold names from a file, as people read it: what would act on a terminal is escaped, and the middle of
/// what is very long left out.
pub(super) fn bounded_text(text: &str) -> String {
    if text.len() <= LONGEST {
        return printable(text);
    }
    let start = &text[..text.floor_char_boundary(KEPT)];
    let end = &text[text.ceil_char_boundary(text.len() - KEPT)..];
    printable(&format!("{start} … {end}"))
}

/// The first findings of each lint, by position. The last of them tells how many more there are.
pub(super) fn findings(mut findings: Vec<Finding>) -> Vec<Finding> {
    if findings.len() > MOST_OF_ONE_KIND {
        findings.sort_by_key(|finding| (finding.primary.at.file, finding.primary.at.span));
    }
    bounded(
        findings,
        |finding| finding.lint,
        |last, more| last.help(format!("{more} more findings of this lint in this file are not listed")),
    )
}

/// The first notes of each kind. The last of them tells how many more there are.
pub(super) fn notes<'n>(notes: impl Iterator<Item = &'n NotChecked>) -> Vec<NotChecked> {
    bounded(
        notes.cloned().collect(),
        |note| note.what,
        |last, more| NotChecked {
            why: format!("{} ({more} more like this in this file)", last.why),
            ..last
        },
    )
}

fn bounded<T, K: Hash + Eq>(items: Vec<T>, kind: impl Fn(&T) -> K, and_more: impl Fn(T, usize) -> T) -> Vec<T> {
    let mut counts: HashMap<K, usize> = HashMap::new();
    for item in &items {
        *counts.entry(kind(item)).or_default() += 1;
    }
    let mut seen: HashMap<K, usize> = HashMap::new();
    let mut kept = Vec::new();
    for item in items {
        let all = counts[&kind(&item)];
        let seen = seen.entry(kind(&item)).or_default();
        *seen += 1;
        if *seen == MOST_OF_ONE_KIND && all > MOST_OF_ONE_KIND {
            kept.push(and_more(item, all - MOST_OF_ONE_KIND));
        } else if *seen <= MOST_OF_ONE_KIND {
            kept.push(item);
        }
    }
    kept
}
