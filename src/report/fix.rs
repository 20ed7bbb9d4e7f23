//! Fixes as reports show them: the changes of a remedy resolved to edits of the file's bytes.

use super::ReportedPlace;
use crate::diagnostic::{Applicability, Change, Fix, Literal, Remedy};
use crate::span::Location;
use crate::syntax::edit::{self, Edit};
use crate::syntax::{File, Files};

/// A fix with its edits resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedFix {
    /// What is promised.
    pub applicability: Applicability,
    /// What it does, in words.
    pub message: String,
    /// The edits, by position, all in one file.
    pub edits: Vec<ReportedEdit>,
    /// The same as a single edit, over what stands between them: for formats in which a fix is one edit.
    pub as_one: Option<ReportedEdit>,
}

impl ReportedFix {
    /// The edits as they are applied to the text of their file.
    pub fn edits_of_text(&self) -> Vec<Edit> {
        let edit = |edit: &ReportedEdit| Edit {
            span: edit.place.span,
            text: edit.text.clone(),
        };
        self.edits.iter().map(edit).collect()
    }
}

/// Bytes of a file and what stands there instead.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedEdit {
    /// The place; its label is empty.
    pub place: ReportedPlace,
    /// The new text.
    pub text: String,
}

/// The fixes of a finding's remedies, in their order. A remedy that only a person can carry out has none.
pub(super) fn resolve(files: &Files, remedies: &[Remedy]) -> Vec<ReportedFix> {
    let fixes = remedies.iter().filter_map(|remedy| {
        let fix = remedy.fix.as_ref()?;
        let edits = edits(files, fix)?;
        Some(ReportedFix {
            applicability: fix.applicability,
            message: super::bounded_text(&remedy.text),
            as_one: as_one(files, fix, &edits),
            edits,
        })
    });
    fixes.collect()
}

/// The edits of a fix, if the form of its file allows all of them.
fn edits(files: &Files, fix: &Fix) -> Option<Vec<ReportedEdit>> {
    let file = file_of(files, &fix.changes)?;
    let mut edits: Vec<ReportedEdit> = Vec::new();
    for change in &fix.changes {
        let edit = edit::edit(file, change).filter(|_| is_sensible(file, change))?;
        let at = Location {
            span: edit.span,
            ..change.at()
        };
        edits.push(ReportedEdit {
            place: ReportedPlace::resolve(files, at, String::new()),
            text: edit.text,
        });
    }
    edits.sort_by_key(|edit| edit.place.span);
    let overlap = edits
        .windows(2)
        .any(|pair| pair[0].place.span.end > pair[1].place.span.start);
    (!overlap).then_some(edits)
}

/// Whether a number comes where one stands. A count of outputs may be said otherwise: by a list of labels, or by a word such
/// as `binary`.
fn is_sensible(file: &File, change: &Change) -> bool {
    match change {
        Change::Replace {
            at,
            with: Literal::Number(_),
        } => file.tree.node(at.node).is_some_and(|node| node.as_f64().is_some()),
        _ => true,
    }
}

/// Several edits as one: the bytes between them are written again.
fn as_one(files: &Files, fix: &Fix, edits: &[ReportedEdit]) -> Option<ReportedEdit> {
    let [first, others @ ..] = edits else {
        return None;
    };
    let at = fix.changes.first()?.at();
    let source = &files.get(at.file).source.text;
    let mut span = first.place.span;
    let mut text = first.text.clone();
    for edit in others {
        let next = edit.place.span;
        text.push_str(source.get(span.end as usize..next.start as usize)?);
        text.push_str(&edit.text);
        span.end = next.end;
    }
    Some(ReportedEdit {
        place: ReportedPlace::resolve(files, Location { span, ..at }, String::new()),
        text,
    })
}

/// The one file that all changes are about, in which the model is written. The text of a saved model cannot be written back, a
/// file outside is not ours to write, and behind a syntax error nobody knows what the text would have said.
fn file_of<'f>(files: &'f Files, changes: &[Change]) -> Option<&'f File> {
    let first = changes.first()?.at().file;
    let one = changes.iter().all(|change| change.at().file == first);
    let file = files.texts().find(|file| file.id() == first)?;
    let File { source, tree, .. } = &**file;
    let may_change = source.is_editable() && source.is_shown && tree.errors.is_empty();
    (one && may_change).then_some(file)
}
