//! Fixes applied: one file's text edited in rounds until nothing is left that may be fixed. Not for making fixes, nor for
//! judging texts.

use std::path::PathBuf;
use std::sync::Arc;

use super::judge::Verdict;
use super::rules::Judged;
use crate::diagnostic::Applicability;
use crate::discover::{self, DiscoverError, Texts};
use crate::report::{FileReport, Reported, ReportedFix};
use crate::span::Source;
use crate::syntax::edit::{self, Edit};

/// Rounds after which a file that still changes is left as it is; real files need one or two.
const MOST_ROUNDS: usize = 20;

/// Which fixes are applied, and whether files are written.
#[derive(Debug, Clone, Copy)]
pub struct Fixing {
    /// Whether those are applied too that are a choice, or change what saved weights mean.
    pub unsafe_too: bool,
    /// Whether files are written; without it only what would change is told.
    pub write: bool,
}

impl Fixing {
    /// Whether a fix is one of those.
    pub fn includes(self, applicability: Applicability) -> bool {
        match applicability {
            Applicability::Safe => true,
            Applicability::Unsafe => self.unsafe_too,
            Applicability::Display => false,
        }
    }
}

/// Why a file is never touched by fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untouched {
    /// It is an archive: the text that was checked stands in it in another form.
    SavedModel,
    /// It cannot be read to its end.
    SyntaxError,
    /// A link leads from its path out of the folder.
    Outside,
}

/// A file that fixes changed.
#[derive(Debug)]
pub struct Mended {
    /// Its path.
    pub path: PathBuf,
    /// The text before.
    pub before: Arc<str>,
    /// The text after.
    pub after: Arc<str>,
    /// What was fixed, in order.
    pub fixed: Vec<Fixed>,
    /// Whether it is not a file but what standard input gave.
    pub is_input: bool,
}

/// A finding that was fixed.
#[derive(Debug, Clone, PartialEq)]
pub struct Fixed {
    /// The finding's lint.
    pub lint: &'static str,
    /// What was done.
    pub message: String,
}

/// A text on the way, what was found in it, and what was fixed to come to it.
struct Step {
    text: Arc<str>,
    verdict: Verdict,
    fixed: Vec<Fixed>,
}

/// Fixes what the verdict on a file's text found. `judge` judges a text; its verdict on the last one is given back too. What a
/// round does follows from its text alone, so that a second run finds nothing more to fix.
pub(super) fn in_rounds(
    fixing: Fixing,
    own: &Source,
    first: Verdict,
    judge: impl Fn(Texts) -> Verdict,
) -> (Verdict, Option<Mended>) {
    let mut done: Vec<Step> = Vec::new();
    let mut step = Step {
        text: Arc::clone(&own.text),
        verdict: first,
        fixed: Vec::new(),
    };
    let mut in_vain: Vec<Reported> = Vec::new();
    for _ in 0..MOST_ROUNDS {
        let Verdict::Judged(judged) = &step.verdict else { break };
        let round = Round::choose(fixing, &judged.report, &own.display_name(), &in_vain);
        let Some(text) = edit::apply(&step.text, &round.edits).filter(|_| !round.edits.is_empty()) else {
            break;
        };
        if let Some(earlier) = done.iter().position(|earlier| *earlier.text == *text) {
            // Fixes that undo each other: which of them is right only a person can tell.
            step = done.swap_remove(earlier);
            done.truncate(earlier);
            break;
        }
        let text: Arc<str> = text.into();
        let next = judge(Texts::of(Source::new(&own.path, Arc::clone(&text))));
        if is_worse(&judged.report, &next) {
            break;
        }
        let still_there = round.still_there(&judged.report, &next);
        if !still_there.is_empty() {
            // Undone: the next round does without what mended nothing.
            in_vain.extend(still_there);
            continue;
        }
        in_vain.clear();
        let next = Step {
            text,
            verdict: next,
            fixed: round.fixed,
        };
        done.push(std::mem::replace(&mut step, next));
    }
    let Step { text, verdict, fixed } = step;
    let fixed: Vec<Fixed> = done.into_iter().flat_map(|step| step.fixed).chain(fixed).collect();
    let mended = (!fixed.is_empty()).then(|| Mended {
        path: own.path.clone(),
        before: Arc::clone(&own.text),
        after: text,
        fixed,
        is_input: false,
    });
    (verdict, mended)
}

