//! What people declare about a head's task, labels and targets, in a spec or beside an export. Not what is concluded.

use serde::Deserialize;

use crate::knowledge::{LabelFormat, TaskKind};
use crate::span::Spanned;

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

impl Facts {
    /// Fills what is absent here from `other`: facts nearer to the model win.
    pub fn fill_from(&mut self, other: &Facts) {
        fn fill<T: Clone>(own: &mut Option<T>, other: &Option<T>) {
            if own.is_none() {
                own.clone_from(other);
            }
        }
        fill(&mut self.task, &other.task);
        fill(&mut self.classes, &other.classes);
        fill(&mut self.labels, &other.labels);
        fill(&mut self.label_min, &other.label_min);
        fill(&mut self.label_max, &other.label_max);
        fill(&mut self.class_counts, &other.class_counts);
        fill(&mut self.class_weight, &other.class_weight);
        fill(&mut self.positive_rate, &other.positive_rate);
        fill(&mut self.target.min, &other.target.min);
        fill(&mut self.target.max, &other.target.max);
        fill(&mut self.target.mean, &other.target.mean);
        fill(&mut self.target.std, &other.target.std);
        fill(&mut self.target.normalized, &other.target.normalized);
        fill(&mut self.target.outliers, &other.target.outliers);
    }
}
