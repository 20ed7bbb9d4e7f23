//! What follows from everything that was read of a model, once all of it is: which row of a table is meant, and the task of each
//! head. Not for reading.

mod by_shape;
mod seen;
mod task;

use crate::ir::Model;
use crate::knowledge::Knowledge;

pub use task::infer;

/// Concludes what the heads of a model are.
pub fn conclude(knowledge: &Knowledge, model: &mut Model) {
    for head in &mut model.heads {
        seen::take(head);
        by_shape::settle(knowledge, head);
        head.task = task::infer(head);
    }
}
