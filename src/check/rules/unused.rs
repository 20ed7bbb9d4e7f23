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
use crate::span::{FileId, Location, NodeId};
use crate::syntax::{File, NodeRef};

/// Which rules of the configurations accepted findings anywhere in the run.
#[derive(Default)]
pub(in crate::check) struct RuleUses {
    by_file: Vec<(Arc<Settings>, BTreeMap<NodeId, bool>)>,
}

impl RuleUses {
    /// Adds what came of the rules in one more file with these settings.
    pub(in crate::check) fn add(&mut self, settings: &Arc<Settings>, rules: &[RuleUse]) {
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
    pub(in crate::check) fn report(&self, request: &Request) -> Vec<FileReport> {
        self.by_file
            .iter()
            .filter_map(|(settings, used)| {
                let file = settings.file.clone()?;
                let findings = settings
                    .accepted
                    .iter()
                    .filter_map(|rule| rule_finding(&file, rule, *used.get(&rule.node)?))
                    .collect();
                let rules = FileRules::of(request, settings, Path::new("losslint.toml"));
                Some(rules.judge(&[file], findings).report)
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
