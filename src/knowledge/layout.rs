//! Layouts: under which keys the configurations of a training framework say things. One table for each dialect that reads
//! such configurations; not what the named classes are.

use std::sync::OnceLock;

use serde::Deserialize;

use super::built_in;

/// Where the configurations of a training framework say things.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// The framework whose names they use.
    pub framework: String,
    /// What a file is that holds neither network nor loss, in one clause.
    #[serde(default = "names_nothing")]
    pub part: String,
    /// Keys under which a loss stands.
    pub losses: Vec<String>,
    /// Keys under which the network that is trained stands.
    pub networks: Vec<String>,
    /// Keys of a network that is trained against or beside that one, so that a loss may be either's.
    #[serde(default)]
    pub other_networks: Vec<String>,
    /// Keys under which metrics stand.
    pub metrics: Vec<String>,
    /// Keys under which neither a network nor its loss stands: data, transforms, optimizers.
    #[serde(default)]
    pub apart: Vec<String>,
    /// Where a file says that the training runs under automatic mixed precision on a GPU.
    #[serde(default)]
    pub autocast: Option<Autocast>,
    /// Classes that a library registers, so that their bare names lead to it.
    #[serde(default)]
    pub bare_classes: Vec<BareClasses>,
    /// Which losses that are given by a bare word the project's own code makes, whatever the word.
    #[serde(default)]
    pub losses_in_code: InCode,
    /// The argument without which a bare name is not taken for the framework's own loss: projects use such names, too.
    #[serde(default)]
    pub bare_loss_needs: Option<String>,
    /// The libraries in which bare names are looked up; the framework's first when empty.
    #[serde(default)]
    pub bare_names_of: Vec<String>,
}

/// Where a file says that the training runs under automatic mixed precision, and by which words. Both must be said.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Autocast {
    /// The path of the precision, and its words for mixed ones.
    pub precision: Vec<String>,
    /// Those words.
    pub mixed: Vec<String>,
    /// The path of what it runs on.
    pub accelerator: Vec<String>,
    /// The words for a GPU of CUDA.
    pub on: Vec<String>,
}

/// Classes of a library that are named without their module. Projects have classes of the same names; arguments tell them apart.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BareClasses {
    /// The names behind their module.
    pub paths: Vec<String>,
    /// The arguments that must be given.
    pub with: Vec<String>,
    /// Arguments that must not.
    #[serde(default)]
    pub without: Vec<String>,
}

fn names_nothing() -> String {
    "the file names neither a network nor a loss".to_owned()
}

/// Bare words that code interprets.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InCode {
    /// None: they are the framework's names.
    #[default]
    None,
    /// Words such as `ce` and `nll_loss`; names of classes are looked up in the framework.
    Words,
    /// All.
    All,
}

impl InCode {
    /// Whether code interprets this word.
    pub fn holds(self, word: &str) -> bool {
        match self {
            Self::None => false,
            Self::Words => !word.starts_with(|c: char| c.is_uppercase()),
            Self::All => true,
        }
    }
}

impl Layout {
    /// Whether a loss stands under this key.
    pub fn is_loss(&self, key: &str) -> bool {
        self.losses.iter().any(|own| own == key)
    }

    /// Whether a network stands under this key.
    pub fn is_network(&self, key: &str) -> bool {
        self.networks.iter().any(|own| own == key)
    }

    /// Whether a second network stands under this key.
    pub fn is_other_network(&self, key: &str) -> bool {
        self.other_networks.iter().any(|own| own == key)
    }

    /// The dotted name of a class that is written without its module and with these arguments; `None` for a project's own.
    pub fn path_of(&self, name: &str, is_given: impl Fn(&str) -> bool) -> Option<&str> {
        let is_meant = |classes: &&BareClasses| {
            classes.with.iter().all(|argument| is_given(argument))
                && !classes.without.iter().any(|argument| is_given(argument))
        };
        let is_called = |path: &&String| path.rsplit_once('.').is_some_and(|(_, bare)| bare == name);
        let mut paths = self
            .bare_classes
            .iter()
            .filter(is_meant)
            .flat_map(|classes| &classes.paths);
        paths.find(is_called).map(String::as_str)
    }

    /// Whether metrics stand under this key.
    pub fn is_metrics(&self, key: &str) -> bool {
        self.metrics.iter().any(|own| own == key)
    }

    /// Whether what stands under this key has nothing to do with what a head is trained by.
    pub fn is_apart(&self, key: &str) -> bool {
        self.apart.iter().any(|own| own == key)
    }
}

/// The layout of a dialect's configurations; an empty one for dialects that have none.
pub fn layout(dialect: &str) -> &'static Layout {
    static LAYOUTS: OnceLock<Vec<(&str, Layout)>> = OnceLock::new();
    static NONE: OnceLock<Layout> = OnceLock::new();
    let layouts = LAYOUTS.get_or_init(|| {
        let read = |dialect| built_in::read(&format!("layouts/{dialect}"));
        built_in::names_in("layouts")
            .map(|dialect| (dialect, read(dialect)))
            .collect()
    });
    let found = layouts.iter().find(|(own, _)| *own == dialect);
    found.map_or_else(|| NONE.get_or_init(Layout::default), |(_, layout)| layout)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;

    #[test]
    fn every_layout_is_well_formed_and_names_a_framework() {
        for dialect in built_in::names_in("layouts") {
            let text = built_in::text(&format!("layouts/{dialect}"));
            let layout: Layout = serde_json::from_str(text).unwrap_or_else(|error| panic!("{dialect}: {error}"));
            assert!(
                Knowledge::built_in().framework(&layout.framework).is_some(),
                "{dialect}"
            );
            assert!(layout.is_loss("loss") && layout.is_network("model"), "{dialect}");
        }
    }
}
