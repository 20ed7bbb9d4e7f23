//! Random values written in random hands: white space, comments, quotes, line breaks, block and flow. Every comment has a
//! number of its own.

use losslint::syntax::Format;

/// A value of any of the formats.
#[derive(Debug, Clone)]
pub enum Value {
    Number(i32),
    Bool(bool),
    Text(String),
    Array(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    /// Whether it is an object with members, all of this kind.
    fn has_only(&self, is: impl Fn(&Value) -> bool) -> bool {
        matches!(self, Self::Object(members) if !members.is_empty() && members.iter().all(|(_, value)| is(value)))
    }

    fn is_scalar(&self) -> bool {
        !matches!(self, Self::Object(_) | Self::Array(_))
    }
}

/// Whether TOML can write it under headers.
fn can_have_header(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(items) => !items.is_empty() && items.iter().all(Value::is_object),
        _ => false,
    }
}

/// Writes a value; `choices` decide all that the format leaves open.
pub fn write(format: Format, value: &Value, choices: &[u8]) -> String {
    let mut pen = Pen {
        text: String::new(),
        choices,
        at: 0,
        comments: 0,
        // Some texts have no comments at all, as real JSON has none.
        with_comments: choices.first().is_some_and(|choice| choice % 3 > 0),
    };
    match format {
        Format::Json if choices.get(1).is_some_and(|choice| choice % 2 == 0) => pen.pretty_json(value, 0),
        Format::Json => pen.wild_json(value),
        Format::Toml => pen.toml_table(value, "", false),
        Format::Yaml => pen.yaml_block(value, 0, false),
        Format::Python | Format::Notebook => unreachable!("random values are written in formats of data"),
    }
    if format == Format::Json && pen.pick(2) == 0 {
        pen.text.push('\n');
    }
    match choices.last().is_some_and(|choice| choice % 3 == 0) {
        true => pen.text.replace('\n', "\r\n"),
        false => pen.text,
    }
}

struct Pen<'c> {
    text: String,
    choices: &'c [u8],
    at: usize,
    comments: usize,
    with_comments: bool,
}

