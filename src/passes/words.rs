//! How findings write numbers and widths, and where they point for what a loss expects.

use crate::ir::{Loss, Part};
use crate::span::Location;

/// Where a part's expectation is said: its switch when one is given, else the loss's name.
pub fn expectation_at(loss: &Loss, part: &Part) -> Location {
    part.decision
        .as_ref()
        .and_then(|decision| decision.at)
        .unwrap_or(loss.written.at)
}

/// A number as people write it: few digits, in powers of ten when it is large.
pub fn number(value: f64) -> String {
    if value.abs() >= 1e6 {
        format!("{value:.1e}")
    } else if value.fract() == 0.0 || value.abs() >= 100.0 {
        format!("{value:.0}")
    } else {
        let rounded = (value * 100.0).round() / 100.0;
        rounded.to_string()
    }
}

/// `10 units`, `1 unit`, or nothing when the width is not known.
pub fn units(count: Option<u64>) -> String {
    match count {
        Some(1) => "1 unit".to_owned(),
        Some(count) => format!("{count} units"),
        None => "its units".to_owned(),
    }
}
