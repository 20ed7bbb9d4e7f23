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

    /// The words that a type is read from, in order, as `serde` lists them for one that it does not know.
    fn words_of<T: for<'d> serde::Deserialize<'d> + std::fmt::Debug>() -> Vec<String> {
        let unknown = serde::de::value::StrDeserializer::<serde::de::value::Error>::new("?");
        let error = T::deserialize(unknown).expect_err("no word").to_string();
        error.split('`').skip(3).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn the_words_of_the_spec_are_those_that_are_read() {
        assert_eq!(words_of::<TaskKind>(), TASKS);
        assert_eq!(words_of::<LabelFormat>(), LABELS);
    }
}
