//! What fits into which format: the table of `docs/integrations/formats.md`, each cell tried.

use losslint::output::Format;
use serde_json::Value;

use crate::common::source::text_of;
use crate::everything::{HOSTILE, everything, hostile};
use crate::{FORMATS, parsed, written};

/// The rows of the table, and the words of the report that stand for each.
const PIECES: &[(&str, &[&str])] = &[
    ("title", &["MESSAGE", "ARCHIVED", "HINT"]),
    ("lint", &["unclipped-log", "prefer-logits"]),
    ("group", &["numerics"]),
    ("confidence", &["implied"]),
    ("effect (why)", &["WHY"]),
    ("reading of the task (because)", &["READS AS"]),
    ("remedies (help)", &["FIRST HELP", "SECOND HELP"]),
    ("label of the place", &["LABEL"]),
    ("pointer", &["/POINTER/~1"]),
    ("bytes", &["100"]),
    ("related places", &["RELATED", "ELSEWHERE", "OTHER", "FILE.toml"]),
    ("evidence", &["EVIDENCE"]),
    ("fixes of one edit", &["ONE EDIT"]),
    ("fixes of several edits", &["EDIT OF TWO", "OTHER EDIT"]),
    ("what fixes do and promise", &["OTHER FIX", "unsafe"]),
    ("fixes for showing", &["SHOWN FIX"]),
    ("fixes within archives", &["EDIT WITHIN"]),
    ("accepted findings", &["ACCEPTED", "BY RULE", "REASON"]),
    ("members of archives", &["MEMBER.json"]),
    ("fingerprint", &["f1f1"]),
    ("what was not checked", &["NOTE", "custom-loss"]),
    ("counts", &["not_models"]),
];

/// The cells of the table in the documentation: a piece, and for each format whether it fits.
fn documented() -> Vec<(String, Vec<(String, bool)>)> {
    let page = text_of("docs/integrations/formats.md");
    let mut rows = page
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|row| row.split(" | ").map(str::trim).collect::<Vec<_>>())
        .skip_while(|row| row[0] != "piece");
    let head = rows.next().expect("a table with the column `piece`");
    rows.take_while(|row| row.len() == head.len())
        .map(|row| {
            let cells = head[1..].iter().zip(&row[1..]);
            let fits = cells.map(|(format, cell)| ((*format).to_owned(), *cell == "yes"));
            (row[0].to_owned(), fits.collect())
        })
        .collect()
}

/// All texts of a report as a reader of the format sees them, escapes undone.
fn texts(format: Format, report: &str) -> Vec<String> {
    match format {
        Format::Github => report.lines().map(decoded).collect(),
        Format::Junit => xml_texts(report),
        Format::Jsonl => report.lines().flat_map(|line| json_texts(&parsed(line))).collect(),
        Format::Human | Format::Concise => report.lines().map(str::to_owned).collect(),
        _ => json_texts(&parsed(report)),
    }
}

fn json_texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(json_texts).collect(),
        Value::Object(members) => {
            let texts = members.iter().map(|(key, value)| (key.clone(), json_texts(value)));
            texts.flat_map(|(key, texts)| [vec![key], texts].concat()).collect()
        }
        other => vec![other.to_string()],
    }
}

fn xml_texts(report: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(report).unwrap_or_else(|error| panic!("{error}: {report}"));
    let attributes = document.descendants().flat_map(|node| node.attributes());
    let texts = document.descendants().filter_map(|node| node.text());
    attributes
        .map(|attribute| attribute.value())
        .chain(texts)
        .map(str::to_owned)
        .collect()
}

/// Undoes the escapes of workflow commands, as the runner does: the percent sign last.
fn decoded(text: &str) -> String {
    let text = text.replace("%0D", "\r").replace("%0A", "\n");
    text.replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
}

#[test]
fn every_piece_fits_where_the_table_says_so() {
    let report = everything();
    let documented = documented();
    let names: Vec<&str> = documented.iter().map(|(piece, _)| piece.as_str()).collect();
    let pieces: Vec<&str> = PIECES.iter().map(|(piece, _)| *piece).collect();
    assert_eq!(names, pieces, "the rows of the table");
    let mut wrong = Vec::new();
    for ((piece, needles), (_, cells)) in PIECES.iter().zip(&documented) {
        let columns: Vec<&str> = cells.iter().map(|(format, _)| format.as_str()).collect();
        let formats: Vec<&str> = FORMATS.iter().map(|(name, _)| *name).collect();
        assert_eq!(columns, formats, "the columns of the table");
        for ((name, format), (_, fits)) in FORMATS.iter().zip(cells) {
            let texts = texts(*format, &written(&report, *format));
            for needle in *needles {
                if texts.iter().any(|text| text.contains(needle)) != *fits {
                    let is = if *fits { "is missing" } else { "is there" };
                    wrong.push(format!("{piece}: {needle:?} {is} in {name}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn accepted_findings_count_nowhere() {
    for (name, format) in FORMATS {
        let text = written(&everything(), *format);
        let counted = match *format {
            Format::Json | Format::Jsonl | Format::Sarif => continue,
            Format::Junit => text.matches("<testcase").count() - text.matches("<skipped").count(),
            Format::Gitlab => parsed(&text).as_array().map_or(0, Vec::len),
            Format::Rdjson => parsed(&text)["diagnostics"].as_array().map_or(0, Vec::len),
            _ => text.lines().count(),
        };
        assert_eq!(counted, 3, "{name}: {text}");
    }
    let summary = &parsed(&written(&everything(), Format::Json))["summary"];
    let counts = ["errors", "warnings", "infos", "suppressed"].map(|name| summary[name].as_u64());
    assert_eq!(counts, [Some(1), Some(1), Some(1), Some(2)]);
}

/// A text from a model can hold anything: it must neither end its line, tag or string nor act on a terminal.
#[test]
fn hostile_texts_stay_texts() {
    let as_xml = HOSTILE.replace(['\u{1b}', '\u{0}'], "\u{fffd}");
    let as_log = HOSTILE
        .replace('\u{1b}', r"\u001b")
        .replace('\u{0}', r"\u0000")
        .replace('\t', r"\u0009");
    for (name, format) in FORMATS {
        let text = written(&hostile(), *format);
        let acting = |c: char| c.is_control() && c != '\n' && !(c == '\t' && *format == Format::Junit);
        assert!(!text.contains(acting), "{name}: {text:?}");
        let wanted = match *format {
            Format::Concise => as_log
                .replace('\r', r"\u000d")
                .replace('\n', r"\u000a")
                .replacen("::", r"\u003a:", 1),
            Format::Junit => as_xml.clone(),
            Format::Github => as_log.clone(),
            _ => HOSTILE.to_owned(),
        };
        let texts = texts(*format, &text);
        assert!(
            texts.iter().any(|text| text.contains(&wanted)),
            "{name}: {wanted:?} in {texts:?}"
        );
        let lines = match *format {
            Format::Concise | Format::Github => 1,
            Format::Jsonl => 2,
            _ => continue,
        };
        assert_eq!(text.lines().count(), lines, "{name}: {text:?}");
    }
}
