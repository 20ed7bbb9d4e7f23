//! What is known of labels and targets: how they are written, and between which numbers they lie. Not where that is found out.

use crate::ir::Normalization;
use crate::span::Location;

/// What is known of many values of one kind.
#[derive(Debug, Clone)]
pub struct Content {
    /// What makes them what they are.
    pub at: Location,
    /// How they are written.
    pub form: Form,
    /// The smallest.
    pub min: Option<f64>,
    /// The largest.
    pub max: Option<f64>,
    /// Their mean.
    pub mean: Option<f64>,
    /// Their standard deviation.
    pub std: Option<f64>,
    /// How they were scaled.
    pub normalized: Option<Normalization>,
    /// How many classes there are.
    pub classes: Option<u64>,
    /// Samples of each class.
    pub counts: Option<Vec<f64>>,
    /// How many stand in a row for each sample.
    pub columns: Option<u64>,
    /// Where whole numbers are made real ones.
    pub as_floats: Option<Location>,
    /// Whether they surely stand for classes: whole numbers may also be measured.
    pub is_of_classes: bool,
    /// Whether they are drawn by chance and nothing is done with them: what stands for data, and need not mean anything.
    pub is_by_chance: bool,
}

/// How values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Real numbers.
    Numbers,
    /// Whole numbers from 0.
    Indices,
    /// 0 or 1.
    Truths,
    /// −1 or +1.
    Signed,
    /// One of two real numbers.
    TwoNumbers,
    /// Vectors with a single 1.
    OneHot,
    /// One-hot vectors of three classes or more, one number of two.
    OneHotOrTruths,
    /// Vectors with any number of 1s.
    Vectors,
    /// Texts, or lists of texts.
    Names,
}

impl Content {
    /// Values of which the form is known.
    pub fn new(form: Form, at: Location) -> Self {
        let bounds = match form {
            Form::Truths => (Some(0.0), Some(1.0)),
            Form::Signed => (Some(-1.0), Some(1.0)),
            Form::Indices => (Some(0.0), None),
            _ => (None, None),
        };
        Self {
            at,
            form,
            min: bounds.0,
            max: bounds.1,
            mean: None,
            std: None,
            normalized: None,
            classes: None,
            counts: None,
            columns: None,
            as_floats: None,
            is_of_classes: false,
            is_by_chance: false,
        }
    }

    /// Class indices or one-hot vectors of so many classes.
    pub fn of_classes(form: Form, classes: Option<u64>, at: Location) -> Self {
        let mut content = Self {
            classes,
            is_of_classes: true,
            ..Self::new(form, at)
        };
        match form {
            Form::Indices => {
                content.max = classes.map(|classes| classes as f64 - 1.0);
                content.columns = Some(1);
            }
            Form::OneHot | Form::Vectors => content.columns = classes,
            _ => {}
        }
        content
    }

    /// Real numbers between two.
    pub fn between(low: f64, high: f64, at: Location) -> Self {
        Self {
            min: Some(low),
            max: Some(high),
            mean: Some((low + high) / 2.0),
            std: Some((high - low) / 12f64.sqrt()),
            ..Self::new(Form::Numbers, at)
        }
    }

    /// Numbers of mean 0 and standard deviation 1.
    pub fn standard(at: Location) -> Self {
        Self {
            normalized: Some(Normalization::Standard),
            ..Self::new(Form::Numbers, at)
        }
    }

    /// The form that numbers of two values have.
    fn of_two(self) -> Self {
        let form = match (self.min, self.max) {
            (Some(0.0), Some(1.0)) => Form::Truths,
            (Some(-1.0), Some(1.0)) => Form::Signed,
            _ => Form::TwoNumbers,
        };
        Self { form, ..self }
    }

    /// The values times one number, plus another.
    pub fn linear(self, factor: f64, shift: f64) -> Option<Self> {
        let change = |value: f64| value * factor + shift;
        let (low, high) = match factor < 0.0 {
            true => (self.max, self.min),
            false => (self.min, self.max),
        };
        let changed = Self {
            min: low.map(change),
            max: high.map(change),
            mean: self.mean.map(change),
            std: self.std.map(|std| std * factor.abs()),
            normalized: None,
            is_by_chance: false,
            ..self
        };
        match changed.form {
            Form::Truths | Form::Signed | Form::TwoNumbers => Some(Self {
                counts: changed.counts.clone().filter(|_| factor > 0.0),
                ..changed.of_two()
            }),
            Form::Indices if factor == 1.0 && shift.fract() == 0.0 => Some(changed),
            Form::Indices => Some(changed.into_numbers()),
            Form::Numbers => changed.is_measured().then_some(changed),
            _ => None,
        }
    }

    /// Whole numbers as any others, of which no class is known.
    pub fn into_numbers(self) -> Self {
        let mean = self.mean.or(match (self.min, self.max) {
            (Some(min), Some(max)) => Some((min + max) / 2.0),
            _ => None,
        });
        let std = self.std.or(match (self.min, self.max) {
            (Some(min), Some(max)) => Some((max - min) / 12f64.sqrt()),
            _ => None,
        });
        Self {
            form: Form::Numbers,
            classes: None,
            counts: None,
            is_of_classes: false,
            mean,
            std,
            ..self
        }
    }

    /// The sum with numbers that have nothing to do with these, or the difference.
    pub fn plus(self, other: Self, sign: f64) -> Option<Self> {
        let is_number = |content: &Self| matches!(content.form, Form::Numbers | Form::Indices);
        if !is_number(&self) || !is_number(&other) {
            return None;
        }
        let (own, other) = (self.into_numbers(), other.into_numbers().linear(sign, 0.0)?);
        let both = |own: Option<f64>, other: Option<f64>| Some(own? + other?);
        let std = both(own.std.map(|std| std * std), other.std.map(|std| std * std));
        let sum = Self {
            min: both(own.min, other.min),
            max: both(own.max, other.max),
            mean: both(own.mean, other.mean),
            std: std.map(f64::sqrt),
            normalized: None,
            is_by_chance: false,
            ..own
        };
        sum.is_measured().then_some(sum)
    }

    /// Whether anything is known of where they lie.
    fn is_measured(&self) -> bool {
        self.min.is_some() || self.max.is_some() || self.mean.is_some()
    }

    /// The values as whole numbers.
    pub fn into_whole(self) -> Option<Self> {
        match self.form {
            Form::Numbers => match (self.min, self.max) {
                (Some(min), Some(max)) if min >= 0.0 && max <= 1000.0 => Some(Self {
                    min: Some(min.floor()),
                    max: Some((max.ceil() - 1.0).max(min.floor())),
                    form: Form::Indices,
                    ..self
                }),
                _ => None,
            },
            _ => Some(Self {
                as_floats: None,
                ..self
            }),
        }
    }

    /// So many for each sample.
    pub fn in_columns(self, columns: Option<u64>) -> Self {
        Self { columns, ..self }
    }
}
