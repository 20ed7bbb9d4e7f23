//! What a configuration says about findings: other severities, lints that are off, lints that do not run on some files.

use std::path::Path;

use super::FileReport;
use crate::config::{Named, Selection, Settings};
use crate::diagnostic::Severity;
use crate::passes::{Group, lint};

/// The rules for one file.
pub struct Rules<'s> {
    settings: &'s Settings,
    /// Names that are ignored for this file.
    ignored: Selection,
}

impl<'s> Rules<'s> {
    /// The rules of some settings for a file; its path counts from the configuration's folder.
    pub fn new(settings: &'s Settings, path: &Path) -> Self {
        let ignore = settings
            .per_file
            .iter()
            .filter(|rule| rule.files.matches(path))
            .flat_map(|rule| rule.ignore.iter().cloned())
            .collect();
        let ignored = Selection {
            select: Some(vec![Named::given("all")]),
            extend: Vec::new(),
            ignore,
        };
        Self { settings, ignored }
    }

    /// Applies them to the findings of the file.
    pub fn apply(&self, report: &mut FileReport) {
        report.findings.retain_mut(|finding| {
            let enabled = self.ignored.enables(finding.lint, finding.group.as_str());
            let Some(severity) = self.severity(finding.lint, finding.severity) else {
                return false;
            };
            finding.severity = severity;
            enabled
        });
    }

    /// The severity after overrides; `None` when the lint is off.
    fn severity(&self, name: &str, severity: Severity) -> Option<Severity> {
        let group = lint(name).map_or(Group::Config, |lint| lint.page.group);
        let of = |name: &str| self.settings.severities.iter().find(|(named, _)| named.name == name);
        match of(name).or_else(|| of(group.as_str())) {
            Some((_, severity)) => *severity,
            None => Some(severity),
        }
    }
}
