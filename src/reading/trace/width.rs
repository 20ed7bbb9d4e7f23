//! What a trace remembers of the layers that it went through: the width, and whether the shape changed.

use super::super::graph::{Meaning, Vertex};
use crate::knowledge::{Arithmetic, LayerRow, Passes};
use crate::reading::arguments::ByRow;
use crate::span::Spanned;

/// The width of the last axis, as far as the walk has come.
#[derive(Clone, Copy, Default)]
enum Width {
    /// No layer yet has said or changed it.
    #[default]
    Open,
    /// A layer says it.
    Known(Spanned<u64>),
    /// A layer changes it in a way that is not read.
    Lost,
}

/// What the walk has met between the output and where it stands.
#[derive(Clone, Copy, Default)]
pub(super) struct Behind {
    width: Width,
    /// A layer changed the shape.
    pub reshaped: bool,
    /// A wrapper applies its layer to every position.
    pub per_position: bool,
    /// A layer averaged or picked the positions away.
    pub drops_positions: bool,
    /// It averaged them, or took the largest.
    pub over_positions: bool,
}

impl Behind {
    /// Takes note of a vertex that the walk goes through or ends at.
    pub fn pass(&mut self, vertex: &Vertex<'_>) {
        self.per_position |= vertex.per_position;
        if let Meaning::Layer(row) = &vertex.meaning {
            self.reshaped |= row.reshapes;
            self.drops_positions |= row.drops_positions;
            self.over_positions |= row.drops_positions && row.passes == Passes::Convex;
        }
        if matches!(self.width, Width::Open) {
            self.width = width_of(vertex);
        }
    }

    /// The width, when it is known.
    pub fn units(self) -> Option<Spanned<u64>> {
        match self.width {
            Width::Known(units) => Some(units),
            Width::Open | Width::Lost => None,
        }
    }

    /// Whether no layer on the way has said or changed the width.
    pub fn width_is_open(self) -> bool {
        matches!(self.width, Width::Open)
    }
}

/// The width that a layer's own argument gives, whatever lies behind it.
pub(super) fn own(vertex: &Vertex<'_>) -> Option<Spanned<u64>> {
    match &vertex.meaning {
        Meaning::Layer(row) => row_width(vertex, row),
        _ => None,
    }
}

/// Whether a layer lays values out in one row, with axes of 1 before it.
pub(super) fn is_one_row(vertex: &Vertex<'_>, row: &LayerRow) -> bool {
    let shape = || vertex.construction?.given_for(row, row.units.as_deref()?).value();
    let Some(shape) = shape().filter(|_| row.units_last) else {
        return false;
    };
    let axes = shape.items().count();
    axes > 0 && shape.items().take(axes - 1).all(|axis| axis.as_u64() == Some(1))
}

/// What a vertex says of the width.
fn width_of(vertex: &Vertex<'_>) -> Width {
    match &vertex.meaning {
        Meaning::Layer(row) => match row_width(vertex, row) {
            Some(_) if vertex.width_changes => Width::Lost,
            Some(width) => Width::Known(width),
            None if row.keeps_width() => Width::Open,
            None => Width::Lost,
        },
        Meaning::Operation(row) if row.computes == Arithmetic::Same && !vertex.width_changes => Width::Open,
        Meaning::Activation(_) => Width::Open,
        Meaning::Operation(_) | Meaning::Input | Meaning::Unknown => Width::Lost,
    }
}

/// The width that a layer's own argument gives.
fn row_width(vertex: &Vertex<'_>, row: &LayerRow) -> Option<Spanned<u64>> {
    let construction = vertex.construction?;
    let given = |name: &str| construction.given_for(row, name).value().filter(|node| !node.is_null());
    let mut names = row.units.iter().chain(&row.legacy_units).chain(&row.other_units);
    let Some(node) = names.find_map(|name| given(name)) else {
        let rule = row.units_by_word.as_ref()?;
        let word = given(&rule.argument).filter(|node| node.as_str() == Some(&rule.word))?;
        return Some(Spanned::new(rule.units, word.at()));
    };
    let node = if row.units_last { node.items().last()? } else { node };
    Some(Spanned::new(node.as_u64()?, node.at()))
}
