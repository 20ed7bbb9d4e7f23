//! One run: the stages joined, file by file. Part of the crate's root, not a stage of its own.

mod mend;
mod names;
mod one;
mod reading;
mod rule_use;
mod texts;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::config::{self, ConfigError, Configurations, Globs, Origin, Selection, Settings};
use crate::dialects;
use crate::discover::{self, Candidate, DiscoverError, Texts, Walk};
use crate::report::{FileReport, Report};
use crate::syntax::Format;

pub use mend::{Fixing, Mended};
pub use one::{read_models, report_problems};

use one::{Checked, Done};
use rule_use::RuleUses;

/// What to check, and how.
pub struct Request {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// A text that stands for a file, if one is to be checked too.
    pub standard_input: Option<StandardInput>,
    /// How folders are walked.
    pub walk: Walk,
    /// Where the configuration comes from.
    pub config: Origin,
    /// Lints named on the command line, which count more than the configuration's.
    pub selection: Selection,
    /// Files that are left out, besides the configuration's.
    pub exclude: Globs,
    /// Whether files that are named count as if they were met while walking: excluded ones are left out.
    pub force_exclude: bool,
    /// Threads; one for each core when absent.
    pub jobs: Option<usize>,
    /// Whether the text around each finding is wanted.
    pub with_snippets: bool,
    /// Which fixes are applied, if any.
    pub fixing: Option<Fixing>,
}

/// A text that stands for a file.
#[derive(Debug, Clone)]
pub struct StandardInput {
    /// What it is called: the ending tells the format, the folder the configuration.
    pub name: PathBuf,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Is told how many files of how many are done.
pub type OnProgress<'p> = &'p (dyn Fn(usize, usize) + Sync);

/// What came of a run.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The report.
    pub report: Report,
    /// The files that were checked.
    pub paths: Vec<PathBuf>,
    /// Paths that could not be looked at.
    pub errors: Vec<DiscoverError>,
    /// Files met while walking that are broken and bear no model's marks.
    pub broken: Vec<PathBuf>,
    /// What fixes changed, by path.
    pub mended: Vec<Mended>,
    /// Saved models with findings, which fixes never touch.
    pub untouched: Vec<PathBuf>,
    /// What is odd about the settings: names of lints that do not exist.
    pub warnings: Vec<String>,
    /// The settings of the first file, which decide what fails a run.
    pub settings: Option<Arc<Settings>>,
}

/// A file to check and the settings for it.
struct Job {
    candidate: Candidate,
    settings: Arc<Settings>,
    /// The bytes, when they do not stand in the file.
    bytes: Option<Vec<u8>>,
}

impl Job {
    fn read(&self) -> Result<Option<Texts>, DiscoverError> {
        let Candidate { path, named } = &self.candidate;
        let wanted = |piece: &[u8]| *named || dialects::bears_marks(piece);
        match &self.bytes {
            Some(bytes) => Ok(discover::open_in_memory(path, bytes.clone(), &wanted)),
            None => discover::open(path, &wanted),
        }
    }
}

/// Checks all files below the request's paths. A configuration with errors stops the run before any file is checked.
pub fn check(request: &Request, on_progress: OnProgress<'_>) -> Result<Outcome, ConfigError> {
    let (candidates, mut errors) = discover::discover(&request.paths, request.walk, &is_wanted);
    let jobs = jobs(request, candidates)?;
    let checked = check_all(request, &jobs, on_progress);
    let settings = all_settings(&jobs);
    let mut outcome = Outcome {
        warnings: names::unknown(request, &settings),
        settings: settings.first().cloned(),
        ..Outcome::default()
    };
    let mut reports = Vec::new();
    let mut uses = RuleUses::of(settings);
    for (job, done) in jobs.into_iter().zip(checked) {
        let done = match done {
            Ok(done) => done,
            Err(error) => {
                errors.push(error);
                continue;
            }
        };
        outcome.paths.push(job.candidate.path.clone());
        outcome.mended.extend(done.mended);
        errors.extend(done.failed);
        match done.checked {
            Checked::Report(report) => {
                uses.add(&job.settings, &report.rules);
                if request.fixing.is_some() && is_saved_model(&job.candidate.path) && report.has_counted() {
                    outcome.untouched.push(job.candidate.path);
                }
                reports.push(report);
            }
            Checked::NotAModel => reports.push(FileReport::of_another_kind()),
            Checked::Broken => outcome.broken.push(job.candidate.path),
        }
    }
    reports.extend(uses.report(request));
    outcome.report = Report::join(reports);
    outcome.errors = errors;
    Ok(outcome)
}

