//! The command line: arguments, commands, what is printed where, and the exit status. The only place that does these.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::check::report_problems;
use crate::config::{ConfigError, Origin};
use crate::output::{self, Format, Style};
use crate::report::Report;
use crate::span::{display_path, printable};

mod check;
mod completions;
mod explain;
mod init;
mod inspect;
mod recommend;
mod rules;
mod schema;
mod settings;
mod terminal;

/// What stands for standard input among paths.
const STANDARD_INPUT: &str = "-";

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
    Check(Box<check::CheckArgs>),
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
    /// Show which loss, output activation and labels fit a task, with code
    Recommend(recommend::RecommendArgs),
    /// Show the settings in force, where each is set, and whether a file would be linted
    Settings {
        /// The file [default: the working folder]
        file: Option<PathBuf>,
        #[command(flatten)]
        config: ConfigArgs,
    },
    /// Write a commented losslint.toml; never over one that is there
    Init,
    /// Print a JSON Schema
    Schema {
        /// What it is of
        #[arg(value_enum)]
        of: schema::Of,
    },
    /// Print shell completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(hide = true)]
    Man,
}

#[derive(Args)]
struct ConfigArgs {
    /// Use this configuration instead of the nearest losslint.toml
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long)]
    no_config: bool,
    /// Use this configuration, as if it stood in the working folder, and believe no other file of the project: ignore files do
    /// not count, and everything that is left out is listed
    #[arg(long, value_name = "FILE", conflicts_with_all = ["config", "no_config"])]
    trusted_config: Option<PathBuf>,
}

impl ConfigArgs {
    fn origin(&self) -> Origin {
        match (&self.config, &self.trusted_config) {
            (_, Some(path)) => Origin::Trusted(path.clone()),
            (Some(path), None) => Origin::File(path.clone()),
            (None, None) if self.no_config => Origin::Defaults,
            (None, None) => Origin::Nearest,
        }
    }

    /// Whether the files of the project are not believed what is to be left out.
    fn is_trusted(&self) -> bool {
        self.trusted_config.is_some()
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
enum ListFormat {
    Human,
    Json,
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let error = with_tip(error);
            let failed = error.use_stderr();
            // Nothing can be done if even this cannot be printed.
            let _ = error.print();
            return ExitCode::from(if failed { FAILED } else { CLEAN });
        }
    };
    let result = match cli.command {
        Command::Check(args) => check::run(&args),
        Command::Explain { lint, color } => explain::run(&lint, style(color.color)),
        Command::Rules { format } => rules::run(format),
        Command::Settings { file, config } => settings::run(file.as_deref(), &config),
        Command::Init => init::run(),
        Command::Schema { of } => schema::run(of),
        Command::Completions { shell } => completions::completions(shell),
        Command::Man => completions::manual(),
        Command::Inspect { file, format, config } => inspect::run(&file, format, config.origin()),
        Command::Recommend(args) => recommend::run(&args),
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

/// An error of usage; where a path stands in the place of a command, with the command that was probably meant.
fn with_tip(mut error: clap::Error) -> clap::Error {
    let path = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(name)) => Path::new(name),
        _ => return error,
    };
    if path.exists() {
        let tip = format!("losslint check {}", display_path(path));
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}

/// Tells the errors of a configuration, drawn in its own file, and gives the exit status of that.
fn config_failed(error: &ConfigError, style: Style) -> io::Result<u8> {
    if let ConfigError::Invalid { file, problems } = error {
        let report = Report {
            findings: report_problems(file, problems),
            ..Report::default()
        };
        let _ = output::write(&report, Format::Human, style, &mut io::stderr());
    }
    fail(&error.to_string())
}

/// Tells why a command could not do its work, and gives the exit status of that.
fn fail(message: &str) -> io::Result<u8> {
    complain(message);
    Ok(FAILED)
}

/// Tells on standard error why something could not be done.
fn complain(message: &str) {
    let line = format!("losslint: {}", printable(message));
    let _ = writeln!(io::stderr(), "{}", terminal::broken(&line, 2, &io::stderr()));
}

/// A number of things: `1 file`, `2 files`.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Colours by the option, the environment and the terminal; the width of the terminal if there is one.
fn style(color: Color) -> Style {
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
    };
    let width = terminal::columns(&io::stdout()).unwrap_or(Style::PLAIN.width);
    Style { color, width }
}
