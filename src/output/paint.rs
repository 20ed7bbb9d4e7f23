//! Colours for what people read, or none. No colour carries meaning alone.

use crate::diagnostic::Severity;

/// Paints texts with ANSI codes when colours are wanted.
pub struct Paint {
    color: bool,
}

impl Paint {
    /// Paints when `color` says so.
    pub fn new(color: bool) -> Self {
        Self { color }
    }

    /// A severity's colour.
    pub fn severity(&self, severity: Severity, text: &str) -> String {
        self.styled(
            text,
            match severity {
                Severity::Error => "1;31",
                Severity::Warning => "1;33",
                Severity::Info => "1;36",
            },
        )
    }

    /// Titles.
    pub fn bold(&self, text: &str) -> String {
        self.styled(text, "1")
    }

    /// Names of entries.
    pub fn accent(&self, text: &str) -> String {
        self.styled(text, "36")
    }

    /// Code within text; in backticks when there are no colours.
    pub fn code(&self, text: &str) -> String {
        if self.color {
            self.styled(text, "36")
        } else {
            format!("`{text}`")
        }
    }

    /// The mark of a bad example.
    pub fn bad(&self, text: &str) -> String {
        self.styled(text, "1;31")
    }

    /// The mark of a good example.
    pub fn good(&self, text: &str) -> String {
        self.styled(text, "1;32")
    }

    /// Starts bold text that [`Self::end`] ends.
    pub fn start_bold(&self) -> &'static str {
        if self.color { "\u{1b}[1m" } else { "" }
    }

    /// Ends what was started.
    pub fn end(&self) -> &'static str {
        if self.color { "\u{1b}[0m" } else { "" }
    }

    fn styled(&self, text: &str, code: &str) -> String {
        if self.color && !text.trim().is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}
