//! Facts that comments of a program declare, for the heads that they are about: `# losslint: task.kind = "multilabel"` on or above
//! the `compile`, the loss or the class.

use crate::ir::{Head, LossStatement, Misfit, Model};
use crate::keys::spec::FACTS;
use crate::reading::{Scope, declared};
use crate::span::{Location, Span};
use crate::syntax::source::Remark;
use crate::values::{Notation, Value};

/// Adds what comments declare to a head that meets its loss at a place.
pub fn add(remarks: &[Remark], scope: &Scope<'_>, met: Location, head: &mut Head) {
    let loss = match &head.loss {
        LossStatement::Known(loss) => Some(loss.written.at),
        _ => None,
    };
    let readable = remarks.iter().filter(|remark| remark.tree.errors.is_empty());
    for remark in readable {
        let is_within =
            |part: &Span, at: Location| at.file == remark.at.file && part.range().contains(&(at.span.start as usize));
        let is_in_line = is_within(&remark.line, met) || loss.is_some_and(|at| is_within(&remark.line, at));
        if (is_in_line || remark.classes.iter().any(|class| is_within(class, head.at)))
            && let Some(root) = remark.tree.root()
        {
            declared::add_to_head(scope, Value::written(root, &Notation::WORDS), head);
        }
    }
}

/// Tells a model what of such comments is not understood.
pub fn tell(remarks: &[Remark], model: &mut Model) {
    for remark in remarks {
        if let Some(error) = remark.tree.errors.first() {
            model.misfits.push(Misfit {
                at: remark.at,
                message: format!("this comment declares nothing: {}", error.message),
                help: Some("write it as in a spec: task.kind = \"multilabel\"".to_owned()),
            });
        } else if let Some(root) = remark.tree.root() {
            let written = Value::written(root, &Notation::WORDS);
            model.misfits.extend(declared::misfits(&FACTS, written));
        }
    }
}
