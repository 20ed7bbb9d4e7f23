//! Runs the lints over a model, and says of each finding how sure it is where the model alone does not prove it.

use super::fold::{fold, once_each};
use super::words::expectation_at;
use super::{Check, Context, Lint, lints};
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, Seen};
use crate::span::Location;

/// Runs the lints that `enabled` names over a model. Findings whose cause another finding explains are folded into it.
pub fn run(context: &Context<'_>, enabled: &dyn Fn(&Lint) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ways in context.model.heads.chunk_by(is_same_meeting) {
        findings.extend(in_every_way(
            ways.iter().map(|head| of_head(context, head, enabled)).collect(),
        ));
    }
    let mut findings = once_each(findings);
    for lint in lints().iter().filter(|lint| enabled(lint)) {
        if let Check::Model(check) | Check::HeadAndModel(_, check) = lint.check {
            findings.extend(check(context).into_iter().map(|finding| finding.of(lint.name())));
        }
    }
    findings
}

/// What the lints find in one head.
fn of_head(context: &Context<'_>, head: &Head, enabled: &dyn Fn(&Lint) -> bool) -> Vec<Finding> {
    let mut found = Vec::new();
    for lint in lints().iter().filter(|lint| enabled(lint)) {
        if let Check::Head(check) | Check::HeadAndModel(check, _) = lint.check {
            let finding = check(context, head).map(|finding| with_reading(finding.of(lint.name()), head));
            found.extend(finding.map(|finding| where_code_decides(as_seen(finding, head), head)));
        }
    }
    fold(found)
}

/// Whether two heads are ways in which a program can come to one meeting of output and loss.
fn is_same_meeting(head: &Head, next: &Head) -> bool {
    head.meeting.is_some() && head.meeting == next.meeting
}

/// Of the findings in several ways of one meeting those that are there whichever way the program takes.
fn in_every_way(mut ways: Vec<Vec<Finding>>) -> Vec<Finding> {
    let mut first = match ways.is_empty() {
        true => Vec::new(),
        false => ways.remove(0),
    };
    first.retain(|finding| {
        ways.iter()
            .all(|way| way.iter().any(|other| other.lint == finding.lint))
    });
    first
}

/// A finding that sets an output against its loss, where both are handed to a class of the project's own: that code decides
/// what the loss sees, so that the contradiction is likely and not certain.
fn where_code_decides(finding: Finding, head: &Head) -> Finding {
    let (Some(class), Some(activation), Some(loss)) = (&head.meets_loss_in, head.activation(), head.known_loss())
    else {
        return finding;
    };
    let is_of = |at: Location| finding.places().any(|place| place.at == at);
    let mut parts = loss.parts.iter();
    if !is_of(activation.at) || !(is_of(loss.written.at) || parts.any(|part| is_of(expectation_at(loss, part)))) {
        return finding;
    }
    let label = format!("… unless the code of \"{}\" changes it on the way", class.value);
    Finding {
        severity: finding.severity.min(Severity::Warning),
        confidence: finding.confidence.min(Confidence::Implied),
        ..finding.with_related(Place::new(class.at, label))
    }
}

/// A finding about facts that nobody declared, which the code shows.
fn as_seen(finding: Finding, head: &Head) -> Finding {
    let is_seen = |seen: &Seen| finding.places().any(|place| place.at == seen.at);
    match head.seen.as_deref().is_some_and(is_seen) {
        true => Finding {
            confidence: finding.confidence.min(Confidence::Implied),
            ..finding
        },
        false => finding,
    }
}

/// A finding that rests on a task which nobody declared says how the task is read, and what to do if that is wrong.
fn with_reading(finding: Finding, head: &Head) -> Finding {
    if finding.confidence == Confidence::Declared {
        return finding;
    }
    let is_told = finding.help.iter().any(|remedy| remedy.declares_task);
    let otherwise = if is_told {
        ""
    } else {
        "; if it is not, declare task.kind"
    };
    let reading = head.task.reading().map(|reading| format!("{reading}{otherwise}"));
    Finding { reading, ..finding }
}
