//! From an output back through layers that only pass values on, to the operation that really ends it.

mod join;
mod step;
mod vocabulary;
mod width;

use std::collections::BTreeMap;

use super::Scope;
use super::graph::{Meaning, Network, Vertex, VertexId};
use crate::ir::{Ending, HeadActivation, NotChecked, Output, Unjudged};
use crate::knowledge::{Join, Passes};

use step::Step;
use width::Behind;

/// An output as it was found, and why it is unknown if it is.
#[derive(Debug, Clone)]
pub struct Traced {
    /// What comes out.
    pub output: Output,
    /// Why the ending is not known.
    pub unjudged: Option<NotChecked>,
}

/// Traces the output of a vertex back to what ends it.
pub fn trace(scope: &Scope<'_>, network: &Network<'_>, vertex: VertexId) -> Traced {
    let tracer = Tracer { scope, network };
    tracer.trace(vertex)
}

struct Tracer<'n, 't> {
    scope: &'n Scope<'n>,
    network: &'n Network<'t>,
}

/// Where a walk back from a vertex came to its end.
enum Walked {
    /// At what ends the values, or at what cannot be known.
    Ended(Box<Traced>),
    /// Where branches meet.
    Joined(VertexId, Behind, Join),
}

impl<'t> Tracer<'_, 't> {
    /// Walks back to where branches meet, then each branch, until all have ended; then joins them, the innermost first.
    fn trace(&self, start: VertexId) -> Traced {
        let mut walks = BTreeMap::new();
        let mut starts = vec![start];
        while let Some(id) = starts.pop() {
            if walks.contains_key(&id) {
                continue;
            }
            let walked = self.walk(id);
            if let Walked::Joined(join, ..) = walked {
                starts.extend(self.network.inputs_of(join));
            }
            walks.insert(id, walked);
        }
        let mut traced: BTreeMap<VertexId, Traced> = BTreeMap::new();
        // Inputs have lower numbers than what they go into.
        for (id, walked) in walks {
            let own = match walked {
                Walked::Ended(own) => *own,
                Walked::Joined(join, behind, how) => {
                    let branches = self.network.inputs_of(join).filter_map(|input| traced.get(&input));
                    self.joined(join, behind, how, &branches.collect::<Vec<_>>())
                }
            };
            traced.insert(id, own);
        }
        traced
            .remove(&start)
            .unwrap_or_else(|| self.too_large(start, Behind::default()))
    }

    fn walk(&self, start: VertexId) -> Walked {
        let mut id = start;
        let mut behind = Behind::default();
        while self.network.may_step() {
            let vertex = self.network.vertex(id);
            behind.pass(vertex);
            match self.step(vertex) {
                Step::Ends(activation) => return Walked::Ended(Box::new(self.ended(id, behind, activation))),
                Step::Unknown(what, why) => return Walked::Ended(Box::new(self.unknown(start, id, behind, what, why))),
                Step::Joins(join) => return Walked::Joined(id, behind, join),
                Step::Through => {}
            }
            match self.network.inputs_of(id).next() {
                Some(input) => id = input,
                None => {
                    let why = format!("nothing is known of what goes into `{}`", vertex.written());
                    return Walked::Ended(Box::new(self.unknown(start, id, behind, Unjudged::UnknownLayer, why)));
                }
            }
        }
        Walked::Ended(Box::new(self.too_large(start, behind)))
    }

    fn too_large(&self, start: VertexId, behind: Behind) -> Traced {
        let why = "the network is too large to be followed to here".to_owned();
        self.unknown(start, start, behind, Unjudged::UnknownLayer, why)
    }

    /// The walk has found the activation that ends the head. Further back stands the layer that computes the scores: it
    /// may say the width, and squash what the activation works on.
    fn ended(&self, id: VertexId, behind: Behind, mut activation: HeadActivation) -> Traced {
        let scores = self.scores(id, behind);
        let mut squashed_by = None;
        let mut behind_scores = behind;
        if let Some(scores) = &scores {
            behind_scores = scores.behind;
            activation.layer = self.named(scores.vertex);
            squashed_by = scores.squashed_by.clone().map(Box::new);
        }
        activation.works_on_scores = scores.as_ref().is_some_and(|scores| scores.by_known_layers);
        let has_positions = scores.as_ref().is_some_and(|scores| scores.has_positions());
        // Of one position a flattened row has as many values as the layer has units.
        let flattened = scores.filter(|scores| scores.sees_one_position && scores.by_known_layers);
        let flattened = flattened.and_then(|scores| width::own(scores.vertex));
        Traced {
            output: Output {
                units: behind_scores.units().or(flattened),
                squashed_by,
                reshaped: behind.reshaped,
                over_positions: behind.over_positions,
                positions: behind_scores.per_position || (has_positions && !behind_scores.drops_positions),
                ..Output::unknown(Ending::Known(activation))
            },
            unjudged: None,
        }
    }

    /// Goes on behind the ending activation to the first layer with a width of its own.
    fn scores(&self, ending: VertexId, behind: Behind) -> Option<Scores<'_, 't>> {
        let mut id = ending;
        let mut behind = behind;
        let mut squashed_by = None;
        // Whether what comes out of here is what the ending activation works on.
        let mut untouched = true;
        let mut by_known_layers = true;
        while self.network.may_step() {
            let vertex = self.network.vertex(id);
            if id != ending
                && untouched
                && squashed_by.is_none()
                && let Step::Ends(activation) = self.step(vertex)
                && !activation.is_identity()
            {
                squashed_by = Some(activation);
            }
            if let Meaning::Layer(row) = &vertex.meaning
                && row.units.is_some()
                && !row.reshapes
            {
                return Some(Scores {
                    vertex,
                    sees_one_position: self.sees_one_position(id),
                    behind,
                    squashed_by,
                    by_known_layers,
                });
            }
            untouched &= id == ending || only_passes(vertex);
            by_known_layers &= id == ending || is_known_layer(vertex);
            let mut inputs = self.network.inputs_of(id);
            let (Some(only), None) = (inputs.next(), inputs.next()) else {
                return None;
            };
            id = only;
            behind.pass(self.network.vertex(id));
        }
        None
    }

    /// Whether a layer works on what a global pooling left of an image: one position, however the values are laid out
    /// afterwards. So Keras's MobileNet ends.
    fn sees_one_position(&self, mut id: VertexId) -> bool {
        while self.network.may_step() {
            let mut inputs = self.network.inputs_of(id);
            let (Some(only), None) = (inputs.next(), inputs.next()) else {
                return false;
            };
            id = only;
            match &self.network.vertex(id).meaning {
                Meaning::Layer(row) if row.drops_positions => return true,
                Meaning::Layer(row) if only_passes(self.network.vertex(id)) => {
                    if row.reshapes && !width::is_one_row(self.network.vertex(id), row) {
                        return false;
                    }
                }
                _ => return false,
            }
        }
        false
    }

    fn unknown(&self, start: VertexId, id: VertexId, behind: Behind, what: Unjudged, why: String) -> Traced {
        let at = match self.network.vertex(id).meaning {
            Meaning::Input => self.network.vertex(start).at,
            _ => self.network.vertex(id).at,
        };
        Traced {
            output: Output {
                units: behind.units(),
                reshaped: behind.reshaped,
                positions: behind.per_position,
                ..Output::unknown(Ending::Unknown)
            },
            unjudged: Some(NotChecked { what, at, why }),
        }
    }
}

/// Whether the very values that go into a layer come out of it. An average, or the largest of several, is another matter: a
/// unit that is 0 at one place may not be at the next.
fn only_passes(vertex: &Vertex<'_>) -> bool {
    matches!(&vertex.meaning, Meaning::Layer(row) if row.passes == Passes::Yes && row.joins.is_none())
}

/// Whether what comes out of a layer is known from what goes in.
fn is_known_layer(vertex: &Vertex<'_>) -> bool {
    matches!(&vertex.meaning, Meaning::Layer(row) if matches!(row.passes, Passes::Yes | Passes::Subset | Passes::Convex))
}

/// The layer that computes what a head's activation works on.
struct Scores<'n, 't> {
    vertex: &'n Vertex<'t>,
    /// Whether it works on what a global pooling left.
    sees_one_position: bool,
    /// What lies between it and the output.
    behind: Behind,
    /// Whether only layers that are known stand between it and the ending activation.
    by_known_layers: bool,
    /// An activation between it and the ending one.
    squashed_by: Option<HeadActivation>,
}

impl Scores<'_, '_> {
    fn has_positions(&self) -> bool {
        match &self.vertex.meaning {
            Meaning::Layer(row) => row.positions && !self.sees_one_position,
            _ => false,
        }
    }
}