fn is_saved_model(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| discover::is_archive(&name.to_string_lossy()))
}

/// The settings of all files, each once, in the order of the files.
fn all_settings(jobs: &[Job]) -> Vec<Arc<Settings>> {
    let mut all: Vec<Arc<Settings>> = Vec::new();
    for job in jobs {
        if !all.iter().any(|settings| Arc::ptr_eq(settings, &job.settings)) {
            all.push(Arc::clone(&job.settings));
        }
    }
    all
}

/// The files to check with their settings, excluded ones left out.
fn jobs(request: &Request, candidates: Vec<Candidate>) -> Result<Vec<Job>, ConfigError> {
    let mut configurations = Configurations::new(request.config.clone());
    let mut jobs = Vec::new();
    let mut add = |mut candidate: Candidate, bytes: Option<Vec<u8>>| -> Result<(), ConfigError> {
        let settings = configurations.for_file(&candidate.path)?;
        if request.leaves_out(&candidate, &settings) {
            return Ok(());
        }
        // A hook names whatever a commit changes: that says no more of a file than that a walk meets it.
        candidate.named &= !request.force_exclude;
        jobs.push(Job {
            candidate,
            settings,
            bytes,
        });
        Ok(())
    };
    for candidate in candidates {
        add(candidate, None)?;
    }
    if let Some(input) = &request.standard_input {
        let path = input.name.clone();
        add(Candidate { path, named: true }, Some(input.bytes.clone()))?;
    }
    Ok(jobs)
}

impl Request {
    /// Whether a file is excluded. One that is named is linted all the same, unless exclusion is forced: then ignore files,
    /// which a walk has respected already, count for it too.
    fn leaves_out(&self, candidate: &Candidate, settings: &Settings) -> bool {
        if candidate.named && !self.force_exclude {
            return false;
        }
        let path = &candidate.path;
        let by_ignore_file = || candidate.named && self.walk.respect_ignore_files && discover::is_ignored(path);
        settings.exclude.matches(&settings.relative(path))
            || (!self.exclude.is_empty() && self.exclude.matches(&config::from_working_folder(path)))
            || by_ignore_file()
    }
}

type Results = Vec<Result<Done, DiscoverError>>;

/// Checks on as many threads as are asked for; the results keep the order of the jobs.
fn check_all(request: &Request, jobs: &[Job], on_progress: OnProgress<'_>) -> Results {
    let done = AtomicUsize::new(0);
    let check = |job: &Job| {
        let checked = one::check(request, job);
        on_progress(done.fetch_add(1, Ordering::Relaxed) + 1, jobs.len());
        checked
    };
    if jobs.len() <= 1 {
        // Threads take longer to start than a small file takes to check.
        return jobs.iter().map(check).collect();
    }
    let run = || jobs.par_iter().map(check).collect();
    let pool = request
        .jobs
        .map(|threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build());
    match pool {
        Some(Ok(pool)) => pool.install(run),
        // Without threads of its own it runs on the usual ones.
        Some(Err(_)) | None => run(),
    }
}

/// Whether a file that is met while walking is looked at, by its name.
pub fn is_wanted(name: &str) -> bool {
    let is_read = Format::of_name(name).is_some() || discover::is_archive(name);
    is_read && !is_facts(name) && !is_configuration(name)
}

/// Whether a file holds facts for another one.
fn is_facts(name: &str) -> bool {
    name.ends_with(".facts.toml")
}

fn is_configuration(name: &str) -> bool {
    name == "losslint.toml"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_wherever_a_file_is_cut_for_looking_through_it() {
        for mark in dialects::marks() {
            assert!((1..=discover::OVERLAP + 1).contains(&mark.len()), "{mark}");
            assert!(dialects::bears_marks(format!("x{mark}x").as_bytes()), "{mark}");
        }
        assert!(!dialects::bears_marks(b"{\"name\": \"a package\", \"version\": 1}"));
    }
}
