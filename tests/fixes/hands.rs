//! One model in many hands: the same values with other white space, line breaks, key order and comments, and in the other
//! formats.

use std::path::Path;

use serde_json::Value;

/// A model written in another way.
pub struct Hand {
    /// What is different.
    pub name: &'static str,
    /// The ending of the file's name.
    pub ending: &'static str,
    pub text: String,
}

/// The ways to write a model of this format.
pub fn of(path: &Path, text: &str) -> Vec<Hand> {
    let ending = match path.extension().and_then(|ending| ending.to_str()) {
        Some("json") => "json",
        Some("toml") => "toml",
        _ => "yaml",
    };
    let hand = |name, text| Hand { name, ending, text };
    let mut hands = vec![hand("with CRLF", text.replace("\r\n", "\n").replace('\n', "\r\n"))];
    if ending == "toml" {
        let commented = text.lines().map(commented_header).collect();
        hands.push(hand("with comments", commented));
    }
    if ending == "yaml" {
        let commented = text.lines().map(commented_key).collect();
        hands.push(hand("with comments", commented));
    }
    let Some(value) = value(ending, text) else {
        return hands;
    };
    let json = |name, text| Hand {
        name,
        ending: "json",
        text,
    };
    let pretty = serde_json::to_string_pretty(&value).expect("a value");
    hands.extend([
        json("as JSON on one line", value.to_string()),
        json("as JSON in the other order", reversed(&value)),
        json(
            "as JSON with comments",
            pretty.lines().map(|line| format!("{line} // to be kept\n")).collect(),
        ),
        json(
            "as JSON with tabs and commas first",
            pretty.replace("  ", "\t").replace(",\n", "\n,"),
        ),
        json("as pretty JSON", pretty),
    ]);
    for (name, comment) in [("as YAML", ""), ("as YAML with comments", " # to be kept")] {
        let mut text = String::new();
        yaml(&value, 0, comment, &mut text);
        let ending = "yaml";
        hands.push(Hand { name, ending, text });
    }
    hands
}

/// The values of a text, when all formats can hold them and nothing else in the text counts.
fn value(ending: &str, text: &str) -> Option<Value> {
    // Suppressions are comments in one format and keys in another.
    if text.contains("losslint:") {
        return None;
    }
    match ending {
        "json" => serde_json::from_str(text).ok(),
        "toml" => {
            let table: toml::Table = text.parse().ok()?;
            let has_number = |word: &str| text.contains(&format!("= {word}"));
            // JSON has no infinity, and no dates.
            let fits = !["inf", "-inf", "nan"].into_iter().any(has_number);
            serde_json::to_value(table).ok().filter(|_| fits)
        }
        _ => None,
    }
}

/// JSON on one line, the members of every object from the last to the first.
fn reversed(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members = members.iter().rev();
            let members = members.map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), reversed(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(reversed).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

/// YAML in block style, a comment behind every scalar.
fn yaml(value: &Value, depth: usize, comment: &str, text: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (key, value) in members {
                let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !key.is_empty();
                let key = if plain {
                    key.clone()
                } else {
                    Value::from(key.as_str()).to_string()
                };
                text.push_str(&format!("{indent}{key}:"));
                yaml_below(value, depth + 1, comment, text);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                text.push_str(&format!("{indent}-"));
                yaml_below(item, depth + 1, comment, text);
            }
        }
        scalar => text.push_str(&format!("{indent}{scalar}{comment}\n")),
    }
}

fn yaml_below(value: &Value, depth: usize, comment: &str, text: &mut String) {
    let is_block = match value {
        Value::Object(members) => !members.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    };
    if is_block {
        text.push('\n');
        yaml(value, depth, comment, text);
    } else {
        text.push_str(&format!(" {value}{comment}\n"));
    }
}

/// A line of TOML with a comment above it and one behind it, where it is a header.
fn commented_header(line: &str) -> String {
    let begins_a_table = line.starts_with('[') && line.trim_end().ends_with(']') && !line.contains('"');
    match begins_a_table {
        true => format!("# what comes next\n{line} # to be kept\n"),
        false => format!("{line}\n"),
    }
}

/// A line of YAML with a comment above it, where it is a key at the margin.
fn commented_key(line: &str) -> String {
    let is_key = line.starts_with(|c: char| c.is_ascii_alphabetic());
    match is_key {
        true => format!("# what comes next\n{line}\n"),
        false => format!("{line}\n"),
    }
}
