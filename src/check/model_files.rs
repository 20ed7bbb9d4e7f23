//! A model's files put together: its texts, the facts beside it, the configuration; and what is recognised in them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fix_beside::Changed;
use super::neighbours::Folder;
use crate::conclude::conclude;
use crate::config::Settings;
use crate::dialects::{self, Dialect};
use crate::discover::{self, NotText, Texts};
use crate::ir::Model;
use crate::reading::declared::FactsTable;
use crate::span::{FileId, display_path};
use crate::syntax::{File, Files, Format};

/// Documents of one YAML file that are looked at.
const MOST_DOCUMENTS: usize = 256;

/// The files that a model is read from, and what they are to it.
pub(super) struct ModelFiles<'s> {
    /// All of them.
    pub files: Files,
    /// Why the facts beside the model are no text, if they are none.
    pub not_text: Option<(FileId, NotText)>,
    facts: Option<Arc<File>>,
    settings: &'s Settings,
    path: PathBuf,
}

/// A document of the model's own file that a dialect recognises.
#[derive(Clone, Copy)]
pub(super) struct Recognised {
    /// Which of the documents that hold something.
    document: usize,
    dialect: &'static dyn Dialect,
}

impl<'s> ModelFiles<'s> {
    /// Parses the texts of one path: the one that may be a model in that format. A saved model is whole: nothing beside it
    /// belongs to it. Other files hold what was `changed` in them.
    pub(super) fn parse(settings: &'s Settings, format: Format, texts: Texts, changed: &Changed) -> Self {
        let path = texts.own.path.clone();
        let is_whole = !texts.own.is_editable();
        let members = texts.beside.into_iter();
        let members = members.map(|source| Arc::new(File::parse(Format::Json, source)));
        let files = Files::of(File::parse(format, texts.own)).with_members(members.collect());
        Self {
            files: match is_whole {
                true => files,
                false => files.with_beside(Folder::around(&path, changed)),
            },
            not_text: None,
            facts: None,
            settings,
            path: settings.relative(&path),
        }
    }

    /// What is recognised in the model's own file. Of several YAML documents in it each may be a model.
    pub(super) fn recognise(&self) -> Vec<Recognised> {
        let roots = self.files.own().tree.roots();
        let documents = roots.into_iter().enumerate().take(MOST_DOCUMENTS);
        let found = documents.filter_map(|(document, root)| {
            let dialect = match document {
                0 => dialects::recognise(&self.settings.knowledge, &self.files, root),
                _ => dialects::recognise(&self.settings.knowledge, &self.alone(), root),
            };
            Some(Recognised {
                document,
                dialect: dialect?,
            })
        });
        found.collect()
    }

    /// The model's own file with nothing beside it, as all documents but its first are read.
    fn alone(&self) -> Files {
        Files::of(Arc::clone(self.files.own()))
    }

    /// The models that are read from what was recognised, with what is declared of them.
    pub(super) fn models(&mut self, recognised: &[Recognised]) -> Vec<Model> {
        self.add_declarations();
        let facts = self.facts();
        let knowledge = &self.settings.knowledge;
        let roots = self.files.own().tree.roots();
        let models = recognised
            .iter()
            .flat_map(|found| match (roots.get(found.document), found.document) {
                (Some(root), 0) => dialects::read(knowledge, found.dialect, &self.files, *root, &facts),
                (Some(root), _) => dialects::read(knowledge, found.dialect, &self.alone(), *root, &facts),
                (None, _) => Vec::new(),
            });
        let mut models: Vec<Model> = models.collect();
        models.iter_mut().for_each(|model| conclude(knowledge, model));
        models
    }

    fn add_declarations(&mut self) {
        if let Some((facts, why_not)) = facts_beside(&self.files.own().source.path) {
            self.not_text = why_not.map(|why| (facts.id(), why));
            self.files.declare(Arc::clone(&facts));
            self.facts = Some(facts);
        }
        if let Some(settings) = &self.settings.file {
            self.files.declare(Arc::clone(settings));
        }
    }

    /// The files that are about this model alone, the configuration left out.
    pub(super) fn of_this_model(&self) -> impl Iterator<Item = &Arc<File>> {
        self.files.texts().chain(&self.facts)
    }

    /// What is declared of the model: in the file beside it, then in the configuration.
    fn facts(&self) -> Vec<FactsTable<'_>> {
        let beside = self.facts.iter().filter_map(|file| file.tree.root());
        let mut tables: Vec<FactsTable<'_>> = beside
            .map(|root| FactsTable {
                root,
                output: None,
                is_a_file: true,
            })
            .collect();
        for rule in &self.settings.facts {
            if rule.files.matches(&self.path)
                && let Some(file) = &self.settings.file
                && let Some(root) = file.tree.node(rule.node)
            {
                tables.push(FactsTable {
                    root,
                    output: rule.output.as_deref(),
                    is_a_file: false,
                });
            }
        }
        tables
    }
}

/// The facts that stand beside a file: `NAME.facts.toml` for `NAME.json`. With them why they are no text, if they are none.
fn facts_beside(path: &Path) -> Option<(Arc<File>, Option<NotText>)> {
    let path = path.with_extension("facts.toml");
    if !path.is_file() {
        return None;
    }
    let (source, not_text) = discover::read(&path).ok()?;
    Some((Arc::new(File::parse(Format::Toml, source)), not_text))
}

/// A warning, if facts stand beside a model in a file that is not read.
pub(super) fn misnamed_facts(path: &Path) -> Option<String> {
    let other = ["facts.json", "facts.yaml", "facts.yml"].map(|ending| path.with_extension(ending));
    let misnamed = other.iter().find(|other| other.is_file())?;
    let right = path.with_extension("facts.toml");
    let name = right.file_name()?.to_string_lossy().into_owned();
    Some(format!(
        "{} is not read: facts beside a model stand in {name}",
        display_path(misnamed)
    ))
}
