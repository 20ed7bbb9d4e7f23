//! The problem matchers in `docs/integrations`: each finds path, line, column, severity, lint and message in the lines of
//! the concise report, those of the golden file and some that are hard.

mod common;

use common::source::text_of;
use common::{Finding, root};
use regex::Regex;
use serde_json::Value;

/// Lines with what must be found in them.
fn lines() -> Vec<(String, Finding)> {
    let hard = text_of("tests/formats/lines.tsv");
    let hard = hard.lines().map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        let [path, line, column, severity, lint, message] = cells[..] else {
            panic!("six cells: {row}");
        };
        let finding = Finding {
            path: path.to_owned(),
            line: line.parse().expect("a number"),
            column: column.parse().expect("a number"),
            severity: severity.to_owned(),
            lint: lint.to_owned(),
            message: message.to_owned(),
        };
        (
            format!("{path}:{line}:{column}: {severity}[{lint}]: {message}"),
            finding,
        )
    });
    let golden = text_of("tests/formats/golden/concise.txt");
    let golden = golden.lines().map(|line| (line.to_owned(), Finding::read(line)));
    hard.chain(golden).collect()
}

/// A matcher in the form that VS Code and GitHub share: a regular expression and the groups that hold the parts.
struct Matcher {
    regex: Regex,
    pattern: Value,
    severity: Option<String>,
}

impl Matcher {
    fn new(pattern: &Value, severity: Option<&str>) -> Self {
        let regex = pattern["regexp"].as_str().expect("an expression");
        Self {
            regex: Regex::new(regex).expect("a regular expression"),
            pattern: pattern.clone(),
            severity: severity.map(str::to_owned),
        }
    }

    fn find(&self, line: &str) -> Option<Finding> {
        let groups = self.regex.captures(line)?;
        let part = |name: &str| Some(groups.get(self.pattern[name].as_u64()? as usize)?.as_str().to_owned());
        Some(Finding {
            path: part("file")?,
            line: part("line")?.parse().ok()?,
            column: part("column")?.parse().ok()?,
            severity: part("severity").or_else(|| self.severity.clone())?,
            lint: part("code")?,
            message: part("message")?,
        })
    }
}

#[test]
fn the_lines_show_every_severity() {
    for severity in ["error", "warning", "info"] {
        let golden = text_of("tests/formats/golden/concise.txt");
        assert!(
            golden.contains(&format!(": {severity}[")),
            "{severity} in the golden file"
        );
        assert!(
            lines().iter().any(|(_, finding)| finding.severity == severity),
            "{severity}"
        );
    }
}

#[test]
fn vs_code_finds_every_part() {
    let tasks: Value = serde_json::from_str(&text_of("docs/integrations/vscode-tasks.json")).expect("JSON");
    let matcher = Matcher::new(&tasks["tasks"][0]["problemMatcher"]["pattern"], None);
    for (line, finding) in lines() {
        assert_eq!(matcher.find(&line), Some(finding), "{line}");
    }
    assert_eq!(matcher.find("3 errors, 1 hint found"), None);
}

/// The runner strips colours, and knows errors, warnings and notices only: hints need a matcher of their own.
#[test]
fn github_finds_every_part_with_one_matcher() {
    let file: Value = serde_json::from_str(&text_of("docs/integrations/github-matcher.json")).expect("JSON");
    let matchers = file["problemMatcher"].as_array().expect("matchers");
    let matchers: Vec<Matcher> = matchers
        .iter()
        .map(|matcher| Matcher::new(&matcher["pattern"][0], matcher["severity"].as_str()))
        .collect();
    let colors = Regex::new("\u{1b}\\[[0-9;]*m?").expect("a regular expression");
    for (line, mut finding) in lines() {
        if finding.severity == "info" {
            finding.severity = "notice".to_owned();
        }
        let colored = format!("\u{1b}[1m{}\u{1b}[0m", line.replacen(": ", ": \u{1b}[1;31m", 1));
        let stripped = colors.replace_all(&colored, "");
        let found: Vec<Finding> = matchers.iter().filter_map(|matcher| matcher.find(&stripped)).collect();
        assert_eq!(found, [finding], "{line}");
    }
}

/// Emacs' expression in the words of ours: groups and alternatives are escaped there.
#[test]
fn emacs_finds_path_and_place() {
    let lisp = text_of("docs/integrations/losslint.el");
    let string = lisp
        .lines()
        .find_map(|line| line.trim().strip_prefix("\"^"))
        .expect("the expression");
    let expression = string.trim_end_matches('"').replace("\\\\", "\\");
    let expression = expression.replace("\\(", "(").replace("\\)", ")").replace("\\|", "|");
    let regex = Regex::new(&format!("^{expression}")).expect("a regular expression");
    for (line, finding) in lines() {
        let groups = regex.captures(&line).unwrap_or_else(|| panic!("{line}"));
        assert_eq!(groups[1], finding.path);
        assert_eq!(groups[2], finding.line.to_string());
        assert_eq!(groups[3], finding.column.to_string());
        assert_eq!(groups.get(4).is_some(), finding.severity == "warning");
        assert_eq!(groups.get(5).is_some(), finding.severity == "info");
    }
}

/// Vim, Emacs and Node themselves, as far as they are installed: the script says which ones it skips.
#[cfg(unix)]
#[test]
fn the_editors_themselves_find_every_part() {
    let script = root().join("tests/scripts/matchers.sh");
    let run = std::process::Command::new("sh").arg(script).output().expect("a shell");
    let told = String::from_utf8_lossy(&run.stdout);
    println!("{told}");
    assert!(run.status.success(), "{told}{}", String::from_utf8_lossy(&run.stderr));
}
