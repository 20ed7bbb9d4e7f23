//! What comments of a program say in the words of a spec: `# losslint: task.kind = "multilabel"`.

use std::sync::Arc;

use ruff_python_ast::Stmt;
use ruff_text_size::Ranged;

use super::super::toml;
use super::super::tree::Tree;
use super::span;
use crate::span::{Location, NodeId, Span};

/// How such a comment begins.
const BEGINNING: &str = "losslint:";

/// A comment that says something, or tries to.
pub struct Remark {
    /// What it says, as a table; every node of it stands where the comment does.
    pub tree: Tree,
    /// Where the comment stands.
    pub at: Location,
    /// The line that it is about: that which it stands in, or the next one with code.
    pub line: Span,
    /// The classes that begin in that line.
    pub classes: Vec<Span>,
}

/// The comments of a program that say something.
pub fn remarks(source: &Tree) -> Vec<Remark> {
    let code = source.code();
    let file = source.source();
    let comments = source.comments.iter().filter(|at| file[at.range()].contains(BEGINNING));
    comments
        .filter_map(|comment| {
            let own = in_code(source, *comment)?;
            let said = said_in(code.get(own.range())?)?;
            let at = Location {
                file: source.file(),
                node: NodeId(0),
                span: *comment,
            };
            let mut tree = toml::parse(Arc::from(said));
            tree.origins = vec![at; tree.len()];
            let line = line_of_code(code, own);
            Some(Remark {
                tree,
                at,
                line: source.in_file(line),
                classes: classes_in(source, line),
            })
        })
        .collect()
}

/// Where a part of the file stands in the program's text.
fn in_code(source: &Tree, file: Span) -> Option<Span> {
    let Some(notebook) = source.notebook() else {
        return Some(file);
    };
    let (cell, within) = notebook.cell_of(file)?;
    Some(Span {
        start: cell.code.start + within.start,
        end: cell.code.start + within.end,
    })
}

/// The part of a comment that is no suppression.
fn said_in(comment: &str) -> Option<&str> {
    let text = comment.trim_start_matches('#').trim().strip_prefix(BEGINNING)?.trim();
    (text.contains('=') && !text.starts_with("ignore")).then_some(text)
}

/// The line that a comment is about: behind code its own, else the next that is neither empty nor a comment.
fn line_of_code(code: &str, comment: Span) -> Span {
    let is_code = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let mut start = code[..comment.start as usize].rfind('\n').map_or(0, |at| at + 1);
    for line in code[start..].split_inclusive('\n') {
        if is_code(line) {
            return Span::new(start, start + line.len());
        }
        start += line.len();
    }
    comment
}

/// The classes of a program that begin in a line, decorators included.
fn classes_in(source: &Tree, line: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut waiting: Vec<&Stmt> = source
        .module()
        .iter()
        .flat_map(|module| &module.syntax().body)
        .collect();
    while let Some(statement) = waiting.pop() {
        match statement {
            Stmt::ClassDef(class) => {
                let own = span(class.range());
                let head = own.start..span(class.name.range()).end;
                if line.start <= head.end && head.start < line.end {
                    found.push(source.in_file(own));
                }
                waiting.extend(&class.body);
            }
            Stmt::FunctionDef(def) => waiting.extend(&def.body),
            Stmt::If(branch) => waiting.extend(&branch.body),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Format, parse};

    fn about(text: &str) -> Vec<String> {
        let tree = parse(Format::Python, Arc::from(text));
        let lines = remarks(&tree).into_iter();
        lines
            .map(|remark| text[remark.line.range()].trim().to_owned())
            .collect()
    }

    #[test]
    fn a_comment_is_about_its_own_line_or_the_next_one_with_code() {
        assert_eq!(
            about("a = 1  # losslint: task.kind = \"binary\"\nb = 2\n"),
            ["a = 1  # losslint: task.kind = \"binary\""]
        );
        assert_eq!(
            about("# losslint: task.kind = \"binary\"\n\n# more\nb = 2\nc = 3\n"),
            ["b = 2"]
        );
        assert!(about("# losslint: ignore[label-format] as x = y\n# losslint says nothing\n").is_empty());
    }

    #[test]
    fn what_it_says_stands_where_the_comment_does() {
        let text = "@wrapped\nclass Net(Base):\n    pass\n";
        let text = format!("# losslint: task.classes = 4\n{text}");
        let tree = parse(Format::Python, Arc::from(text.as_str()));
        let remarks = remarks(&tree);
        let classes = remarks[0].tree.root().and_then(|root| root.path(&["task", "classes"]));
        assert_eq!(classes.map(|node| node.at().span.start), Some(0));
        assert_eq!(remarks[0].classes.len(), 1);
    }
}
