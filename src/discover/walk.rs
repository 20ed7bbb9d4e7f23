//! From paths to the files to check: folders are walked, ignore files respected. Not for reading files.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::error::DiscoverError;
use super::foreign::Foreign;
use super::ignored::Ignored;
use super::within::{leads_out, leads_out_of};

/// A file to check.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Its path.
    pub path: PathBuf,
    /// Whether it was named, not met while walking: then everything wrong with it is said.
    pub named: bool,
    /// Whether links lead from its path out of the folder that is walked, or that it seems to be in: then none of its text is
    /// shown, and it is not written.
    pub is_outside: bool,
}

/// How folders are walked.
#[derive(Debug, Clone, Copy)]
pub struct Walk {
    /// Whether `.gitignore` and `.losslintignore` are respected.
    pub respect_ignore_files: bool,
}

/// Whether files of a name are looked at when a walk meets them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interest {
    /// Never.
    No,
    /// Wherever they are.
    Yes,
    /// Unless they lie in a folder that holds other people's code.
    OwnCode,
}

/// What is below some paths.
#[derive(Debug, Default)]
pub struct Discovered {
    /// The files to check, sorted and without repetition however they are spelt.
    pub candidates: Vec<Candidate>,
    /// What could not be looked at.
    pub errors: Vec<DiscoverError>,
    /// The folders, and the files of interest, that ignore files leave out.
    pub ignored: Vec<PathBuf>,
    /// The folders of other people's code in which there is code that would be of interest.
    pub foreign: Vec<PathBuf>,
}

/// The files below some paths. `wanted` tells by its name whether a file met while walking is of interest; files that are
/// named always are.
pub fn discover(paths: &[PathBuf], walk: Walk, wanted: &dyn Fn(&str) -> Interest) -> Discovered {
    let mut found = Found {
        walk,
        wanted,
        all: Discovered::default(),
    };
    for path in paths {
        found.path(path);
    }
    Discovered {
        candidates: once_each(found.all.candidates),
        ..found.all
    }
}

/// The files in the order of their paths, each once, as it was spelt first. One that is named and met while walking counts
/// as named.
fn once_each(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut spelt: Vec<(PathBuf, Candidate)> = candidates
        .into_iter()
        .map(|candidate| (plain(&candidate.path), candidate))
        .collect();
    spelt.sort_by(|(a, _), (b, _)| a.cmp(b));
    spelt.dedup_by(|(later, again), (earlier, kept)| {
        let same = later == earlier;
        kept.named |= same && again.named;
        same
    });
    spelt.into_iter().map(|(_, candidate)| candidate).collect()
}

/// A path without `.` parts, and without `x/..` where `x` is no link: through a link `..` leads elsewhere.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        let leads_back = part == Component::ParentDir
            && matches!(plain.components().next_back(), Some(Component::Normal(_)))
            && !plain.is_symlink();
        match part {
            Component::CurDir => {}
            _ if leads_back => _ = plain.pop(),
            part => plain.push(part),
        }
    }
    plain
}

struct Found<'w> {
    walk: Walk,
    wanted: &'w dyn Fn(&str) -> Interest,
    all: Discovered,
}

impl Found<'_> {
    fn path(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.folder(path),
            Ok(metadata) if metadata.is_file() => self.all.candidates.push(Candidate {
                path: path.to_owned(),
                named: true,
                is_outside: leads_out(path),
            }),
            Ok(_) => self.all.errors.push(DiscoverError::NotAFile(path.to_owned())),
            Err(source) => self.all.errors.push(DiscoverError::unreadable(path, source)),
        }
    }

    fn folder(&mut self, root: &Path) {
        let mut ignored = Ignored::new(root, self.walk.respect_ignore_files);
        let mut foreign = Foreign::default();
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
            let is_ignored = || ignored.matches(entry.path(), is_folder);
            if entry.depth() > 0 && (is_version_control(&entry) || is_ignored()) {
                if is_folder {
                    entries.skip_current_dir();
                }
                self.leave_out(&entry);
                continue;
            }
            if is_folder {
                ignored.enter(entry.path());
                foreign.enter(&entry);
            }
            match self.interest(&entry) {
                Interest::No => {}
                Interest::OwnCode if foreign.holds(entry.path()) => self.all.foreign.extend(foreign.told()),
                Interest::Yes | Interest::OwnCode => self.all.candidates.push(Candidate {
                    is_outside: entry.path_is_symlink() && leads_out_of(root, entry.path()),
                    path: entry.into_path(),
                    named: false,
                }),
            }
        }
    }

    fn interest(&self, entry: &DirEntry) -> Interest {
        match is_a_file(entry) {
            true => (self.wanted)(&entry.file_name().to_string_lossy()),
            false => Interest::No,
        }
    }

    fn leave_out(&mut self, entry: &DirEntry) {
        let is_told = || entry.file_type().is_dir() || self.interest(entry) != Interest::No;
        if !is_version_control(entry) && is_told() {
            self.all.ignored.push(entry.path().to_owned());
        }
    }

    fn unreadable(&mut self, error: walkdir::Error) {
        let path = error.path().unwrap_or(Path::new("")).to_owned();
        let source = error
            .into_io_error()
            .unwrap_or_else(|| io::Error::other("the folder contains itself"));
        self.all.errors.push(DiscoverError::unreadable(&path, source));
    }
}

/// Links to files are followed, links to folders are not: they could lead in circles.
fn is_a_file(entry: &DirEntry) -> bool {
    entry.file_type().is_file() || (entry.path_is_symlink() && entry.path().is_file())
}

fn is_version_control(entry: &DirEntry) -> bool {
    entry.file_type().is_dir() && matches!(entry.file_name().to_str(), Some(".git" | ".hg" | ".jj" | ".svn"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_path_are_one() {
        for spelling in ["a/b", "./a/b", "a/b/", "a/./b", "x/../a/b", "a/x/y/../../b"] {
            assert_eq!(plain(Path::new(spelling)), Path::new("a/b"), "{spelling}");
        }
        assert_eq!(plain(Path::new("../../a/../b")), Path::new("../../b"));
        assert_eq!(plain(Path::new("/a/../b")), Path::new("/b"));
    }

    #[test]
    fn the_first_spelling_is_kept_and_a_file_that_is_named_stays_named() {
        let candidate = |path: &str, named| Candidate {
            path: path.into(),
            named,
            is_outside: false,
        };
        let met_then_named = vec![candidate("./b", false), candidate("a", true), candidate("x/../b", true)];
        assert_eq!(
            once_each(met_then_named),
            [candidate("a", true), candidate("./b", true)]
        );
    }

    #[cfg(unix)]
    #[test]
    fn the_way_back_from_a_link_is_not_guessed() {
        let folder = tempfile::tempdir().expect("a folder");
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("/", &link).expect("a link");
        let behind = link.join("../model.json");
        assert_eq!(plain(&behind), behind);
    }
}
