//! What `inspect` shows of a model: statements in words, each with its place. The form of its JSON.

use serde::Serialize;

use crate::ir::task::Conclusion;
use crate::ir::{Ending, Facts, Head, LossStatement, Model, NotChecked, Part};
use crate::knowledge::Input;
use crate::report::ReportedPlace;
use crate::span::{Location, Spanned, printable};
use crate::syntax::Files;

/// A model.
#[derive(Serialize)]
pub struct ModelView {
    /// The file's path.
    pub path: String,
    /// The dialect that read it.
    pub dialect: &'static str,
    /// The framework whose names it uses.
    pub framework: String,
    /// The framework's version.
    pub version: Option<Said>,
    /// Where it runs.
    pub backend: Option<Said>,
    /// Its outputs.
    pub heads: Vec<HeadView>,
    /// What was not checked, apart from the heads.
    pub not_checked: Vec<Said>,
}

/// An output.
#[derive(Serialize)]
pub struct HeadView {
    /// Its name.
    pub name: Option<Said>,
    /// What is known of it in the words of the tables, for programs.
    pub known: Known,
    /// How it ends.
    pub output: Said,
    /// What it is trained by.
    pub loss: Said,
    /// Where a program's output meets it, and by which way.
    pub met: Option<Said>,
    /// What it is for.
    pub task: Said,
    /// Why that is concluded.
    pub evidence: Vec<Said>,
    /// What watches it.
    pub metrics: Vec<Said>,
    /// What is declared of it.
    pub facts: Vec<Said>,
    /// What was not checked.
    pub not_checked: Vec<Said>,
}

/// An output in the words of the tables; what is not known is `null`.
#[derive(Serialize)]
pub struct Known {
    /// The activation's name in its table, whatever the file calls it.
    pub activation: Option<String>,
    /// The number of units.
    pub units: Option<u64>,
    /// The loss's name in its table.
    pub loss: Option<String>,
    /// The task, `classification` when it is open which.
    pub task: Option<String>,
}

impl Known {
    fn of(head: &Head) -> Self {
        Self {
            activation: head.activation().map(|activation| activation.row.name.clone()),
            units: head.units(),
            loss: head.known_loss().map(|loss| loss.row.name.clone()),
            task: match head.task.conclusion {
                Conclusion::Open => None,
                conclusion => Some(task_name(conclusion)),
            },
        }
    }
}

/// A statement and where it is said, as `path:line:column`.
#[derive(Serialize)]
pub struct Said {
    /// The statement in words.
    pub text: String,
    /// The place; absent when nobody said it.
    pub at: Option<String>,
}

struct Viewer<'f> {
    files: &'f Files,
}

impl ModelView {
    /// The view of a model that was read from these files.
    pub fn new(files: &Files, model: &Model) -> Self {
        let viewer = Viewer { files };
        Self {
            path: files.own().source.display_name(),
            dialect: model.dialect,
            framework: model.framework.name.clone(),
            version: model
                .version
                .as_ref()
                .map(|said| viewer.said(said.value.clone(), said.at)),
            backend: model.backend.map(|said| viewer.said(said.value.as_str(), said.at)),
            heads: model.heads.iter().map(|head| viewer.head(head)).collect(),
            not_checked: viewer.notes(&model.not_checked),
        }
    }
}

