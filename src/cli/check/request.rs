//! From the options of `losslint check` to what is asked of a run: paths, lists, standard input, lints.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::CheckArgs;
use crate::check::{Request, StandardInput};
use crate::cli::STANDARD_INPUT;
use crate::config::{Globs, Named, Selection};
use crate::discover::Walk;
use crate::output::Format;
use crate::span::display_path;
use crate::syntax;

/// What standard input is called that nobody named.
const UNNAMED: &str = "stdin.json";

impl CheckArgs {
    /// What is asked of the run; the error tells which options do not go together, or what cannot be read.
    pub(super) fn request(&self) -> Result<Request, String> {
        let reads_input = self.paths.iter().any(|path| path == Path::new(STANDARD_INPUT));
        let lists_input = self.files_from.as_deref() == Some(Path::new(STANDARD_INPUT));
        if reads_input && lists_input {
            return Err("standard input cannot be both a file and a list of files".to_owned());
        }
        let mut paths: Vec<PathBuf> = self
            .paths
            .iter()
            .filter(|path| *path != Path::new(STANDARD_INPUT))
            .cloned()
            .collect();
        if let Some(list) = &self.files_from {
            paths.extend(listed(list)?);
        } else if paths.is_empty() && !reads_input {
            paths.push(PathBuf::from("."));
        }
        let exclude = Globs::new(self.exclude.iter().map(String::as_str))
            .map_err(|(index, reason)| format!("--exclude {}: this is no glob: {reason}", self.exclude[index]))?;
        Ok(Request {
            paths,
            standard_input: if reads_input {
                Some(self.standard_input()?)
            } else {
                None
            },
            walk: Walk {
                respect_ignore_files: !self.no_ignore && !self.config.is_trusted(),
            },
            config: self.config.origin(),
            selection: self.selection(),
            exclude,
            force_exclude: self.force_exclude,
            jobs: self.jobs.filter(|jobs| *jobs > 0),
            with_snippets: self.format == Format::Human || self.second.has_snippets(),
            fixing: self.fixes.fixing()?,
        })
    }

    fn standard_input(&self) -> Result<StandardInput, String> {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| format!("standard input: {error}"))?;
        Ok(StandardInput {
            name: self.stdin_filename.clone().unwrap_or_else(|| PathBuf::from(UNNAMED)),
            bytes,
        })
    }

    /// Whether standard input is read as JSON, although it does not open like that, because nobody said what it is.
    pub(super) fn mistakes_input(&self, request: &Request) -> bool {
        let Some(input) = &request.standard_input else {
            return false;
        };
        let text = String::from_utf8_lossy(&input.bytes);
        self.stdin_filename.is_none() && !text.trim().is_empty() && syntax::Format::of_text(&text).is_none()
    }

    fn selection(&self) -> Selection {
        let named = |names: &[String]| names.iter().map(|name| Named::given(name.trim())).collect();
        Selection {
            select: self.select.as_deref().map(named),
            extend: named(&self.extend_select),
            ignore: named(&self.ignore),
        }
    }
}

/// The paths that a file, or standard input, lists.
fn listed(list: &Path) -> Result<Vec<PathBuf>, String> {
    let mut text = Vec::new();
    let read = if list == Path::new(STANDARD_INPUT) {
        io::stdin().lock().read_to_end(&mut text).map(|_| ())
    } else {
        std::fs::read(list).map(|read| text = read)
    };
    read.map_err(|error| format!("{}: the list of files cannot be read: {error}", display_path(list)))?;
    let lines = text.split(|byte| *byte == b'\n');
    let lines = lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    Ok(lines.filter(|line| !line.is_empty()).map(path_of).collect())
}

/// A path from the bytes of a line; on Unix these need not be UTF-8.
#[cfg(unix)]
fn path_of(line: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(line))
}

#[cfg(not(unix))]
fn path_of(line: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(line).into_owned())
}
