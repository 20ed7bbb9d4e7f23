//! `losslint check`: its options, the report on standard output, and the exit status.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::fixes::{self, FixArgs};
use super::progress::{Counter, Progress};
use super::second_report::{SecondReport, write_file};
use super::{CLEAN, ColorArgs, ConfigArgs, FAILED, FINDINGS, complain, config_failed, style, summary};
use crate::check::{Outcome, Request, StandardInput, check};
use crate::config::{self, Globs, Named, Selection};
use crate::diagnostic::Severity;
use crate::discover::Walk;
use crate::output::{self, Format, Style};
use crate::report::Baseline;
use crate::span::display_path;

/// The options of `check`.
#[derive(Args)]
pub struct CheckArgs {
    /// Files and folders; `-` reads standard input [default: .]
    paths: Vec<PathBuf>,
    /// Also check the paths listed in this file, one a line; `-` reads the list from standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// The name of what `-` reads: its ending tells the format, its folder the configuration
    #[arg(long, value_name = "NAME", default_value = "stdin.json")]
    stdin_filename: PathBuf,
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

/// Checks, reports, and tells the exit status.
pub fn run(args: &CheckArgs) -> io::Result<u8> {
    let style = style(args.color.color);
    let request = match args.request() {
        Ok(request) => request,
        Err(message) => {
            complain(&message);
            return Ok(FAILED);
        }
    };
    let known = match args.baseline.as_deref().map(Baseline::read).transpose() {
        Ok(known) => known,
        Err(error) => {
            complain(&error.to_string());
            return Ok(FAILED);
        }
    };
    let progress = Counter::new(args.progress, args.quiet);
    let mut outcome = match check(&request, &|done, all| progress.show(done, all)) {
        Ok(outcome) => outcome,
        Err(error) => return Ok(config_failed(&error, style)),
    };
    progress.clear();
    let left_out = match args.apply_baseline(known.as_ref(), &mut outcome) {
        Ok(left_out) => left_out,
        Err(message) => {
            complain(&message);
            return Ok(FAILED);
        }
    };
    // First, because a pipe that closes early ends the other report.
    let second = args.second.write(&outcome.report);
    match args.print(&request, &outcome, style) {
        // The reader of a pipe has seen enough, which changes nothing in what was found.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        printed => printed?,
    }
    for warning in &outcome.warnings {
        complain(&format!("warning: {warning}"));
    }
    for error in &outcome.errors {
        complain(&error.to_string());
    }
    if !args.quiet {
        let notes = [left_out, Some(fixes::summary(&outcome, request.fixing, args.verbose))];
        summary::print(
            &outcome,
            &notes.into_iter().flatten().collect::<String>(),
            args.verbose,
            args.statistics,
        );
    }
    if let Err(message) = second {
        complain(&message);
        return Ok(FAILED);
    }
    Ok(status(&outcome, args))
}

impl CheckArgs {
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

    fn request(&self) -> Result<Request, String> {
        let reads_input = self.paths.iter().any(|path| path == Path::new("-"));
        let lists_input = self.files_from.as_deref() == Some(Path::new("-"));
        if reads_input && lists_input {
            return Err("standard input cannot be both a file and a list of files".to_owned());
        }
        let mut paths: Vec<PathBuf> = self
            .paths
            .iter()
            .filter(|path| *path != Path::new("-"))
            .cloned()
            .collect();
        if let Some(list) = &self.files_from {
            paths.extend(listed(list)?);
        } else if paths.is_empty() && !reads_input {
            paths.push(PathBuf::from("."));
        }
        let exclude = Globs::new(self.exclude.iter().map(String::as_str))
            .map_err(|(index, reason)| format!("--exclude {}: this is no glob: {reason}", self.exclude[index]))?;
        Ok(Request {
            paths,
            standard_input: if reads_input {
                Some(self.standard_input()?)
            } else {
                None
            },
            walk: Walk {
                respect_ignore_files: !self.no_ignore,
            },
            config: self.config.origin(),
            selection: self.selection(),
            exclude,
            force_exclude: self.force_exclude,
            jobs: self.jobs.filter(|jobs| *jobs > 0),
            with_snippets: self.format == Format::Human || self.second.has_snippets(),
            fixing: self.fixes.fixing()?,
        })
    }

    fn standard_input(&self) -> Result<StandardInput, String> {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| format!("standard input: {error}"))?;
        Ok(StandardInput {
            name: self.stdin_filename.clone(),
            bytes,
        })
    }

    fn selection(&self) -> Selection {
        let named = |names: &[String]| names.iter().map(|name| Named::given(name.trim())).collect();
        Selection {
            select: self.select.as_deref().map(named),
            extend: named(&self.extend_select),
            ignore: named(&self.ignore),
        }
    }

    /// Leaves known findings out, or writes all down; a line for the summary.
    fn apply_baseline(&self, known: Option<&Baseline>, outcome: &mut Outcome) -> Result<Option<String>, String> {
        if let Some(path) = &self.write_baseline {
            let baseline = Baseline::of(&outcome.report);
            write_file(path, baseline.to_text().as_bytes())
                .map_err(|error| format!("{}: the baseline cannot be written: {error}", display_path(path)))?;
            let applied = baseline.apply(&mut outcome.report, &outcome.paths);
            return Ok(Some(format!("{} known from now on\n", findings(applied.known))));
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
        Ok(Some(format!("{} known and left out{gone}\n", findings(applied.known))))
    }
}

fn findings(count: usize) -> String {
    format!("{count} {}", if count == 1 { "finding" } else { "findings" })
}

/// The paths that a file, or standard input, lists.
fn listed(list: &Path) -> Result<Vec<PathBuf>, String> {
    let mut text = Vec::new();
    let read = if list == Path::new("-") {
        io::stdin().lock().read_to_end(&mut text).map(|_| ())
    } else {
        std::fs::read(list).map(|read| text = read)
    };
    read.map_err(|error| format!("{}: the list of files cannot be read: {error}", display_path(list)))?;
    let lines = text.split(|byte| *byte == b'\n');
    let lines = lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    Ok(lines.filter(|line| !line.is_empty()).map(path_of).collect())
}

/// A path from the bytes of a line; on Unix these need not be UTF-8.
#[cfg(unix)]
fn path_of(line: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(line))
}

#[cfg(not(unix))]
fn path_of(line: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(line).into_owned())
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
