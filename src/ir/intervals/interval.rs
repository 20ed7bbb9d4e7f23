//! Interval arithmetic: the range of a result from the ranges of what goes in. Ends that are open stay open.

use crate::knowledge::Range;

pub fn open(low: f64, high: f64) -> Range {
    Range {
        low,
        high,
        low_closed: false,
        high_closed: false,
    }
}

pub fn add(x: Range, y: Range) -> Range {
    Range {
        low: x.low + y.low,
        high: x.high + y.high,
        low_closed: x.low_closed && y.low_closed,
        high_closed: x.high_closed && y.high_closed,
    }
}

pub fn negate(x: Range) -> Range {
    Range {
        low: -x.high,
        high: -x.low,
        low_closed: x.high_closed,
        high_closed: x.low_closed,
    }
}

pub fn multiply(x: Range, y: Range) -> Range {
    let corners = [
        (x.low, x.low_closed, y.low, y.low_closed),
        (x.low, x.low_closed, y.high, y.high_closed),
        (x.high, x.high_closed, y.low, y.low_closed),
        (x.high, x.high_closed, y.high, y.high_closed),
    ];
    let products = corners.map(|(a, a_closed, b, b_closed)| (product(a, b), a_closed && b_closed));
    hull(&products)
}

/// 0 × ∞ counts as 0: the infinity is only approached.
fn product(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0.0 } else { a * b }
}

/// The smallest range that holds all ends, each a value and whether it is reached.
fn hull(ends: &[(f64, bool)]) -> Range {
    let mut range = Range {
        low: f64::INFINITY,
        high: f64::NEG_INFINITY,
        low_closed: false,
        high_closed: false,
    };
    for &(value, closed) in ends {
        if value < range.low {
            (range.low, range.low_closed) = (value, closed);
        } else if value == range.low {
            range.low_closed |= closed;
        }
        if value > range.high {
            (range.high, range.high_closed) = (value, closed);
        } else if value == range.high {
            range.high_closed |= closed;
        }
    }
    range
}

/// By positive numbers only; a divisor of another sign leaves nothing known.
pub fn divide(x: Range, y: Range) -> Option<Range> {
    let inverse = |value: f64| if value == 0.0 { f64::INFINITY } else { 1.0 / value };
    (y.low >= 0.0).then(|| {
        let inverted = Range {
            low: inverse(y.high),
            high: inverse(y.low),
            low_closed: y.high_closed && y.high.is_finite(),
            high_closed: y.low_closed && y.low > 0.0,
        };
        multiply(x, inverted)
    })
}

/// By constants above 0, and the square; of other powers only the sign is known, or nothing.
pub fn power(x: Range, y: Range) -> Option<Range> {
    if y.low != y.high {
        return (x.low >= 0.0).then(|| open(0.0, f64::INFINITY));
    }
    let exponent = y.low;
    if exponent == 2.0 {
        return Some(square(x));
    }
    if x.low < 0.0 || exponent <= 0.0 {
        return None;
    }
    Some(Range {
        low: x.low.powf(exponent),
        high: x.high.powf(exponent),
        ..x
    })
}

pub fn absolute(x: Range) -> Range {
    if x.low >= 0.0 {
        x
    } else if x.high <= 0.0 {
        negate(x)
    } else {
        hull(&[(0.0, true), (-x.low, x.low_closed), (x.high, x.high_closed)])
    }
}

pub fn square(x: Range) -> Range {
    let positive = absolute(x);
    multiply(positive, positive)
}

/// `None` where negative numbers can go in.
pub fn square_root(x: Range) -> Option<Range> {
    (x.low >= 0.0).then(|| Range {
        low: x.low.sqrt(),
        high: x.high.sqrt(),
        ..x
    })
}

pub fn maximum(x: Range, y: Range) -> Range {
    let (low, low_closed) = larger((x.low, x.low_closed), (y.low, y.low_closed));
    let (high, high_closed) = larger((x.high, x.high_closed), (y.high, y.high_closed));
    Range {
        low,
        high,
        low_closed,
        high_closed,
    }
}

pub fn minimum(x: Range, y: Range) -> Range {
    negate(maximum(negate(x), negate(y)))
}

/// The larger end; at a tie it is reached only when both reach it.
fn larger(x: (f64, bool), y: (f64, bool)) -> (f64, bool) {
    if x.0 > y.0 {
        x
    } else if y.0 > x.0 {
        y
    } else {
        (x.0, x.1 && y.1)
    }
}

/// Between two bounds; one that is all numbers bounds nothing.
pub fn clip(x: Range, low: Range, high: Range) -> Range {
    let from_below = if low.is_real() {
        x
    } else {
        maximum(x, Range::point(low.low))
    };
    if high.is_real() {
        from_below
    } else {
        minimum(from_below, Range::point(high.high))
    }
}

/// Either of two values.
pub fn union(x: Range, y: Range) -> Range {
    hull(&[
        (x.low, x.low_closed),
        (x.high, x.high_closed),
        (y.low, y.low_closed),
        (y.high, y.high_closed),
    ])
}

/// A sum over at least one item: what has one sign can only grow away from zero.
pub fn sum(x: Range) -> Range {
    let low = if x.low >= 0.0 { x.low } else { f64::NEG_INFINITY };
    let high = if x.high <= 0.0 { x.high } else { f64::INFINITY };
    Range {
        low,
        high,
        low_closed: x.low_closed && low.is_finite(),
        high_closed: x.high_closed && high.is_finite(),
    }
}
