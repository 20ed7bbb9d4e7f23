//! `losslint completions` and `losslint man`: shell completions and the manual page, made from the options themselves.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell;

use super::{CLEAN, Cli};

/// Prints completions for a shell.
pub fn completions(shell: Shell) -> io::Result<u8> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "losslint", &mut text);
    io::stdout().lock().write_all(&text)?;
    Ok(CLEAN)
}

/// Prints the manual page.
pub fn manual() -> io::Result<u8> {
    let mut text = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut text)?;
    for command in Cli::command().get_subcommands() {
        clap_mangen::Man::new(command.clone()).render(&mut text)?;
    }
    io::stdout().lock().write_all(&text)?;
    Ok(CLEAN)
}
