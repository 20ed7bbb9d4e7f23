//! What was measured: the committed tables `keras.csv` and `torch.csv`, read into combinations. Not how they are checked.

use std::fmt;

/// A library that was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Library {
    Keras,
    Torch,
}

impl fmt::Display for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Keras => "keras",
            Self::Torch => "torch",
        })
    }
}

impl Library {
    /// The committed table.
    fn table(self) -> &'static str {
        match self {
            Self::Keras => include_str!("keras.csv"),
            Self::Torch => include_str!("torch.csv"),
        }
    }
}

/// How good a combination is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    Right,
    /// It works, but worse than it could.
    Worse,
    Wrong,
    /// It is declared wrongly, and TensorFlow repairs that.
    Declared,
    /// The measurement does not tell.
    Unjudged,
}

impl Class {
    pub const ALL: &[(Self, &str)] = &[
        (Self::Right, "right"),
        (Self::Worse, "worse"),
        (Self::Wrong, "wrong"),
        (Self::Declared, "declared"),
        (Self::Unjudged, "unjudged"),
    ];
}

/// One measured combination.
#[derive(Debug, Clone)]
pub struct Combination {
    pub library: Library,
    /// The loss as the measurement calls it.
    pub loss: &'static str,
    /// Keras' switch; `None` where there is none.
    pub from_logits: Option<bool>,
    pub activation: &'static str,
    /// `task/labels/units`.
    pub shape: &'static str,
    pub task: &'static str,
    pub labels: &'static str,
    pub units: &'static str,
    pub class: Class,
    /// The class and its cause, as the table says them.
    pub verdict: &'static str,
}

impl Combination {
    /// How many classes or labels the task has.
    pub fn classes(&self) -> u64 {
        if self.task == "binary" { 2 } else { 5 }
    }

    /// What a model's file shows when nobody declares facts.
    pub fn without_facts(&self) -> (Library, &'static str, Option<bool>, &'static str, &'static str) {
        (self.library, self.loss, self.from_logits, self.activation, self.units)
    }

    /// The loss with its switch and the activation.
    pub fn pairing(&self) -> String {
        let logits = if self.from_logits == Some(true) { " logits" } else { "" };
        format!("{} {}{logits} + {}", self.library, self.loss, self.activation)
    }
}

/// All combinations of both tables, in their order.
pub fn combinations() -> Vec<Combination> {
    [Library::Keras, Library::Torch].into_iter().flat_map(read).collect()
}

fn read(library: Library) -> Vec<Combination> {
    let mut lines = library.table().lines().filter(|line| !line.starts_with('#'));
    let heading: Vec<&str> = lines.next().expect("a heading").split(',').collect();
    assert_eq!(heading[..3], ["loss", "from_logits", "activation"]);
    let mut combinations = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), heading.len(), "{library}: {line}");
        for (shape, verdict) in heading.iter().zip(&cells).skip(3) {
            let [task, labels, units] = shape.split('/').collect::<Vec<_>>()[..] else {
                panic!("{library}: the column {shape}");
            };
            let word = verdict.split(':').next().unwrap_or_default();
            let class = Class::ALL.iter().find(|(_, name)| *name == word);
            combinations.push(Combination {
                library,
                loss: cells[0],
                from_logits: cells[1].parse().ok(),
                activation: cells[2],
                shape,
                task,
                labels,
                units,
                class: class.unwrap_or_else(|| panic!("{library}: the verdict {verdict}")).0,
                verdict,
            });
        }
    }
    combinations
}
