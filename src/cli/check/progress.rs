//! `--progress`: files counted on standard error while they are checked.

use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;

/// When files are counted.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Progress {
    /// On a terminal, for many files
    Auto,
    Always,
    Never,
}

/// Files counted on standard error while they are checked.
pub struct Counter {
    shown: bool,
    always: bool,
}

impl Counter {
    /// From this many files on a count is worth its line.
    const MANY: usize = 500;
    /// A line for every so many files.
    const STEP: usize = 100;

    /// Counts as the option says; by itself only on a terminal, and not when only the report is wanted.
    pub fn new(progress: Progress, quiet: bool) -> Self {
        let terminal = io::stderr().is_terminal();
        Self {
            shown: progress == Progress::Always || (progress == Progress::Auto && terminal && !quiet),
            always: progress == Progress::Always,
        }
    }

    /// Shows how many files of how many are done.
    pub fn show(&self, done: usize, all: usize) {
        if self.shown && (self.always || all >= Self::MANY) && (done.is_multiple_of(Self::STEP) || done == all) {
            let _ = write!(io::stderr(), "\r{done} of {all} files");
        }
    }

    /// Makes the line empty again.
    pub fn clear(&self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r{:40}\r", "");
        }
    }
}
