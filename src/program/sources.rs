//! The files of a program: its own and those of the project that it imports, each parsed once. All stand in one space of offsets, the
//! own first, so that a place needs no file beside it.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use ruff_python_ast::ModModule;
use ruff_text_size::TextRange;

use crate::span::{Location, NodeId, Span};
use crate::syntax::Tree;
use crate::syntax::source::{self, Module};

/// Files that are imported at most.
const MOST_FILES: usize = 32;
/// How far above the program's folder a relative import may lead.
const MOST_FOLDERS_ABOVE: usize = 3;
/// Where the last file may begin, in bytes.
const LARGEST_OFFSET: usize = 8 << 20;

/// Gives the tree of a file by its path from the program's folder, with `/`, and the number of `../` that it begins with.
pub type Load<'a> = dyn Fn(&str, usize) -> Option<&'a Tree> + 'a;

/// The files of one program.
pub struct Sources<'a> {
    own: &'a Tree,
    load: &'a Load<'a>,
    imported: Box<[OnceCell<Imported<'a>>]>,
    /// Which of those a path leads to, if to any.
    by_path: RefCell<HashMap<String, Option<usize>>>,
}

/// A file that is imported.
struct Imported<'a> {
    tree: &'a Tree,
    base: usize,
    module: Module,
}

impl<'a> Sources<'a> {
    /// A program that stands in a file.
    pub fn of(own: &'a Tree, load: &'a Load<'a>) -> Self {
        Self {
            own,
            load,
            imported: (0..MOST_FILES).map(|_| OnceCell::new()).collect(),
            by_path: RefCell::default(),
        }
    }

    /// The program's own statements.
    pub fn own(&self) -> Option<&ModModule> {
        self.own.module().map(Module::syntax)
    }

    /// The text of the program's own file.
    pub fn own_text(&self) -> &'a str {
        self.own.code()
    }

    /// The number of a file of the project, if it is there and can be parsed.
    pub fn file(&self, path: &str, folders_above: usize) -> Option<usize> {
        if let Some(known) = self.by_path.borrow().get(path) {
            return *known;
        }
        let number = self.open(path, folders_above);
        self.by_path.borrow_mut().insert(path.to_owned(), number);
        number
    }

    /// The program's own file, and those that were imported.
    pub fn trees(&self) -> impl Iterator<Item = &'a Tree> {
        let imported = self.imported.iter().filter_map(OnceCell::get);
        std::iter::once(self.own).chain(imported.map(|file| file.tree))
    }

    /// The statements of an imported file.
    pub fn imported(&self, number: usize) -> Option<&ModModule> {
        Some(self.imported.get(number)?.get()?.module.syntax())
    }

    fn open(&self, path: &str, folders_above: usize) -> Option<usize> {
        if folders_above > MOST_FOLDERS_ABOVE {
            return None;
        }
        let number = self.imported.iter().position(|slot| slot.get().is_none())?;
        let tree = (self.load)(path, folders_above)?;
        let before = number.checked_sub(1).and_then(|before| self.imported[before].get());
        let base = before.map_or(self.own.code().len(), |before| before.base + before.tree.code().len()) + 1;
        if base > LARGEST_OFFSET {
            return None;
        }
        let module = source::parse_behind(tree.code(), base)?;
        let imported = Imported { tree, base, module };
        self.imported[number].set(imported).ok()?;
        Some(number)
    }

    fn at(&self, offset: usize) -> (&'a Tree, usize) {
        let mut all = self.imported.iter().rev().filter_map(OnceCell::get);
        all.find(|file| file.base <= offset)
            .map_or((self.own, 0), |file| (file.tree, file.base))
    }

    /// The place in its file.
    pub fn location(&self, range: TextRange) -> Location {
        let (tree, base) = self.at(range.start().to_usize());
        Location {
            file: tree.file(),
            node: NodeId(0),
            span: tree.in_file(Span::new(
                range.start().to_usize() - base,
                range.end().to_usize().saturating_sub(base).min(tree.code().len()),
            )),
        }
    }

    /// The text at a place.
    pub fn written(&self, range: TextRange) -> &'a str {
        let (tree, base) = self.at(range.start().to_usize());
        let start = range.start().to_usize() - base;
        let end = range.end().to_usize().saturating_sub(base);
        tree.code().get(start..end).unwrap_or_default()
    }
}
