//! `junit`: a JUnit XML report, which most CI systems show as tests. One suite for each file that has something to tell:
//! errors and warnings are failures, hints pass with their text as output, what was not checked is skipped.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::plain_text;
use crate::diagnostic::Severity;
use crate::report::{Report, Reported, ReportedNote, ReportedPlace};

/// The suites by path: what is told of each file.
type Suites<'r> = BTreeMap<String, Suite<'r>>;

#[derive(Default)]
struct Suite<'r> {
    findings: Vec<&'r Reported>,
    notes: Vec<&'r ReportedNote>,
}

/// Writes the suites.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let suites = suites(report);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    if suites.is_empty() {
        return write_clean(out);
    }
    let all: Vec<&Suite<'_>> = suites.values().collect();
    writeln!(out, "<testsuites name=\"losslint\"{}>", counts(&all))?;
    for (name, suite) in &suites {
        writeln!(out, "  <testsuite name=\"{}\"{}>", attribute(name), counts(&[suite]))?;
        for finding in &suite.findings {
            write_finding(finding, out)?;
        }
        for note in &suite.notes {
            write_note(note, out)?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn suites(report: &Report) -> Suites<'_> {
    let mut suites = Suites::new();
    for finding in report.counted() {
        let suite = suites.entry(finding.primary.full_path()).or_default();
        suite.findings.push(finding);
    }
    for note in &report.not_checked {
        suites.entry(note.place.full_path()).or_default().notes.push(note);
    }
    suites
}

/// One test that passes: many readers take a report without any test for a broken one.
fn write_clean(out: &mut dyn Write) -> io::Result<()> {
    let counts = r#" tests="1" failures="0" errors="0" skipped="0""#;
    writeln!(out, "<testsuites name=\"losslint\"{counts}>")?;
    writeln!(out, "  <testsuite name=\"losslint\"{counts}>")?;
    writeln!(out, r#"    <testcase classname="losslint" name="no findings"/>"#)?;
    writeln!(out, "  </testsuite>\n</testsuites>")
}

fn counts(suites: &[&Suite<'_>]) -> String {
    let findings = || suites.iter().flat_map(|suite| &suite.findings);
    let failures = findings().filter(|finding| is_failure(finding)).count();
    let skipped: usize = suites.iter().map(|suite| suite.notes.len()).sum();
    let tests = findings().count() + skipped;
    format!(" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\"")
}

/// A hint does not fail a run by default, so it must not turn a dashboard red.
fn is_failure(finding: &Reported) -> bool {
    finding.severity != Severity::Info
}

fn write_finding(finding: &Reported, out: &mut dyn Write) -> io::Result<()> {
    let text = escaped(&plain_text::full(finding));
    open_case(finding.lint, &finding.primary, out)?;
    if is_failure(finding) {
        let kind = finding.severity;
        let message = attribute(&finding.message);
        writeln!(
            out,
            "      <failure type=\"{kind}\" message=\"{message}\">{text}</failure>"
        )?;
    } else {
        writeln!(out, "      <system-out>{text}</system-out>")?;
    }
    writeln!(out, "    </testcase>")
}

fn write_note(note: &ReportedNote, out: &mut dyn Write) -> io::Result<()> {
    open_case("not-checked", &note.place, out)?;
    let kind = note.what.as_str();
    writeln!(
        out,
        "      <skipped type=\"{kind}\" message=\"{}\"/>",
        attribute(&note.why)
    )?;
    writeln!(out, "    </testcase>")
}

/// A test is named by path and pointer, so that its history goes on when lines move.
fn open_case(class: &str, place: &ReportedPlace, out: &mut dyn Write) -> io::Result<()> {
    let name = format!("{}#{}", place.full_path(), place.pointer);
    write!(
        out,
        "    <testcase classname=\"losslint.{class}\" name=\"{}\"",
        attribute(&name)
    )?;
    write!(out, " file=\"{}\"", attribute(&place.path))?;
    if place.member.is_none() {
        write!(out, " line=\"{}\"", place.start.line)?;
    }
    writeln!(out, ">")
}

/// The value of an attribute. A bare line break or tab there would be read as a space.
fn attribute(text: &str) -> String {
    escaped(text).replace('\n', "&#10;").replace('\t', "&#9;")
}

/// Text for XML. Characters that XML 1.0 cannot hold, even escaped, become replacement characters.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(c),
            // A bare one would be read as a line feed.
            '\r' => escaped.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{attribute, escaped};

    #[test]
    fn line_breaks_and_tabs_of_an_attribute_are_kept() {
        assert_eq!(attribute("a\nb\tc\rd\"<&>"), "a&#10;b&#9;c&#13;d&quot;&lt;&amp;&gt;");
        assert_eq!(escaped("a\nb\tc\u{1}\u{ffff}"), "a\nb\tc\u{fffd}\u{fffd}");
    }
}
