//! The binary: hands the arguments to `cli` and exits with its status; nothing else.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    losslint::cli::run()
}
