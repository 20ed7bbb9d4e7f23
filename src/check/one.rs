//! One file of a run: read, recognised, judged, resolved.

use std::path::Path;
use std::sync::Arc;

use super::mend::{self, Fixing, Mended};
use super::reading::{self, Reading};
use super::texts::ModelTexts;
use super::{Job, Request};
use crate::config::{Problem, Settings};
use crate::diagnostic::Finding;
use crate::dialects::{self, Dialect};
use crate::discover::{self, DiscoverError, NotText, Texts};
use crate::ir::Model;
use crate::passes::{self, Context, Lint, duplicate_key, invalid_config, syntax_error};
use crate::report::{self, FileReport, Reported, Rules};
use crate::span::{FileId, Location, NodeId, Source, Span};
use crate::syntax::{File, Format};

/// What came of one file.
#[derive(Debug)]
pub(super) enum Checked {
    /// It is a model, or broken in a way that is worth telling.
    Report(FileReport),
    /// No dialect recognises it.
    NotAModel,
    /// It is broken, was not named, and nothing shows that it is a model.
    Broken,
}

/// What came of one file, and what became of it.
#[derive(Debug)]
pub(super) struct Done {
    /// What came of it, after fixes that were written.
    pub checked: Checked,
    /// What fixes changed.
    pub mended: Option<Mended>,
    /// Why the fixes could not be written.
    pub failed: Option<DiscoverError>,
}

/// Checks one file, and fixes it when that is asked for.
pub(super) fn check(request: &Request, job: &Job) -> Result<Done, DiscoverError> {
    let Some(texts) = job.read()? else {
        return Ok(Checked::NotAModel.into());
    };
    let own = texts.own.clone();
    let checked = check_texts(request, job, texts);
    Ok(match request.fixing {
        Some(fixing) if own.is_editable() => fix(request, job, fixing, &own, checked),
        _ => checked.into(),
    })
}

impl From<Checked> for Done {
    fn from(checked: Checked) -> Self {
        Self {
            checked,
            mended: None,
            failed: None,
        }
    }
}

fn fix(request: &Request, job: &Job, fixing: Fixing, own: &Source, checked: Checked) -> Done {
    let (after, mended) = mend::mend(fixing, own, checked, |texts| check_texts(request, job, texts));
    let Some(mut mended) = mended else {
        return after.into();
    };
    mended.is_input = job.bytes.is_some();
    let failed = match fixing.write && !mended.is_input {
        true => mend::write(&mended).err(),
        false => None,
    };
    let checked = if fixing.write && failed.is_none() {
        after
    } else {
        // Nothing was written: what was found at first still stands in the file.
        check_texts(request, job, Texts::of(own.clone()))
    };
    Done {
        checked,
        mended: failed.is_none().then_some(mended),
        failed,
    }
}

fn check_texts(request: &Request, job: &Job, texts: Texts) -> Checked {
    let named = job.candidate.named;
    let Some(format) = reading::format_of(&texts.own) else {
        return Checked::NotAModel;
    };
    let not_text = texts.not_text.clone();
    // What is no text was looked through before, or is an archive that could have been a model.
    if !named && not_text.is_none() && !dialects::bears_marks(texts.own.text.as_bytes()) {
        return Checked::NotAModel;
    }
    let mut texts = ModelTexts::parse(format, texts);
    let dialect = match &not_text {
        None => texts.recognise(&job.settings.knowledge),
        Some(_) => None,
    };
    let own = Arc::clone(&texts.files[0]);
    let broken = not_text.is_some() || !own.tree.errors.is_empty();
    match dialect {
        Some(dialect) => Checked::Report(check_model(request, job, texts, dialect)),
        None if broken && named => Checked::Report(report_broken(request, job, &own, not_text.as_ref())),
        None if broken => Checked::Broken,
        None => Checked::NotAModel,
    }
}

fn check_model(request: &Request, job: &Job, texts: ModelTexts, dialect: &dyn Dialect) -> FileReport {
    let settings = &job.settings;
    let reading = Reading::of(settings, texts, &job.candidate.path);
    let models = reading.models(&settings.knowledge, dialect);
    let mut findings = Vec::new();
    for (index, file) in reading.own().iter().enumerate() {
        findings.extend(syntax_findings(file, FileId(index as u32)));
    }
    findings.extend(reading.not_text.iter().map(|(id, why)| not_text_finding(why, *id)));
    let selection = settings.selection.under(&request.selection);
    let path = settings.relative(&job.candidate.path);
    let rules = Rules::new(settings, &selection, &path, request.with_snippets);
    let enabled = |lint: &Lint| rules.enables(lint.name());
    for model in &models {
        let context = Context {
            model,
            knowledge: &settings.knowledge,
            thresholds: &settings.thresholds,
        };
        findings.extend(passes::run(&context, &enabled));
    }
    let mut report = report::resolve(&reading.files, &models, findings, request.with_snippets);
    rules.judge(&reading.files, &mut report);
    report
}

/// Reads the models of one file, for looking at them: with the files that they were read from.
pub fn read_models(path: &Path, settings: &Settings) -> Result<(Vec<Arc<File>>, Vec<Model>), DiscoverError> {
    let Some(texts) = discover::open(path, &|_| true)? else {
        let nothing = File::parse(Format::Json, Source::new(path, ""));
        return Ok((vec![Arc::new(nothing)], Vec::new()));
    };
    let format = reading::format_of(&texts.own).unwrap_or(Format::Json);
    let mut texts = ModelTexts::parse(format, texts);
    let Some(dialect) = texts.recognise(&settings.knowledge) else {
        return Ok((texts.files, Vec::new()));
    };
    let reading = Reading::of(settings, texts, path);
    let models = reading.models(&settings.knowledge, dialect);
    Ok((reading.files, models))
}

/// The errors of a configuration as findings in its own file.
pub fn report_problems(file: &Arc<File>, problems: &[Problem]) -> Vec<Reported> {
    problems
        .iter()
        .map(|problem| {
            let at = Location {
                file: FileId::MODEL,
                node: problem.node,
                span: problem.span,
            };
            let finding = invalid_config::finding(&problem.message, problem.help.as_deref(), at);
            report::resolve_finding(std::slice::from_ref(file), finding, true)
        })
        .collect()
}

fn report_broken(request: &Request, job: &Job, file: &Arc<File>, not_text: Option<&NotText>) -> FileReport {
    let findings = match not_text {
        Some(not_text) => vec![not_text_finding(not_text, FileId::MODEL)],
        None => syntax_findings(file, FileId::MODEL),
    };
    let files = std::slice::from_ref(file);
    let mut report = report::resolve(files, &[], findings, request.with_snippets);
    let selection = job.settings.selection.under(&request.selection);
    let path = job.settings.relative(&job.candidate.path);
    Rules::new(&job.settings, &selection, &path, request.with_snippets).judge(files, &mut report);
    report
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
fn syntax_findings(file: &File, id: FileId) -> Vec<Finding> {
    let tree = &file.tree;
    let at = |span: Span, node: NodeId| Location { file: id, node, span };
    let errors = tree.errors.iter().map(|error| {
        let node = tree.innermost(error.span).map_or(NodeId(0), |node| node.id());
        syntax_error::finding(&error.message, at(error.span, node))
    });
    let duplicates = tree.duplicate_keys().into_iter().map(|(earlier, later)| {
        duplicate_key::finding(
            later.text(),
            at(earlier.span(), earlier.id()),
            at(later.span(), later.id()),
        )
    });
    errors.chain(duplicates).collect()
}
