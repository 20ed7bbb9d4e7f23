//! What must hold of every report and every output, whatever the input was.

use std::cell::Cell;
use std::fmt;

use losslint::output::{self, Format as Output, Style};
use losslint::report::{Report, Reported, ReportedFix, ReportedPlace};
use serde_json::Value;

/// How much was looked at, so that a run tells what its silence is worth.
#[derive(Clone, Copy, Default)]
pub struct Looked {
    /// Places of findings, evidence, edits and notes, each inside its text.
    places: u64,
    /// Fixes whose edits do not overlap.
    fixes: u64,
    /// Texts that were fixed, and in which a second run finds nothing more to fix.
    pub fixed_texts: u64,
}

impl fmt::Display for Looked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            places,
            fixes,
            fixed_texts,
        } = self;
        write!(f, "{places} places, {fixes} fixes, {fixed_texts} fixed texts")
    }
}

thread_local! {
    /// What this thread's target has looked at.
    pub static LOOKED: Cell<Looked> = Cell::default();
}

/// Counts something that holds.
pub fn count(add: impl FnOnce(&mut Looked)) {
    let mut looked = LOOKED.get();
    add(&mut looked);
    LOOKED.set(looked);
}

const OUTPUTS: &[Output] = &[
    Output::Human,
    Output::Concise,
    Output::Json,
    Output::Jsonl,
    Output::Sarif,
    Output::Github,
    Output::Gitlab,
    Output::Junit,
    Output::Rdjson,
];

/// Looks at every place of a report on one text, then writes it in every format.
pub fn report(report: &Report, text: Option<&str>) {
    for finding in &report.findings {
        assert!(!finding.message.is_empty());
        let places = std::iter::once(&finding.primary)
            .chain(&finding.related)
            .chain(&finding.evidence);
        let edits = finding.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| &edit.place);
        for place in places.chain(edits) {
            is_placed(place, text);
        }
        finding.fixes.iter().for_each(edits_are_apart);
        snippets(finding);
    }
    report.not_checked.iter().for_each(|note| is_placed(&note.place, text));
    for &format in OUTPUTS {
        written(report, format);
    }
}

fn is_placed(place: &ReportedPlace, text: Option<&str>) {
    assert!(place.span.start <= place.span.end, "{place:?}");
    assert!(
        place.start.line >= 1 && place.start.column >= 1 && place.start <= place.end,
        "{place:?}"
    );
    if let Some(text) = text {
        assert!(text.get(place.span.range()).is_some(), "{place:?} is outside the text");
    }
    count(|looked| looked.places += 1);
}

fn edits_are_apart(fix: &ReportedFix) {
    let mut spans: Vec<_> = fix.edits.iter().map(|edit| edit.place.span).collect();
    spans.sort();
    assert!(
        spans.windows(2).all(|pair| pair[0].end <= pair[1].start),
        "edits overlap: {fix:?}"
    );
    count(|looked| looked.fixes += 1);
}

fn snippets(finding: &Reported) {
    for snippet in &finding.snippets {
        for label in &snippet.labels {
            assert!(
                snippet.text.get(label.span.range()).is_some(),
                "a label outside its snippet: {snippet:?}"
            );
        }
    }
}

fn written(report: &Report, format: Output) {
    let mut bytes = Vec::new();
    output::write(report, format, Style::PLAIN, &mut bytes).expect("memory can be written to");
    let text = String::from_utf8(bytes).expect("a report is UTF-8");
    match format {
        Output::Human | Output::Concise | Output::Github => assert_harmless(&text),
        Output::Json | Output::Sarif | Output::Gitlab | Output::Rdjson => {
            serde_json::from_str::<Value>(&text).expect("JSON");
        }
        Output::Jsonl => text.lines().for_each(|line| {
            serde_json::from_str::<Value>(line).expect("a line of JSON");
        }),
        Output::Junit => {
            roxmltree::Document::parse(&text).expect("XML");
        }
    }
}

/// Nothing in it moves a cursor, changes colours or turns the direction of writing.
pub fn assert_harmless(text: &str) {
    let harmful = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if let Some(at) = text.find(harmful) {
        let around = &text[text.floor_char_boundary(at.saturating_sub(80))..];
        panic!(
            "this acts on a terminal: {:?}",
            around.chars().take(120).collect::<String>()
        );
    }
}
