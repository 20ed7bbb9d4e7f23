//! Values as text, on one line: what JSON, TOML and YAML do alike, and a description of what they do not.

use crate::diagnostic::Literal;

/// How a format writes a value.
pub(super) struct Hand {
    /// A text, in the quotes of the value that goes where it can be.
    pub text: fn(text: &str, instead_of: &str) -> String,
    /// A key.
    pub key: fn(key: &str) -> String,
    /// What stands between a key and its value.
    pub colon: &'static str,
    /// What opens and closes a table on one line.
    pub braces: (&'static str, &'static str),
    /// The word for no value, where there is one.
    pub null: Option<&'static str>,
}

impl Hand {
    /// Writes a value in the place of another; `None` for a null where the format has none.
    pub fn write(&self, value: &Literal, instead_of: &str) -> Option<String> {
        Some(match value {
            Literal::Text(text) => (self.text)(text, instead_of),
            Literal::Number(number) => number.to_string(),
            Literal::Bool(truth) => truth.to_string(),
            Literal::Null => self.null?.to_owned(),
            Literal::Table(entries) => {
                let entries = entries.iter().map(|(key, value)| self.entry(key, value));
                let entries: Vec<String> = entries.collect::<Option<_>>()?;
                let (open, close) = self.braces;
                format!("{open}{}{close}", entries.join(", "))
            }
        })
    }

    /// Writes a key and its value.
    pub fn entry(&self, key: &str, value: &Literal) -> Option<String> {
        let value = self.write(value, "")?;
        Some(format!("{}{}{value}", (self.key)(key), self.colon))
    }
}

/// A text in double quotes. JSON's escapes are TOML's and YAML's too.
pub(super) fn in_double_quotes(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
