//! The rows of the knowledge tables, one file for each kind. Not their file format, and not the look-up by name.

mod activation;
mod argument;
mod family;
mod input;
mod layer;
mod loss;
mod metric;
mod operation;
mod runtime;
mod task;

pub use activation::{ActivationRow, Produces};
pub use argument::{ArgumentRule, ArgumentWord, Beside, Plain};
pub use family::Family;
pub use input::{Given, Input, InputRule, InputSwitch, Resolved};
pub use layer::{ActivationArgument, ActivationSwitch, Ends, Join, LayerRow, OneOf, OwnLoss, Passes};
pub use loss::{ByShape, FamilySwitch, LossPart, LossRow, Reaction, Reduction, UnitsRule, WrongInput};
pub use metric::{Measures, MetricRow, Threshold, Written};
pub use operation::{Arithmetic, OperationRow};
pub use runtime::{Backend, Precision};
pub use task::{LabelFormat, TaskKind};
