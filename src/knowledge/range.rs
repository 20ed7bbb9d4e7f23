//! Ranges of values with open or closed ends, written as in mathematics: `(0, 1)`, `[0, inf)`.

use std::fmt;

use serde::Deserialize;

/// The values that an activation or a computation can give. An open end is approached, a closed one reached.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct Range {
    /// The lowest value.
    pub low: f64,
    /// The highest value.
    pub high: f64,
    /// Whether the lowest value is reached exactly by ordinary inputs.
    pub low_closed: bool,
    /// Whether the highest value is reached exactly.
    pub high_closed: bool,
}

impl Range {
    /// All real numbers.
    pub const REAL: Range = Range {
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
        low_closed: false,
        high_closed: false,
    };

    /// A single value.
    pub fn point(value: f64) -> Self {
        Self {
            low: value,
            high: value,
            low_closed: true,
            high_closed: true,
        }
    }

    /// Whether no value can lie outside `low..=high`.
    pub fn within(self, low: f64, high: f64) -> bool {
        self.low >= low && self.high <= high
    }

    /// Whether neither end is bounded.
    pub fn is_real(self) -> bool {
        self.low == f64::NEG_INFINITY && self.high == f64::INFINITY
    }

    /// Whether both ends are bounded.
    pub fn is_bounded(self) -> bool {
        self.low.is_finite() && self.high.is_finite()
    }

    /// Whether the value lies inside, an open end outside.
    pub fn holds(self, value: f64) -> bool {
        let above = value > self.low || (self.low_closed && value == self.low);
        let below = value < self.high || (self.high_closed && value == self.high);
        above && below
    }

    /// Whether the value can be given, or approached.
    pub fn reaches(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = if self.low_closed { '[' } else { '(' };
        let close = if self.high_closed { ']' } else { ')' };
        write!(f, "{open}{}, {}{close}", shown(self.low), shown(self.high))
    }
}

fn shown(bound: f64) -> String {
    match bound {
        f64::INFINITY => "∞".to_owned(),
        f64::NEG_INFINITY => "−∞".to_owned(),
        _ => bound.to_string(),
    }
}

/// A range that is not written as `(low, high)` with round or square brackets.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a range: write `(0, 1)`, `[0, inf)` or `(-inf, inf)`")]
pub struct InvalidRange(String);

impl TryFrom<String> for Range {
    type Error = InvalidRange;

    fn try_from(text: String) -> Result<Self, InvalidRange> {
        parse(&text).ok_or(InvalidRange(text))
    }
}

fn parse(text: &str) -> Option<Range> {
    let low_closed = match text.chars().next()? {
        '[' => true,
        '(' => false,
        _ => return None,
    };
    let high_closed = match text.chars().last()? {
        ']' => true,
        ')' => false,
        _ => return None,
    };
    let (low, high) = text.get(1..text.len().checked_sub(1)?)?.split_once(',')?;
    let (low, high) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
    (low <= high).then_some(Range {
        low,
        high,
        low_closed,
        high_closed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_read_as_they_are_written() {
        let relu = Range::try_from("[0, inf)".to_owned()).expect("a range");
        assert!(relu.low_closed && !relu.high_closed);
        assert_eq!(relu.to_string(), "[0, ∞)");
        assert!(!relu.is_bounded() && relu.reaches(0.0) && !relu.reaches(-1.0));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "0, 1", "(1, 0)", "(0 1)", "(", "(a, b)"] {
            assert!(Range::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
