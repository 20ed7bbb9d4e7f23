//! Every combination that `truth/` measured and every pairing of the guide, against what losslint says of them.

mod common;
#[path = "truth/disagreements.rs"]
mod disagreements;
#[path = "truth/guide.rs"]
mod guide;
#[path = "truth/guide_table.rs"]
mod guide_table;
#[path = "truth/pages.rs"]
mod pages;
#[path = "truth/report.rs"]
mod report;
#[path = "truth/spec.rs"]
mod spec;
#[path = "truth/table.rs"]
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use common::{Finding, check, root};
use disagreements::{Disagreement, disagreements};
use losslint::page::Group;
use losslint::passes::lint;
use table::{Class, Combination, combinations};

/// A combination with what losslint says of it.
struct Judged {
    combination: Combination,
    /// With the task and the labels declared.
    findings: Vec<Finding>,
    /// From layers and loss alone; asked for right combinations only.
    without_facts: Vec<Finding>,
}

/// How loud losslint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    Nothing,
    Info,
    /// A warning or an error.
    Loud,
}

fn said(findings: &[Finding]) -> Said {
    match findings {
        [] => Said::Nothing,
        findings if findings.iter().any(Finding::is_loud) => Said::Loud,
        _ => Said::Info,
    }
}

impl Judged {
    /// Whether losslint says what was measured. A hint does not count against what is right.
    fn agrees(&self) -> bool {
        match (self.combination.class, said(&self.findings)) {
            (Class::Unjudged, _) => true,
            (Class::Right, said) => said != Said::Loud,
            (Class::Worse, said) => said != Said::Nothing,
            (Class::Wrong | Class::Declared, said) => said == Said::Loud,
        }
    }

    /// The names of the lints, sorted.
    fn lints(&self) -> Vec<&str> {
        let names: BTreeSet<&str> = self.findings.iter().map(|finding| finding.lint.as_str()).collect();
        names.into_iter().collect()
    }

    fn is_covered(&self, entry: &Disagreement) -> bool {
        !self.agrees() && entry.covers(&self.combination, &self.lints())
    }

    /// `error label-format, info prefer-logits`, or that there is nothing.
    fn reported(&self) -> String {
        let lints: BTreeSet<String> = self
            .findings
            .iter()
            .map(|finding| format!("{} {}", finding.severity, finding.lint))
            .collect();
        match lints.is_empty() {
            true => "silent".to_owned(),
            false => lints.into_iter().collect::<Vec<_>>().join(", "),
        }
    }
}

/// All combinations, checked in one run.
fn judged() -> &'static [Judged] {
    static JUDGED: OnceLock<Vec<Judged>> = OnceLock::new();
    JUDGED.get_or_init(|| {
        let combinations = combinations();
        let mut specs = Vec::new();
        for (index, combination) in combinations.iter().enumerate() {
            specs.push((format!("facts-{index}.toml"), spec::with_facts(combination)));
            if combination.class == Class::Right {
                specs.push((format!("bare-{index}.toml"), spec::without_facts(combination)));
            }
        }
        let mut findings = check_all(&specs);
        let mut of = |name: String| findings.remove(&name).unwrap_or_default();
        let judged = combinations.into_iter().enumerate().map(|(index, combination)| Judged {
            findings: of(format!("facts-{index}.toml")),
            without_facts: of(format!("bare-{index}.toml")),
            combination,
        });
        judged.collect()
    })
}

/// The findings of named specs, without the lints that are off unless selected.
fn check_all(specs: &[(String, String)]) -> BTreeMap<String, Vec<Finding>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in specs {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let names: Vec<&String> = specs.iter().map(|(name, _)| name).collect();
    let run = check(folder.path(), &names);
    assert!(run.is_orderly(), "{:?}: {}", run.status, run.stderr);
    let models = format!("{0} models, ", specs.len());
    assert!(
        run.stderr.contains(&models) && !run.stderr.contains("not checked"),
        "{}",
        run.stderr
    );
    let mut findings: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for finding in run.findings() {
        let is_pedantic = lint(&finding.lint).is_some_and(|lint| lint.page.group == Group::Pedantic);
        if !is_pedantic {
            findings.entry(finding.path.clone()).or_default().push(finding);
        }
    }
    findings
}

#[test]
fn losslint_says_what_was_measured() {
    let list = disagreements();
    let mut wrong = Vec::new();
    for judged in judged().iter().filter(|judged| !judged.agrees()) {
        let covering = list.iter().filter(|entry| judged.is_covered(entry)).count();
        if covering != 1 {
            let Combination { shape, verdict, .. } = judged.combination;
            let (pairing, reported) = (judged.combination.pairing(), judged.reported());
            wrong.push(format!(
                "{pairing}, {shape}: measured {verdict}, losslint: {reported}; {covering} entries"
            ));
        }
    }
    for entry in &list {
        let rows = judged().iter().filter(|judged| judged.is_covered(entry)).count();
        if rows != entry.rows {
            wrong.push(format!("{rows} rows instead of {}: {}", entry.rows, entry.reason));
        }
    }
    assert!(wrong.is_empty(), "{} disagreements:\n{}", wrong.len(), wrong.join("\n"));
}

/// A file alone must never speak against what is right: only where facts would change nothing.
#[test]
fn right_combinations_are_silent_without_facts() {
    let list = disagreements();
    let mut wrong = Vec::new();
    for judged in judged()
        .iter()
        .filter(|judged| said(&judged.without_facts) == Said::Loud)
    {
        if !list.iter().any(|entry| !entry.mend && judged.is_covered(entry)) {
            wrong.push(format!(
                "{}, {}: {:?}",
                judged.combination.pairing(),
                judged.combination.shape,
                judged.without_facts
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tables_hold_every_measurement() {
    let combinations = combinations();
    let count = |library| {
        combinations
            .iter()
            .filter(|combination| combination.library == library)
            .count()
    };
    assert_eq!(
        (count(table::Library::Keras), count(table::Library::Torch)),
        (1666, 1260)
    );
    let unique: BTreeSet<(String, &str)> = combinations
        .iter()
        .map(|combination| (combination.pairing(), combination.shape))
        .collect();
    assert_eq!(unique.len(), combinations.len(), "a combination stands there twice");
}

#[test]
#[cfg_attr(not(beside = "truth"), ignore = "there is no truth beside this checkout")]
fn tables_are_derived_from_the_measurements() {
    let measurements = root().join("../shared/truth");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let script = root().join("tests/truth/derive.py");
    let run = Command::new("python3")
        .arg(&script)
        .args([&measurements, folder.path()])
        .output()
        .expect("python3");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    for name in ["keras.csv", "torch.csv"] {
        let committed = read(&root().join("tests/truth").join(name));
        assert!(
            read(&folder.path().join(name)) == committed,
            "{name} is not what derive.py makes: run it"
        );
    }
}
