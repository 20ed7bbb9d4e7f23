//! From paths to the files to check: folders are walked, ignore files respected. Not for reading files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::error::DiscoverError;
use super::ignored::Ignored;

/// A file to check.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Its path.
    pub path: PathBuf,
    /// Whether it was named, not met while walking: then everything wrong with it is said.
    pub named: bool,
}

/// How folders are walked.
#[derive(Debug, Clone, Copy)]
pub struct Walk {
    /// Whether `.gitignore` and `.losslintignore` are respected.
    pub respect_ignore_files: bool,
}

/// The files below some paths, sorted and without repetition, and what could not be looked at. `wanted` tells by its
/// name whether a file met while walking is of interest; files that are named always are.
pub fn discover(paths: &[PathBuf], walk: Walk, wanted: &dyn Fn(&str) -> bool) -> (Vec<Candidate>, Vec<DiscoverError>) {
    let mut found = Found {
        walk,
        wanted,
        candidates: Vec::new(),
        errors: Vec::new(),
    };
    for path in paths {
        found.path(path);
    }
    let mut candidates = found.candidates;
    // A file that is named and met while walking counts as named.
    candidates.sort_by(|a, b| a.path.cmp(&b.path).then(b.named.cmp(&a.named)));
    candidates.dedup_by(|later, earlier| later.path == earlier.path);
    (candidates, found.errors)
}

struct Found<'w> {
    walk: Walk,
    wanted: &'w dyn Fn(&str) -> bool,
    candidates: Vec<Candidate>,
    errors: Vec<DiscoverError>,
}

impl Found<'_> {
    fn path(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.folder(path),
            Ok(metadata) if metadata.is_file() => self.candidates.push(Candidate {
                path: path.to_owned(),
                named: true,
            }),
            Ok(_) => self.errors.push(DiscoverError::NotAFile(path.to_owned())),
            Err(source) if source.kind() == io::ErrorKind::NotFound => {
                self.errors.push(DiscoverError::Missing(path.to_owned()));
            }
            Err(source) => self.errors.push(DiscoverError::unreadable(path, source)),
        }
    }

    fn folder(&mut self, root: &Path) {
        let mut ignored = Ignored::new(root, self.walk.respect_ignore_files);
        let mut entries = WalkDir::new(root).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.unreadable(error);
                    continue;
                }
            };
            ignored.leave_for(entry.path());
            let is_folder = entry.file_type().is_dir();
            if entry.depth() > 0 && (is_version_control(&entry) || ignored.matches(entry.path(), is_folder)) {
                if is_folder {
                    entries.skip_current_dir();
                }
                continue;
            }
            if is_folder {
                ignored.enter(entry.path());
            }
            let name = entry.file_name().to_string_lossy();
            if is_a_file(&entry) && (self.wanted)(&name) {
                self.candidates.push(Candidate {
                    path: entry.into_path(),
                    named: false,
                });
            }
        }
    }

    fn unreadable(&mut self, error: walkdir::Error) {
        let path = error.path().unwrap_or(Path::new("")).to_owned();
        let source = error
            .into_io_error()
            .unwrap_or_else(|| io::Error::other("the folder contains itself"));
        self.errors.push(DiscoverError::unreadable(&path, source));
    }
}

/// Links to files are followed, links to folders are not: they could lead in circles.
fn is_a_file(entry: &DirEntry) -> bool {
    entry.file_type().is_file() || (entry.path_is_symlink() && entry.path().is_file())
}

fn is_version_control(entry: &DirEntry) -> bool {
    entry.file_type().is_dir() && matches!(entry.file_name().to_str(), Some(".git" | ".hg" | ".jj" | ".svn"))
}
