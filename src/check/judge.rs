//! A text judged: recognised, read into models, linted, resolved to a report. Not for reading and writing files.

use std::path::Path;
use std::sync::Arc;

use super::fix_beside::Changed;
use super::jobs::Job;
use super::model_files::{ModelFiles, Recognised};
use super::rules::{FileRules, Judged};
use super::{Request, tally};
use crate::config::{Problem, Settings};
use crate::diagnostic::Finding;
use crate::dialects;
use crate::discover::{self, DiscoverError, NotText, Texts};
use crate::ir::Model;
use crate::passes::{self, Context, Lint, duplicate_key, invalid_config, syntax_error};
use crate::report::{self, Reported};
use crate::span::{FileId, Location, NodeId, Source, Span};
use crate::syntax::{File, Files, Format};

/// What came of one text.
#[derive(Debug)]
pub(super) enum Verdict {
    /// It is a model, or broken in a way that is worth telling.
    Judged(Judged),
    /// No dialect recognises it.
    NotAModel,
    /// It is broken, was not named, and nothing shows that it is a model.
    Broken,
}

/// Judges the texts of one file.
pub(super) fn judge(request: &Request, job: &Job, texts: Texts) -> Verdict {
    judge_with(request, job, texts, &Changed::new())
}

/// The same where other files hold these texts.
pub(super) fn judge_with(request: &Request, job: &Job, texts: Texts, changed: &Changed) -> Verdict {
    let named = job.candidate.named;
    let Some(format) = format_of(&texts.own) else {
        return Verdict::NotAModel;
    };
    let not_text = texts.not_text.clone();
    // What is no text was looked through before, or is an archive that could have been a model.
    if !named && not_text.is_none() && !dialects::bears_marks(format.is_code(), texts.own.text.as_bytes()) {
        return Verdict::NotAModel;
    }
    let files = ModelFiles::parse(&job.settings, format, texts, changed);
    let recognised = match &not_text {
        None => files.recognise(),
        Some(_) => Vec::new(),
    };
    let broken = not_text.is_some() || !files.files.own().tree.errors.is_empty();
    match (recognised.is_empty(), broken) {
        (false, _) => model(request, job, files, &recognised).map_or(Verdict::NotAModel, Verdict::Judged),
        (true, true) if named => Verdict::Judged(broken_file(request, job, &files.files, not_text.as_ref())),
        (true, true) => Verdict::Broken,
        (true, false) => Verdict::NotAModel,
    }
}

/// The format by the file's name, or by the text when the name does not tell. Saved models hold JSON.
fn format_of(source: &Source) -> Option<Format> {
    if !source.is_editable() {
        return Some(Format::Json);
    }
    let name = source.path.file_name()?.to_string_lossy();
    Format::of_name(&name).or_else(|| Format::of_text(&source.text))
}

/// The report of a file with models; `None` for a program in which no output meets a loss.
fn model(request: &Request, job: &Job, mut files: ModelFiles<'_>, recognised: &[Recognised]) -> Option<Judged> {
    let settings = &job.settings;
    let models = files.models(recognised);
    if models.is_empty() {
        return None;
    }
    let rules = FileRules::of(request, settings, &settings.relative(&job.candidate.path));
    let enabled = |lint: &Lint| rules.enables(lint.name());
    let own = files.of_this_model();
    let mut findings: Vec<Finding> = own.flat_map(|file| form_findings(file)).collect();
    findings.extend(files.not_text.iter().map(|(id, why)| not_text_finding(why, *id)));
    for model in &models {
        let context = Context {
            model,
            knowledge: &settings.knowledge,
            thresholds: &settings.thresholds,
        };
        findings.extend(passes::run(&context, &enabled));
    }
    let mut judged = rules.judge(&files.files, findings);
    judged.report.add_notes(&files.files, tally::notes(&models));
    judged.report.counts = tally::counts(&models);
    Some(judged)
}

/// The report of a file that cannot be read to its end.
fn broken_file(request: &Request, job: &Job, files: &Files, not_text: Option<&NotText>) -> Judged {
    let findings = match not_text {
        Some(not_text) => vec![not_text_finding(not_text, files.own().id())],
        None => form_findings(files.own()),
    };
    let settings = &job.settings;
    let rules = FileRules::of(request, settings, &settings.relative(&job.candidate.path));
    rules.judge(files, findings)
}

fn not_text_finding(not_text: &NotText, file: FileId) -> Finding {
    let at = Location {
        file,
        node: NodeId(0),
        span: Span::new(not_text.shown_at(), not_text.shown_at()),
    };
    syntax_error::finding(&not_text.to_string(), at)
}

/// What is wrong with a file's form: its syntax errors, then keys that are given twice.
fn form_findings(file: &File) -> Vec<Finding> {
    let tree = &file.tree;
    let errors = tree.errors.iter().map(|error| {
        let node = tree.innermost(error.span).map_or(NodeId(0), |node| node.id());
        let at = Location {
            file: file.id(),
            node,
            span: error.span,
        };
        syntax_error::finding(&error.message, at)
    });
    let duplicates = tree.duplicate_keys().into_iter();
    let duplicates = duplicates.map(|(earlier, later)| duplicate_key::finding(later.text(), earlier.at(), later.at()));
    errors.chain(duplicates).collect()
}

/// Why a file was not read for models.
#[derive(Debug, thiserror::Error)]
pub enum NotRead {
    /// It cannot be.
    #[error(transparent)]
    Unreadable(#[from] DiscoverError),
    /// Neither its name nor its text tells a format.
    #[error("its name does not end like a file that losslint reads")]
    OtherName,
    /// It is an archive of weights, or of anything else.
    #[error("holds no config.json (HDF5: no model_config), which would describe it")]
    NoConfig,
}

/// Reads the models of one file without judging them, and gives the files that they were read from. A file that is no model
/// has no models. The error tells why it was not read.
pub fn read_models(path: &Path, settings: &Settings) -> Result<(Files, Vec<Model>), NotRead> {
    let texts = discover::open(path, &|_| true)?.ok_or(NotRead::NoConfig)?;
    let format = format_of(&texts.own).ok_or(NotRead::OtherName)?;
    let mut files = ModelFiles::parse(settings, format, texts, &Changed::new());
    let recognised = files.recognise();
    let models = match recognised.is_empty() {
        true => Vec::new(),
        false => files.models(&recognised),
    };
    Ok((files.files, models))
}

/// The errors of a configuration as findings in its own file, with the text around them.
pub fn report_problems(file: &Arc<File>, problems: &[Problem]) -> Vec<Reported> {
    let finding = |problem: &Problem| {
        let at = Location {
            file: file.id(),
            node: problem.node,
            span: problem.span,
        };
        invalid_config::finding(&problem.message, problem.help.as_deref(), at)
    };
    let findings = problems.iter().map(finding).collect();
    report::resolve(&Files::of(Arc::clone(file)), findings, true).findings
}
