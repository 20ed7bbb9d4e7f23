//! Baselines: findings that are known and left out, so that only new ones are told. A sorted text file, one finding a
//! line, so that two branches merge cleanly.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::fingerprint::from_root;
use super::{KnownFinding, Report, Reported};

/// The first line of every baseline: what the file is, and the version of its form.
const HEADER: &str = "# losslint baseline 1: fingerprint, count, lint, path; written by --write-baseline";
/// How the first line begins, up to the version.
const TITLE: &str = "# losslint baseline ";
const VERSION: &str = "1:";
/// Most bytes of a baseline: a million findings and more.
const LARGEST: u64 = 256 * 1024 * 1024;

/// Known findings: how often each fingerprint may occur.
#[derive(Debug, Default)]
pub struct Baseline {
    known: BTreeMap<String, Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    count: usize,
    lint: String,
    path: String,
}

/// A baseline that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// Nothing is there.
    #[error("{}: the baseline cannot be read: there is no such file; --write-baseline makes it", crate::span::display_path(.0))]
    Missing(PathBuf),
    /// It is there and cannot be read.
    #[error("{}: the baseline cannot be read: {source}", crate::span::display_path(.path))]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It was written by another version.
    #[error("{}: this is a baseline of another version of losslint; write it anew with --write-baseline", crate::span::display_path(.0))]
    OtherVersion(PathBuf),
    /// A line is not as it should be.
    #[error("{}:{line}: this is no line of a baseline; write it anew with --write-baseline", crate::span::display_path(.path))]
    Malformed {
        /// The path.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
}

impl Baseline {
    /// Reads a baseline. The error is that of reading the file, of another version, or of a line that is not one of a baseline.
    pub fn read(path: &Path) -> Result<Self, BaselineError> {
        let text = read_text(path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => BaselineError::Missing(path.to_owned()),
            _ => BaselineError::Unreadable {
                path: path.to_owned(),
                source,
            },
        })?;
        let mut baseline = Self::default();
        for (index, line) in text.lines().enumerate() {
            if let Some(version) = line.strip_prefix(TITLE)
                && !version.starts_with(VERSION)
            {
                return Err(BaselineError::OtherVersion(path.to_owned()));
            }
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let (fingerprint, entry) = parse(line).ok_or_else(|| BaselineError::Malformed {
                path: path.to_owned(),
                line: index + 1,
            })?;
            // A merge can keep a line of both sides, which is still one finding.
            match baseline.known.get(&fingerprint) {
                Some(known) if known.count >= entry.count => {}
                _ => _ = baseline.known.insert(fingerprint, entry),
            }
        }
        Ok(baseline)
    }

    /// The baseline that knows all findings of a report that count.
    pub fn of(report: &Report) -> Self {
        let mut baseline = Self::default();
        for finding in report.counted() {
            baseline.add(
                finding.fingerprint.clone(),
                Entry {
                    count: 1,
                    lint: finding.lint.to_owned(),
                    path: path(finding),
                },
            );
        }
        baseline
    }

    fn add(&mut self, fingerprint: String, entry: Entry) {
        self.known
            .entry(fingerprint)
            .and_modify(|known| known.count = known.count.saturating_add(entry.count))
            .or_insert(entry);
    }

    /// The text of the file: the same bytes for the same findings.
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for (fingerprint, entry) in &self.known {
            text.push_str(&format!(
                "{fingerprint} {} {} {}\n",
                entry.count, entry.lint, entry.path
            ));
        }
        text
    }

    /// Takes known findings out of a report. Gives how many were taken out, and how many entries about the files that were
    /// checked found nothing to take.
    pub fn apply(&self, report: &mut Report, checked: &[PathBuf]) -> Applied {
        let mut left: BTreeMap<&str, usize> = self
            .known
            .iter()
            .map(|(fingerprint, entry)| (fingerprint.as_str(), entry.count))
            .collect();
        let (known, told): (Vec<_>, Vec<_>) = std::mem::take(&mut report.findings)
            .into_iter()
            .partition(|finding| take(&mut left, finding));
        report.findings = told;
        report.hidden.known = known.iter().map(KnownFinding::from).collect();
        left.retain(|_, count| *count > 0);
        // Paths are looked up on the disk, which only entries that are left are worth.
        let checked: HashSet<String> = match left.is_empty() {
            true => HashSet::new(),
            false => checked.iter().map(|path| from_root(path)).collect(),
        };
        let lengths: HashSet<usize> = checked.iter().map(String::len).collect();
        let was_checked = |fingerprint: &str| {
            let files = self.known[fingerprint].files();
            // Names in a path can have as many `!` as they like.
            files
                .filter(|file| lengths.contains(&file.len()))
                .any(|file| checked.contains(file))
        };
        left.retain(|fingerprint, _| was_checked(fingerprint));
        Applied {
            known: known.len(),
            gone: left.values().fold(0, |sum: usize, count| sum.saturating_add(*count)),
        }
    }
}

/// Reads a file or a pipe, but not for ever.
fn read_text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    let read = File::open(path)?.take(LARGEST + 1).read_to_string(&mut text)?;
    if read as u64 > LARGEST {
        return Err(io::Error::other("a baseline has at most 256 MB"));
    }
    Ok(text)
}

impl Entry {
    /// What the file may be called: all of the path, or what stands before a member's name.
    fn files(&self) -> impl Iterator<Item = &str> {
        let ends = self.path.match_indices('!').map(|(end, _)| end);
        ends.chain([self.path.len()]).map(|end| &self.path[..end])
    }
}

/// The path from the root of the repository, so that the file reads the same from wherever it was written.
fn path(finding: &Reported) -> String {
    let file = from_root(Path::new(&finding.primary.path));
    match &finding.primary.member {
        Some(member) => format!("{file}!{member}"),
        None => file,
    }
}

impl From<&Reported> for KnownFinding {
    fn from(finding: &Reported) -> Self {
        Self {
            lint: finding.lint,
            path: finding.primary.full_path(),
            at: finding.primary.start,
        }
    }
}

/// What came of applying a baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applied {
    /// Findings that were known and left out.
    pub known: usize,
    /// Entries whose finding is gone from a file that was checked: the baseline can be written anew.
    pub gone: usize,
}

fn take(left: &mut BTreeMap<&str, usize>, finding: &Reported) -> bool {
    match left.get_mut(finding.fingerprint.as_str()) {
        Some(count) if *count > 0 && finding.suppressed.is_none() => {
            *count -= 1;
            true
        }
        _ => false,
    }
}

fn parse(line: &str) -> Option<(String, Entry)> {
    let mut parts = line.splitn(4, ' ');
    let fingerprint = parts.next()?;
    let is_hash = fingerprint.len() == 32 && fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit());
    let entry = Entry {
        count: parts.next()?.parse().ok()?,
        lint: parts.next()?.to_owned(),
        path: parts.next()?.to_owned(),
    };
    is_hash.then(|| (fingerprint.to_owned(), entry))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let line = "0123456789abcdef0123456789abcdef 2 label-format a folder/model.json";
        let (fingerprint, entry) = parse(line).expect("a line");
        assert_eq!((entry.count, entry.path.as_str()), (2, "a folder/model.json"));
        let mut baseline = Baseline::default();
        baseline.add(fingerprint, entry);
        assert_eq!(baseline.to_text(), format!("{HEADER}\n{line}\n"));
    }

    #[test]
    fn anything_else_is_refused() {
        for line in ["", "abc 1 lint path", "0123456789abcdef0123456789abcdef x lint path"] {
            assert!(parse(line).is_none(), "{line}");
        }
    }
}
