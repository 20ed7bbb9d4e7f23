//! One run: the stages joined, file by file. Part of the crate's root, not a stage of its own.

mod file;
mod fix;
mod fix_beside;
mod hidden;
mod jobs;
mod judge;
mod model_files;
mod neighbours;
mod rules;
mod tally;
mod unknown_names;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::config::{ConfigError, Globs, Origin, Selection, Settings};
use crate::discover::{self, DiscoverError, Walk};
use crate::report::{FileReport, HiddenPath, LeftOutBy, Report};

pub use fix::{Fixed, Fixing, Mended, Untouched};
pub use jobs::{holds_facts, is_code, is_wanted};
pub use judge::{NotRead, read_models, report_problems};
pub use rules::Silence;

use file::Done;
use jobs::Job;
use judge::Verdict;
use rules::RuleUses;

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
    /// The number of threads, from 1; one for each core when absent.
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
    /// Files with findings that fixes never touch, each with the reason.
    pub untouched: Vec<(PathBuf, Untouched)>,
    /// What is odd about the settings: names of lints that do not exist.
    pub warnings: Vec<String>,
    /// Why no lint ran on any file, if none did.
    pub silence: Option<Silence>,
    /// The settings of the first file, which decide what fails a run.
    pub settings: Option<Arc<Settings>>,
}

/// Checks all files below the request's paths. A configuration with errors stops the run before any file is checked; files that
/// cannot be read do not, and are told in the outcome.
pub fn check(request: &Request, on_progress: OnProgress<'_>) -> Result<Outcome, ConfigError> {
    let found = discover::discover(&request.paths, request.walk, &jobs::interest);
    let mut errors = found.errors;
    let (jobs, mut left_out) = jobs::jobs(request, found.candidates)?;
    let by = |by: LeftOutBy| move |path| HiddenPath { path, by };
    left_out.extend(found.ignored.into_iter().map(by(LeftOutBy::IgnoreFile)));
    left_out.extend(found.foreign.into_iter().map(by(LeftOutBy::Convention)));
    left_out.sort_by(|a, b| a.path.cmp(&b.path));
    let mut checked = check_all(request, &jobs, on_progress);
    if let Some(fixing) = request.fixing {
        fix_beside::mend(request, fixing, &jobs, &mut checked);
    }
    let settings = jobs::settings_of(&jobs);
    let mut outcome = Outcome {
        warnings: unknown_names::warnings(request, &settings),
        settings: settings.first().cloned(),
        ..Outcome::default()
    };
    let mut reports = Vec::new();
    let mut silences = Vec::new();
    let hidden_settings = hidden::by_settings(&settings);
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
        match done.verdict {
            Verdict::Judged(judged) => {
                outcome
                    .warnings
                    .extend(model_files::misnamed_facts(&job.candidate.path));
                uses.add(&job.settings, &judged.rules);
                silences.push(judged.silence);
                if let Some(why) = done.untouched.filter(|_| judged.report.counted().next().is_some()) {
                    outcome.untouched.push((job.candidate.path, why));
                }
                reports.push(judged.report);
            }
            Verdict::NotAModel => reports.push(FileReport::of_another_kind()),
            Verdict::Broken => outcome.broken.push(job.candidate.path),
        }
    }
    reports.extend(uses.report(request));
    outcome.report = Report::join(reports);
    outcome.report.hidden.paths = left_out;
    outcome.report.hidden.settings = hidden_settings;
    let everywhere: Option<Vec<Silence>> = silences.into_iter().collect();
    outcome.silence = everywhere.and_then(|silences| silences.first().copied());
    outcome.errors = errors;
    Ok(outcome)
}

type Results = Vec<Result<Done, DiscoverError>>;

/// Checks on as many threads as are asked for; the results keep the order of the jobs.
fn check_all(request: &Request, jobs: &[Job], on_progress: OnProgress<'_>) -> Results {
    let done = AtomicUsize::new(0);
    let check = |job: &Job| {
        let checked = file::check(request, job);
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

#[cfg(test)]
mod tests {
    use crate::{dialects, discover};

    #[test]
    fn marks_are_found_wherever_a_file_is_cut_for_looking_through_it() {
        for (is_code, mark) in [false, true]
            .into_iter()
            .flat_map(|code| dialects::marks(code).map(move |mark| (code, mark)))
        {
            assert!((1..=discover::OVERLAP + 1).contains(&mark.len()), "{mark}");
            assert!(dialects::bears_marks(is_code, format!("x{mark}x").as_bytes()), "{mark}");
        }
        assert!(!dialects::bears_marks(
            false,
            b"{\"name\": \"a package\", \"version\": 1}"
        ));
    }
}
