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

/// One finding for each mistake: what several losses contradict in the same way is told once, with all their places.
pub fn once_each(findings: Vec<Finding>) -> Vec<Finding> {
    let mut told: Vec<Finding> = Vec::new();
    for finding in findings {
        match told.iter_mut().find(|earlier| is_again(earlier, &finding)) {
            Some(earlier) => {
                let new = finding
                    .related
                    .into_iter()
                    .filter(|place| !earlier.related.contains(place));
                let new: Vec<_> = new.collect();
                earlier.related.extend(new);
            }
            None => told.push(finding),
        }
    }
    told
}

/// Whether two findings are one mistake. Remedies of one would not mend the other where they differ.
fn is_again(earlier: &Finding, later: &Finding) -> bool {
    earlier.lint == later.lint
        && earlier.primary == later.primary
        && earlier.message == later.message
        && earlier.help == later.help
}

fn explains(specific: &str, general: &str) -> bool {
    lint(specific).is_some_and(|lint| lint.page.explains.iter().any(|name| name == general))
}
