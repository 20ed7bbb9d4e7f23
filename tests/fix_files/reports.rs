//! Fixes in reports: applying the edits of one gives the bytes that `--fix` writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::text;
use crate::common::{files_below, losslint, root};

/// A copy of the bad fixtures that are texts, with the facts beside them, and their paths in it.
fn models() -> (tempfile::TempDir, Vec<String>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut models = Vec::new();
    for fixture in files_below("fixtures/bad") {
        let Ok(model) = fs::read_to_string(root().join(&fixture)) else {
            continue;
        };
        let name = fixture.strip_prefix("fixtures/bad/").expect("a path below it");
        let copy = folder.path().join(name);
        fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder");
        fs::write(copy, model).expect("a file");
        models.push(name.to_owned());
    }
    (folder, models)
}

fn contents(folder: &Path, names: &[String]) -> BTreeMap<String, String> {
    let content = |name: &String| (name.clone(), text(&folder.join(name)));
    names.iter().map(content).collect()
}

/// Every lint over all models in one run.
fn check_all(folder: &Path, args: &[&str]) -> String {
    let mut all = vec!["check", "--no-config", "--select", "all", "--fail-on", "never"];
    all.extend(args);
    all.push(".");
    losslint(folder, &all).stdout
}

/// A fix as a report has it: its file, whether it is for showing only, the bytes that go, and the text that comes.
struct Fix {
    path: String,
    is_shown: bool,
    edits: Vec<(usize, usize, String)>,
}

/// How a format is read by a tool that knows nothing but the report and the files.
struct Format {
    name: &'static str,
    /// The findings of a report, in order.
    findings: fn(&Value) -> Vec<Value>,
    /// Every fix of a finding.
    fixes: fn(&Value, &BTreeMap<String, String>) -> Vec<Fix>,
}

type Texts = BTreeMap<String, String>;

const JSON: Format = Format {
    name: "json",
    findings: |report| list(&report["findings"]),
    fixes: |finding, _| list(&finding["fixes"]).iter().map(json_fix).collect(),
};
const SARIF: Format = Format {
    name: "sarif",
    findings: |report| list(&report["runs"][0]["results"]),
    fixes: |finding, texts| {
        let fixes = list(&finding["fixes"]).into_iter();
        fixes.map(|fix| sarif_fix(&fix, texts)).collect()
    },
};
const RDJSON: Format = Format {
    name: "rdjson",
    findings: |report| list(&report["diagnostics"]),
    fixes: |finding, texts| {
        let path = string(&finding["location"]["path"]);
        let suggestions = list(&finding["suggestions"]).into_iter();
        suggestions
            .map(|suggestion| rdjson_fix(&suggestion, &path, texts))
            .collect()
    },
};

fn json_fix(fix: &Value) -> Fix {
    let edit = |edit: Value| (number(&edit["start"]), number(&edit["end"]), string(&edit["text"]));
    Fix {
        path: string(&fix["path"]),
        is_shown: fix["applicability"] == "display",
        edits: list(&fix["edits"]).into_iter().map(edit).collect(),
    }
}

fn sarif_fix(fix: &Value, texts: &Texts) -> Fix {
    let change = &fix["artifactChanges"][0];
    let path = string(&change["artifactLocation"]["uri"]);
    let text = &texts[&path];
    let edit = |replacement: Value| {
        let region = &replacement["deletedRegion"];
        let end_line = region.get("endLine").unwrap_or(&region["startLine"]);
        (
            at(text, number(&region["startLine"]), number(&region["startColumn"])),
            at(text, number(end_line), number(&region["endColumn"])),
            string(&replacement["insertedContent"]["text"]),
        )
    };
    Fix {
        is_shown: fix["properties"]["applicability"] == "display",
        edits: list(&change["replacements"]).into_iter().map(edit).collect(),
        path,
    }
}

fn rdjson_fix(suggestion: &Value, path: &str, texts: &Texts) -> Fix {
    let byte = |place: &Value| start_of_line(&texts[path], number(&place["line"])) + number(&place["column"]) - 1;
    let range = &suggestion["range"];
    let edit = (byte(&range["start"]), byte(&range["end"]), string(&suggestion["text"]));
    Fix {
        path: path.to_owned(),
        is_shown: false, // the format does not tell
        edits: vec![edit],
    }
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn number(value: &Value) -> usize {
    value.as_u64().unwrap_or_else(|| panic!("a number, not {value}")) as usize
}

fn string(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("a text, not {value}"))
        .to_owned()
}

