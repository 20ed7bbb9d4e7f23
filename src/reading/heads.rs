//! Heads from their pieces: a traced output, a loss statement, metrics; and the notes for what is missing.

use std::sync::Arc;

use super::graph::{Meaning, Network, NetworkOutput};
use super::trace::{self, Traced};
use super::{Scope, layer_list, losses};
use crate::ir::{
    Accepted, ActivationForm, Ending, Facts, Head, HeadActivation, Layer, LossForm, LossStatement, NotChecked, Output,
    Task, Unjudged,
};
use crate::knowledge::{ActivationRow, LibraryHead, Vocabulary};
use crate::span::{Location, Spanned};
use crate::values::{Construction, Value};

/// A head for an output of a network, traced back to what ends it, without loss and metrics yet.
pub fn from_network(scope: &Scope<'_>, network: &Network<'_>, output: &NetworkOutput) -> Head {
    let traced = trace::trace(scope, network, output.vertex);
    from_output(output.name.clone(), network.vertex(output.vertex).at, traced)
}

/// A head from what its network gives, without loss and metrics yet.
fn from_output(name: Option<Spanned<String>>, at: Location, traced: Traced) -> Head {
    Head {
        name,
        role: None,
        at,
        output: traced.output,
        loss: LossStatement::Unstated,
        meets_loss_in: None,
        meeting: None,
        met: None,
        metrics: Vec::new(),
        facts: Facts::default(),
        is_in_program: false,
        seen: None,
        conflicts: Vec::new(),
        task: Task::open(),
        not_checked: traced.unjudged.into_iter().collect(),
    }
}

/// A head of a model that is only named, or whose end is code: nothing is known of its output but this note.
pub fn without_output(note: NotChecked) -> Head {
    let output = Output::unknown(Ending::Unknown);
    let at = note.at;
    let unjudged = Some(note);
    from_output(None, at, Traced { output, unjudged })
}

/// A head of the model that a node names: traced when the tables know how that class ends, else with the note that its
/// layers stand in code. `whole` is pointed at when there is no such node.
pub fn of_named_model(scope: &Scope<'_>, whole: Value<'_>, model: Option<Value<'_>>) -> Head {
    let construction = model.and_then(Value::made);
    if let Some(construction) = construction
        && let Some(network) = layer_list::read_one(scope, construction.whole)
        && let Some(output) = network.outputs.first()
        && !matches!(network.vertex(output.vertex).meaning, Meaning::Unknown)
    {
        return from_network(scope, &network, output);
    }
    let named = construction.map(|construction| construction.named_by);
    let at = named.or(model).unwrap_or(whole).at();
    in_code(at, named.and_then(Value::as_str))
}

/// A head of a model whose layers stand in code, with the model's name where the file says one.
pub fn in_code(at: Location, name: Option<&str>) -> Head {
    without_output(NotChecked {
        what: Unjudged::NamedModel,
        at,
        why: match name {
            Some(name) => format!("the layers of `{name}` stand in code, not in this file"),
            None => "the network stands in code, not in this file".to_owned(),
        },
    })
}

/// A head that a library builds by itself where a configuration asks for it by this word: its scores come out as they are.
pub fn built_by_library(scope: &Scope<'_>, word: Spanned<String>) -> Head {
    let at = word.at;
    // A library that is told words, not functions, has no name for it.
    let row = scope.identity().unwrap_or_else(|| Arc::new(ActivationRow::identity()));
    let output = Output::unknown(Ending::Known(HeadActivation {
        written: row.name.clone(),
        accepted: Accepted::Yes,
        at,
        form: ActivationForm::Default { argument: None },
        vocabulary: Box::default(),
        works_on_scores: true,
        over_units: true,
        over_batch: None,
        layer: Layer {
            written: word.value,
            at,
            arguments: None,
        },
        removable: None,
        row,
    }));
    from_output(None, at, Traced { output, unjudged: None })
}

/// The same with what the library's table says of the word: width, task and loss, until the configuration says another.
pub fn of_library(scope: &Scope<'_>, word: Spanned<String>, rule: &LibraryHead) -> Head {
    let at = word.at;
    let mut head = built_by_library(scope, word);
    if !rule.linear {
        head.output.ending = Ending::Unknown;
    }
    head.output.positions = rule.positions;
    head.output.units = rule.units.map(|units| Spanned::new(units, at));
    head.facts.task = rule.task.map(|task| Spanned::new(task, at));
    if let Some(row) = rule.loss.as_deref().and_then(|name| scope.loss(name).known()) {
        let written = Spanned::new(row.name.clone(), at);
        head.loss = losses::with_defaults(
            row,
            written,
            LossForm::Implied(None),
            Vocabulary::of_names(&rule.losses),
        );
    }
    head
}

/// Gives a head the loss that a node names, with a note when that cannot be judged.
pub fn set_loss(scope: &Scope<'_>, head: &mut Head, node: Value<'_>) {
    head.loss = losses::loss(scope, node);
    note_unjudged_loss(scope, head);
}

/// The same in a place that takes only some words: those that the library's head is trained by.
pub fn set_loss_of_head(scope: &Scope<'_>, head: &mut Head, rule: &LibraryHead, node: Value<'_>) {
    set_loss(scope, head, node);
    if let LossStatement::Known(loss) = &mut head.loss {
        loss.vocabulary = Vocabulary::of_names(&rule.losses);
    }
}

/// The same for a loss in a spelling of a format's own.
pub fn set_loss_of(scope: &Scope<'_>, head: &mut Head, construction: &Construction<'_>) {
    head.loss = losses::loss_of(scope, construction);
    note_unjudged_loss(scope, head);
}

/// Notes why a head's loss cannot be judged, if it cannot.
pub fn note_unjudged_loss(scope: &Scope<'_>, head: &mut Head) {
    let (what, at, why) = match &head.loss {
        LossStatement::Unknown(written) => (
            Unjudged::UnknownLoss,
            written.at,
            match scope.knowledge.nearest_loss(scope.framework, &written.value) {
                Some(same) if same == written.value => {
                    format!("`{same}` is a class of the project's own here, which only has the name of a known one")
                }
                Some(near) => format!("`{}` is not known; was `{near}` meant?", written.value),
                None => format!("`{}` is not a loss that the tables know", written.value),
            },
        ),
        LossStatement::Metric(written) => (
            Unjudged::UnknownLoss,
            written.at,
            format!("`{}` is a metric, not a loss", written.value),
        ),
        LossStatement::Custom { written, expression } => match expression {
            Ok(_) => (
                Unjudged::CustomLoss,
                written.at,
                "only the logarithms of a loss expression are looked at".to_owned(),
            ),
            Err(error) => (
                Unjudged::Malformed,
                error.at,
                format!("the loss expression is not Python: {}", error.message),
            ),
        },
        LossStatement::Unstated | LossStatement::None(_) | LossStatement::Known(_) => return,
    };
    head.not_checked.push(NotChecked { what, at, why });
}

/// Notes that nothing says how the head is trained.
pub fn note_missing_loss(head: &mut Head) {
    let is_explained = head.not_checked.iter().any(|note| note.what == Unjudged::NoLoss);
    if matches!(head.loss, LossStatement::Unstated) && !is_explained {
        head.not_checked.push(NotChecked {
            what: Unjudged::NoLoss,
            at: head.at,
            why: "the file states no loss".to_owned(),
        });
    }
}
