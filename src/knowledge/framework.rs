//! Frameworks: which libraries a configuration of one may name, and in which order bare names are looked up there.

use serde::Deserialize;

/// A framework as configurations name it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Its name, such as `keras`.
    pub name: String,
    /// Other names of it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The libraries whose rows it knows. Bare names are the first one's before any other's.
    pub libraries: Vec<String>,
    /// The libraries whose names its configurations take; all when absent.
    #[serde(default)]
    pub writes: Option<Vec<String>>,
    /// The major version from which on it refuses spellings that its tables call `legacy`.
    #[serde(default)]
    pub legacy_ends_at: Option<u32>,
    /// Whether it goes on with a loss that is not reduced to one number, and sums the gradients; others stop.
    #[serde(default)]
    pub sums_unreduced: bool,
    /// The library of a project's own rows, which is asked before all others.
    #[serde(skip)]
    pub project: Option<String>,
}

impl Framework {
    /// Whether it goes by that name, in any letter case.
    pub fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name) || self.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    }

    /// The libraries whose bare names its configurations take.
    pub fn written_libraries(&self) -> &[String] {
        self.writes.as_ref().unwrap_or(&self.libraries)
    }

    /// Whether that library is the one whose bare names it takes before any other's.
    pub fn has_first(&self, library: &str) -> bool {
        self.libraries.first().is_some_and(|first| first == library)
    }

    /// Whether that library holds the project's own rows.
    pub fn is_project(&self, library: &str) -> bool {
        self.project.as_deref() == Some(library)
    }

    /// Reads a list of frameworks, which the build script has made JSON of.
    pub(super) fn list_from_json(text: &str) -> Result<Vec<Self>, serde_json::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            framework: Vec<Framework>,
        }
        Ok(serde_json::from_str::<File>(text)?.framework)
    }
}
