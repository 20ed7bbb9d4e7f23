//! One run: the stages joined, file by file. Part of the crate's root, not a stage of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Finding;
use crate::dialects::{self, Dialect, Document};
use crate::discover::{self, Candidate, DiscoverError, NotText, Walk};
use crate::ir::Model;
use crate::knowledge::Knowledge;
use crate::passes::{self, Context, Lint, Thresholds, duplicate_key, syntax_error};
use crate::report::{self, File, FileReport, Report};
use crate::span::{FileId, Location, NodeId, Source, Span};
use crate::syntax::{self, Format};

/// What to check, and how.
pub struct Request {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// How folders are walked.
    pub walk: Walk,
    /// The limits that lints use.
    pub thresholds: Thresholds,
    /// Whether the text around each finding is wanted.
    pub with_snippets: bool,
}

/// What came of a run.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The report.
    pub report: Report,
    /// Paths that could not be looked at.
    pub errors: Vec<DiscoverError>,
    /// Files met while walking that are broken and bear no model's marks.
    pub broken: Vec<PathBuf>,
}

/// Checks all files below the request's paths.
pub fn check(request: &Request) -> Outcome {
    let knowledge = Knowledge::built_in();
    let wanted = |name: &str| Format::of_name(name).is_some() && !is_facts(name);
    let (candidates, mut errors) = discover::discover(&request.paths, request.walk, &wanted);
    let checked: Vec<Result<Checked, DiscoverError>> = candidates
        .par_iter()
        .map(|candidate| check_file(knowledge, request, candidate))
        .collect();
    let mut outcome = Outcome::default();
    let mut reports = Vec::new();
    for (candidate, checked) in candidates.into_iter().zip(checked) {
        match checked {
            Ok(Checked::Report(report)) => reports.push(report),
            Ok(Checked::NotAModel) => reports.push(not_a_model()),
            Ok(Checked::Broken) => outcome.broken.push(candidate.path),
            Err(error) => errors.push(error),
        }
    }
    outcome.report = Report::join(reports);
    outcome.errors = errors;
    outcome
}

/// What came of one file.
#[derive(Debug)]
pub enum Checked {
    /// It is a model, or broken in a way that is worth telling.
    Report(FileReport),
    /// No dialect recognises it.
    NotAModel,
    /// It is broken, was not named, and nothing shows that it is a model.
    Broken,
}

fn not_a_model() -> FileReport {
    let mut report = FileReport::default();
    report.counts.not_models = 1;
    report
}

/// Whether a file holds facts for another one.
fn is_facts(name: &str) -> bool {
    name.ends_with(".facts.toml") || name.ends_with(".facts.json")
}

fn check_file(knowledge: &Knowledge, request: &Request, candidate: &Candidate) -> Result<Checked, DiscoverError> {
    let (source, not_text) = discover::read(&candidate.path)?;
    let facts = facts_beside(&candidate.path);
    Ok(check_source(
        knowledge,
        request,
        source,
        not_text,
        candidate.named,
        &|| facts.clone(),
    ))
}

/// The facts that stand beside a file: `NAME.facts.toml` for `NAME.json`.
fn facts_beside(path: &Path) -> Option<PathBuf> {
    let facts = path.with_extension("facts.toml");
    facts.is_file().then_some(facts)
}

/// Checks one text. `named` files are told everything that is wrong with them; `facts` finds the file beside it, asked
/// only when the text is a model.
pub fn check_source(
    knowledge: &Knowledge,
    request: &Request,
    source: Source,
    not_text: Option<NotText>,
    named: bool,
    facts: &dyn Fn() -> Option<PathBuf>,
) -> Checked {
    let format = source
        .path
        .file_name()
        .and_then(|name| Format::of_name(&name.to_string_lossy()))
        .or_else(|| Format::of_text(&source.text));
    let Some(format) = format else {
        return Checked::NotAModel;
    };
    if !named && !dialects::bears_marks(&source.text) {
        return Checked::NotAModel;
    }
    let tree = syntax::parse(format, Arc::clone(&source.text));
    let file = Arc::new(File::new(source, tree));
    let document = Document {
        file: FileId::MODEL,
        tree: &file.tree,
    };
    let dialect = match &not_text {
        None => dialects::recognise(knowledge, document),
        Some(_) => None,
    };
    let broken = not_text.is_some() || !file.tree.errors.is_empty();
    match dialect {
        None if broken && named => Checked::Report(syntax_report(&file, not_text.as_ref(), request.with_snippets)),
        None if broken => Checked::Broken,
        None => Checked::NotAModel,
        Some(dialect) => Checked::Report(check_model(knowledge, request, file, dialect, facts())),
    }
}

fn check_model(
    knowledge: &Knowledge,
    request: &Request,
    file: Arc<File>,
    dialect: &dyn Dialect,
    facts: Option<PathBuf>,
) -> FileReport {
    let mut files = vec![file];
    files.extend(facts.and_then(|path| read_facts(&path)));
    let models = models_of(knowledge, dialect, &files);
    let mut findings = Vec::new();
    for (index, file) in files.iter().enumerate() {
        findings.extend(syntax_findings(file, FileId(index as u32)));
    }
    for model in &models {
        let context = Context {
            model,
            knowledge,
            thresholds: &request.thresholds,
        };
        findings.extend(passes::run(&context, &|_: &Lint| true));
    }
    report::resolve(&files, &models, findings, request.with_snippets)
}

fn read_facts(path: &Path) -> Option<Arc<File>> {
    let (source, _) = discover::read(path).ok()?;
    let tree = syntax::parse(Format::Toml, Arc::clone(&source.text));
    Some(Arc::new(File::new(source, tree)))
}

fn models_of(knowledge: &Knowledge, dialect: &dyn Dialect, files: &[Arc<File>]) -> Vec<Model> {
    let documents: Vec<Document<'_>> = files
        .iter()
        .enumerate()
        .map(|(index, file)| Document {
            file: FileId(index as u32),
            tree: &file.tree,
        })
        .collect();
    match documents.split_first() {
        Some((document, beside)) => dialects::read(knowledge, dialect, *document, beside),
        None => Vec::new(),
    }
}

/// Reads the models of one file, for looking at them: with the files that they were read from.
pub fn read_models(path: &Path) -> Result<(Vec<Arc<File>>, Vec<Model>), DiscoverError> {
    let knowledge = Knowledge::built_in();
    let (source, _) = discover::read(path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let format = name
        .and_then(|name| Format::of_name(&name))
        .or_else(|| Format::of_text(&source.text))
        .unwrap_or(Format::Json);
    let tree = syntax::parse(format, Arc::clone(&source.text));
    let mut files = vec![Arc::new(File::new(source, tree))];
    let document = Document {
        file: FileId::MODEL,
        tree: &files[0].tree,
    };
    let Some(dialect) = dialects::recognise(knowledge, document) else {
        return Ok((files, Vec::new()));
    };
    files.extend(facts_beside(path).and_then(|path| read_facts(&path)));
    let models = models_of(knowledge, dialect, &files);
    Ok((files, models))
}

fn syntax_report(file: &Arc<File>, not_text: Option<&NotText>, with_snippets: bool) -> FileReport {
    let findings = match not_text {
        Some(not_text) => {
            let at = Location {
                file: FileId::MODEL,
                node: NodeId(0),
                span: Span::new(not_text.offset, not_text.offset),
            };
            vec![syntax_error::finding(not_text.message, at)]
        }
        None => syntax_findings(file, FileId::MODEL),
    };
    report::resolve(std::slice::from_ref(file), &[], findings, with_snippets)
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
