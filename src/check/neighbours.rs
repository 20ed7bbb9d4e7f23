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

/// Documents of one YAML file that are looked at.
const MOST_DOCUMENTS: usize = 256;

/// The texts that a model is read from: those of its own path, then its neighbours.
pub(super) struct ModelTexts {
    /// All of them, by [`FileId`].
    pub files: Vec<Arc<File>>,
    /// What each neighbour is to the model, in the words of its dialect, and its path; neighbours stand last among the files.
    neighbours: Vec<Neighbour>,
}

/// A document of the model's own text that a dialect recognises.
#[derive(Clone, Copy)]
pub(super) struct Recognised {
    /// Which of the documents that hold something.
    pub document: usize,
    /// The dialect.
    pub dialect: &'static dyn Dialect,
}

impl ModelTexts {
    /// Parses the texts of one path: the one that may be a model first, of that format.
    pub(super) fn parse(format: Format, texts: Texts) -> Self {
        let own = File::parse(format, texts.own);
        let beside = texts.beside.into_iter().map(|source| File::parse(Format::Json, source));
        Self {
            files: std::iter::once(own).chain(beside).map(Arc::new).collect(),
            neighbours: Vec::new(),
        }
    }

    /// What is recognised in the text. Of several YAML documents in it each may be a model; the first has the neighbours.
    pub(super) fn recognise(&mut self, knowledge: &Knowledge) -> Vec<Recognised> {
        let mut found = Vec::new();
        if let Some(dialect) = self.with_neighbours(knowledge) {
            found.push(Recognised { document: 0, dialect });
        }
        for document in 1..self.files[0].tree.roots().len().min(MOST_DOCUMENTS) {
            let documents = self.documents_of(document);
            let detects = |dialect: &&&dyn Dialect| dialects::detects(knowledge, **dialect, documents[0], &[]);
            if let Some(dialect) = dialects::DIALECTS.iter().find(detects) {
                found.push(Recognised {
                    document,
                    dialect: *dialect,
                });
            }
        }
        found
    }

    /// The first dialect that recognises the model, alone or with the neighbours that this dialect asks for; they are
    /// kept.
    fn with_neighbours(&mut self, knowledge: &Knowledge) -> Option<&'static dyn Dialect> {
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
            self.neighbours.clear();
        }
        None
    }

    /// The texts as dialects see them when they read one of the documents of the model's own text: the first with all
    /// that stands beside it, a further one alone.
    pub(super) fn documents_of(&self, index: usize) -> Vec<Document<'_>> {
        let mut documents = self.documents();
        if index > 0 {
            documents.truncate(1);
            documents[0].root = self.files[0].tree.roots().get(index).copied();
        }
        documents
    }

    fn documents(&self) -> Vec<Document<'_>> {
        let own = self.files.len() - self.neighbours.len();
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| {
                let neighbour = index.checked_sub(own).and_then(|index| self.neighbours.get(index));
                Document {
                    file: FileId(index as u32),
                    name: match neighbour {
                        Some(neighbour) => Some(&neighbour.role),
                        None => file.source.member.as_deref(),
                    },
                    path: neighbour.map_or("", |neighbour| &neighbour.path),
                    tree: &file.tree,
                    root: file.tree.root(),
                }
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
        let name = name.to_string_lossy().into_owned();
        let mut asked = 0;
        while asked <= self.neighbours.len() && asked < MOST_NEIGHBOURS {
            let neighbours = self.asked_for(knowledge, dialect, asked, &name);
            for neighbour in neighbours.into_iter().take(MOST_ASKED) {
                let is_known = |known: &Neighbour| known.path == neighbour.path;
                if self.neighbours.len() >= MOST_NEIGHBOURS
                    || neighbour.path == name
                    || self.neighbours.iter().any(is_known)
                {
                    continue;
                }
                let file = read_neighbour(&folder, &neighbour.path, dialect.folders_above());
                let belongs = |file: &File| {
                    let root = file.tree.root();
                    root.is_some_and(|root| dialect.belongs(&neighbour.role, root))
                };
                if let Some(file) = file.filter(belongs) {
                    self.files.push(Arc::new(file));
                    self.neighbours.push(neighbour);
                }
            }
            asked += 1;
        }
    }

    /// What a dialect asks for when it sees the model itself (`index` 0), a file of that name, or one of the neighbours
    /// behind it.
    fn asked_for(&self, knowledge: &Knowledge, dialect: &dyn Dialect, index: usize, name: &str) -> Vec<Neighbour> {
        let documents = self.documents();
        let own = self.files.len() - self.neighbours.len();
        let document = match index.checked_sub(1) {
            Some(neighbour) => documents[own + neighbour],
            None => documents[0],
        };
        let Some(root) = document.root else {
            return Vec::new();
        };
        let asking = Asking {
            root,
            role: if index == 0 { "" } else { document.name.unwrap_or("") },
            path: if index == 0 { name } else { document.path },
        };
        dialects::neighbours(knowledge, dialect, &documents[1..], asking)
    }
}

/// A neighbour that is there and whole. A broken one is told of when it is checked by itself.
fn read_neighbour(folder: &Path, path: &str, folders_above: usize) -> Option<File> {
    let format = Format::of_name(path)?;
    let mut folder = folder.to_owned();
    let mut path = path;
    for _ in 0..folders_above {
        let Some(below) = path.strip_prefix("../") else { break };
        path = below;
        if folder.file_name().is_none() || !folder.pop() {
            folder.push("..");
        }
    }
    let file = File::parse(format, discover::read_below(&folder, path)?);
    file.tree.errors.is_empty().then_some(file)
}
