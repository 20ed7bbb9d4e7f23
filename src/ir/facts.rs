//! What people declare about a head's task, labels and targets, in a spec or beside an export. Not what is concluded.

use serde::Deserialize;

use crate::knowledge::{LabelFormat, TaskKind};
use crate::span::{Location, Spanned};

/// Declared facts about one head. What nobody said is absent.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The task.
    pub task: Option<Spanned<TaskKind>>,
    /// The number of classes or labels.
    pub classes: Option<Spanned<u64>>,
    /// How labels are written.
    pub labels: Option<Spanned<LabelFormat>>,
    /// The smallest integer label.
    pub label_min: Option<Spanned<f64>>,
    /// The largest integer label.
    pub label_max: Option<Spanned<f64>>,
    /// Where integer labels are made real numbers.
    pub whole_as_real: Option<Location>,
    /// Samples of each class.
    pub class_counts: Option<Spanned<Vec<f64>>>,
    /// Whether the training call passes class or sample weights.
    pub class_weight: Option<Spanned<bool>>,
    /// Multi-label: the mean share of positive labels, 0 to 1.
    pub positive_rate: Option<Spanned<f64>>,
    /// The regression target's statistics.
    pub target: Target,
}

/// Statistics of a regression target as the loss sees it, in the target's own unit.
#[derive(Debug, Clone, Default)]
pub struct Target {
    /// The smallest value.
    pub min: Option<Spanned<f64>>,
    /// The largest value.
    pub max: Option<Spanned<f64>>,
    /// The mean.
    pub mean: Option<Spanned<f64>>,
    /// The standard deviation.
    pub std: Option<Spanned<f64>>,
    /// Whether and how it is normalised.
    pub normalized: Option<Spanned<Normalization>>,
    /// Whether it has heavy tails or gross errors.
    pub outliers: Option<Spanned<bool>>,
}

impl Target {
    /// Whether any statistic is declared.
    pub fn is_declared(&self) -> bool {
        self.first_statistic().is_some()
    }

    /// The first statistic that is declared, for pointing at.
    pub fn first_statistic(&self) -> Option<Spanned<f64>> {
        self.min.or(self.max).or(self.mean).or(self.std)
    }

    /// Declared to be normalised in any way.
    pub fn is_normalized(&self) -> bool {
        self.normalized.is_some_and(|said| said.value != Normalization::No)
    }
}

/// How a target is normalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Normalization {
    /// It is not.
    #[serde(skip)]
    No,
    /// It is, in a way that is not said.
    #[serde(skip)]
    Yes,
    /// To mean 0 and standard deviation 1.
    Standard,
    /// To a fixed interval.
    MinMax,
    /// By a logarithm.
    Log,
}

/// A fact that two places declare differently.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conflict {
    /// What is declared, in the words of the spec.
    pub fact: &'static str,
    /// The place that counts.
    pub counts: Location,
    /// The place that says otherwise.
    pub other: Location,
    /// Whether it depends on the library's version which of them counts, and the file does not say it.
    pub is_open: bool,
}

/// Two sets of facts on their way to becoming one.
struct Filling {
    conflicts: Vec<Conflict>,
}

impl Filling {
    /// Takes the other value where there is none; notes the two places where they differ.
    fn fill<T: Clone + PartialEq>(
        &mut self,
        fact: &'static str,
        own: &mut Option<Spanned<T>>,
        other: &Option<Spanned<T>>,
    ) {
        match (own.as_ref(), other) {
            (None, _) => own.clone_from(other),
            (Some(own), Some(other)) if own.value != other.value => self.conflicts.push(Conflict {
                fact,
                counts: own.at,
                other: other.at,
                is_open: false,
            }),
            _ => {}
        }
    }
}

impl Facts {
    /// Fills what is absent here from `other`: facts nearer to the model win. Gives those that differ.
    pub fn fill_from(&mut self, other: &Facts) -> Vec<Conflict> {
        let mut filling = Filling { conflicts: Vec::new() };
        filling.fill("task.kind", &mut self.task, &other.task);
        filling.fill("task.classes", &mut self.classes, &other.classes);
        filling.fill("task.labels", &mut self.labels, &other.labels);
        filling.fill("task.label_min", &mut self.label_min, &other.label_min);
        filling.fill("task.label_max", &mut self.label_max, &other.label_max);
        self.whole_as_real = self.whole_as_real.or(other.whole_as_real);
        filling.fill("task.class_counts", &mut self.class_counts, &other.class_counts);
        filling.fill("task.class_weight", &mut self.class_weight, &other.class_weight);
        filling.fill("task.positive_rate", &mut self.positive_rate, &other.positive_rate);
        filling.fill("target.min", &mut self.target.min, &other.target.min);
        filling.fill("target.max", &mut self.target.max, &other.target.max);
        filling.fill("target.mean", &mut self.target.mean, &other.target.mean);
        filling.fill("target.std", &mut self.target.std, &other.target.std);
        filling.fill(
            "target.normalized",
            &mut self.target.normalized,
            &other.target.normalized,
        );
        filling.fill("target.outliers", &mut self.target.outliers, &other.target.outliers);
        filling.conflicts
    }
}
