//! The same meeting in several runs of a program: once where all agree, else each way in which it comes about.

use std::collections::BTreeMap;

use super::meeting::Meeting;
use crate::span::{FileId, Span};

/// Most ways of one meeting that are told apart.
const MOST_WAYS: usize = 16;

/// The meetings of all runs, those at the same place together, in the order of the places.
pub fn grouped(runs: Vec<Vec<Meeting>>) -> Vec<Vec<Meeting>> {
    let mut by_place: BTreeMap<(FileId, Span), Vec<Meeting>> = BTreeMap::new();
    for meetings in runs {
        for meeting in meetings {
            let ways = by_place.entry((meeting.at.file, meeting.at.span)).or_default();
            let is_known = ways.iter().any(|way| way.key == meeting.key);
            if !is_known && ways.len() < MOST_WAYS {
                ways.push(meeting);
            }
        }
    }
    by_place.into_values().collect()
}
