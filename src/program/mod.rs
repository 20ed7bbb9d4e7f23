//! What a Python program makes: its statements run over values that are known, without running anything of it. What cannot be known
//! is *not known*, with the reason. Not for what a library's names mean: that is the tables' affair.

mod arena;
mod budget;
mod evaluate;
mod methods;
mod scope;
mod sources;
mod value;
mod worlds;

pub use arena::{Arena, Callee, Element, ListId, Made, MadeId};
pub use evaluate::{Event, Run};
pub use sources::{Load, Sources};
pub use value::{Kind, Value, Why};

/// Runs a program once for each way through its branches that was not taken before, as far as the bounds allow.
pub fn run<'p>(sources: &'p Sources<'p>) -> Vec<Run<'p>> {
    match sources.own() {
        Some(module) => worlds::explore(sources, module),
        None => Vec::new(),
    }
}
