//! `.gitignore` and `.losslintignore`: which paths they leave out. Not for the globs of a configuration.

use std::fs;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Ignore files that are read in every folder, the later one deciding.
const IGNORE_FILES: &[&str] = &[".gitignore", ".losslintignore"];

/// The ignore files of the folders from the repository's root down to where a walk stands.
pub(super) struct Ignored {
    enabled: bool,
    /// The walk's root as it was given, and as it is on the disk.
    root: (PathBuf, PathBuf),
    /// Each folder with ignore files, outermost first, and their matcher.
    matchers: Vec<(PathBuf, Gitignore)>,
}

impl Ignored {
    /// Starts with the ignore files of the folders around the root, up to the repository's own.
    pub(super) fn new(root: &Path, enabled: bool) -> Self {
        let on_disk = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let mut ignored = Self {
            enabled,
            root: (root.to_owned(), on_disk.clone()),
            matchers: Vec::new(),
        };
        let around: Vec<&Path> = match repository(&on_disk) {
            Some(repository) => between(repository, &on_disk),
            None => Vec::new(),
        };
        around.into_iter().for_each(|folder| ignored.read(folder));
        ignored
    }

    fn on_disk(&self, path: &Path) -> PathBuf {
        let (given, on_disk) = &self.root;
        match path.strip_prefix(given) {
            Ok(below) if below.as_os_str().is_empty() => on_disk.clone(),
            Ok(below) => on_disk.join(below),
            Err(_) => path.to_owned(),
        }
    }

    /// Forgets the ignore files of folders that a path does not lie in.
    pub(super) fn leave_for(&mut self, path: &Path) {
        if self.matchers.is_empty() {
            return;
        }
        let path = self.on_disk(path);
        self.matchers.retain(|(folder, _)| path.starts_with(folder));
    }

    /// Takes note of the ignore files in a folder, which speak of what lies in it, not of the folder itself.
    pub(super) fn enter(&mut self, folder: &Path) {
        let folder = self.on_disk(folder);
        self.read(&folder);
    }

    fn read(&mut self, folder: &Path) {
        if !self.enabled {
            return;
        }
        let mut builder = GitignoreBuilder::new(folder);
        let mut found = false;
        for path in IGNORE_FILES.iter().map(|name| folder.join(name)) {
            if path.is_file() {
                found = true;
                // A line that is no pattern is skipped, as git does.
                let _ = builder.add(path);
            }
        }
        if let (true, Ok(matcher)) = (found, builder.build()) {
            self.matchers.push((folder.to_owned(), matcher));
        }
    }

    /// Whether the innermost ignore file that speaks of the path ignores it.
    pub(super) fn matches(&self, path: &Path, is_folder: bool) -> bool {
        if self.matchers.is_empty() {
            return false;
        }
        let path = self.on_disk(path);
        self.matchers
            .iter()
            .rev()
            .map(|(_, matcher)| matcher.matched(&path, is_folder))
            .find(|verdict| !verdict.is_none())
            .is_some_and(|verdict| verdict.is_ignore())
    }
}

/// Whether a walk from the root of the repository, or from the working folder where there is none, would pass a file over
/// because of ignore files.
pub fn is_ignored(path: &Path) -> bool {
    let Some((folder, name)) = path.parent().zip(path.file_name()) else {
        return false;
    };
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let Ok(folder) = fs::canonicalize(folder) else {
        return false;
    };
    let working = std::env::current_dir().and_then(fs::canonicalize).ok();
    let start = match (repository(&folder), &working) {
        (Some(repository), _) => repository,
        (None, Some(working)) if folder.starts_with(working) => working,
        _ => &folder,
    };
    let mut ignored = Ignored {
        enabled: true,
        root: (PathBuf::new(), PathBuf::new()),
        matchers: Vec::new(),
    };
    let mut passed = between(start, &folder);
    passed.push(&folder);
    for (index, inner) in passed.iter().enumerate() {
        if index > 0 && ignored.matches(inner, true) {
            return true;
        }
        ignored.read(inner);
    }
    ignored.matches(&folder.join(name), false)
}

/// The folder of the repository that a folder lies in.
fn repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.join(".git").exists())
}

/// The folders from one down to another, the last one not among them.
fn between<'p>(outer: &Path, inner: &'p Path) -> Vec<&'p Path> {
    let mut folders: Vec<&Path> = inner
        .ancestors()
        .skip(1)
        .take_while(|folder| folder.starts_with(outer))
        .collect();
    folders.reverse();
    folders
}
