//! The files of a run, each with the settings for it: which are wanted, and which are left out.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use super::Request;
use crate::config::{self, ConfigError, Configurations, Origin, Settings};
use crate::dialects;
use crate::discover::{self, Candidate, DiscoverError, Interest, Texts};
use crate::report::{HiddenPath, LeftOutBy};
use crate::syntax::Format;

/// How the names of files end that hold facts about the model beside them.
const FACTS: &str = ".facts.toml";

/// A file to check and the settings for it.
pub(super) struct Job {
    pub candidate: Candidate,
    pub settings: Arc<Settings>,
    /// The bytes, when they do not stand in the file.
    pub bytes: Option<Vec<u8>>,
}

impl Job {
    /// The texts to judge; `None` for an archive without a model.
    pub(super) fn read(&self) -> Result<Option<Texts>, DiscoverError> {
        let Candidate {
            path,
            named,
            is_outside,
        } = &self.candidate;
        let is_code = is_code(path);
        let wanted = |piece: &[u8]| *named || dialects::bears_marks(is_code, piece);
        let mut texts = match &self.bytes {
            Some(bytes) => discover::open_in_memory(path, bytes.clone(), &wanted),
            None => discover::open(path, &wanted)?,
        };
        if let Some(texts) = &mut texts {
            let own = std::iter::once(&mut texts.own);
            own.chain(&mut texts.beside)
                .for_each(|source| source.is_shown = !is_outside);
        }
        Ok(texts)
    }

    /// Whether it is a saved model, such as a `.keras` archive, which fixes never touch.
    pub(super) fn is_saved_model(&self) -> bool {
        let name = self.candidate.path.file_name();
        name.is_some_and(|name| discover::is_archive(&name.to_string_lossy()))
    }
}

/// The files to check with their settings, and those that are excluded.
pub(super) fn jobs(request: &Request, candidates: Vec<Candidate>) -> Result<(Vec<Job>, Vec<HiddenPath>), ConfigError> {
    let mut configurations = Configurations::new(request.config.clone());
    if let Origin::File(path) | Origin::Trusted(path) = &request.config {
        // Read whether or not there is a file that it holds for: its errors are told in either case.
        configurations.for_file(path)?;
    }
    let (mut jobs, mut left_out) = (Vec::new(), Vec::new());
    let mut add = |mut candidate: Candidate, bytes: Option<Vec<u8>>| -> Result<(), ConfigError> {
        let settings = configurations.for_file(&candidate.path)?;
        if let Some(hidden) = leaves_out(request, &candidate, &settings) {
            left_out.push(hidden);
            return Ok(());
        }
        // A hook names whatever a commit changes: that says no more of a file than that a walk meets it.
        candidate.named &= !request.force_exclude;
        jobs.push(Job {
            candidate,
            settings,
            bytes,
        });
        Ok(())
    };
    for candidate in candidates {
        add(candidate, None)?;
    }
    if let Some(input) = &request.standard_input {
        let path = input.name.clone();
        let candidate = Candidate {
            path,
            named: true,
            is_outside: false,
        };
        add(candidate, Some(input.bytes.clone()))?;
    }
    Ok((jobs, left_out))
}

/// The settings of all files, each once, in the order of the files.
pub(super) fn settings_of(jobs: &[Job]) -> Vec<Arc<Settings>> {
    let mut seen = HashSet::new();
    let settings = jobs.iter().map(|job| &job.settings);
    settings
        .filter(|settings| seen.insert(Arc::as_ptr(settings)))
        .cloned()
        .collect()
}

/// The file, if it is excluded. One that is named is linted all the same, unless exclusion is forced: then ignore files,
/// which a walk has respected already, count for it too.
fn leaves_out(request: &Request, candidate: &Candidate, settings: &Settings) -> Option<HiddenPath> {
    if candidate.named && !request.force_exclude {
        return None;
    }
    let path: &Path = &candidate.path;
    let by_ignore_file = || candidate.named && request.walk.respect_ignore_files && discover::is_ignored(path);
    let by_glob = settings.exclude.matches(&settings.relative(path))
        || (!request.exclude.is_empty() && request.exclude.matches(&config::from_working_folder(path)));
    let by_convention = || candidate.named && is_code(path) && discover::is_foreign(&config::from_working_folder(path));
    let by = match by_glob {
        true => LeftOutBy::Glob,
        false if by_ignore_file() => LeftOutBy::IgnoreFile,
        false if by_convention() => LeftOutBy::Convention,
        false => return None,
    };
    let path = path.to_owned();
    Some(HiddenPath { path, by })
}

/// Whether a file holds a program, by its name.
pub fn is_code(path: &Path) -> bool {
    let name = path.file_name();
    let format = name.and_then(|name| Format::of_name(&name.to_string_lossy()));
    format.is_some_and(Format::is_code)
}

/// Which files that are met while walking are looked at, by their names.
pub(super) fn interest(name: &str) -> Interest {
    match is_wanted(name) {
        true if is_code(Path::new(name)) => Interest::OwnCode,
        true => Interest::Yes,
        false => Interest::No,
    }
}

/// Whether a file that is met while walking is looked at, by its name: facts for other files and configurations are not.
pub fn is_wanted(name: &str) -> bool {
    let is_read = Format::of_name(name).is_some() || discover::is_archive(name);
    is_read && !name.ends_with(FACTS) && name != "losslint.toml"
}

/// Whether a file holds facts about a model, by its name.
pub fn holds_facts(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().ends_with(FACTS))
}
