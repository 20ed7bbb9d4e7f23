//! One mistake, one report: a finding that another finding on the same head explains is folded into it.

use super::lint;
use crate::diagnostic::Finding;

/// Drops findings whose cause a more specific finding among them explains, as its page says under `explains`; the places
/// of the dropped one are kept as related ones when they are new.
pub fn fold(findings: Vec<Finding>) -> Vec<Finding> {
    let explained: Vec<Option<usize>> = findings
        .iter()
        .map(|finding| findings.iter().position(|other| explains(other.lint, finding.lint)))
        .collect();
    let mut kept = Vec::new();
    for (index, finding) in findings.into_iter().enumerate() {
        if explained[index].is_none() {
            kept.push(finding);
        }
    }
    kept
}

fn explains(specific: &str, general: &str) -> bool {
    lint(specific).is_some_and(|lint| lint.page.explains.iter().any(|name| name == general))
}
