//! Each format against the standard that it follows: schemas, escaping, unique names.

use std::collections::BTreeSet;
use std::fs;

use losslint::diagnostic::Severity;
use losslint::output::{Format, json};
use losslint::report::Report;
use serde_json::Value;

use crate::common::source::text_of;
use crate::common::{losslint, root};
use crate::everything::{PATH, everything, hostile, place};
use crate::golden::{check, models};
use crate::{parsed, written};

fn assert_valid(schema: &Value, document: &Value) {
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(schema)
        .expect("a schema");
    let errors: Vec<String> = validator
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

fn schema(name: &str) -> Value {
    parsed(&text_of(&format!("tests/formats/schemas/{name}")))
}

/// Reports to try a schema on: everything, hostile texts, nothing, what the binary says about the models and about all
/// fixtures that are bad in some way.
fn reports(name: &str, format: Format) -> Vec<String> {
    let models = models();
    let args = [
        "check",
        "--no-config",
        "--select",
        "all",
        "--format",
        name,
        "fixtures/bad",
        "fixtures/hostile",
    ];
    vec![
        written(&everything(), format),
        written(&hostile(), format),
        written(&Report::default(), format),
        check(models.path(), &["--format", name]).stdout,
        losslint(root(), &args).stdout,
    ]
}

/// The same schema, which also refuses what it does not name.
fn strict(mut schema: Value) -> Value {
    fn close(schema: &mut Value) {
        if let Some(object) = schema.as_object_mut() {
            if object.contains_key("properties") && !object.contains_key("additionalProperties") {
                object.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            object.values_mut().for_each(close);
        } else if let Some(items) = schema.as_array_mut() {
            items.iter_mut().for_each(close);
        }
    }
    close(&mut schema);
    schema
}

#[test]
fn json_is_as_its_schema_says() {
    let schema = strict(json::schema());
    for report in reports("json", Format::Json) {
        assert_valid(&schema, &parsed(&report));
    }
}

#[test]
fn json_lines_are_the_parts_of_json() {
    let whole = parsed(&written(&everything(), Format::Json));
    let mut findings = Vec::new();
    let mut not_checked = Vec::new();
    let (mut summary, mut hidden) = (Value::Null, Value::Null);
    for line in written(&everything(), Format::Jsonl).lines() {
        assert!(summary.is_null(), "the summary is the last line");
        let mut part = parsed(line);
        let kind = part
            .as_object_mut()
            .and_then(|part| part.remove("type"))
            .expect("a type");
        match kind.as_str() {
            Some("finding") => findings.push(part),
            Some("not_checked") => not_checked.push(part),
            Some("hidden") => hidden = part,
            Some("summary") => summary = part,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(Value::Array(findings), whole["findings"]);
    assert_eq!(Value::Array(not_checked), whole["not_checked"]);
    assert_eq!(hidden, whole["hidden"]);
    assert_eq!(summary, whole["summary"]);
}

#[test]
fn sarif_is_as_its_schema_says() {
    let mut schema = schema("sarif-schema-2.1.0.json");
    // A bracket too many, which only JavaScript's older regular expressions take. We do not write a language.
    for owner in ["run", "toolComponent"] {
        let language = schema["definitions"][owner]["properties"]["language"].as_object_mut();
        language
            .and_then(|language| language.remove("pattern"))
            .expect("a pattern");
    }
    for report in reports("sarif", Format::Sarif) {
        let log = parsed(&report);
        assert_valid(&schema, &log);
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        for result in run["results"].as_array().expect("results") {
            let index = result["ruleIndex"].as_u64().expect("an index") as usize;
            assert_eq!(rules[index]["id"], result["ruleId"]);
            assert!(result["suppressions"].is_array(), "on every result or on none");
        }
    }
}

#[test]
fn sarif_paths_are_uris() {
    for (path, uri, base) in [
        (PATH, "models/50%25%20a%2Cb%3Ac%20%22%C3%BC%22.json", true),
        ("/etc/a b.json", "file:///etc/a%20b.json", false),
        ("C:/models/a b.json", "file:///C:/models/a%20b.json", false),
        ("//server/share/a.json", "file://server/share/a.json", false),
    ] {
        let mut report = everything();
        report.findings[0].primary = place(path, 1, "");
        let log = parsed(&written(&report, Format::Sarif));
        let location = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
        assert_eq!(location["uri"], uri);
        assert_eq!(location["uriBaseId"] == "%SRCROOT%", base, "{path}");
    }
}

#[test]
fn sarif_places_in_archives_are_not_places_of_the_archive() {
    let log = parsed(&written(&everything(), Format::Sarif));
    let location = &log["runs"][0]["results"][3]["locations"][0];
    assert_eq!(location["physicalLocation"]["artifactLocation"]["uri"], "m.keras");
    assert_eq!(
        location["physicalLocation"]["region"],
        serde_json::json!({ "startLine": 1 })
    );
    assert_eq!(location["properties"]["region"]["startLine"], 7);
    assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], "MEMBER.json#");
}

#[test]
fn rdjson_is_as_its_schema_says_and_counts_bytes() {
    let schema = schema("reviewdog.json");
    for report in reports("rdjson", Format::Rdjson) {
        assert_valid(&schema, &parsed(&report));
    }
    let folder = models();
    let result = parsed(&check(folder.path(), &["--format", "rdjson"]).stdout);
    let diagnostics = result["diagnostics"].as_array().expect("diagnostics");
    let locations: Vec<&Value> = diagnostics.iter().map(|diagnostic| &diagnostic["location"]).collect();
    let (within_files, within_archives): (Vec<&Value>, Vec<&Value>) = locations
        .into_iter()
        .partition(|location| location["range"].is_object());
    assert!(within_files.len() > 1 && within_archives.len() == 1, "{result}");
    for location in within_files {
        let path = location["path"].as_str().expect("a path");
        let text = fs::read_to_string(folder.path().join(path)).expect("the file");
        let number = |place: &str, name: &str| location["range"][place][name].as_u64().expect("a number") as usize;
        let line = text.lines().nth(number("start", "line") - 1).expect("the line");
        let words = &line.as_bytes()[number("start", "column") - 1..number("end", "column") - 1];
        let words = std::str::from_utf8(words).expect("whole characters");
        assert!(words.starts_with('"') && words.ends_with('"'), "{path}: {words}");
    }
}

#[test]
fn github_commands_are_one_line_each_and_escaped() {
    let text = written(&everything(), Format::Github);
    let lines: Vec<&str> = text.lines().collect();
    let properties =
        "file=models/50%25 a%2Cb%3Ac \"ü\".json,line=1,endLine=1,col=3,endColumn=7,title=losslint (unclipped-log)";
    let first =
        format!("::error {properties}::MESSAGE%0A1:3: LABEL%0A2:3: RELATED%0AOTHER FILE.toml:9:3: ELSEWHERE%0A");
    assert!(lines[0].starts_with(&first), "{}", lines[0]);
    let archived = "::warning file=m.keras,title=losslint (unclipped-log)::ARCHIVED%0Am.keras!MEMBER.json:7:3";
    assert_eq!(lines[1], archived, "lines within an archive are not lines of it");
    assert!(lines[2].starts_with("::notice "));
    let mut report = everything();
    report.findings[0].primary.end.line = 2;
    let text = written(&report, Format::Github);
    assert!(
        text.contains("line=1,endLine=2,title="),
        "no columns over several lines: {text}"
    );
}

#[test]
fn gitlab_fingerprints_are_unique() {
    for report in reports("gitlab", Format::Gitlab) {
        let issues = parsed(&report);
        let issues = issues.as_array().expect("an array");
        let texts = |name: &str| {
            issues
                .iter()
                .map(|issue| issue[name].as_str().expect("a text"))
                .collect::<Vec<_>>()
        };
        let unique: BTreeSet<&str> = texts("fingerprint").into_iter().collect();
        assert_eq!(unique.len(), issues.len());
        assert!(
            texts("severity")
                .iter()
                .all(|severity| ["major", "minor", "info"].contains(severity))
        );
        for issue in issues {
            assert!(
                issue["location"]["path"].is_string() && issue["location"]["lines"]["begin"].is_u64(),
                "{issue}"
            );
            assert!(
                issue["description"].is_string() && issue["check_name"].is_string(),
                "{issue}"
            );
        }
    }
}

#[test]
fn junit_counts_what_it_holds() {
    for report in reports("junit", Format::Junit) {
        let document = roxmltree::Document::parse(&report).unwrap_or_else(|error| panic!("{error}: {report}"));
        let holders = document
            .descendants()
            .filter(|node| node.tag_name().name().starts_with("testsuite"));
        for holder in holders {
            let count = |tag: &str| {
                holder
                    .descendants()
                    .filter(|node| node.has_tag_name(tag))
                    .count()
                    .to_string()
            };
            assert_eq!(holder.attribute("tests"), Some(count("testcase").as_str()));
            assert_eq!(holder.attribute("failures"), Some(count("failure").as_str()));
            assert_eq!(holder.attribute("skipped"), Some(count("skipped").as_str()));
            assert!(count("testcase") != "0", "no suite is empty");
        }
    }
}

#[test]
fn junit_fails_for_what_fails_a_run_by_default() {
    let report = everything();
    let failing = report
        .counted()
        .filter(|finding| finding.severity >= Severity::Warning)
        .count();
    let text = written(&report, Format::Junit);
    assert_eq!(text.matches("<failure").count(), failing);
    assert_eq!(text.matches("<system-out").count(), 1);
    assert!(!written(&Report::default(), Format::Junit).contains("<failure"));
}
