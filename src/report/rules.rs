//! What settings say about the findings of one file: other severities, lints that do not run on it, findings that are
//! accepted; and, before them, what the file itself accepts.

use std::path::Path;

use super::suppress::{self, is_below};
use super::{FileReport, Files, Reported, RuleUse, Suppressed, fingerprint, resolve_finding};
use crate::config::{AcceptRule, Named, Selection, Settings};
use crate::diagnostic::Severity;
use crate::passes::{Group, lint};

/// The rules for one file.
pub struct Rules<'s> {
    settings: &'s Settings,
    /// Which lints run.
    selection: &'s Selection,
    /// Names that are ignored for this file.
    ignored: Selection,
    /// The rules that accept findings in this file.
    accepted: Vec<&'s AcceptRule>,
    with_snippets: bool,
}

impl<'s> Rules<'s> {
    /// The rules of some settings for a file; its path counts from the configuration's folder.
    pub fn new(settings: &'s Settings, selection: &'s Selection, path: &Path, with_snippets: bool) -> Self {
        let ignore = settings
            .per_file
            .iter()
            .filter(|rule| rule.files.matches(path))
            .flat_map(|rule| rule.ignore.iter().cloned())
            .collect();
        Self {
            settings,
            selection,
            ignored: Selection {
                select: Some(vec![Named::given("all")]),
                extend: Vec::new(),
                ignore,
            },
            accepted: settings
                .accepted
                .iter()
                .filter(|rule| rule.files.matches(path))
                .collect(),
            with_snippets,
        }
    }

    /// Whether a lint runs on the file.
    pub fn enables(&self, name: &str) -> bool {
        let group = lint(name).map_or(Group::Config, |lint| lint.page.group).as_str();
        self.selection.enables(name, group)
            && self.ignored.enables(name, group)
            && self.severity_of(name).is_none_or(|s| s.is_some())
    }

    /// Judges the findings of the file: what it accepts itself, severities, what the settings accept; then names them.
    pub fn judge(&self, files: &Files, report: &mut FileReport) {
        let complaints = suppress::apply(files, &mut report.findings, &|name| self.enables(name));
        for complaint in complaints {
            report
                .findings
                .push(resolve_finding(files, complaint, self.with_snippets));
        }
        report.findings.retain(|finding| self.enables(finding.lint));
        for finding in &mut report.findings {
            if let Some(Some(severity)) = self.severity_of(finding.lint) {
                finding.severity = severity;
            }
        }
        self.accept(report);
        report.findings.sort_by(|a, b| a.order().cmp(&b.order()));
        fingerprint::assign(&mut report.findings, &files[0].source.path);
    }

    fn accept(&self, report: &mut FileReport) {
        for rule in &self.accepted {
            let mut used = false;
            for finding in report.findings.iter_mut().filter(|finding| accepts(rule, finding)) {
                used = true;
                finding.suppressed.get_or_insert_with(|| Suppressed {
                    in_source: false,
                    reason: rule.reason.clone(),
                });
            }
            report.rules.push(RuleUse { node: rule.node, used });
        }
    }

    /// The severity that is set for a lint or its group: `Some(None)` is off.
    fn severity_of(&self, name: &str) -> Option<Option<Severity>> {
        let group = lint(name).map_or(Group::Config, |lint| lint.page.group);
        let of = |name: &str| self.settings.severities.iter().find(|(named, _)| named.name == name);
        of(name).or_else(|| of(group.as_str())).map(|(_, severity)| *severity)
    }
}

fn accepts(rule: &AcceptRule, finding: &Reported) -> bool {
    let named = rule.lints.iter().any(|named| named.name == finding.lint);
    let placed = rule
        .pointer
        .as_deref()
        .is_none_or(|pointer| is_below(&finding.primary.pointer, pointer));
    named && placed
}
