//! From paths to texts: folders are walked, ignore files respected, each file read within bounds and decoded, and written
//! back whole. Not for deciding what a text means.

mod archive;
mod beside;
mod error;
mod foreign;
mod ignored;
mod neighbour;
mod read;
mod scan;
mod texts;
mod walk;
mod within;
mod write;

pub use archive::is_archive;
pub use beside::leave_nothing_when_ended;
pub use error::DiscoverError;
pub use foreign::is_foreign;
pub use ignored::is_ignored;
pub use neighbour::read_below;
pub use read::{open, open_in_memory, read};
pub use scan::OVERLAP;
pub use texts::{NotText, Texts};
pub use walk::{Candidate, Discovered, Interest, Walk, discover};
pub use within::leads_out;
pub use write::{replace, write_named, write_new};