impl Viewer<'_> {
    fn said(&self, text: impl Into<String>, at: Location) -> Said {
        let place = ReportedPlace::resolve(self.files, at, String::new());
        Said {
            text: printable(&text.into()),
            at: Some(format!("{}:{}", place.full_path(), place.start)),
        }
    }

    fn notes(&self, notes: &[NotChecked]) -> Vec<Said> {
        notes.iter().map(|note| self.said(note.why.clone(), note.at)).collect()
    }

    fn head(&self, head: &Head) -> HeadView {
        HeadView {
            name: head.name.as_ref().map(|name| self.said(name.value.clone(), name.at)),
            known: Known::of(head),
            output: self.output(head),
            loss: self.loss(head),
            met: head
                .met
                .as_ref()
                .map(|met| self.said(format!("{} → loss", met.value.join(" → ")), met.at)),
            task: Said {
                text: task(head),
                at: None,
            },
            evidence: head
                .task
                .evidence
                .iter()
                .map(|place| self.said(place.label.clone(), place.at))
                .collect(),
            metrics: head
                .metrics
                .iter()
                .map(|metric| self.said(metric.written.value.clone(), metric.written.at))
                .collect(),
            facts: self.facts(&head.facts),
            not_checked: self.notes(&head.not_checked),
        }
    }

    fn output(&self, head: &Head) -> Said {
        let units = match head.units() {
            Some(1) => "1 unit".to_owned(),
            Some(units) => format!("{units} units"),
            None => "an unknown number of units".to_owned(),
        };
        let positions = if head.output.positions {
            ", for every position"
        } else {
            ""
        };
        match &head.output.ending {
            Ending::Known(activation) => self.said(
                format!(
                    "{} over {units}{positions}, values in {}",
                    activation.row.name,
                    activation.range()
                ),
                activation.at,
            ),
            Ending::Unknown => Said {
                text: format!("unknown, {units}{positions}"),
                at: None,
            },
        }
    }

    fn loss(&self, head: &Head) -> Said {
        match &head.loss {
            LossStatement::Unstated => Said {
                text: "not stated".to_owned(),
                at: None,
            },
            LossStatement::None(at) => self.said("none: this output is not trained", *at),
            LossStatement::Metric(written) => self.said(format!("{}, a metric", written.value), written.at),
            LossStatement::Unknown(written) => self.said(format!("{}, unknown", written.value), written.at),
            LossStatement::Custom { written, .. } => self.said(format!("custom: {}", written.value), written.at),
            LossStatement::Known(loss) => {
                let expects: Vec<String> = loss.parts.iter().map(expects).collect();
                self.said(
                    format!("{}, expects {}", loss.written.value, expects.join(" and ")),
                    loss.written.at,
                )
            }
        }
    }

    fn facts(&self, facts: &Facts) -> Vec<Said> {
        let number = |fact: Option<Spanned<f64>>| fact.map(|fact| fact.map(|number| number.to_string()));
        let target = &facts.target;
        let named = [
            ("task", facts.task.map(|fact| fact.map(lower_case))),
            ("classes", facts.classes.map(|fact| fact.map(|count| count.to_string()))),
            (
                "labels",
                facts.labels.map(|fact| fact.map(|format| as_in_a_spec(&format))),
            ),
            (
                "class counts",
                facts
                    .class_counts
                    .clone()
                    .map(|fact| fact.map(|counts| format!("{counts:?}"))),
            ),
            ("positive rate", number(facts.positive_rate)),
            (
                "class weight",
                facts.class_weight.map(|fact| fact.map(|is_given| is_given.to_string())),
            ),
            ("target min", number(target.min)),
            ("target max", number(target.max)),
            ("target mean", number(target.mean)),
            ("target std", number(target.std)),
            ("target normalized", target.normalized.map(|fact| fact.map(lower_case))),
        ];
        named
            .into_iter()
            .filter_map(|(name, value)| {
                let value = value?;
                Some(self.said(format!("{name} = {}", value.value), value.at))
            })
            .collect()
    }
}

fn lower_case(value: impl std::fmt::Debug) -> String {
    format!("{value:?}").to_lowercase()
}

fn expects(part: &Part) -> String {
    let input = match part.input {
        Input::Logits => "logits",
        Input::Probabilities => "probabilities",
        Input::LogProbabilities => "log-probabilities",
        Input::Real => "real numbers",
        Input::Positive => "positive numbers",
        Input::Features => "features",
        Input::Any => "anything",
    };
    match &part.decision {
        Some(decision) => {
            let default = if decision.at.is_some() { "" } else { " by default" };
            format!("{input} ({} = {}{default})", decision.argument, decision.value)
        }
        None => input.to_owned(),
    }
}

fn task(head: &Head) -> String {
    match head.task.conclusion {
        Conclusion::Open => task_name(Conclusion::Open),
        Conclusion::Classification => format!("a classification, {}", head.task.confidence.as_str()),
        conclusion => format!("{}, {}", task_name(conclusion), head.task.confidence.as_str()),
    }
}

fn task_name(conclusion: Conclusion) -> String {
    match conclusion {
        Conclusion::Open => "open: nothing says".to_owned(),
        Conclusion::Classification => "classification".to_owned(),
        Conclusion::Kind(kind) => lower_case(kind),
    }
}

/// The word that a spec has for a value.
fn as_in_a_spec(value: &impl Serialize) -> String {
    let word = serde_json::to_value(value).unwrap_or_default();
    word.as_str().unwrap_or_default().to_owned()
}
