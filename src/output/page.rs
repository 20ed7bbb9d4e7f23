//! A lint's page for the terminal: Markdown laid out in the width of the terminal, with or without colours.

use std::io::{self, Write};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::paint::Paint;
use super::{Style, table, wrap};

/// What stands before examples and tables.
const INDENT: &str = "    ";

/// Writes Markdown: headings, paragraphs, lists, tables and fenced examples. The error is that of writing to `out`.
pub fn write(markdown: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut layout = Layout {
        paint: Paint::new(style.color),
        width: style.width.min(wrap::WIDEST),
        out: String::new(),
        text: String::new(),
        block: Block::Text,
        item_open: false,
        table: Vec::new(),
    };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        layout.event(event);
    }
    out.write_all(layout.out.trim_start().as_bytes())
}

/// What the text that is collected belongs to.
enum Block {
    Text,
    Item,
    Code(String),
    Table,
}

struct Layout {
    paint: Paint,
    width: usize,
    out: String,
    text: String,
    block: Block,
    item_open: bool,
    /// The rows of the table that is open, each a list of cells.
    table: Vec<Vec<String>>,
}

impl Layout {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text.push_str(&text),
            Event::Code(code) => {
                let code = self.paint.code(&code);
                self.text.push_str(&code);
            }
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.text.push_str(self.paint.start_bold()),
            Tag::Emphasis => self.text.push_str(self.paint.start_bold()),
            Tag::Item => {
                self.block = Block::Item;
                self.item_open = true;
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => self.block = Block::Code(info.to_string()),
            Tag::CodeBlock(CodeBlockKind::Indented) => self.block = Block::Code(String::new()),
            Tag::Table(_) => {
                self.block = Block::Table;
                self.table.clear();
            }
            Tag::TableHead | Tag::TableRow => self.table.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong | TagEnd::Emphasis => self.text.push_str(self.paint.end()),
            TagEnd::Heading(_) => {
                let heading = std::mem::take(&mut self.text);
                let heading = self.paint.bold(&heading);
                let apart = if self.out.ends_with("\n\n") { "" } else { "\n" };
                self.out.push_str(&format!("{apart}{heading}\n\n"));
            }
            TagEnd::Paragraph if !self.item_open => self.paragraph("", ""),
            TagEnd::Item => {
                self.paragraph("  • ", "    ");
                self.block = Block::Text;
                self.item_open = false;
            }
            TagEnd::List(_) => self.out.push('\n'),
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.text);
                // The first row is the heading.
                let cell = if self.table.len() == 1 {
                    self.paint.bold(&cell)
                } else {
                    cell
                };
                if let Some(row) = self.table.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.end_table(),
            _ => {}
        }
    }

    fn paragraph(&mut self, first: &str, rest: &str) {
        let text = std::mem::take(&mut self.text);
        self.out.push_str(&wrap::fill(text.trim(), first, rest, self.width));
        self.out.push_str(if self.item_open { "\n" } else { "\n\n" });
    }

    /// Examples stand indented, a mark before each that says whether it is bad or good.
    fn code_block(&mut self) {
        let text = std::mem::take(&mut self.text);
        if let Block::Code(info) = &self.block {
            let mark = match info.split_once(' ') {
                Some((_, "bad")) => self.paint.bad("bad"),
                Some((_, "good")) => self.paint.good("good"),
                _ => String::new(),
            };
            if !mark.is_empty() {
                self.out.push_str(&format!("{mark}\n"));
            }
        }
        for line in text.lines() {
            self.out.push_str(&format!("{INDENT}{line}\n"));
        }
        self.out.push('\n');
        self.block = Block::Text;
    }

    fn end_table(&mut self) {
        let rows = std::mem::take(&mut self.table);
        let room = self.width.saturating_sub(INDENT.len());
        for line in table::lines(&rows, room) {
            self.out.push_str(format!("{INDENT}{line}").trim_end());
            self.out.push('\n');
        }
        self.out.push('\n');
        self.block = Block::Text;
    }
}
