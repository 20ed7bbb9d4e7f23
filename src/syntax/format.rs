//! The text formats, and how one is told from a name or a text.

/// The text format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON, with the `NaN` and `Infinity` that Python writes and the comments that people write.
    Json,
    /// TOML up to 1.1.
    Toml,
    /// YAML 1.2, and what PyYAML and OmegaConf read beyond it.
    Yaml,
    /// Python source.
    Python,
    /// A notebook of Jupyter's: cells of Python in JSON.
    Notebook,
}

impl Format {
    /// Whether it is a program's: what it says is found by evaluating it.
    pub fn is_code(self) -> bool {
        matches!(self, Self::Python | Self::Notebook)
    }

    /// The format of a text whose name does not tell it: JSON when it opens like an object or array.
    pub fn of_text(text: &str) -> Option<Self> {
        let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        text.starts_with(['{', '[']).then_some(Self::Json)
    }

    /// The format of a file by its name's ending, in any letter case; `None` for endings that losslint does not read.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "json" | "jsonc" => Some(Self::Json),
            "toml" => Some(Self::Toml),
            "yaml" | "yml" => Some(Self::Yaml),
            "py" => Some(Self::Python),
            "ipynb" => Some(Self::Notebook),
            _ => None,
        }
    }
}
