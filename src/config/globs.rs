//! Globs of files in a configuration: `exports/*.json`, `**/old/**`, `legacy.toml`. A pattern without `/` matches any file
//! or folder of that name.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// A list of globs; a path matches when one of them does.
#[derive(Debug, Clone)]
pub struct Globs {
    set: GlobSet,
}

impl Globs {
    /// Globs that match nothing.
    pub fn none() -> Self {
        Self { set: GlobSet::empty() }
    }

    /// Compiles patterns; the first that is no glob is given back with the reason.
    pub fn new<'p>(patterns: impl IntoIterator<Item = &'p str>) -> Result<Self, (usize, String)> {
        let mut builder = GlobSetBuilder::new();
        for (index, pattern) in patterns.into_iter().enumerate() {
            for form in forms(pattern) {
                let glob = GlobBuilder::new(&form)
                    .literal_separator(true)
                    .build()
                    .map_err(|error| (index, error.kind().to_string()))?;
                builder.add(glob);
            }
        }
        let set = builder.build().map_err(|error| (0, error.to_string()))?;
        Ok(Self { set })
    }

    /// Whether nothing can match.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// Whether a path, or a folder that it lies in, matches.
    pub fn matches(&self, path: &Path) -> bool {
        !self.set.is_empty() && path.ancestors().any(|path| self.set.is_match(path))
    }
}

/// A pattern without a `/` matches at any depth; a leading `./` or `/` counts from the folder of the configuration.
fn forms(pattern: &str) -> Vec<String> {
    let pattern = pattern.trim_end_matches('/');
    match pattern.strip_prefix("./").or(pattern.strip_prefix('/')) {
        Some(anchored) => vec![anchored.to_owned()],
        None if pattern.contains('/') => vec![pattern.to_owned()],
        None => vec![pattern.to_owned(), format!("**/{pattern}")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        Globs::new([pattern]).expect("a glob").matches(Path::new(path))
    }

    #[test]
    fn a_star_stays_in_its_folder() {
        assert!(matches("exports/*.json", "exports/a.json"));
        assert!(!matches("exports/*.json", "exports/old/a.json"));
        assert!(matches("exports/**/*.json", "exports/old/a.json"));
    }

    #[test]
    fn a_name_matches_at_any_depth_and_everything_below() {
        assert!(matches("legacy", "models/legacy/a.json"));
        assert!(matches("*.toml", "a/b/c.toml"));
        assert!(!matches("/legacy", "models/legacy/a.json"));
    }

    #[test]
    fn what_is_no_glob_is_told() {
        assert!(Globs::new(["a", "[b"]).is_err_and(|(index, _)| index == 1));
    }
}
