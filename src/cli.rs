//! The command line: arguments, commands, what is printed where, and the exit status. The only place that does these.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::check::{Outcome, Request, check, report_problems};
use crate::config::{self, ConfigError, Named, Origin, Selection};
use crate::diagnostic::Severity;
use crate::discover::Walk;
use crate::output::{self, Format, Style};
use crate::report::Report;

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
        #[command(flatten)]
        config: ConfigArgs,
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
    /// Run these lints and groups only ("all" is a group)
    #[arg(long, value_name = "LINTS", value_delimiter = ',')]
    select: Option<Vec<String>>,
    /// Run these lints and groups besides
    #[arg(long, value_name = "LINTS", value_delimiter = ',')]
    extend_select: Vec<String>,
    /// Do not run these lints and groups
    #[arg(long, value_name = "LINTS", value_delimiter = ',')]
    ignore: Vec<String>,
    /// The lowest severity that makes the exit status 1 [default: warning]
    #[arg(long, value_enum)]
    fail_on: Option<FailOn>,
    #[command(flatten)]
    config: ConfigArgs,
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

impl CheckArgs {
    fn selection(&self) -> Selection {
        let named = |names: &[String]| names.iter().map(|name| Named::given(name.trim())).collect();
        Selection {
            select: self.select.as_deref().map(named),
            extend: named(&self.extend_select),
            ignore: named(&self.ignore),
        }
    }
}

#[derive(Args)]
struct ConfigArgs {
    /// Use this configuration instead of the nearest losslint.toml
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long)]
    no_config: bool,
}

impl ConfigArgs {
    fn origin(&self) -> Origin {
        match &self.config {
            Some(path) => Origin::File(path.clone()),
            None if self.no_config => Origin::Defaults,
            None => Origin::Nearest,
        }
    }
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
        Command::Inspect { file, format, config } => inspect::run(&file, format, config.origin()),
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
        config: args.config.origin(),
        selection: args.selection(),
        with_snippets: args.format == Format::Human,
    };
    let outcome = match check(&request) {
        Ok(outcome) => outcome,
        Err(error) => return Ok(config_failed(&error, style(args.color.color))),
    };
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

/// Tells the errors of a configuration, drawn in its own file.
fn config_failed(error: &ConfigError, style: Style) -> u8 {
    if let ConfigError::Invalid { file, problems } = error {
        let report = Report {
            findings: report_problems(file, problems),
            ..Report::default()
        };
        let _ = output::write(&report, Format::Human, style, &mut io::stderr());
    }
    complain(&error.to_string());
    FAILED
}

/// The option, else the configuration's word, else warnings.
fn status(outcome: &Outcome, option: Option<FailOn>) -> u8 {
    let configured = || match outcome.settings.as_ref()?.fail_on? {
        config::FailOn::Severity(Severity::Error) => Some(FailOn::Error),
        config::FailOn::Severity(Severity::Warning) => Some(FailOn::Warning),
        config::FailOn::Severity(Severity::Info) => Some(FailOn::Info),
        config::FailOn::Never => Some(FailOn::Never),
    };
    let fail_on = option.or_else(configured).unwrap_or(FailOn::Warning);
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
