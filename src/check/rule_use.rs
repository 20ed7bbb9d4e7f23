//! Rules of the configurations that accept findings: which were of use in a run, and what is wrong with them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::Request;
use crate::config::{AcceptRule, Settings};
use crate::diagnostic::{Finding, Severity};
use crate::passes::{self, unused_suppression};
use crate::report::{self, FileReport, RuleUse, Rules};
use crate::span::{FileId, Location, NodeId};
use crate::syntax::{File, NodeRef};

/// Which rules of the configurations accepted findings anywhere in the run.
#[derive(Default)]
pub(super) struct RuleUses {
    by_file: Vec<(Arc<Settings>, BTreeMap<NodeId, bool>)>,
}

impl RuleUses {
    pub(super) fn add(&mut self, settings: &Arc<Settings>, rules: &[RuleUse]) {
        if rules.is_empty() {
            return;
        }
        let known = self.by_file.iter().position(|(own, _)| Arc::ptr_eq(own, settings));
        let index = known.unwrap_or_else(|| {
            self.by_file.push((Arc::clone(settings), BTreeMap::new()));
            self.by_file.len() - 1
        });
        for rule in rules {
            *self.by_file[index].1.entry(rule.node).or_default() |= rule.used;
        }
    }

    /// What is wrong with the rules, as findings in the configurations.
    pub(super) fn report(&self, request: &Request) -> Vec<FileReport> {
        self.by_file
            .iter()
            .filter_map(|(settings, used)| {
                let file = settings.file.clone()?;
                let findings = settings
                    .accepted
                    .iter()
                    .filter_map(|rule| rule_finding(&file, rule, *used.get(&rule.node)?))
                    .collect();
                let files = [file];
                let mut report = report::resolve(&files, &[], findings, request.with_snippets);
                let selection = settings.selection.under(&request.selection);
                let path = Path::new("losslint.toml");
                Rules::new(settings, &selection, path, request.with_snippets).judge(&files, &mut report);
                Some(report)
            })
            .collect()
    }
}

/// What is wrong with a rule: an unknown lint, no use, or no reason.
fn rule_finding(file: &File, rule: &AcceptRule, used: bool) -> Option<Finding> {
    let node = file.tree.node(rule.node)?;
    let at = |node: NodeRef<'_>| Location {
        file: FileId::MODEL,
        node: node.id(),
        span: node.span(),
    };
    let unknown = rule.lints.iter().find(|named| passes::lint(&named.name).is_none());
    if let Some(named) = unknown {
        let place = named.node.and_then(|id| file.tree.node(id)).unwrap_or(node);
        return Some(unused_suppression::unknown(&named.name, at(place)));
    }
    let names: Vec<&str> = rule.lints.iter().map(|named| named.name.as_str()).collect();
    let names = names.join(", ");
    if !used {
        return Some(unused_suppression::unused(&names, at(node), Severity::Info));
    }
    rule.reason
        .is_none()
        .then(|| unused_suppression::without_reason(&names, at(node)))
}
