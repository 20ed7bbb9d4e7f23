//! One mistake, one report: a finding that another finding on the same head explains is left out.

use super::lint;
use crate::diagnostic::Finding;

/// Leaves out findings whose cause a more specific finding among them explains, as its page says under `explains`.
pub fn fold(findings: Vec<Finding>) -> Vec<Finding> {
    let is_explained = |general: &Finding| findings.iter().any(|specific| explains(specific.lint, general.lint));
    let explained: Vec<bool> = findings.iter().map(is_explained).collect();
    let told = findings.into_iter().zip(explained).filter(|(_, explained)| !explained);
    told.map(|(finding, _)| finding).collect()
}

fn explains(specific: &str, general: &str) -> bool {
    lint(specific).is_some_and(|lint| lint.page.explains.iter().any(|name| name == general))
}
