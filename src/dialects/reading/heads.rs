//! Heads from their pieces: a traced output, a loss statement, metrics; and the notes for what is missing.

use super::Reader;
use super::trace::Traced;
use crate::ir::{
    Accepted, ActivationForm, Ending, Facts, Head, HeadActivation, Layer, LossStatement, NotChecked, Output, Task,
    Unjudged,
};
use crate::knowledge::Framework;
use crate::span::{Location, Spanned};
use crate::syntax::NodeRef;

/// A head from what its network gives, without loss and metrics yet.
pub fn from_output(name: Option<Spanned<String>>, at: Location, traced: Traced) -> Head {
    Head {
        name,
        role: None,
        at,
        output: traced.output,
        loss: LossStatement::Unstated,
        meets_loss_in: None,
        metrics: Vec::new(),
        facts: Facts::default(),
        conflicts: Vec::new(),
        task: Task::open(),
        not_checked: traced.unjudged.into_iter().collect(),
    }
}

/// A head of a model that is only named, or whose end is code: nothing is known of its output but this note.
pub fn without_output(at: Location, note: NotChecked) -> Head {
    let output = Output::unknown(Ending::Unknown);
    from_output(
        None,
        at,
        Traced {
            output,
            unjudged: Some(note),
        },
    )
}

/// A head that a library builds by itself where a configuration asks for it by this word: its scores come out as they are.
pub fn built_by_library(reader: &Reader<'_>, framework: &Framework, word: Spanned<String>) -> Head {
    let at = word.at;
    let row = reader.identity(framework).or_else(|| {
        let pytorch = reader.framework("pytorch")?;
        reader.identity(&pytorch)
    });
    let ending = row.map_or(Ending::Unknown, |row| {
        Ending::Known(HeadActivation {
            written: row.name.clone(),
            accepted: Accepted::Yes,
            at,
            form: ActivationForm::Default { argument: None },
            over_units: true,
            layer: Layer {
                written: word.value,
                at,
                arguments: None,
            },
            class: None,
            removable: None,
            row,
        })
    });
    let output = Output::unknown(ending);
    from_output(None, at, Traced { output, unjudged: None })
}

/// Notes why a head's loss cannot be judged, if it cannot.
pub fn note_unjudged_loss(reader: &Reader<'_>, framework: &Framework, head: &mut Head, node: NodeRef<'_>) {
    let (what, at, why) = match &head.loss {
        LossStatement::Unknown(written) => (
            Unjudged::UnknownLoss,
            written.at,
            match reader.knowledge.nearest_loss(framework, &written.value) {
                Some(same) if same == written.value => {
                    format!("`{same}` is a class of the project's own here, which only has the name of a known one")
                }
                Some(near) => format!("`{}` is not known; was `{near}` meant?", written.value),
                None => format!("`{}` is not a loss that the tables know", written.value),
            },
        ),
        LossStatement::Custom { expression, .. } => match expression {
            Ok(_) => (
                Unjudged::CustomLoss,
                reader.at(node),
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
