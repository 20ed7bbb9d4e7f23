//! A snippet drawn by miette, which makes the frame, the marks and the hooks to the labels. What is drawn fits already.

use std::fmt;

use anstream::adapter::strip_str;
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use crate::diagnostic::Severity;
use crate::output::Style;
use crate::report::{Snippet, SnippetLabel};

/// The text with its labels, drawn by miette without a title of its own.
pub fn draw(snippet: &Snippet, severity: Severity, style: Style) -> String {
    let mut theme = GraphicalTheme {
        characters: ThemeCharacters::unicode(),
        styles: if style.color {
            colours(snippet, severity)
        } else {
            ThemeStyles::none()
        },
    };
    theme.characters.error = String::new();
    theme.characters.warning = String::new();
    theme.characters.advice = String::new();
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(style.width)
        .with_links(false)
        .with_context_lines(1)
        .without_syntax_highlighting();
    let mut text = String::new();
    let drawing = Drawing {
        snippet,
        severity,
        code: Code(snippet),
    };
    if handler.render_report(&mut text, &drawing).is_err() {
        return fallback(snippet);
    }
    // The first line is the title, which is empty here but for colours.
    match text.split_once('\n') {
        Some((title, rest)) if strip_str(title).to_string().trim().is_empty() => rest.to_owned(),
        _ => text,
    }
}

/// The mark of the place to change has the colour of the title, the others have another.
fn colours(snippet: &Snippet, severity: Severity) -> ThemeStyles {
    let mut styles = ThemeStyles::ansi();
    let main = match severity {
        Severity::Error => styles.error,
        Severity::Warning => styles.warning,
        Severity::Info => styles.advice,
    };
    let others = styles.highlights.first().copied().unwrap_or_default();
    // The library takes the colours in the order in which the labels stand.
    let mut labels: Vec<_> = snippet.labels.iter().collect();
    labels.sort_by_key(|label| label.span.start);
    let colour = |label: &&SnippetLabel| if label.primary { main.bold() } else { others };
    styles.highlights = labels.iter().map(colour).collect();
    styles
}

/// Labels without a drawing, should it ever fail.
fn fallback(snippet: &Snippet) -> String {
    let mut text = format!("   [{}]\n", snippet.name);
    for label in &snippet.labels {
        text.push_str(&format!("   {}\n", label.text));
    }
    text
}

#[derive(Debug)]
struct Drawing<'s> {
    snippet: &'s Snippet,
    severity: Severity,
    code: Code<'s>,
}

impl fmt::Display for Drawing<'_> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Drawing<'_> {}

impl Diagnostic for Drawing<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.code)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.snippet.labels.iter().map(|label| {
            let span = SourceSpan::from(label.span.range());
            let text = Some(label.text.clone());
            if label.primary {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        })))
    }
}

/// A snippet's text with its real line numbers.
#[derive(Debug)]
struct Code<'s>(&'s Snippet);

impl SourceCode for Code<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let contents = self.0.text.as_bytes().read_span(span, before, after)?;
        // Without lines around it the drawing library asks for the place that it heads the frame with.
        let label = self
            .0
            .labels
            .iter()
            .find(|label| label.span.range() == (span.offset()..span.offset() + span.len()));
        let (line, column) = match label.filter(|_| before == 0 && after == 0) {
            Some(label) => (label.place.line as usize - 1, label.place.column as usize - 1),
            None => (contents.line() + self.0.first_line as usize - 1, contents.column()),
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.0.name.clone(),
            contents.data(),
            *contents.span(),
            line,
            column,
            contents.line_count(),
        )))
    }
}
