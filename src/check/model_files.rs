//! The files that one model is read from, parsed and in order: its texts, the facts beside it, the configuration.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::neighbours::{ModelTexts, Recognised};
use crate::config::Settings;
use crate::dialects;
use crate::dialects::reading::declared::FactsTable;
use crate::discover::{self, NotText};
use crate::ir::Model;
use crate::knowledge::Knowledge;
use crate::span::{FileId, display_path};
use crate::syntax::{File, Format};

/// The files that a model is read from: its texts, the facts beside it, and the configuration, which may have facts for it
/// too.
pub(super) struct ModelFiles<'s> {
    /// All of them, by [`FileId`].
    pub all: Vec<Arc<File>>,
    /// Why the facts beside the model are no text, if they are none.
    pub not_text: Option<(FileId, NotText)>,
    texts: ModelTexts,
    /// How many of them are the model's texts or facts beside it.
    own: usize,
    settings: &'s Settings,
    path: PathBuf,
}

impl<'s> ModelFiles<'s> {
    /// The files of a model whose texts are known, with the settings for its path.
    pub(super) fn of(settings: &'s Settings, texts: ModelTexts, path: &Path) -> Self {
        let mut all = texts.files.clone();
        let mut not_text = None;
        if let Some((facts, why_not)) = facts_beside(path) {
            not_text = why_not.map(|why| (FileId(all.len() as u32), why));
            all.push(facts);
        }
        let own = all.len();
        all.extend(settings.file.clone());
        Self {
            all,
            not_text,
            texts,
            own,
            settings,
            path: settings.relative(path),
        }
    }

    /// The files that are about this model alone, the configuration left out.
    pub(super) fn own(&self) -> &[Arc<File>] {
        &self.all[..self.own]
    }

    /// The models that are read from what was recognised in them.
    pub(super) fn models(&self, knowledge: &Knowledge, recognised: &[Recognised]) -> Vec<Model> {
        let facts = self.facts();
        let models = recognised.iter().flat_map(|found| {
            let documents = self.texts.documents_of(found.document);
            match documents.split_first() {
                Some((own, beside)) => dialects::read(knowledge, found.dialect, *own, beside, &facts),
                None => Vec::new(),
            }
        });
        models.collect()
    }

    /// What is declared of the model: in the file beside it, then in the configuration.
    fn facts(&self) -> Vec<FactsTable<'_>> {
        let mut tables: Vec<FactsTable<'_>> = Vec::new();
        for (index, file) in self.own().iter().enumerate().skip(self.texts.files.len()) {
            tables.extend(file.tree.root().map(|root| FactsTable {
                file: FileId(index as u32),
                root,
                output: None,
                is_a_file: true,
            }));
        }
        let config = self.all.get(self.own).map(|file| (FileId(self.own as u32), file));
        for rule in &self.settings.facts {
            if let Some((id, file)) = config
                && rule.files.matches(&self.path)
                && let Some(root) = file.tree.node(rule.node)
            {
                tables.push(FactsTable {
                    file: id,
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
