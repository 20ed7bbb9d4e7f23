//! The keys of the files that people write for losslint: the native spec, facts beside a model, `losslint.toml`. Shapes
//! only: reading them is the dialects' and the configuration's affair.

pub mod config;
pub mod spec;

use crate::syntax::shape::{Key, Shape};

const fn key(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key {
        name,
        shape,
        doc,
        example: "",
    }
}

#[cfg(test)]
mod tests {
    use super::spec::{LABELS, TASKS};
    use crate::knowledge::{LabelFormat, TaskKind};

    fn reads<T: for<'d> serde::Deserialize<'d>>(word: &str) -> bool {
        let word = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(word);
        T::deserialize(word).is_ok()
    }

    #[test]
    fn every_word_of_the_spec_is_read() {
        for word in TASKS {
            assert!(reads::<TaskKind>(word), "{word}");
        }
        for word in LABELS {
            assert!(reads::<LabelFormat>(word), "{word}");
        }
    }
}
