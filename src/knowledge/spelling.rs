//! Spellings: the names under which rows are found, and what a framework makes of each. Not the look-up.

use super::rows::{ActivationRow, LayerRow, LossRow, MetricRow, OperationRow, Written};
use super::signatures::RowKind;

/// What rows of every kind have: a library, a name and spellings.
pub trait Row {
    /// What kind of row it is.
    const KIND: RowKind;
    /// The library that the row belongs to.
    fn library(&self) -> &str;
    /// The name that reports use; of rows that name many, the first.
    fn name(&self) -> &str;
    /// Further spellings that are accepted.
    fn names(&self) -> &[String];
    /// Spellings that only older versions accept.
    fn legacy(&self) -> &[String] {
        &[]
    }
    /// Spellings that are refused.
    fn refused(&self) -> &[String] {
        &[]
    }
    /// How the spellings may be written.
    fn written(&self) -> Written {
        Written::Anyhow
    }
    /// Whether a bare name leads here only where this library comes first.
    fn is_found_at_home_only(&self) -> bool {
        false
    }

    /// All spellings with what they are, each once. The name is a current one unless a list says otherwise.
    fn spellings(&self) -> impl Iterator<Item = (&str, Claim)> {
        let lists = [self.names(), self.legacy(), self.refused()];
        let is_listed = lists.iter().any(|list| list.iter().any(|name| name == self.name()));
        let own = (!is_listed).then_some((self.name(), Claim::Known(Spelling::Current)));
        own.into_iter()
            .chain(claims(self.names(), Claim::Known(Spelling::Current)))
            .chain(claims(self.legacy(), Claim::Known(Spelling::Legacy)))
            .chain(claims(self.refused(), Claim::Refused))
    }
}

fn claims(names: &[String], claim: Claim) -> impl Iterator<Item = (&str, Claim)> {
    names.iter().map(move |name| (name.as_str(), claim))
}

macro_rules! named_row {
    ($($row:ty: $kind:ident { $($more:tt)* })*) => {$(
        impl Row for $row {
            const KIND: RowKind = RowKind::$kind;
            fn library(&self) -> &str { &self.library }
            fn name(&self) -> &str { &self.name }
            fn names(&self) -> &[String] { &self.names }
            fn legacy(&self) -> &[String] { &self.legacy }
            fn refused(&self) -> &[String] { &self.refused }
            $($more)*
        }
    )*};
}

named_row! {
    LossRow: Loss {}
    ActivationRow: Activation {}
    MetricRow: Metric {
        fn written(&self) -> Written { self.written }
    }
}

impl Row for LayerRow {
    const KIND: RowKind = RowKind::Layer;

    fn library(&self) -> &str {
        &self.library
    }
    fn name(&self) -> &str {
        first(&self.names, &self.legacy)
    }
    fn names(&self) -> &[String] {
        &self.names
    }
    fn legacy(&self) -> &[String] {
        &self.legacy
    }
    fn is_found_at_home_only(&self) -> bool {
        self.network
    }
}

impl Row for OperationRow {
    const KIND: RowKind = RowKind::Operation;

    fn library(&self) -> &str {
        &self.library
    }
    fn name(&self) -> &str {
        first(&self.names, &[])
    }
    fn names(&self) -> &[String] {
        &self.names
    }
}

fn first<'a>(names: &'a [String], otherwise: &'a [String]) -> &'a str {
    names.first().or(otherwise.first()).map_or("", String::as_str)
}

/// What a row says of one of its spellings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// It is accepted.
    Known(Spelling),
    /// People use it, and the framework refuses it.
    Refused,
}

/// Which versions accept a spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// The current one.
    Current,
    /// Only older ones.
    Legacy,
}
