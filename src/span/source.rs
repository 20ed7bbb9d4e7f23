//! A text and where it was read from.

use std::path::PathBuf;
use std::sync::Arc;

use super::printable::{display_path, printable};

/// One text that was read: a file, a member of an archive, or standard input.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path as it is shown to the user.
    pub path: PathBuf,
    /// The member inside an archive, such as `config.json`.
    pub member: Option<String>,
    /// The whole text. Shared, because reports outlive the check.
    pub text: Arc<str>,
    /// Whether reports may show pieces of it. They show none of a file to which a link leads out of the checked folder.
    pub is_shown: bool,
    in_archive: bool,
}

impl Source {
    /// A source from a text in memory.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> Self {
        Self {
            path: path.into(),
            member: None,
            text: text.into(),
            is_shown: true,
            in_archive: false,
        }
    }

    /// The same, shown in reports or not.
    pub fn shown_if(self, is_shown: bool) -> Self {
        Self { is_shown, ..self }
    }

    /// A text that a saved model holds, or an empty one for a saved model that cannot be read.
    pub fn of_archive(path: impl Into<PathBuf>, member: Option<&str>, text: impl Into<Arc<str>>) -> Self {
        Self {
            member: member.map(str::to_owned),
            in_archive: true,
            ..Self::new(path, text)
        }
    }

    /// Whether an edit of these bytes is an edit of the file: a text in a saved model stands there in another form.
    pub fn is_editable(&self) -> bool {
        !self.in_archive
    }

    /// The path with `/` on every system and `!member` for archives, without control characters, as reports print it.
    pub fn display_name(&self) -> String {
        let mut name = display_path(&self.path);
        if let Some(member) = &self.member {
            name.push('!');
            name.push_str(&printable(member));
        }
        name
    }
}
