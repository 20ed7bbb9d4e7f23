//! The words of reports: of each lint every different message, label, reason and help over all fixtures, as snapshots.

use std::collections::{BTreeMap, BTreeSet};

use losslint::report::{Reported, ReportedPlace};

use super::looked_at::report;
use crate::common::{fixtures, names_in, root};

#[test]
fn what_reports_say_in_words() {
    let mut words: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for path in fixtures("") {
        let report = report(&path);
        for finding in &report.findings {
            words.entry(finding.lint).or_default().extend(words_of(finding));
        }
        let notes = words.entry("not-checked").or_default();
        notes.extend(
            report
                .not_checked
                .iter()
                .map(|note| format!("{}: {}", note.what.as_str(), note.why)),
        );
    }
    for (lint, words) in &words {
        let text: Vec<&str> = words.iter().map(String::as_str).collect();
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "words" }, {
            insta::assert_snapshot!(*lint, text.join("\n"));
        });
    }
    let mut there = names_in(&root().join("tests/matrix/words"));
    there.retain(|name| name.strip_suffix(".snap").is_none_or(|lint| !words.contains_key(lint)));
    assert_eq!(there, [""; 0], "snapshots of lints that no fixture shows");
}

fn words_of(finding: &Reported) -> Vec<String> {
    let label = |place: &ReportedPlace| format!("at: {}", place.label);
    let places = std::iter::once(&finding.primary)
        .chain(&finding.related)
        .chain(&finding.evidence);
    let mut words = vec![format!("found: {}", finding.message), format!("why: {}", finding.why)];
    words.extend(places.map(label));
    words.extend(finding.because.iter().map(|because| format!("because: {because}")));
    words.extend(finding.help.iter().map(|help| format!("help: {help}")));
    words.extend(finding.fixes.iter().map(|fix| format!("fix: {}", fix.message)));
    words
}
