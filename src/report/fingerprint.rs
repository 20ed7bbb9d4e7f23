//! Stable names for findings: a hash of what a finding is about, not of where its line stands.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_128;

use super::Reported;

/// Names the findings of one file: by lint, path from the repository's root, JSON Pointer, and the ordinal among those that
/// share all three.
pub fn assign(findings: &mut [Reported], path: &Path) {
    let path = from_root(path);
    let mut seen: HashMap<(&'static str, String), usize> = HashMap::new();
    for finding in findings {
        let key = (finding.lint, finding.primary.pointer.clone());
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
