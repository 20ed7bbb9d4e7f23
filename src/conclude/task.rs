//! What task a head is for: declared, implied by other facts, or guessed from its shape. The only place that concludes it.

use crate::diagnostic::{Confidence, Place};
use crate::ir::task::Conclusion;
use crate::ir::{Head, LossStatement, Metric, Task};
use crate::knowledge::{LabelFormat, Measures, Produces, TaskKind};
use crate::span::Location;

/// One hint at the task.
struct Clue {
    conclusion: Conclusion,
    confidence: Confidence,
    place: Place,
    /// What it says, in words that stand alone.
    ground: String,
}

/// Concludes the task from everything that the head says. Stronger clues come first; later ones make an open
/// classification more precise, and never contradict.
pub fn infer(head: &Head) -> Task {
    let clues = clues(head);
    let Some(first) = clues.first() else {
        return Task::open();
    };
    let mut task = Task {
        conclusion: first.conclusion,
        confidence: first.confidence,
        evidence: Vec::new(),
        grounds: Vec::new(),
    };
    for clue in clues {
        if !agrees(task.conclusion, clue.conclusion) {
            continue;
        }
        if task.conclusion == Conclusion::Classification {
            task.conclusion = clue.conclusion;
        }
        task.evidence.push(clue.place);
        task.grounds.push(clue.ground);
    }
    task
}

/// Whether two conclusions can both be true.
fn agrees(one: Conclusion, other: Conclusion) -> bool {
    match (one, other) {
        (Conclusion::Classification, Conclusion::Classification) => true,
        (Conclusion::Classification, Conclusion::Kind(kind)) | (Conclusion::Kind(kind), Conclusion::Classification) => {
            kind.is_classification()
        }
        _ => one == other,
    }
}

/// All clues, the strongest first: what is declared, labels, counts, targets, metrics, the loss, the shape.
fn clues(head: &Head) -> Vec<Clue> {
    let mut clues = Vec::new();
    clues.extend(declared(head));
    clues.extend(labels(head));
    clues.extend(counts(head));
    clues.extend(targets(head));
    clues.extend(head.metrics.iter().filter_map(metric));
    clues.extend(loss(head));
    clues.extend(shape(head));
    clues
}

fn declared(head: &Head) -> Option<Clue> {
    let task = head.facts.task?;
    Some(Clue {
        conclusion: Conclusion::Kind(task.value),
        confidence: Confidence::Declared,
        place: Place::new(task.at, "the task is declared here"),
        ground: "the task is declared".to_owned(),
    })
}

fn labels(head: &Head) -> Option<Clue> {
    let labels = head.facts.labels?;
    let (kind, meaning) = kind_of(labels.value);
    Some(implied(Conclusion::Kind(kind), labels.at, meaning, meaning))
}

/// The task that labels of a format are for, and what they are in words.
pub(super) fn kind_of(labels: LabelFormat) -> (TaskKind, &'static str) {
    match labels {
        LabelFormat::Float => (TaskKind::Regression, "labels are real numbers"),
        LabelFormat::Binary => (TaskKind::Binary, "labels are 0 or 1"),
        LabelFormat::Signed => (TaskKind::Binary, "labels are −1 or +1"),
        LabelFormat::OneHot => (TaskKind::Multiclass, "labels are one-hot"),
        LabelFormat::Integer => (TaskKind::Multiclass, "labels are class indices"),
        LabelFormat::BinaryVector => (TaskKind::Multilabel, "labels are binary vectors"),
        LabelFormat::Cumulative => (TaskKind::Ordinal, "labels are cumulative"),
        LabelFormat::Probabilities | LabelFormat::Logits => (TaskKind::Distillation, "labels are a model's outputs"),
    }
}

fn counts(head: &Head) -> Option<Clue> {
    let at = head
        .facts
        .class_counts
        .as_ref()
        .map(|counts| counts.at)
        .or(head.facts.classes.map(|classes| classes.at))?;
    Some(implied(
        Conclusion::Classification,
        at,
        "classes are counted here",
        "classes are counted",
    ))
}

fn targets(head: &Head) -> Option<Clue> {
    let target = &head.facts.target;
    let (at, meaning) = match (target.first_statistic(), target.normalized) {
        (Some(statistic), _) => (statistic.at, "the target's statistics are given"),
        (None, Some(said)) => (said.at, "the target's normalisation is given"),
        (None, None) => return None,
    };
    Some(implied(Conclusion::Kind(TaskKind::Regression), at, meaning, meaning))
}

/// Metrics that count decisions speak of classes; distances are watched for everything and say nothing.
fn metric(metric: &Metric) -> Option<Clue> {
    if metric.row.measures != Measures::Decisions {
        return None;
    }
    let mut classes = metric.row.tasks.iter().filter(|kind| kind.is_classification());
    let conclusion = match (classes.next(), classes.next()) {
        (None, _) => return None,
        (Some(&only), None) => Conclusion::Kind(only),
        (Some(_), Some(_)) => Conclusion::Classification,
    };
    Some(implied(
        conclusion,
        metric.written.at,
        "counts right and wrong classes",
        format!("metrics has \"{}\"", metric.written.value),
    ))
}

fn loss(head: &Head) -> Option<Clue> {
    let LossStatement::Known(loss) = &head.loss else {
        return None;
    };
    let family = loss.family();
    let conclusion = if loss.row.tasks == [TaskKind::Segmentation] {
        Conclusion::Kind(TaskKind::Segmentation)
    } else if family.is_exclusive_cross_entropy() {
        Conclusion::Kind(TaskKind::Multiclass)
    } else if family.is_independent_cross_entropy() {
        match head.units() {
            Some(1) if !head.output.positions => Conclusion::Kind(TaskKind::Binary),
            _ => return None,
        }
    } else if family.is_regression() && head.activation().is_some_and(|a| a.is_identity()) {
        Conclusion::Kind(TaskKind::Regression)
    } else {
        return None;
    };
    Some(implied(
        conclusion,
        loss.written.at,
        "the loss is made for it",
        format!("the loss is \"{}\"", loss.written.value),
    ))
}

fn shape(head: &Head) -> Option<Clue> {
    let activation = head.activation()?;
    let units = head.output.units.as_ref()?;
    if head.output.positions {
        return None;
    }
    let kind = match (activation.produces(), units.value) {
        (Produces::Distribution | Produces::LogDistribution, 2..) => TaskKind::Multiclass,
        (Produces::Probabilities | Produces::LogProbabilities, 1) => TaskKind::Binary,
        _ => return None,
    };
    let count = if units.value == 1 { "unit" } else { "units" };
    let shape = format!("{} over {} {count}", activation.written, units.value);
    Some(Clue {
        conclusion: Conclusion::Kind(kind),
        confidence: Confidence::Guessed,
        ground: format!("the head is {shape}"),
        place: Place::new(activation.at, shape),
    })
}

fn implied(conclusion: Conclusion, at: Location, label: &str, ground: impl Into<String>) -> Clue {
    Clue {
        conclusion,
        confidence: Confidence::Implied,
        place: Place::new(at, label),
        ground: ground.into(),
    }
}
