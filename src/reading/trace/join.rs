//! Where branches meet before an output: what can still be said of the values, and how wide they are.

use super::super::graph::{Meaning, VertexId};
use super::width::Behind;
use super::{Traced, Tracer};
use crate::ir::{ActivationForm, Ending, HeadActivation, Output, Unjudged};
use crate::knowledge::{Join, Passes, Produces};
use crate::span::Spanned;

impl Tracer<'_, '_> {
    /// Branches that all end alike end as one; otherwise the values are unknown.
    pub(super) fn joined(&self, id: VertexId, behind: Behind, join: Join, branches: &[&Traced]) -> Traced {
        let vertex = self.network.vertex(id);
        let passes = match &vertex.meaning {
            Meaning::Layer(row) => row.passes,
            _ => Passes::Unknown,
        };
        let Some(activation) = common_ending(branches, passes) else {
            let why = format!("`{}` joins branches that end differently", vertex.written());
            return self.unknown(id, id, behind, Unjudged::UnknownLayer, why);
        };
        let units = match behind.units() {
            None if behind.width_is_open() => joined_width(branches, join),
            units => units,
        };
        Traced {
            output: Output {
                units,
                reshaped: true,
                positions: branches.iter().any(|branch| branch.output.positions),
                ..Output::unknown(Ending::Known(activation))
            },
            unjudged: None,
        }
    }
}

/// The activation that all branches end in. A sum or a product keeps only the absence of one; distributions side by side
/// no longer add up to 1 and are not known as anything.
fn common_ending(branches: &[&Traced], passes: Passes) -> Option<HeadActivation> {
    let endings: Vec<&HeadActivation> = branches
        .iter()
        .map(|branch| match &branch.output.ending {
            Ending::Known(activation) => Some(activation),
            Ending::Unknown => None,
        })
        .collect::<Option<_>>()?;
    let first = *endings.first()?;
    let alike = endings
        .iter()
        .all(|activation| activation.produces() == first.produces());
    let survives = match first.produces() {
        Produces::Identity => true,
        Produces::Distribution | Produces::LogDistribution => passes == Passes::Convex,
        _ => passes != Passes::No,
    };
    // Each branch says its own: no single place can be edited.
    let said_by_all = || HeadActivation {
        form: ActivationForm::Default { argument: None },
        removable: None,
        vocabulary: Box::default(),
        ..first.clone()
    };
    (alike && survives).then(|| {
        if endings.len() > 1 {
            said_by_all()
        } else {
            first.clone()
        }
    })
}

fn joined_width(branches: &[&Traced], join: Join) -> Option<Spanned<u64>> {
    let mut widths = branches.iter().map(|branch| branch.output.units);
    let first = widths.next()??;
    widths.try_fold(first, |sum, width| {
        let width = width?;
        Some(match join {
            Join::Concatenate => Spanned::new(sum.value.checked_add(width.value)?, width.at),
            Join::Elementwise => Spanned::new(sum.value.max(width.value), sum.at),
        })
    })
}
