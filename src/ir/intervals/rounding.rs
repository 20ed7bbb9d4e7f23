//! How numbers round in a format: what becomes of an epsilon, and which one holds.

use crate::knowledge::Precision;

/// How the constants of a computation are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Not at all.
    None,
    /// To 11 significant bits, and to 0 below 3e-8.
    Float16,
    /// To 8 significant bits.
    Bfloat16,
    /// To 24 significant bits.
    Float32,
}

impl Rounding {
    /// The rounding of a number format; what names none is taken as float32, the frameworks' default.
    pub fn of(precision: Option<Precision>) -> Self {
        match precision {
            Some(Precision::Float16 | Precision::MixedFloat16) => Self::Float16,
            Some(Precision::Bfloat16 | Precision::MixedBfloat16) => Self::Bfloat16,
            Some(Precision::Float64) => Self::None,
            Some(Precision::Float32) | None => Self::Float32,
        }
    }

    /// The format's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "float64",
            Self::Float16 => "float16",
            Self::Bfloat16 => "bfloat16",
            Self::Float32 => "float32",
        }
    }

    /// The usual guard that keeps both itself and 1 minus itself from rounding to 0 and 1, as it is written.
    pub fn epsilon(self) -> &'static str {
        match self {
            Self::None => "1e-15",
            Self::Float16 => "1e-3",
            Self::Bfloat16 => "1e-2",
            Self::Float32 => "1e-7",
        }
    }

    /// Which numbers are lost, as a sentence for a finding.
    pub fn why(self) -> &'static str {
        match self {
            Self::None => "the bound is 0 itself.",
            Self::Float16 => "in float16 numbers below 3e-8 are 0, and 1 − 1e-4 is 1.",
            Self::Bfloat16 => "in bfloat16 1 − 1e-3 is 1.",
            Self::Float32 => "in float32 1 − 1e-8 is 1, and a bound of 0 is no bound.",
        }
    }

    pub(super) fn round(self, value: f64) -> f64 {
        match self {
            Self::None => value,
            Self::Float32 => f64::from(value as f32),
            Self::Float16 if value.abs() < 2f64.powi(-25) => 0.0,
            Self::Float16 => to_bits(value, 11),
            Self::Bfloat16 => to_bits(value, 8),
        }
    }
}

/// A number rounded to so many significant bits.
fn to_bits(value: f64, bits: i32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let scale = 2f64.powi(bits - 1 - value.abs().log2().floor() as i32);
    (value * scale).round() / scale
}
