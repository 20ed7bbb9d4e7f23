//! A finding in words, for the formats that show a text and have no room for more than one place. Not for people at a
//! terminal.

use crate::report::{Reported, ReportedPlace};

/// What the reader should know besides the title, one statement a line: the effect, why the task is taken to be what it is,
/// then what to do.
pub fn advice(finding: &Reported) -> Vec<String> {
    let why = Some(&finding.why).filter(|why| !why.is_empty());
    let why = why.map(|why| format!("why: {why}"));
    let help = finding.help.iter().map(|help| format!("help: {help}"));
    let because = finding.because.as_ref().map(|because| format!("because: {because}"));
    why.into_iter().chain(because).chain(help).collect()
}

/// The title and the advice.
pub fn brief(finding: &Reported) -> String {
    let mut lines = vec![finding.message.clone()];
    lines.extend(advice(finding));
    lines.join("\n")
}

/// All places with what is said there, one a line, and the advice.
pub fn details(finding: &Reported) -> String {
    let file = finding.primary.full_path();
    let contradicting = std::iter::once(&finding.primary).chain(&finding.related);
    let mut lines: Vec<String> = contradicting.map(|place| line(place, &file, "")).collect();
    lines.extend(finding.evidence.iter().map(|place| line(place, &file, "evidence: ")));
    lines.extend(advice(finding));
    lines.join("\n")
}

/// The title, all places and the advice.
pub fn full(finding: &Reported) -> String {
    format!("{}\n{}", finding.message, details(finding))
}

/// The title on one line; it also names the member when the file is an archive, since places in it have no line.
pub fn title(finding: &Reported) -> String {
    match &finding.primary.member {
        Some(member) => format!("{} (in {member})", finding.message),
        None => finding.message.clone(),
    }
}

/// `13:12: label`, with the path before it when it is not the one that the reader sees beside the text.
fn line(place: &ReportedPlace, file: &str, before: &str) -> String {
    let path = place.full_path();
    let path = match place.member {
        None if path == file => String::new(),
        _ => format!("{path}:"),
    };
    let end = if place.label.is_empty() { "" } else { ": " };
    format!("{path}{}{end}{before}{}", place.start, place.label)
}
