//! Facts that comments of a program declare, for the heads that they are about: `# losslint: task.kind = "multilabel"` on or above
//! the `compile`, the loss or the class.

use crate::ir::{Head, LossStatement, Misfit, Model};
use crate::keys::spec::FACTS;
use crate::reading::{Scope, declared};
use crate::span::{LineIndex, Location, Span};
use crate::syntax::Tree;
use crate::syntax::source::{Remark, classes_in_line, remarks};
use crate::values::{Notation, Value};

/// The comments of one file that declare facts.
pub struct Remarks {
    lines: LineIndex,
    all: Vec<(Remark, Vec<Span>)>,
}

impl Remarks {
    /// Of a program's own file.
    pub fn of(source: &Tree) -> Self {
        let all = remarks(source).into_iter();
        let all = all.map(|remark| {
            let classes = classes_in_line(source, remark.line);
            (remark, classes)
        });
        Self {
            all: all.collect(),
            lines: LineIndex::new(source.source()),
        }
    }

    /// Adds what they declare to a head that meets its loss at a place.
    pub fn add(&self, scope: &Scope<'_>, met: Location, head: &mut Head) {
        let loss = match &head.loss {
            LossStatement::Known(loss) => Some(loss.written.at),
            _ => None,
        };
        let places: Vec<Location> = [Some(met), loss].into_iter().flatten().collect();
        let readable = self.all.iter().filter(|(remark, _)| remark.tree.errors.is_empty());
        for (remark, classes) in readable {
            let is_here = |at: &&Location| at.file == remark.at.file && self.lines.line(at.span.start) == remark.line;
            let is_within =
                |class: &Span| head.at.file == remark.at.file && class.range().contains(&(head.at.span.start as usize));
            if (places.iter().any(|at| is_here(&at)) || classes.iter().any(is_within))
                && let Some(root) = remark.tree.root()
            {
                declared::add_to_head(scope, Value::written(root, &Notation::WORDS), head);
            }
        }
    }

    /// Tells a model what of them is not understood.
    pub fn tell(&self, model: &mut Model) {
        for (remark, _) in &self.all {
            match (remark.tree.errors.first(), remark.tree.root()) {
                (Some(error), _) => model.misfits.push(Misfit {
                    at: remark.at,
                    message: format!("this comment declares nothing: {}", error.message),
                    help: Some("write it as in a spec: task.kind = \"multilabel\"".to_owned()),
                }),
                (None, Some(root)) => {
                    model
                        .misfits
                        .extend(declared::misfits(&FACTS, Value::written(root, &Notation::WORDS)));
                }
                (None, None) => {}
            }
        }
    }
}
