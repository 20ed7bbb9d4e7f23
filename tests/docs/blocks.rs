//! Code blocks of Markdown documents: what stands behind the fence, and the text within. Nothing is run here.

// Each test file is a program of its own and uses a part of this.
#![allow(dead_code)]

/// A fenced code block.
pub struct Block {
    /// The line of the opening fence, from 1.
    pub line: usize,
    /// What follows the opening fence: a language, then words for the tests.
    pub info: String,
    pub text: String,
}

/// What the tests do with a block.
#[derive(Debug, PartialEq, Eq)]
pub enum Purpose<'b> {
    /// Commands that are run; the status with which they end.
    Run(i32),
    /// What the commands before it print; a line with `…` alone stands for any lines.
    Output,
    /// A file of that name that the reader writes.
    File(&'b str),
    /// Commands that are not run, and why.
    NotRun(&'b str),
    /// Anything else.
    Shown,
}

impl Block {
    pub fn language(&self) -> &str {
        self.info.split_whitespace().next().unwrap_or_default()
    }

    pub fn purpose(&self) -> Purpose<'_> {
        let rest = self.info[self.language().len()..].trim();
        let is_shell = ["sh", "bash", "shell", "console"].contains(&self.language());
        match rest {
            "" if is_shell => Purpose::Run(0),
            "output" => Purpose::Output,
            _ if is_shell && rest.starts_with("no-run") => Purpose::NotRun(rest["no-run".len()..].trim()),
            _ => match rest.split_once('=') {
                Some(("status", status)) if is_shell => Purpose::Run(status.parse().expect("a status")),
                Some(("file", name)) => Purpose::File(name),
                _ => Purpose::Shown,
            },
        }
    }
}

/// The fenced blocks of a document, in order.
pub fn blocks(document: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(Block, &str)> = None;
    for (index, line) in document.lines().enumerate() {
        let fence = line.trim_start().split(|c| c != '`').next().unwrap_or_default();
        match &mut open {
            Some((_, opened_with)) if line.trim() == *opened_with => blocks.extend(open.take().map(|(block, _)| block)),
            Some((block, _)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            None if fence.len() >= 3 => {
                let block = Block {
                    line: index + 1,
                    info: line.trim_start()[fence.len()..].trim().to_owned(),
                    text: String::new(),
                };
                open = Some((block, fence));
            }
            None => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

/// The text outside fenced blocks.
pub fn prose(document: &str) -> String {
    let mut inside = false;
    let mut kept = String::new();
    for line in document.lines() {
        if line.trim_start().starts_with("```") {
            inside = !inside;
        } else if !inside {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}