fn start_of_line(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line - 1).map(str::len).sum()
}

/// The byte at a line and a column that counts characters.
fn at(text: &str, line: usize, column: usize) -> usize {
    let start = start_of_line(text, line);
    let characters = text[start..].chars().take(column - 1).map(char::len_utf8);
    start + characters.sum::<usize>()
}

fn apply(text: &str, mut edits: Vec<(usize, usize, String)>) -> String {
    let mut result = text.to_owned();
    edits.sort();
    for (start, end, with) in edits.into_iter().rev() {
        result.replace_range(start..end, &with);
    }
    result
}

fn is_accepted(finding: &Value) -> bool {
    finding.get("suppressed").is_some() || !list(&finding["suppressions"]).is_empty()
}

/// Errors first, as `--fix` takes them.
fn rank(finding: &Value) -> usize {
    let words = ["severity", "level"].map(|key| finding.get(key).and_then(Value::as_str));
    let word = words.into_iter().flatten().next();
    let ranks = ["error", "warning"].into_iter();
    ranks.take_while(|rank| Some(*rank) != word).count()
}

/// Rounds of a report and its edits, until no fix is left that may be applied.
fn mend(format: &Format, folder: &Path, names: &[String]) {
    for _ in 0..10 {
        let report: Value = serde_json::from_str(&check_all(folder, &["--format", format.name])).expect("a report");
        let texts = contents(folder, names);
        let mut edits: BTreeMap<String, Vec<(usize, usize, String)>> = BTreeMap::new();
        let mut findings = (format.findings)(&report);
        findings.retain(|finding| !is_accepted(finding));
        findings.sort_by_key(rank);
        for finding in &findings {
            let mut fixes = (format.fixes)(finding, &texts).into_iter();
            let Some(first) = fixes.find(|fix| !fix.is_shown) else {
                continue;
            };
            let chosen = edits.entry(first.path).or_default();
            let touches = |(start, end, _): &(usize, usize, String)| {
                chosen.iter().any(|other| *start <= other.1 && other.0 <= *end)
            };
            if !first.edits.iter().any(touches) {
                chosen.extend(first.edits);
            }
        }
        if edits.is_empty() {
            return;
        }
        for (name, edits) in edits {
            fs::write(folder.join(&name), apply(&texts[&name], edits)).expect("a file");
        }
    }
}

#[test]
fn the_edits_of_json_and_sarif_reports_are_those_of_fix() {
    let (folder, names) = models();
    let before = contents(folder.path(), &names);
    check_all(folder.path(), &["--fix", "--unsafe-fixes"]);
    let fixed = contents(folder.path(), &names);
    let changed = names.iter().filter(|name| fixed[*name] != before[*name]).count();
    assert!(changed > 100, "{changed} files");
    for format in [JSON, SARIF] {
        let (folder, names) = models();
        mend(&format, folder.path(), &names);
        for (name, text) in contents(folder.path(), &names) {
            assert_eq!(text, fixed[&name], "{name} by {}", format.name);
        }
    }
}

/// A suggestion of rdjson is a fix as one edit: it makes the same text, and every fix in the finding's file has one.
#[test]
fn the_suggestions_of_rdjson_are_the_fixes_of_json() {
    let (folder, names) = models();
    let texts = contents(folder.path(), &names);
    let results = |format: &Format| {
        let report: Value =
            serde_json::from_str(&check_all(folder.path(), &["--format", format.name])).expect("a report");
        let mut results = Vec::new();
        let mut findings = (format.findings)(&report);
        findings.retain(|finding| !is_accepted(finding));
        findings.sort_by_key(rank);
        for finding in &findings {
            for fix in (format.fixes)(finding, &texts) {
                let is_here = finding.get("path").is_none_or(|path| *path == *fix.path);
                if is_here && !fix.edits.is_empty() {
                    results.push((fix.path.clone(), apply(&texts[&fix.path], fix.edits)));
                }
            }
        }
        results
    };
    let (by_json, by_rdjson) = (results(&JSON), results(&RDJSON));
    assert!(by_json.len() > 150, "{} fixes", by_json.len());
    assert_eq!(by_json.len(), by_rdjson.len());
    for (json, rdjson) in by_json.into_iter().zip(by_rdjson) {
        assert_eq!(json, rdjson);
    }
}
