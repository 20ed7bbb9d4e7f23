//! The command line: arguments, commands, what is printed where, and the exit status. The only place that does these.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::check::{Outcome, Request, check};
use crate::diagnostic::Severity;
use crate::discover::Walk;
use crate::output::{self, Format, Style};
use crate::passes::Thresholds;

mod explain;
mod inspect;
mod rules;
mod summary;

/// Nothing at or above `--fail-on`.
const CLEAN: u8 = 0;
/// Findings.
const FINDINGS: u8 = 1;
/// The command could not do its work.
const FAILED: u8 = 2;

#[derive(Parser)]
#[command(
    name = "losslint",
    version,
    about = "Finds losses, output activations and label formats that do not belong together, before anything is trained"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Lint files and folders
    Check(CheckArgs),
    /// Show what a lint finds, why it matters and what to do
    Explain {
        /// The lint's name
        lint: String,
        #[command(flatten)]
        color: ColorArgs,
    },
    /// List every lint
    Rules {
        /// How the list is written
        #[arg(long, value_enum, default_value_t = ListFormat::Human)]
        format: ListFormat,
    },
    /// Show what was read from a file: heads, losses, tasks, evidence, and what is not checked
    Inspect {
        /// The file
        file: PathBuf,
        /// How it is written
        #[arg(long, value_enum, default_value_t = ListFormat::Human)]
        format: ListFormat,
    },
}

#[derive(Args)]
struct CheckArgs {
    /// Files and folders
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// The lowest severity that makes the exit status 1
    #[arg(long, value_enum, default_value_t = FailOn::Warning)]
    fail_on: FailOn,
    /// Lint files even if .gitignore or .losslintignore excludes them
    #[arg(long)]
    no_ignore: bool,
    /// Print the report only, without the summary
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,
    /// Also list what was not checked, and why
    #[arg(long, short)]
    verbose: bool,
    #[command(flatten)]
    color: ColorArgs,
}

#[derive(Args)]
struct ColorArgs {
    /// When to use colours
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR says otherwise
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    Human,
    Json,
}

impl FailOn {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let failed = error.use_stderr();
            // Nothing can be done if even this cannot be printed.
            let _ = error.print();
            return ExitCode::from(if failed { FAILED } else { CLEAN });
        }
    };
    let result = match cli.command {
        Command::Check(args) => run_check(&args),
        Command::Explain { lint, color } => explain::run(&lint, style(color.color)),
        Command::Rules { format } => rules::run(format),
        Command::Inspect { file, format } => inspect::run(&file, format),
    };
    match result {
        Ok(status) => ExitCode::from(status),
        // The reader of a pipe has seen enough: a clean stop.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(CLEAN),
        Err(error) => {
            complain(&format!("cannot write: {error}"));
            ExitCode::from(FAILED)
        }
    }
}

fn run_check(args: &CheckArgs) -> io::Result<u8> {
    let request = Request {
        paths: args.paths.clone(),
        walk: Walk {
            respect_ignore_files: !args.no_ignore,
        },
        thresholds: Thresholds::default(),
        with_snippets: args.format == Format::Human,
    };
    let outcome = check(&request);
    let mut out = io::BufWriter::new(io::stdout().lock());
    output::write(&outcome.report, args.format, style(args.color.color), &mut out)?;
    out.flush()?;
    drop(out);
    for error in &outcome.errors {
        complain(&error.to_string());
    }
    if !args.quiet {
        summary::print(&outcome, args.verbose);
    }
    Ok(status(&outcome, args.fail_on))
}

fn status(outcome: &Outcome, fail_on: FailOn) -> u8 {
    if !outcome.errors.is_empty() {
        FAILED
    } else if fail_on
        .severity()
        .is_some_and(|severity| outcome.report.has_at_least(severity))
    {
        FINDINGS
    } else {
        CLEAN
    }
}

/// Tells on standard error why something could not be done.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "losslint: {message}");
}

/// Colours by the option, the environment and the terminal; the width of the terminal or 80 columns.
fn style(color: Color) -> Style {
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
    };
    let width = if io::stdout().is_terminal() {
        terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0).clamp(40, 120))
    } else {
        80
    };
    Style { color, width }
}
