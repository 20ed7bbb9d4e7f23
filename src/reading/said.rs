//! Facts that a training configuration says by the way, under keys that projects commonly use: `num_classes`,
//! `problem_type`, `class_weight`. A fact that two places say differently may be about two things, and is left out.

use crate::ir::{Facts, Normalization, Target};
use crate::knowledge::{LabelFormat, Says, TaskKind, config_key_says};
use crate::span::Spanned;
use crate::values::Value;

/// Reads the facts below the tops of a model's files.
pub fn read(tops: &[Value<'_>]) -> Facts {
    let mut said = Said::default();
    for object in tops
        .iter()
        .flat_map(|root| std::iter::once(*root).chain(root.descendants()))
        .filter(|node| node.is_object())
    {
        for (key, value) in object.members() {
            if let Some(says) = config_key_says(key.text(), value.as_str(), value.as_bool()) {
                said.add(says, value);
            }
        }
    }
    Facts {
        task: said.task.only(),
        classes: said.classes.only(),
        labels: said.labels.only(),
        class_weight: said.class_weight.only(),
        target: Target {
            normalized: said.normalized.only(),
            ..Target::default()
        },
        ..Facts::default()
    }
}

#[derive(Default)]
struct Said {
    task: Values<TaskKind>,
    classes: Values<u64>,
    labels: Values<LabelFormat>,
    class_weight: Values<bool>,
    normalized: Values<Normalization>,
}

impl Said {
    fn add(&mut self, says: Says, value: Value<'_>) {
        let at = value.at();
        match says {
            Says::Task(task) => self.task.add(Spanned::new(task, at)),
            Says::Labels(labels) => self.labels.add(Spanned::new(labels, at)),
            Says::Classes => {
                if let Some(classes) = value.as_u64() {
                    self.classes.add(Spanned::new(classes, at));
                }
            }
            Says::ClassWeight => self.class_weight.add(Spanned::new(is_given(value), at)),
            Says::Normalized if is_given(value) => self.normalized.add(Spanned::new(Normalization::Yes, at)),
            Says::Normalized => {}
        }
    }
}

/// Whether a value says that something is done: not null, false, zero or empty.
fn is_given(value: Value<'_>) -> bool {
    !value.is_null()
        && value.as_bool() != Some(false)
        && value.as_f64() != Some(0.0)
        && value.as_str() != Some("")
        && !(value.is_array() && value.items().next().is_none())
}

/// The values that are said for one fact.
struct Values<T> {
    first: Option<Spanned<T>>,
    differ: bool,
}

impl<T> Default for Values<T> {
    fn default() -> Self {
        Self {
            first: None,
            differ: false,
        }
    }
}

impl<T: PartialEq> Values<T> {
    fn add(&mut self, value: Spanned<T>) {
        match &self.first {
            None => self.first = Some(value),
            Some(first) => self.differ |= first.value != value.value,
        }
    }

    fn only(self) -> Option<Spanned<T>> {
        self.first.filter(|_| !self.differ)
    }
}
