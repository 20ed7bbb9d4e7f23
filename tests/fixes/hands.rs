//! One model in many hands: the same values with other white space, line breaks, key order and comments.

use std::path::Path;

use serde_json::Value;

/// A model written in another way.
pub struct Hand {
    /// What is different.
    pub name: &'static str,
    pub text: String,
}

/// The ways to write a model of this format.
pub fn of(path: &Path, text: &str) -> Vec<Hand> {
    let windows = Hand {
        name: "with CRLF",
        text: text.replace("\r\n", "\n").replace('\n', "\r\n"),
    };
    let mut hands = vec![windows];
    if path.extension().is_some_and(|ending| ending == "toml") {
        hands.push(Hand {
            name: "with comments",
            text: text.lines().map(|line| commented(line, "#")).collect(),
        });
    }
    // Values such as NaN, and keys given twice, are not serde_json's.
    if path.extension().is_some_and(|ending| ending == "json")
        && let Ok(value) = serde_json::from_str::<Value>(text)
        && !text.contains("NaN")
    {
        let pretty = serde_json::to_string_pretty(&value).expect("a value");
        hands.extend([
            Hand {
                name: "on one line",
                text: value.to_string(),
            },
            Hand {
                name: "with comments",
                text: pretty.lines().map(|line| format!("{line} // to be kept\n")).collect(),
            },
            Hand {
                name: "with tabs and commas first",
                text: pretty.replace("  ", "\t").replace(",\n", "\n,"),
            },
            Hand {
                name: "pretty",
                text: pretty,
            },
        ]);
    }
    hands
}

/// A line of TOML with a comment above it, where no value runs over it.
fn commented(line: &str, mark: &str) -> String {
    let begins_a_table = line.starts_with('[') && line.trim_end().ends_with(']') && !line.contains('"');
    match begins_a_table {
        true => format!("{mark} what comes next\n{line} {mark} to be kept\n"),
        false => format!("{line}\n"),
    }
}