impl Pen<'_> {
    fn pick(&mut self, among: usize) -> usize {
        self.at += 1;
        let choice = self.choices.get(self.at % self.choices.len().max(1)).copied();
        (usize::from(choice.unwrap_or(0)) + self.at) % among
    }

    fn add(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// One of several texts.
    fn one_of(&mut self, texts: &[&str]) {
        let text = texts[self.pick(texts.len())];
        self.add(text);
    }

    fn comment(&mut self, mark: &str, end: &str) {
        self.comments += 1;
        self.add(&format!("{mark} c{}c{end}", self.comments));
    }

    /// Perhaps a comment with white space before it.
    fn may_comment(&mut self, mark: &str) {
        if self.with_comments && self.pick(3) == 0 {
            self.one_of(&[" ", "  ", "\t"]);
            self.comment(mark, "");
        }
    }

    /// Perhaps lines of comments, or an empty one, before the next line.
    fn may_comment_lines(&mut self, mark: &str, indent: &str) {
        if self.pick(6) == 0 {
            self.add("\n");
        }
        while self.with_comments && self.pick(4) == 0 {
            self.add(indent);
            self.comment(mark, "\n");
        }
    }

    fn json_scalar(&mut self, value: &Value) {
        let text = match value {
            Value::Number(number) => number.to_string(),
            Value::Bool(truth) => truth.to_string(),
            Value::Text(text) => quoted(text),
            Value::Array(_) | Value::Object(_) => return,
        };
        self.add(&text);
    }

    fn pretty_json(&mut self, value: &Value, depth: usize) {
        let step = ["  ", "    ", "\t"][usize::from(self.choices.get(2).copied().unwrap_or(0)) % 3];
        let (open, close, entries) = match value {
            Value::Array(items) => ("[", "]", items.iter().map(|item| (None, item)).collect::<Vec<_>>()),
            Value::Object(members) => {
                let members = members.iter().map(|(key, value)| (Some(key), value));
                ("{", "}", members.collect())
            }
            scalar => return self.json_scalar(scalar),
        };
        self.add(open);
        let indent = step.repeat(depth + 1);
        for (index, (key, value)) in entries.iter().enumerate() {
            if index == 0 {
                self.may_comment("//");
                self.add("\n");
            }
            self.may_comment_lines("//", &indent);
            self.add(&indent);
            if let Some(key) = key {
                self.add(&format!("{}: ", quoted(key)));
            }
            self.pretty_json(value, depth + 1);
            self.add(if index + 1 < entries.len() { "," } else { "" });
            self.may_comment("//");
            self.add("\n");
        }
        if !entries.is_empty() {
            self.add(&step.repeat(depth));
        }
        self.add(close);
    }

    fn wild_json(&mut self, value: &Value) {
        self.gap();
        let (open, close, entries) = match value {
            Value::Array(items) => ("[", "]", items.iter().map(|item| (None, item)).collect::<Vec<_>>()),
            Value::Object(members) => {
                let members = members.iter().map(|(key, value)| (Some(key), value));
                ("{", "}", members.collect())
            }
            scalar => {
                self.json_scalar(scalar);
                return self.gap();
            }
        };
        self.add(open);
        for (index, (key, value)) in entries.into_iter().enumerate() {
            self.add(if index > 0 { "," } else { "" });
            self.gap();
            if let Some(key) = key {
                self.add(&quoted(key));
                self.gap();
                self.add(":");
            }
            self.wild_json(value);
        }
        self.gap();
        self.add(close);
        self.gap();
    }

    fn gap(&mut self) {
        match self.pick(9) {
            0 | 1 => self.add(" "),
            2 => self.add("\n   "),
            3 if self.with_comments => self.comment("//", "\n"),
            4 if self.with_comments => self.comment("/*", " */"),
            5 => self.add("\t"),
            _ => {}
        }
    }

    /// The keys of a table, and the tables below it under headers of their own: all that can, when only those make it.
    fn toml_table(&mut self, value: &Value, path: &str, only_headed: bool) {
        let Value::Object(members) = value else { return };
        let (mut under, mut headed) = (Vec::new(), Vec::new());
        for (key, value) in members {
            match can_have_header(value) && (only_headed || self.pick(4) > 0) {
                true => headed.push((key, value)),
                false => under.push((key, value)),
            }
        }
        for (key, value) in under {
            self.toml_line(key, value);
        }
        for (key, value) in headed {
            let path = format!("{path}{}", self.toml_key(key));
            let (open, close, tables) = match value {
                Value::Array(items) => ("[[", "]]", items.iter().collect()),
                table => ("[", "]", vec![table]),
            };
            for table in tables {
                let below = format!("{path}.");
                if open == "[" && table.has_only(can_have_header) && self.pick(2) == 0 {
                    self.toml_table(table, &below, true);
                    continue;
                }
                self.may_comment_lines("#", "");
                self.add(&format!("{open}{path}{close}"));
                self.may_comment("#");
                self.add("\n");
                self.toml_table(table, &below, false);
            }
        }
    }

    /// One line, or one for each key of a small table with a dot between.
    fn toml_line(&mut self, key: &str, value: &Value) {
        let key = self.toml_key(key);
        if let Value::Object(members) = value
            && value.has_only(Value::is_scalar)
            && self.pick(2) == 0
        {
            for (inner, value) in members {
                let inner = self.toml_key(inner);
                self.toml_line_of(&format!("{key}.{inner}"), value);
            }
        } else {
            self.toml_line_of(&key, value);
        }
    }

    fn toml_line_of(&mut self, key: &str, value: &Value) {
        self.may_comment_lines("#", "");
        self.add(key);
        self.one_of(&[" = ", "=", "  =  "]);
        self.toml_value(value);
        self.may_comment("#");
        self.add("\n");
    }

    fn toml_key(&mut self, key: &str) -> String {
        match self.pick(4) {
            0 => format!("\"{key}\""),
            1 => format!("'{key}'"),
            _ => key.to_owned(),
        }
    }

    fn toml_value(&mut self, value: &Value) {
        match value {
            Value::Text(text) if !text.contains(['\'', '\n']) && self.pick(2) == 0 => self.add(&format!("'{text}'")),
            Value::Array(items) => {
                let long = self.pick(2) == 0;
                self.add("[");
                for (index, item) in items.iter().enumerate() {
                    if long {
                        self.add("\n");
                        self.may_comment_lines("#", "  ");
                        self.add("  ");
                    }
                    self.toml_value(item);
                    self.add(if index + 1 < items.len() || (long && index % 2 == 0) {
                        ","
                    } else {
                        ""
                    });
                    match long {
                        true => self.may_comment("#"),
                        false => self.one_of(&[" ", ""]),
                    }
                }
                self.add(if long { "\n]" } else { "]" });
            }
            Value::Object(members) => {
                self.add("{");
                for (index, (key, value)) in members.iter().enumerate() {
                    self.add(if index > 0 { ", " } else { " " });
                    let key = self.toml_key(key);
                    self.add(&format!("{key} = "));
                    self.toml_value(value);
                }
                self.add(if members.is_empty() { "}" } else { " }" });
            }
            scalar => self.json_scalar(scalar),
        }
    }

    /// `within`: the cursor already stands where the first line of the value begins.
    fn yaml_block(&mut self, value: &Value, depth: usize, within: bool) {
        let indent = " ".repeat(depth);
        match value {
            Value::Object(members) if !members.is_empty() => {
                for (index, (key, value)) in members.iter().enumerate() {
                    if index > 0 || !within {
                        self.may_comment_lines("#", &indent);
                        self.add(&indent);
                    }
                    self.add(&format!("{key}:"));
                    self.yaml_value(value, depth);
                }
            }
            Value::Array(items) if !items.is_empty() => {
                for item in items {
                    self.may_comment_lines("#", &indent);
                    self.add(&format!("{indent}-"));
                    match item {
                        Value::Object(members) if !members.is_empty() && self.pick(3) > 0 => {
                            self.add(" ");
                            self.yaml_block(item, depth + 2, true);
                        }
                        Value::Object(members) if !members.is_empty() && self.pick(2) == 0 => {
                            self.may_comment("#");
                            self.add("\n");
                            self.yaml_block(item, depth + 2, false);
                        }
                        _ => self.yaml_flow_line(item),
                    }
                }
            }
            other => {
                self.yaml_flow(other);
                self.add("\n");
            }
        }
    }

    /// What stands behind `key:`.
    fn yaml_value(&mut self, value: &Value, depth: usize) {
        let is_empty = match value {
            Value::Object(members) => members.is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => true,
        };
        if is_empty || self.pick(4) == 0 {
            return self.yaml_flow_line(value);
        }
        self.may_comment("#");
        self.add("\n");
        let deeper = if matches!(value, Value::Array(_)) {
            self.pick(2) * 2
        } else {
            2
        };
        self.yaml_block(value, depth + deeper, false);
    }

    fn yaml_flow_line(&mut self, value: &Value) {
        self.one_of(&[" ", "  "]);
        self.yaml_flow(value);
        self.may_comment("#");
        self.add("\n");
    }

    fn yaml_flow(&mut self, value: &Value) {
        let is_plain = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c == '_') && !text.is_empty();
        match value {
            Value::Array(items) => {
                self.add("[");
                for (index, item) in items.iter().enumerate() {
                    self.add(if index > 0 { ", " } else { "" });
                    self.yaml_flow(item);
                }
                self.add("]");
            }
            Value::Object(members) => {
                self.one_of(&["{", "{ "]);
                for (index, (key, value)) in members.iter().enumerate() {
                    self.add(if index > 0 { ", " } else { "" });
                    self.add(&format!("{key}: "));
                    self.yaml_flow(value);
                }
                self.add("}");
            }
            Value::Text(text) => {
                let text = match self.pick(3) {
                    0 if is_plain(text) => text.clone(),
                    1 => format!("'{}'", text.replace('\'', "''")),
                    _ => quoted(text),
                };
                self.add(&text);
            }
            scalar => self.json_scalar(scalar),
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
