//! Cells of a notebook as people see them: their code, not the JSON that holds it.

use super::{Detail, Labelled, Snippet, source_lines};
use crate::diagnostic::Place;
use crate::span::{Location, Source, Span};
use crate::syntax::source::{Cell, Notebook};
use crate::syntax::{File, Format};

/// The snippets of the cells in which labels lie; `None` when one of them lies in no cell.
pub fn around(file: &File, notebook: &Notebook, labels: &[&Labelled<'_>], detail: Detail) -> Option<Vec<Snippet>> {
    let mut cells: Vec<(&Cell, Vec<(Span, &Labelled<'_>)>)> = Vec::new();
    for label in labels {
        let (cell, within) = notebook.cell_of(label.place.at.span)?;
        match cells.iter_mut().find(|(own, _)| own.number == cell.number) {
            Some((_, of_cell)) => of_cell.push((within, label)),
            None => cells.push((cell, vec![(within, label)])),
        }
    }
    let snippets = cells.iter().flat_map(|(cell, labels)| {
        let name = format!("{}, cell {}", file.source.display_name(), cell.number);
        let own = File::parse(Format::Python, Source::new(name, notebook.code_of(cell)));
        let places: Vec<Place> = labels
            .iter()
            .map(|(within, label)| moved(label.place, &own, *within))
            .collect();
        let labels: Vec<Labelled<'_>> = places
            .iter()
            .zip(labels)
            .map(|(place, (_, label))| Labelled {
                place,
                primary: label.primary,
            })
            .collect();
        source_lines::around(&own, &labels.iter().collect::<Vec<_>>(), detail)
    });
    Some(snippets.collect())
}

fn moved(place: &Place, file: &File, span: Span) -> Place {
    Place {
        at: Location {
            file: file.id(),
            span,
            ..place.at
        },
        label: place.label.clone(),
    }
}
