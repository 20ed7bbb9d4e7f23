//! The texts that one model is written in: those of its own path, and the neighbours that its dialect asks for. Not for facts
//! and configurations.

use std::path::Path;
use std::sync::Arc;

use crate::dialects::reading::{Asking, Document, Neighbour};
use crate::dialects::{self, Dialect};
use crate::discover::{self, Texts};
use crate::knowledge::Knowledge;
use crate::span::FileId;
use crate::syntax::{File, Format};

/// Files beside it that one model is read from at most.
const MOST_NEIGHBOURS: usize = 32;
/// Files that one file can ask for at most.
const MOST_ASKED: usize = 64;

/// The texts that a model is read from: those of its own path, then its neighbours.
pub(super) struct ModelTexts {
    /// All of them, by [`FileId`].
    pub files: Vec<Arc<File>>,
    /// What each neighbour is to the model, in the words of its dialect; neighbours stand last among the files.
    roles: Vec<String>,
}

impl ModelTexts {
    /// Parses the texts of one path: the one that may be a model first, of that format.
    pub(super) fn parse(format: Format, texts: Texts) -> Self {
        let own = File::parse(format, texts.own);
        let beside = texts.beside.into_iter().map(|source| File::parse(Format::Json, source));
        Self {
            files: std::iter::once(own).chain(beside).map(Arc::new).collect(),
            roles: Vec::new(),
        }
    }

    /// The first dialect that recognises the model, alone or with the neighbours that this dialect asks for; they are
    /// kept.
    pub(super) fn recognise(&mut self, knowledge: &Knowledge) -> Option<&'static dyn Dialect> {
        let own = self.files.len();
        for &dialect in dialects::DIALECTS {
            self.add_neighbours(knowledge, dialect);
            let documents = self.documents();
            if let Some((first, beside)) = documents.split_first()
                && dialects::detects(knowledge, dialect, *first, beside)
            {
                return Some(dialect);
            }
            self.files.truncate(own);
            self.roles.clear();
        }
        None
    }

    /// The texts as dialects see them.
    pub(super) fn documents(&self) -> Vec<Document<'_>> {
        let own = self.files.len() - self.roles.len();
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| Document {
                file: FileId(index as u32),
                name: match index.checked_sub(own) {
                    Some(neighbour) => self.roles.get(neighbour).map(String::as_str),
                    None => file.source.member.as_deref(),
                },
                tree: &file.tree,
            })
            .collect()
    }

    /// Reads the neighbours that a dialect asks for, and theirs in turn. A saved model has none: it is whole.
    fn add_neighbours(&mut self, knowledge: &Knowledge, dialect: &dyn Dialect) {
        let path = &self.files[0].source.path;
        let (Some(folder), Some(name)) = (path.parent().map(Path::to_owned), path.file_name()) else {
            return;
        };
        if !self.files[0].source.is_editable() {
            return;
        }
        let mut paths = vec![name.to_string_lossy().into_owned()];
        let mut asked = 0;
        while asked < paths.len() && asked < MOST_NEIGHBOURS {
            let neighbours = self.asked_for(knowledge, dialect, asked, &paths[asked]);
            for neighbour in neighbours.into_iter().take(MOST_ASKED) {
                if paths.len() > MOST_NEIGHBOURS || paths.contains(&neighbour.path) {
                    continue;
                }
                let file = read_neighbour(&folder, &neighbour.path);
                let belongs = |file: &File| {
                    let root = file.tree.root();
                    root.is_some_and(|root| dialect.belongs(&neighbour.role, root))
                };
                if let Some(file) = file.filter(belongs) {
                    self.files.push(Arc::new(file));
                    self.roles.push(neighbour.role);
                    paths.push(neighbour.path);
                }
            }
            asked += 1;
        }
    }

    /// What a dialect asks for when it sees the model itself (`index` 0) or one of the neighbours behind it.
    fn asked_for(&self, knowledge: &Knowledge, dialect: &dyn Dialect, index: usize, path: &str) -> Vec<Neighbour> {
        let documents = self.documents();
        let own = self.files.len() - self.roles.len();
        let document = match index.checked_sub(1) {
            Some(neighbour) => documents[own + neighbour],
            None => documents[0],
        };
        let Some(root) = document.tree.root() else {
            return Vec::new();
        };
        let asking = Asking {
            root,
            role: if index == 0 { "" } else { document.name.unwrap_or("") },
            path,
        };
        dialects::neighbours(knowledge, dialect, &documents[1..], asking)
    }
}

/// A neighbour that is there and whole. A broken one is told of when it is checked by itself.
fn read_neighbour(folder: &Path, path: &str) -> Option<File> {
    let format = Format::of_name(path)?;
    let file = File::parse(format, discover::read_below(folder, path)?);
    file.tree.errors.is_empty().then_some(file)
}
