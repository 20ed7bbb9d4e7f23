//! The configuration that holds for a file: the nearest one upwards, read once for all files that it holds for.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::paths::{canonical, without_working_folder};
use super::{ConfigError, Settings, read};
use crate::discover::leads_out;
use crate::span::Source;
use crate::syntax::{File, Format};

/// Most bytes of a configuration: far more than anybody writes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// Where settings come from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// The nearest file upwards from each linted one.
    Nearest,
    /// This file.
    File(PathBuf),
    /// This file, whose globs count from the working folder wherever it lies.
    Trusted(PathBuf),
    /// None: the defaults.
    Defaults,
}

/// Finds and remembers the settings of folders.
pub struct Configurations {
    origin: Origin,
    by_folder: HashMap<PathBuf, Arc<Settings>>,
    /// Each configuration is read once, for all folders that it holds for.
    by_file: HashMap<PathBuf, Arc<Settings>>,
    defaults: Arc<Settings>,
}

impl Configurations {
    /// Settings from that origin.
    pub fn new(origin: Origin) -> Self {
        Self {
            origin,
            by_folder: HashMap::new(),
            by_file: HashMap::new(),
            defaults: Arc::default(),
        }
    }

    /// The settings for a file. Fails when their configuration cannot be read or has errors.
    pub fn for_file(&mut self, path: &Path) -> Result<Arc<Settings>, ConfigError> {
        let folder = match &self.origin {
            Origin::Nearest => canonical(path.parent().unwrap_or(Path::new(""))),
            Origin::File(_) | Origin::Trusted(_) | Origin::Defaults => PathBuf::new(),
        };
        if let Some(settings) = self.by_folder.get(&folder) {
            return Ok(Arc::clone(settings));
        }
        let file = match &self.origin {
            Origin::Nearest => nearest(&folder),
            Origin::File(path) | Origin::Trusted(path) => Some(path.clone()),
            Origin::Defaults => None,
        };
        let settings = match file {
            Some(path) => self.read(path)?,
            None => Arc::clone(&self.defaults),
        };
        self.by_folder.insert(folder, Arc::clone(&settings));
        Ok(settings)
    }

    fn read(&mut self, path: PathBuf) -> Result<Arc<Settings>, ConfigError> {
        if let Some(settings) = self.by_file.get(&path) {
            return Ok(Arc::clone(settings));
        }
        let folder = match &self.origin {
            Origin::Trusted(_) => Path::new(""),
            _ => path.parent().unwrap_or(Path::new("")),
        };
        let settings = Arc::new(load(&path, canonical(folder))?);
        self.by_file.insert(path, Arc::clone(&settings));
        Ok(settings)
    }
}

/// The nearest configuration upwards from a folder.
fn nearest(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find_map(|folder| {
        let own = folder.join("losslint.toml");
        if own.is_file() {
            return Some(own);
        }
        let shared = folder.join("pyproject.toml");
        if !shared.is_file() {
            return None;
        }
        let text = read_text(&shared).ok()?;
        text.contains("[tool.losslint").then_some(shared)
    })
}

/// Reads a file or a pipe, but not for ever.
fn read_text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    let read = fs::File::open(path)?.take(LARGEST + 1).read_to_string(&mut text)?;
    if read as u64 > LARGEST {
        return Err(io::Error::other("a configuration has at most 16 MB"));
    }
    Ok(text)
}

/// Reads the settings of a file whose globs count from `folder`.
fn load(path: &Path, folder: PathBuf) -> Result<Settings, ConfigError> {
    let text = read_text(path).map_err(|source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    let source = Source::new(without_working_folder(path), text).shown_if(!leads_out(path));
    let file = Arc::new(File::parse(Format::Toml, source));
    match read::settings(&file, folder) {
        Ok(settings) => Ok(settings),
        Err(problems) => Err(ConfigError::Invalid { file, problems }),
    }
}
