//! What makes the labels and targets of Python programs: data sets, encoders, generators of numbers, and what hands values on.

use std::sync::OnceLock;

use serde::Deserialize;

use super::built_in;

/// What a function, a class or a method does that makes labels or hands them on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Makes {
    /// It gives labels or numbers of which the row says all.
    Gives,
    /// It gives labels of so many classes, as its arguments say.
    Generates,
    /// A word says how labels come.
    ByWord,
    /// It makes one-hot vectors.
    OneHot,
    /// It makes one-hot vectors, if a single column goes in.
    OneHotOfColumn,
    /// It makes one-hot vectors of three classes or more, of two one number.
    OneHotOrTruths,
    /// It makes binary vectors.
    Vectors,
    /// It makes class indices.
    Indices,
    /// Whole numbers between bounds.
    Integers,
    /// Real numbers between bounds.
    Uniform,
    /// Real numbers around a mean.
    Normal,
    /// Some of a list, or of the numbers from 0.
    Choice,
    /// Numbers of successes.
    Coins,
    /// Mean 0 and standard deviation 1.
    Standardizes,
    /// Between 0 and 1.
    Scales,
    /// Between −1 and 1, over and over.
    Waves,
    /// What a table of its argument has for each.
    Maps,
    /// The same number each time.
    Repeats,
    /// One after the other.
    Joins,
    /// Of two numbers the one that a condition chooses.
    Chooses,
    /// It hands on what it is given first.
    Keeps,
    /// The same in the shape that it is given.
    Reshapes,
    /// It cuts each of its arguments in parts, which follow each other.
    Splits,
    /// It cuts its argument in parts.
    Parts,
    /// It puts together what belongs to one sample.
    Pairs,
    /// It gives columns names.
    Table,
}

/// A row.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelSource {
    /// The functions or classes, by their whole names.
    #[serde(default)]
    pub names: Vec<String>,
    /// The methods of an object that one of these gives, or of anything.
    #[serde(default)]
    pub methods: Vec<String>,
    /// What it does.
    pub does: Makes,
    /// The arguments in their order.
    #[serde(default)]
    pub parameters: Vec<String>,
    /// Other names of the first of them.
    #[serde(default)]
    pub also: Vec<String>,
    /// Which parts of what comes back are meant; all when empty.
    #[serde(default)]
    pub parts: Vec<String>,
    /// Arguments, or an argument's value, with which it does something else.
    #[serde(default)]
    pub unless: Vec<String>,
    /// The same of the object whose method it is.
    #[serde(default)]
    pub object_unless: Vec<String>,
    /// Numbers that arguments give.
    #[serde(default)]
    pub numbers: Numbers,
    /// Those that arguments of the object give.
    #[serde(default)]
    pub object_numbers: Numbers,
    /// The argument whose word says how labels come, with its default.
    pub word: Option<(String, String)>,
    /// The two arguments that are bounds, where they are not the first two.
    pub bounds: Option<(String, String)>,
    /// The argument that is the shape; `*` where all are.
    pub size: Option<String>,
    /// Arguments with which each class may come as often as another.
    #[serde(default)]
    pub balances: Vec<String>,
    /// How many parts each argument is cut in.
    pub each_gives: Option<usize>,
    /// The kind of numbers that it makes of what it is given.
    pub dtype: Option<String>,
    /// The number of classes.
    pub classes: Option<u64>,
    /// Samples of each.
    pub counts: Option<Vec<f64>>,
    /// The smallest number.
    pub min: Option<f64>,
    /// The largest.
    pub max: Option<f64>,
    /// Their mean.
    pub mean: Option<f64>,
    /// Their standard deviation.
    pub std: Option<f64>,
}

/// Arguments that give numbers, each with its default; a default of 0 says nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    /// The number of classes.
    pub classes: Option<(String, u64)>,
    /// The number of samples.
    pub samples: Option<(String, u64)>,
    /// The names of the classes, which are as many.
    pub names: Option<(String, u64)>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sources {
    row: Vec<LabelSource>,
}

fn sources() -> &'static [LabelSource] {
    static SOURCES: OnceLock<Sources> = OnceLock::new();
    &SOURCES.get_or_init(|| built_in::read("python/labels")).row
}

/// What a function or class of that name does.
pub fn label_source(name: &str) -> Option<&'static LabelSource> {
    let mut rows = sources().iter().filter(|row| row.methods.is_empty());
    rows.find(|row| row.names.iter().any(|own| own == name))
}

/// What a method does, of an object that a call of this name gave or of anything else.
pub fn label_method(object: Option<&str>, method: &str) -> Option<&'static LabelSource> {
    let named = |row: &&LabelSource| row.methods.iter().any(|own| own == method);
    let of_object = |row: &&LabelSource| object.is_some_and(|object| row.names.iter().any(|own| own == object));
    let mut rows = sources().iter().filter(named);
    let special = rows.clone().find(of_object);
    special.or_else(|| rows.find(|row| row.names.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let sources: Sources = serde_json::from_str(built_in::text("python/labels")).expect("a table of rows");
        for row in &sources.row {
            assert!(!row.names.is_empty() || !row.methods.is_empty());
        }
    }

    #[test]
    fn a_method_is_looked_up_by_its_object_first() {
        let encoder = label_method(Some("sklearn.preprocessing.LabelEncoder"), "fit_transform");
        assert_eq!(encoder.map(|row| row.does), Some(Makes::Indices));
        assert!(label_method(Some("sklearn.decomposition.PCA"), "fit_transform").is_none());
        assert_eq!(label_method(None, "ravel").map(|row| row.does), Some(Makes::Keeps));
    }
}
