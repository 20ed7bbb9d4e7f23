//! The shape that a tree should have: one description of keys, which a tree is compared with and a JSON Schema is made of. Not
//! for what the values mean.

mod misfits;
mod schema;

pub use misfits::Misfit;

/// What stands at a place of a tree.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text.
    Text,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// `true` or `false`.
    Bool,
    /// `true`, `false` or one of these words.
    BoolOr(&'static [&'static str]),
    /// A number in this range, both ends included.
    Number(f64, f64),
    /// A whole number from 0.
    Whole,
    /// Items of one shape.
    List(&'static Shape),
    /// An item, or a list of them.
    OneOrMany(&'static Shape),
    /// These keys and no others.
    Table(&'static [Key]),
    /// These keys, and any others that are not looked at.
    Open(&'static [Key]),
    /// Any keys with values of one shape.
    Map(&'static Shape),
    /// A text, or a table with these keys and any others.
    TextOrOpen(&'static [Key]),
    /// A text, or a table with these keys and no others.
    TextOrTable(&'static [Key]),
    /// Not looked at.
    Anything,
}

/// A key with what may stand under it.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What stands under it.
    pub shape: Shape,
    /// What it means, in one sentence.
    pub doc: &'static str,
    /// A value that may stand under it, as TOML.
    pub example: &'static str,
}

impl Key {
    /// The same key with an example.
    pub const fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }
}
