//! Stable names for findings: a hash of what a finding is about, not of where its line stands.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_128;

use super::Reported;
use crate::syntax::Files;

/// Names the findings of one model: by lint, path of the file in which the main place stands, from the repository's root, JSON
/// Pointer, and the ordinal among those that share all three.
pub fn assign(findings: &mut [Reported], files: &Files) {
    let mut paths: HashMap<String, String> = HashMap::new();
    let mut seen: HashMap<(&'static str, String, String), usize> = HashMap::new();
    for finding in findings {
        let shown = finding.primary.path.clone();
        let path = paths.entry(shown.clone()).or_insert_with(|| {
            let file = files.all().find(|file| finding.primary.is_in(file));
            from_root(&file.unwrap_or(files.own()).source.path)
        });
        let key = (finding.lint, shown, finding.primary.pointer.clone());
        let ordinal = seen.entry(key).or_default();
        let member = finding.primary.member.as_deref().unwrap_or_default();
        let text = format!(
            "{}\0{path}\0{member}\0{}\0{ordinal}",
            finding.lint, finding.primary.pointer
        );
        finding.fingerprint = format!("{:032x}", xxh3_128(text.as_bytes()));
        *ordinal += 1;
    }
}

/// The path from the root of the repository, with `/`; as given when there is no repository.
pub fn from_root(path: &Path) -> String {
    let absolute: PathBuf = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let root = absolute.ancestors().skip(1).find(|folder| folder.join(".git").exists());
    let below = root.and_then(|root| absolute.strip_prefix(root).ok()).unwrap_or(path);
    crate::span::display_path(below)
}
