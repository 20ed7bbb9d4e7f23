//! What was looked at in each fixture, and what was found: one snapshot for each topic.
//!
//! A line for each file says how many of its heads were checked, what task each has, and of what was not checked the kind and the place; below it
//! stands each finding with its place, the places that it contradicts, those that its task rests on, and how sure it is; below a
//! finding the exact edits of its fixes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use losslint::config::{Globs, Named, Origin, Selection, Settings};
use losslint::discover::Walk;
use losslint::ir::task::{Conclusion, Task};
use losslint::report::{Counts, Report, Reported, ReportedFix, ReportedNote, ReportedPlace};
use losslint::{Request, check, read_models};

use crate::common::{fixtures, names_in, root};

#[test]
fn what_is_looked_at_and_found() {
    let mut folders: BTreeMap<String, String> = BTreeMap::new();
    for path in fixtures("") {
        let parts: Vec<&str> = path.splitn(4, '/').collect();
        let [_, kind, topic, name] = parts[..] else {
            panic!("{path}: fixtures/kind/topic/case");
        };
        let text = folders.entry(format!("{kind}-{topic}")).or_default();
        text.push_str(&told(name, &path));
    }
    for (name, text) in &folders {
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name.as_str(), text);
        });
    }
    let there = names_in(&root().join("tests/matrix/snapshots"));
    let there = there.iter().filter_map(|name| name.strip_suffix(".snap"));
    let without_fixtures: Vec<&str> = there.filter(|name| !folders.contains_key(*name)).collect();
    assert!(
        without_fixtures.is_empty(),
        "snapshots without fixtures: {without_fixtures:?}"
    );
}

/// Silence about a file that was not read as a model would show nothing.
#[test]
fn every_good_fixture_is_read_as_a_model() {
    let files = fixtures("good");
    assert!(files.len() > 300, "{} fixtures", files.len());
    let told = files.iter().map(|path| told(path, path));
    let unread: Vec<String> = told.filter(|text| text.contains(": no model")).collect();
    assert!(unread.is_empty(), "{unread:#?}");
}

/// The report of a run over one fixture, with every lint on.
pub fn report(path: &str) -> Report {
    let request = Request {
        paths: vec![PathBuf::from(path)],
        standard_input: None,
        walk: Walk {
            respect_ignore_files: false,
        },
        config: Origin::Defaults,
        selection: Selection {
            select: Some(vec![Named::given("all")]),
            ..Selection::default()
        },
        exclude: Globs::none(),
        force_exclude: false,
        jobs: Some(1),
        with_snippets: false,
        fixing: None,
    };
    check(&request, &|_, _| ()).expect("there is no configuration").report
}

/// What that run tells, but for its words.
fn told(name: &str, path: &str) -> String {
    let report = report(path);
    let mut text = format!(
        "{name}: {}{}{}\n",
        heads(&report.counts),
        tasks(path),
        notes(path, &report.not_checked)
    );
    for finding in &report.findings {
        writeln!(text, "  {}", line(path, finding)).expect("a string");
        for fix in &finding.fixes {
            writeln!(text, "    {}", edits(path, fix)).expect("a string");
        }
    }
    text
}

fn heads(counts: &Counts) -> String {
    let not_checked: usize = counts.heads_not_checked.values().sum();
    let all = counts.heads_checked + not_checked;
    match (counts.models, not_checked) {
        (0, _) => "no model".to_owned(),
        (_, 0) => format!("{all} checked"),
        _ => format!("{} of {all} checked", counts.heads_checked),
    }
}

/// The task of each head, and how surely it is concluded.
fn tasks(path: &str) -> String {
    let Ok((_, models)) = read_models(&root().join(path), &Settings::default()) else {
        return String::new();
    };
    let heads = models.iter().flat_map(|model| &model.heads);
    let tasks: Vec<String> = heads.map(|head| task(&head.task)).collect();
    match tasks.is_empty() {
        true => String::new(),
        false => format!(": {}", tasks.join(", ")),
    }
}

fn task(task: &Task) -> String {
    let kind = match task.conclusion {
        Conclusion::Open => return "open".to_owned(),
        Conclusion::Classification => "classification".to_owned(),
        Conclusion::Kind(kind) => format!("{kind:?}").to_lowercase(),
    };
    format!("{} {kind}", task.confidence.as_str())
}

fn notes(path: &str, notes: &[ReportedNote]) -> String {
    let mut counted: BTreeMap<(u32, String), usize> = BTreeMap::new();
    for note in notes {
        let text = format!("{} {}", note.what.as_str(), place(path, &note.place));
        *counted.entry((note.place.span.start, text)).or_default() += 1;
    }
    let times = |count| {
        if count > 1 {
            format!(" ×{count}")
        } else {
            String::new()
        }
    };
    let all: Vec<String> = counted
        .into_iter()
        .map(|((_, text), count)| format!("{text}{}", times(count)))
        .collect();
    match all.is_empty() {
        true => String::new(),
        false => format!("; {}", all.join(", ")),
    }
}

fn line(path: &str, finding: &Reported) -> String {
    let mut places = finding.confidence.as_str().to_owned();
    for (word, list) in [("with", &finding.related), ("from", &finding.evidence)] {
        if !list.is_empty() {
            let list: Vec<String> = list.iter().map(|at| place(path, at)).collect();
            write!(places, ", {word} {}", list.join(" ")).expect("a string");
        }
    }
    let (at, severity) = (place(path, &finding.primary), finding.severity.as_str());
    let accepted = if finding.suppressed.is_some() { ", accepted" } else { "" };
    format!(
        "{at} {severity}[{}] {} ({places}{accepted})",
        finding.lint, finding.message
    )
}

/// What a fix promises, and each of its edits: the bytes that go, by their number, and the exact text that comes.
fn edits(path: &str, fix: &ReportedFix) -> String {
    let edits = fix.edits.iter().map(|edit| {
        let (at, gone) = (place(path, &edit.place), edit.place.span.len());
        match gone {
            0 => format!("{at} +{:?}", edit.text),
            _ => format!("{at} -{gone} +{:?}", edit.text),
        }
    });
    let edits: Vec<String> = edits.collect();
    format!("{}: {}", fix.applicability.as_str(), edits.join(", "))
}

/// Line and column; before them the ending of another file, or the member of an archive.
fn place(path: &str, place: &ReportedPlace) -> String {
    let at = format!("{}:{}", place.start.line, place.start.column);
    let full = place.full_path();
    match full == path {
        true => at,
        false if full.ends_with(".facts.toml") => format!("facts {at}"),
        false => format!("{} {at}", full.rsplit(['/', '!']).next().unwrap_or_default()),
    }
}
