//! What losslint says of every pairing out of the guide's losses, activations and labels, for each of its eight tasks.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::OnceLock;

use serde::Deserialize;

use super::common::Finding;
use super::guide_table::{LABELS, Pairing, TASKS, Task, activations, losses};
use super::table::Library;
use super::{Said, check_all, said};

/// What is said of every pairing, by library and the task's place in the table.
type Matrix = BTreeMap<(Library, usize), BTreeMap<Pairing, Vec<Finding>>>;

fn matrix() -> &'static Matrix {
    static MATRIX: OnceLock<Matrix> = OnceLock::new();
    MATRIX.get_or_init(check_every_pairing)
}

fn check_every_pairing() -> Matrix {
    let mut specs = Vec::new();
    let mut places = Vec::new();
    for library in [Library::Keras, Library::Torch] {
        for (index, task) in TASKS.iter().enumerate() {
            for pairing in Task::pairings(library) {
                specs.push((format!("guide-{}.toml", specs.len()), task.spec(library, pairing)));
                places.push((library, index, pairing));
            }
        }
    }
    let mut findings = check_all(&specs);
    let mut matrix = Matrix::new();
    for ((name, _), (library, index, pairing)) in specs.iter().zip(places) {
        let found = findings.remove(name).unwrap_or_default();
        matrix.entry((library, index)).or_default().insert(pairing, found);
    }
    matrix
}

#[test]
fn the_guides_own_pairings_are_silent() {
    for (&(library, index), said) in matrix() {
        let task = &TASKS[index];
        for pairing in task.right(library) {
            assert_eq!(said[pairing], [], "{library} {}: {pairing:?}", task.name);
        }
    }
}

/// Task × loss × activation × labels: what is said of each.
#[test]
fn snapshot() {
    let mut text = String::from("E error, W warning, I info; * the guide's own pairing\n");
    for (&(library, index), cells) in matrix() {
        let task = &TASKS[index];
        writeln!(text, "\n{library} {}", task.name).expect("a text");
        for activation in activations(library) {
            writeln!(text, "  {activation}").expect("a text");
            let mut lines: Vec<(String, Vec<&str>)> = Vec::new();
            for loss in losses(library) {
                let line = line(task.right(library), cells, loss, activation);
                match lines.iter_mut().find(|(other, _)| *other == line) {
                    Some((_, losses)) => losses.push(loss),
                    None => lines.push((line, vec![loss])),
                }
            }
            for (line, losses) in lines {
                writeln!(text, "    {}: {line}", losses.join(", ")).expect("a text");
            }
        }
    }
    insta::assert_snapshot!("pairings", text);
}

/// What is said of a loss behind an activation, by the labels.
fn line(
    right: &[Pairing],
    cells: &BTreeMap<Pairing, Vec<Finding>>,
    loss: &'static str,
    activation: &'static str,
) -> String {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for labels in LABELS {
        let pairing = (loss, activation, *labels);
        let said = words(&cells[&pairing]);
        let labels = if right.contains(&pairing) {
            format!("{labels}*")
        } else {
            (*labels).to_owned()
        };
        match groups.iter_mut().find(|(other, _)| *other == said) {
            Some((_, group)) => group.push(labels),
            None => groups.push((said, vec![labels])),
        }
    }
    if let [(said, group)] = &groups[..]
        && !group.iter().any(|labels| labels.ends_with('*'))
    {
        return said.clone();
    }
    let groups: Vec<String> = groups
        .iter()
        .map(|(said, group)| format!("{} {said}", group.join("/")))
        .collect();
    groups.join("; ")
}

/// `E label-format + W hinge-margin`, or a dash.
fn words(findings: &[Finding]) -> String {
    let letter = |finding: &Finding| {
        finding
            .severity
            .chars()
            .next()
            .map(|c| c.to_ascii_uppercase())
            .unwrap_or_default()
    };
    let lints: BTreeSet<String> = findings
        .iter()
        .map(|finding| format!("{} {}", letter(finding), finding.lint))
        .collect();
    match lints.is_empty() {
        true => "-".to_owned(),
        false => lints.into_iter().collect::<Vec<_>>().join(" + "),
    }
}

/// Pairings beside the guide's own of which nothing is said above a hint, and why: the list `guide.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Quiet {
    /// Why it is so, in a sentence.
    reason: String,
    /// Whether losslint should be mended: then this is no excuse, only a note of it.
    #[serde(default)]
    mend: bool,
    /// How many pairings it is about, of both libraries.
    pairings: usize,
    /// The tasks by name; any when absent, like all that follows.
    tasks: Option<Vec<String>>,
    losses: Option<Vec<String>>,
    activations: Option<Vec<String>>,
    labels: Option<Vec<String>>,
}

impl Quiet {
    fn covers(&self, task: &Task, (loss, activation, labels): &Pairing) -> bool {
        let is_among =
            |list: &Option<Vec<String>>, name: &str| list.as_ref().is_none_or(|l| l.iter().any(|n| n == name));
        is_among(&self.tasks, task.name)
            && is_among(&self.losses, loss)
            && is_among(&self.activations, activation)
            && is_among(&self.labels, labels)
    }
}

/// The list, in its order.
fn quiet() -> Vec<Quiet> {
    let mut file: BTreeMap<String, Vec<Quiet>> = toml::from_str(include_str!("guide.toml")).expect("a list");
    let list = file.remove("quiet").unwrap_or_default();
    for entry in &list {
        assert!(entry.reason.ends_with('.'), "a reason is a sentence: {}", entry.reason);
    }
    list
}

/// Whether a pairing differs from one of the guide's own in one thing only.
fn is_one_step_beside(right: &[Pairing], pairing: &Pairing) -> bool {
    let same = |own: &Pairing| {
        let same = [own.0 == pairing.0, own.1 == pairing.1, own.2 == pairing.2];
        same.into_iter().filter(|same| *same).count()
    };
    !right.contains(pairing) && right.iter().any(|own| same(own) == 2)
}

#[test]
fn one_step_beside_the_guide_is_found_or_listed() {
    let list = quiet();
    let mut covered = vec![0; list.len()];
    let mut wrong = Vec::new();
    for (&(library, index), cells) in matrix() {
        let task = &TASKS[index];
        let beside = cells
            .iter()
            .filter(|(pairing, _)| is_one_step_beside(task.right(library), pairing));
        for (pairing, findings) in beside.filter(|(_, findings)| said(findings) != Said::Loud) {
            let covering: Vec<usize> = (0..list.len()).filter(|at| list[*at].covers(task, pairing)).collect();
            match covering[..] {
                [only] => covered[only] += 1,
                _ => wrong.push(format!(
                    "{library} {}: {pairing:?} {}; {covering:?}",
                    task.name,
                    words(findings)
                )),
            }
        }
    }
    for (entry, covered) in list.iter().zip(covered) {
        if entry.pairings != covered {
            wrong.push(format!(
                "{covered} instead of {} (mend: {}): {}",
                entry.pairings, entry.mend, entry.reason
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
