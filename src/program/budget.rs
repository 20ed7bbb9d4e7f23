//! The bounds of evaluation.

/// Statements and expressions that one run may take. Programs of a thousand lines take some ten thousand.
pub const MOST_STEPS: u32 = 300_000;
/// How deep functions call each other.
pub const DEEPEST_CALLS: u32 = 24;
/// How deep expressions and blocks are nested within one call.
pub const DEEPEST_EXPRESSION: u32 = 250;
/// Rounds of a loop over values that are all known.
pub const MOST_ROUNDS: usize = 64;
/// Runs of one program, each with another branch taken.
pub const MOST_RUNS: usize = 16;
/// Ways through a program that are planned at most; few of them are taken.
pub const MOST_PLANNED: usize = 256;
/// Statements and expressions after which no further combination of branches is tried.
pub const MOST_STEPS_FOR_COMBINATIONS: u32 = 100_000;
/// Statements and expressions that all runs of a program may take together.
pub const MOST_STEPS_IN_ALL: u32 = 1_500_000;
/// Items of a list that are kept; what is added beyond is dropped.
pub const MOST_ITEMS: usize = 20_000;
/// Bytes of a text that a program makes; a longer one is not known.
pub const LONGEST_TEXT: usize = 10_000;
/// Keys of a dictionary that are kept; what is added beyond is dropped.
pub const MOST_KEYS: usize = 4_000;
