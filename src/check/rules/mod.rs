//! What settings say about the findings of one file: other severities, lints that do not run on it, findings that are
//! accepted; and, before them, what the file itself accepts.

mod in_source;
mod unused;

use std::path::{Path, PathBuf};

use super::Request;
use crate::config::{AcceptRule, Named, Selection, Settings};
use crate::diagnostic::{Finding, Severity};
use crate::page::Group;
use crate::passes::{lint, lints};
use crate::report::{self, FileReport, Reported, Suppressed};
use crate::span::NodeId;
use crate::syntax::Files;

pub(super) use unused::RuleUses;

/// What came of judging one file: its report, and which of the configuration's rules were about it.
#[derive(Debug)]
pub(super) struct Judged {
    /// The report.
    pub report: FileReport,
    /// The paths of the texts in which the model is written.
    pub read: Vec<PathBuf>,
    /// Whether the model's own file has errors in its syntax, reported or not.
    pub is_broken: bool,
    /// The rules that accept findings in this file.
    pub rules: Vec<RuleUse>,
    /// Why no lint ran, if none did.
    pub silence: Option<Silence>,
}

/// Why no lint ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// What is selected is no lint and no group.
    NoneSelected,
    /// Every lint that is selected is ignored, or its severity is `off`.
    AllIgnored,
}

/// A rule of the configuration that accepts findings, and whether it accepted one in a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct RuleUse {
    /// The rule's table.
    pub node: NodeId,
    /// Whether it accepted a finding.
    pub used: bool,
}

/// The rules for one file.
pub(super) struct FileRules<'s> {
    settings: &'s Settings,
    /// Which lints run.
    selection: Selection,
    /// Names that are ignored for this file.
    ignored: Selection,
    /// The rules that accept findings in this file.
    accepted: Vec<&'s AcceptRule>,
    with_snippets: bool,
}

impl<'s> FileRules<'s> {
    /// The rules of a request and of some settings for a file; its path counts from the configuration's folder.
    pub(super) fn of(request: &Request, settings: &'s Settings, path: &Path) -> Self {
        let of_this_file = settings.per_file.iter().filter(|rule| rule.files.matches(path));
        let accepted = settings.accepted.iter().filter(|rule| rule.files.matches(path));
        Self {
            settings,
            selection: settings.selection.under(&request.selection),
            ignored: Selection {
                select: Some(vec![Named::given("all")]),
                extend: Vec::new(),
                ignore: of_this_file.flat_map(|rule| rule.ignore.iter().cloned()).collect(),
            },
            accepted: accepted.collect(),
            with_snippets: request.with_snippets,
        }
    }

    /// Whether a lint runs on the file.
    pub(super) fn enables(&self, name: &str) -> bool {
        let group = group(name).as_str();
        let is_off = self.severity(name) == Some(None);
        self.selection.enables(name, group) && self.ignored.enables(name, group) && !is_off
    }

    /// Why no lint runs on the file, if none does.
    fn silence(&self) -> Option<Silence> {
        let mut names = lints().iter().map(|lint| lint.name());
        if names.clone().any(|name| self.enables(name)) {
            return None;
        }
        match names.any(|name| self.selection.selects(name, group(name).as_str())) {
            true => Some(Silence::AllIgnored),
            false => Some(Silence::NoneSelected),
        }
    }

    /// The report of the file with these findings: what it accepts itself, severities, what the settings accept.
    pub(super) fn judge(&self, files: &Files, findings: Vec<Finding>) -> Judged {
        let mut report = report::resolve(files, findings, self.with_snippets);
        let complaints = in_source::apply(files, &mut report.findings, &|name| self.enables(name));
        let complaints = report::resolve(files, complaints, self.with_snippets);
        report.findings.extend(complaints.findings);
        report.findings.retain(|finding| self.enables(finding.lint));
        for finding in &mut report.findings {
            if let Some(Some(severity)) = self.severity(finding.lint) {
                finding.severity = severity;
            }
        }
        let rules = self.accept(&mut report.findings);
        report.sort_and_name(files);
        Judged {
            report,
            read: files.texts().map(|file| file.source.path.clone()).collect(),
            is_broken: !files.own().tree.errors.is_empty(),
            rules,
            silence: self.silence(),
        }
    }

    fn accept(&self, findings: &mut [Reported]) -> Vec<RuleUse> {
        let apply = |rule: &&AcceptRule| {
            let mut used = false;
            for finding in findings.iter_mut().filter(|finding| accepts(rule, finding)) {
                used = true;
                finding.suppressed.get_or_insert_with(|| Suppressed {
                    in_source: false,
                    reason: rule.reason.clone(),
                });
            }
            RuleUse { node: rule.node, used }
        };
        self.accepted.iter().map(apply).collect()
    }

    /// The severity that is set for a lint or its group: `Some(None)` is off.
    fn severity(&self, name: &str) -> Option<Option<Severity>> {
        let of = |name: &str| self.settings.severities.iter().find(|(named, _)| named.name == name);
        let set = of(name).or_else(|| of(group(name).as_str()));
        set.map(|(_, severity)| *severity)
    }
}

fn group(name: &str) -> Group {
    lint(name).map_or(Group::Config, |lint| lint.page.group)
}

fn accepts(rule: &AcceptRule, finding: &Reported) -> bool {
    let named = rule.lints.iter().any(|named| named.name == finding.lint);
    let placed = rule
        .pointer
        .as_deref()
        .is_none_or(|pointer| finding.primary.is_below(pointer));
    named && placed
}