/// The edits of one round, which do not touch each other; what they would undo of each other comes in the next round.
#[derive(Default)]
struct Round<'r> {
    edits: Vec<Edit>,
    fixed: Vec<Fixed>,
    findings: Vec<&'r Reported>,
}

impl<'r> Round<'r> {
    /// The fixes of a report that go together, without those of findings that an earlier try left standing.
    fn choose(fixing: Fixing, report: &'r FileReport, file: &str, in_vain: &[Reported]) -> Self {
        let mut round = Self::default();
        let is_open = |finding: &&Reported| !in_vain.iter().any(|tried| is_same(tried, finding));
        let mut open: Vec<&Reported> = report.counted().filter(is_open).collect();
        // The worst first: a hint's edits could stand in the way of an error's for good.
        open.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        for finding in open {
            if let Some(fix) = applicable(fixing, finding, file) {
                round.add(finding, fix);
            }
        }
        round
    }

    /// Those of its findings that the text after it still has.
    fn still_there(&self, before: &FileReport, after: &Verdict) -> Vec<Reported> {
        let Verdict::Judged(Judged { report: after, .. }) = after else {
            return Vec::new();
        };
        let stands = |finding: &&&Reported| {
            // One of several alike is gone, and another one has moved to its place.
            let is_one_less = count_alike(after, finding) < count_alike(before, finding);
            !is_one_less && after.counted().any(|other| is_same(other, finding))
        };
        self.findings
            .iter()
            .filter(stands)
            .map(|&finding| finding.clone())
            .collect()
    }

    fn add(&mut self, finding: &'r Reported, fix: &ReportedFix) {
        let edits = fix.edits_of_text();
        let touches = |edit: &Edit| {
            let span = edit.span;
            self.edits
                .iter()
                .any(|other| span.start <= other.span.end && other.span.start <= span.end)
        };
        if !edits.iter().any(touches) {
            self.edits.extend(edits);
            self.findings.push(finding);
            self.fixed.push(Fixed {
                lint: finding.lint,
                message: fix.message.clone(),
            });
        }
    }
}

/// The first of a finding's fixes that may be applied, when all its edits are in the file of that name.
fn applicable<'r>(fixing: Fixing, finding: &'r Reported, file: &str) -> Option<&'r ReportedFix> {
    finding
        .fixes
        .iter()
        .find(|fix| fixing.includes(fix.applicability) && fix.edits.iter().all(|edit| edit.place.full_path() == file))
}

/// Whether a text that was edited no longer is what it was: a model, without errors in its form.
fn is_worse(before: &FileReport, after: &Verdict) -> bool {
    let Verdict::Judged(Judged {
        report: after,
        is_broken: false,
        ..
    }) = after
    else {
        return true;
    };
    let faults = |report: &FileReport| {
        let form = |finding: &&Reported| matches!(finding.lint, "syntax-error" | "duplicate-key");
        report.findings.iter().filter(form).count()
    };
    faults(after) > faults(before) || after.counts.models < before.counts.models
}

/// Whether two findings say the same of the same place.
fn is_same(a: &Reported, b: &Reported) -> bool {
    a.lint == b.lint && a.primary.pointer == b.primary.pointer && a.message == b.message
}

/// How many findings of a report say the same, wherever.
fn count_alike(report: &FileReport, finding: &Reported) -> usize {
    let alike = |other: &&Reported| other.lint == finding.lint && other.message == finding.message;
    report.counted().filter(alike).count()
}

/// Writes a mended file, if it still is what was read.
pub(super) fn write(mended: &Mended) -> Result<(), DiscoverError> {
    discover::replace(&mended.path, &mended.before, &mended.after)
}
