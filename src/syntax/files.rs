//! The files that one model is read from: its own, what a saved model says besides, those beside it that are asked for while it
//! is read, and what is declared of it. Not for opening files, nor for which are asked for.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::{File, Format};
use crate::span::{FileId, Source};

/// Files beside it that one model is read from at most.
const MOST_READ: usize = 32;
/// Paths at most that are tried for one model.
const MOST_ASKED: usize = 1024;

/// Gives files beside a model, by their paths from its folder with `/`.
pub trait Open: Send + Sync {
    /// The text of a file, unless it is not there or may not be read. The path may begin with so many `../`.
    fn open(&self, path: &str, folders_above: usize) -> Option<Source>;

    /// Whether the model's folder itself has a file of that name.
    fn has(&self, name: &str) -> bool;
}

/// Nothing stands beside the model.
struct Nothing;

impl Open for Nothing {
    fn open(&self, _: &str, _: usize) -> Option<Source> {
        None
    }

    fn has(&self, _: &str) -> bool {
        false
    }
}

/// Room for a file that stands beside the model.
#[derive(Default)]
struct Slot {
    file: OnceLock<Arc<File>>,
    /// Whether the model is read from it, too.
    is_taken: AtomicBool,
}

/// The files of one model. It has one of its own at least.
pub struct Files {
    own: Arc<File>,
    members: Vec<Arc<File>>,
    declared: Vec<Arc<File>>,
    beside: Box<dyn Open>,
    /// Every path that was asked for, and which of the files that were read it is, if it is there.
    asked: Mutex<HashMap<String, Option<usize>>>,
    read: Box<[Slot]>,
}

impl Files {
    /// A model that is written in one file.
    pub fn of(own: impl Into<Arc<File>>) -> Self {
        Self {
            own: own.into(),
            members: Vec::new(),
            declared: Vec::new(),
            beside: Box::new(Nothing),
            asked: Mutex::default(),
            read: Box::default(),
        }
    }

    /// The same with the further texts of a saved model.
    pub fn with_members(self, members: Vec<Arc<File>>) -> Self {
        Self { members, ..self }
    }

    /// The same with files beside it, which are read when they are asked for.
    pub fn with_beside(self, beside: impl Open + 'static) -> Self {
        Self {
            beside: Box::new(beside),
            read: (0..MOST_READ).map(|_| Slot::default()).collect(),
            ..self
        }
    }

    /// Adds a file that says something of the model, but is no part of it.
    pub fn declare(&mut self, file: Arc<File>) {
        self.declared.push(file);
    }

    /// The file that holds the model itself.
    pub fn own(&self) -> &Arc<File> {
        &self.own
    }

    /// What a saved model says under a name, such as `training_config`.
    pub fn member(&self, name: &str) -> Option<&File> {
        let mut members = self.members.iter();
        let found = members.find(|file| file.source.member.as_deref() == Some(name))?;
        Some(found)
    }

    /// A file beside the model that is there and whole, to see whether it belongs to it. A broken one is told of when it is
    /// checked by itself.
    pub fn look(&self, path: &str, folders_above: usize) -> Option<&File> {
        self.slot(path, folders_above)?.file.get().map(|file| &**file)
    }

    /// The same of one that the model is read from.
    pub fn take(&self, path: &str, folders_above: usize) -> Option<&File> {
        let slot = self.slot(path, folders_above)?;
        slot.is_taken.store(true, Ordering::Relaxed);
        slot.file.get().map(|file| &**file)
    }

    fn slot(&self, path: &str, folders_above: usize) -> Option<&Slot> {
        let mut asked = self.known();
        if let Some(known) = asked.get(path) {
            return self.read.get((*known)?);
        }
        if asked.len() >= MOST_ASKED {
            return None;
        }
        let free = self.read.iter().position(|slot| slot.file.get().is_none())?;
        let slot = &self.read[free];
        if let Some(file) = self.open(path, folders_above) {
            slot.file.get_or_init(|| Arc::new(file));
        }
        let found = slot.file.get().map(|_| free);
        asked.insert(path.to_owned(), found);
        found.map(|_| slot)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<String, Option<usize>>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self, path: &str, folders_above: usize) -> Option<File> {
        let is_own = self.own.source.path.file_name().is_some_and(|name| name == path);
        let format = Format::of_name(path).filter(|_| !is_own)?;
        let file = File::parse(format, self.beside.open(path, folders_above)?);
        file.tree.errors.is_empty().then_some(file)
    }

    /// Whether the model's folder has a file of that name.
    pub fn has_beside(&self, name: &str) -> bool {
        self.beside.has(name)
    }

    /// The paths beside the model that were asked for, in order; those that are not there, too.
    pub fn asked(&self) -> Vec<String> {
        let mut paths: Vec<String> = self.known().keys().cloned().collect();
        paths.sort();
        paths
    }

    /// The texts in which the model is written: its own, those of a saved model, those beside it that it is read from, too.
    pub fn texts(&self) -> impl Iterator<Item = &Arc<File>> {
        let taken = self.read.iter().filter(|slot| slot.is_taken.load(Ordering::Relaxed));
        let read = taken.filter_map(|slot| slot.file.get());
        std::iter::once(&self.own).chain(&self.members).chain(read)
    }

    /// All files, those with declarations last.
    pub fn all(&self) -> impl Iterator<Item = &Arc<File>> {
        self.texts().chain(&self.declared)
    }

    /// The file of that name. Places only name files that their model was read from; another name is that of its own.
    pub fn get(&self, id: FileId) -> &Arc<File> {
        self.all().find(|file| file.id() == id).unwrap_or(&self.own)
    }
}
