//! `losslint check`: its options, the report on standard output, and the exit status.

mod fixes;
mod hidden;
mod progress;
mod request;
mod second_report;
mod summary;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{CLEAN, ColorArgs, ConfigArgs, FAILED, FINDINGS, complain, config_failed, counted, fail, style};
use crate::check::{Outcome, Request, check};
use crate::config;
use crate::diagnostic::Severity;
use crate::discover::{leave_nothing_when_ended, write_named};
use crate::output::{self, Format, Style};
use crate::report::Baseline;
use crate::span::display_path;
use fixes::FixArgs;
use progress::{Counter, Progress};
use second_report::SecondReport;

/// The options of `check`.
#[derive(Args)]
pub struct CheckArgs {
    /// Files and folders; `-` reads standard input [default: .]
    paths: Vec<PathBuf>,
    /// Also check the paths listed in this file, one a line; `-` reads the list from standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// The name of what `-` reads: its ending tells the format, its folder the configuration [default: stdin.json]
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    second: SecondReport,
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
    /// Leave out the findings that this file knows
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all findings to this file, as known from now on
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
    #[command(flatten)]
    config: ConfigArgs,
    /// Leave out files and folders that match, besides those of the configuration
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Treat named files like those met in folders, as hooks need it: leave out excluded ones, and broken ones that bear no
    /// marks of a model
    #[arg(long)]
    force_exclude: bool,
    /// Lint files even if .gitignore or .losslintignore excludes them
    #[arg(long)]
    no_ignore: bool,
    /// Threads [default: one for each core]
    #[arg(long, short, value_name = "N")]
    jobs: Option<usize>,
    /// Print the report only, without the summary
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,
    /// Also list what was not checked, and why
    #[arg(long, short)]
    verbose: bool,
    /// Also count the findings of each lint
    #[arg(long)]
    statistics: bool,
    /// Count the files while they are checked
    #[arg(long, value_enum, default_value_t = Progress::Auto)]
    progress: Progress,
    #[command(flatten)]
    fixes: FixArgs,
    #[command(flatten)]
    color: ColorArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
    Never,
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

/// Checks, reports, and tells the exit status. The error is that of writing the report.
pub fn run(args: &CheckArgs) -> io::Result<u8> {
    let style = style(args.color.color);
    let prepared = args.request().and_then(|request| Ok((request, args.known()?)));
    let (request, known) = match prepared {
        Ok(prepared) => prepared,
        Err(message) => return fail(&message),
    };
    if args.writes() {
        // Without it a signal leaves a file that is never checked, and nothing else.
        let _ = leave_nothing_when_ended();
    }
    let progress = Counter::new(args.progress, args.quiet);
    let checked = check(&request, &|done, all| progress.show(done, all));
    progress.clear();
    let mut outcome = match checked {
        Ok(outcome) => outcome,
        Err(error) => return config_failed(&error, style),
    };
    let left_out = match args.apply_baseline(known.as_ref(), &mut outcome) {
        Ok(left_out) => left_out,
        Err(message) => return fail(&message),
    };
    // First, because a pipe that closes early ends the other report.
    let second = args.second.write(&outcome.report);
    match args.print(&request, &outcome, style) {
        // The reader of a pipe has seen enough, which changes nothing in what was found.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        printed => printed?,
    }
    args.tell(&request, &outcome, left_out);
    match second {
        Ok(()) => Ok(status(&outcome, args)),
        Err(message) => fail(&message),
    }
}

impl CheckArgs {
    /// Whether the run writes files.
    fn writes(&self) -> bool {
        self.fixes.is_written() || self.write_baseline.is_some() || self.second.is_wanted()
    }

    /// Prints the report, or what stands in its place: a diff, or the fixed text of standard input.
    fn print(&self, request: &Request, outcome: &Outcome, style: Style) -> io::Result<()> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        if self.fixes.diff {
            fixes::print_diff(&outcome.mended, style, &mut out)?;
        } else if let (Some(input), Some(_)) = (&request.standard_input, request.fixing) {
            // The fixed text takes the report's place, as a filter's output.
            fixes::print_input(input, &outcome.mended, &mut out)?;
            output::write(&outcome.report, self.format, style, &mut io::stderr().lock())?;
        } else {
            output::write(&outcome.report, self.format, style, &mut out)?;
        }
        out.flush()
    }

    /// Tells on standard error what is odd, what could not be done, and the summary, which opens with a line on the baseline.
    fn tell(&self, request: &Request, outcome: &Outcome, left_out: Option<String>) {
        if self.mistakes_input(request) {
            complain("warning: standard input is read as JSON; --stdin-filename NAME.yaml says another format");
        }
        for warning in &outcome.warnings {
            complain(&format!("warning: {warning}"));
        }
        for error in &outcome.errors {
            complain(&error.to_string());
        }
        if !self.quiet {
            let notes = left_out.unwrap_or_default() + &fixes::summary(outcome, request.fixing, self.verbose);
            let lists_hidden = self.verbose || self.config.is_trusted();
            summary::print(outcome, &notes, self.verbose, lists_hidden, self.statistics);
        }
    }

    /// The baseline that is to be respected, if one is: none is while it is written anew.
    fn known(&self) -> Result<Option<Baseline>, String> {
        let respected = self.baseline.as_deref().filter(|_| self.write_baseline.is_none());
        let known = respected.map(Baseline::read).transpose();
        known.map_err(|error| error.to_string())
    }

    /// Leaves known findings out, or writes all down; a line for the summary.
    fn apply_baseline(&self, known: Option<&Baseline>, outcome: &mut Outcome) -> Result<Option<String>, String> {
        if let Some(path) = &self.write_baseline {
            let baseline = Baseline::of(&outcome.report);
            write_named(path, baseline.to_text().as_bytes())
                .map_err(|error| format!("{}: the baseline cannot be written: {error}", display_path(path)))?;
            let applied = baseline.apply(&mut outcome.report, &outcome.paths);
            return Ok(Some(format!(
                "{} known from now on\n",
                counted(applied.known, "finding", "findings")
            )));
        }
        let Some(baseline) = known else {
            return Ok(None);
        };
        let applied = baseline.apply(&mut outcome.report, &outcome.paths);
        let gone = match applied.gone {
            0 => String::new(),
            1 => "; 1 is gone: --write-baseline shortens the file".to_owned(),
            gone => format!("; {gone} are gone: --write-baseline shortens the file"),
        };
        Ok(Some(format!(
            "{} known and left out{gone}\n",
            counted(applied.known, "finding", "findings")
        )))
    }
}

/// The option, else the configuration's word, else warnings. What could not be done counts more than what was found.
fn status(outcome: &Outcome, args: &CheckArgs) -> u8 {
    let configured = || match outcome.settings.as_ref()?.fail_on? {
        config::FailOn::Severity(severity) => Some(Some(severity)),
        config::FailOn::Never => Some(None),
    };
    let lowest = args
        .fail_on
        .map(FailOn::severity)
        .or_else(configured)
        .unwrap_or(Some(Severity::Warning));
    if !outcome.errors.is_empty() {
        FAILED
    } else if lowest.is_some_and(|severity| outcome.report.has_at_least(severity)) {
        FINDINGS
    } else {
        CLEAN
    }
}
