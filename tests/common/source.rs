//! The crate's own source files, scanned for what they import. A plain scan: it knows paths and braces, not Rust.

use std::collections::BTreeSet;
use std::fs;

use super::{files_below, root};

/// A source file: where it is and what it says, without comments and tests.
pub struct File {
    /// Its path below the crate.
    pub path: String,
    /// The module path, such as `["syntax", "json"]`.
    pub module: Vec<String>,
    pub code: String,
}

pub fn sources() -> Vec<File> {
    let files = files_below("src")
        .into_iter()
        .filter(|path| path.ends_with(".rs") && !path.ends_with("/tests.rs") && path != "src/build.rs");
    files.map(File::read).collect()
}

impl File {
    fn read(path: String) -> Self {
        let text = text_of(&path);
        let inside = path
            .trim_start_matches("src/")
            .trim_end_matches(".rs")
            .trim_end_matches("/mod");
        Self {
            module: inside.split('/').map(str::to_owned).collect(),
            code: without_tests(&without_comments(&text)),
            path,
        }
    }

    pub fn top(&self) -> &str {
        &self.module[0]
    }

    /// The modules that are imported, with the first item below them: `("passes", "page")`.
    pub fn imports(&self) -> BTreeSet<(String, String)> {
        let mut found = BTreeSet::new();
        let from_root = self
            .code
            .match_indices("crate::")
            .map(|(start, path)| (start, start + path.len()));
        // As many `super::` as the module is deep lead to the root.
        let hops = "super::".repeat(self.module.len());
        let by_hops = self
            .code
            .match_indices(&hops)
            .map(|(start, path)| (start, start + path.len()));
        for (start, end) in from_root.chain(by_hops) {
            let part_of_a_longer_path =
                self.code[..start].ends_with([':', '_']) || self.code[..start].ends_with(char::is_alphanumeric);
            if !part_of_a_longer_path {
                found.extend(paths(&self.code[end..]).into_iter().map(|path| first_two(&path)));
            }
        }
        found.retain(|(module, _)| module != self.top() && module != "super");
        found
    }
}

pub fn text_of(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub fn without_comments(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.split_once("//").map_or(line, |(code, _)| code));
    lines.collect::<Vec<_>>().join("\n")
}

/// The code without what is compiled for tests only.
pub fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut kept = String::new();
    let mut rest = code;
    while let Some(start) = rest.find(MARK) {
        kept.push_str(&rest[..start]);
        let item = &rest[start + MARK.len()..];
        rest = match item.find([';', '{']) {
            Some(end) if item.as_bytes()[end] == b';' => &item[end + 1..],
            Some(open) => &item[open + group_length(&item[open..])..],
            None => "",
        };
    }
    kept + rest
}

/// The length of the group that a text opens with; all of it when the group is not closed.
fn group_length(text: &str) -> usize {
    let mut depth = 0;
    for (index, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index + c.len_utf8();
        }
    }
    text.len()
}

/// The paths that a text opens with: one, or all of a group in braces.
fn paths(text: &str) -> Vec<String> {
    if !text.starts_with('{') {
        let end = text
            .find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':')
            .unwrap_or(text.len());
        let path = &text[..end];
        let group = &text[end..];
        if path.ends_with("::") && group.starts_with('{') {
            return paths(group).into_iter().map(|item| format!("{path}{item}")).collect();
        }
        return vec![path.to_owned()];
    }
    let mut found = Vec::new();
    let mut depth = 0;
    let group = &text[1..group_length(text) - 1];
    let mut start = 0;
    for (index, c) in group.char_indices().chain([(group.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let item = group[start..index].trim();
                if !item.is_empty() {
                    found.extend(paths(item));
                }
                start = index + 1;
            }
            _ => {}
        }
    }
    found
}

fn first_two(path: &str) -> (String, String) {
    let mut parts = path.split("::").map(str::to_owned);
    (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}
