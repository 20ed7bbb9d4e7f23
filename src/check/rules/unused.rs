//! Rules of the configurations that accept findings: which were of no use in a run, and what else is wrong with them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::{FileRules, RuleUse};
use crate::check::Request;
use crate::config::{AcceptRule, Settings};
use crate::diagnostic::{Finding, Severity};
use crate::passes::{self, unused_suppression};
use crate::report::FileReport;
use crate::span::NodeId;
use crate::syntax::{File, Files};

/// The configurations of a run, and for each rule that is about a file of the run whether it accepted a finding anywhere.
pub(in crate::check) struct RuleUses {
    by_file: Vec<(Arc<Settings>, BTreeMap<NodeId, bool>)>,
}

impl RuleUses {
    /// No rule was of use yet.
    pub(in crate::check) fn of(all_settings: Vec<Arc<Settings>>) -> Self {
        Self {
            by_file: all_settings
                .into_iter()
                .map(|settings| (settings, BTreeMap::new()))
                .collect(),
        }
    }

    /// Takes note of the rules that are about one file.
    pub(in crate::check) fn add(&mut self, settings: &Arc<Settings>, rules: &[RuleUse]) {
        let own = self.by_file.iter_mut().find(|(own, _)| Arc::ptr_eq(own, settings));
        if let Some((_, used)) = own {
            for rule in rules {
                *used.entry(rule.node).or_default() |= rule.used;
            }
        }
    }

    /// What is wrong with the rules, as findings in the configurations.
    pub(in crate::check) fn report(&self, request: &Request) -> Vec<FileReport> {
        let reports = self.by_file.iter();
        reports
            .filter_map(|(settings, used)| report(request, settings, used))
            .collect()
    }
}

/// What is wrong with the rules of one configuration; `None` when nothing is.
fn report(request: &Request, settings: &Settings, used: &BTreeMap<NodeId, bool>) -> Option<FileReport> {
    let file = settings.file.clone()?;
    let rules = FileRules::of(request, settings, Path::new("losslint.toml"));
    let uses = settings.accepted.iter().map(|rule| {
        let ran = rule.lints.iter().any(|named| rules.enables(&named.name));
        (rule, used.get(&rule.node).copied().filter(|_| ran))
    });
    let findings: Vec<Finding> = uses.flat_map(|(rule, used)| rule_findings(&file, rule, used)).collect();
    if findings.is_empty() {
        return None;
    }
    Some(rules.judge(&Files::of(file), findings).report)
}

/// What is wrong with a rule: unknown lints, whatever files it is about; or no use, or no reason. `used` is `None` when it is
/// about no file of the run, or none of its lints ran.
fn rule_findings(file: &File, rule: &AcceptRule, used: Option<bool>) -> Vec<Finding> {
    let Some(node) = file.tree.node(rule.node) else {
        return Vec::new();
    };
    let unknown = rule.lints.iter().filter(|named| passes::lint(&named.name).is_none());
    let unknown: Vec<Finding> = unknown
        .map(|named| {
            let place = named.node.and_then(|id| file.tree.node(id)).unwrap_or(node);
            unused_suppression::unknown(&named.name, place.at())
        })
        .collect();
    if !unknown.is_empty() {
        return unknown;
    }
    let names: Vec<&str> = rule.lints.iter().map(|named| named.name.as_str()).collect();
    let names = names.join(", ");
    let finding = match used {
        Some(false) => Some(unused_suppression::unused(&names, node.at(), Severity::Info)),
        Some(true) if rule.reason.is_none() => Some(unused_suppression::without_reason(&names, node.at())),
        Some(true) | None => None,
    };
    finding.into_iter().collect()
}
