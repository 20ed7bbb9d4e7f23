//! One file of a run: read, recognised, judged, resolved.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Job, Request};
use crate::config::{Problem, Settings};
use crate::diagnostic::Finding;
use crate::dialects::{self, Dialect, Document, FactsTable};
use crate::discover::{self, DiscoverError, NotText};
use crate::ir::Model;
use crate::knowledge::Knowledge;
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

/// Checks one file.
pub(super) fn check(request: &Request, job: &Job) -> Result<Checked, DiscoverError> {
    let (source, not_text) = job.read()?;
    Ok(check_source(request, job, source, not_text))
}

fn check_source(request: &Request, job: &Job, source: Source, not_text: Option<NotText>) -> Checked {
    let named = job.candidate.named;
    let Some(format) = format_of(&source) else {
        return Checked::NotAModel;
    };
    if !named && !dialects::bears_marks(&source.text) {
        return Checked::NotAModel;
    }
    let file = Arc::new(File::parse(format, source));
    let dialect = match &not_text {
        None => dialects::recognise(&job.settings.knowledge, document(&file)),
        Some(_) => None,
    };
    let broken = not_text.is_some() || !file.tree.errors.is_empty();
    match dialect {
        Some(dialect) => Checked::Report(check_model(request, job, file, dialect)),
        None if broken && named => Checked::Report(report_broken(request, job, &file, not_text.as_ref())),
        None if broken => Checked::Broken,
        None => Checked::NotAModel,
    }
}

/// The format by the file's name, or by the text when the name does not tell.
fn format_of(source: &Source) -> Option<Format> {
    let name = source.path.file_name()?.to_string_lossy();
    Format::of_name(&name).or_else(|| Format::of_text(&source.text))
}

fn document(file: &File) -> Document<'_> {
    Document {
        file: FileId::MODEL,
        tree: &file.tree,
    }
}

fn check_model(request: &Request, job: &Job, file: Arc<File>, dialect: &dyn Dialect) -> FileReport {
    let settings = &job.settings;
    let reading = Reading::of(settings, file, &job.candidate.path);
    let models = reading.models(&settings.knowledge, dialect);
    let mut findings = Vec::new();
    for (index, file) in reading.files[..reading.own].iter().enumerate() {
        findings.extend(syntax_findings(file, FileId(index as u32)));
    }
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

/// The files that a model is read from: its own, the facts beside it, and the configuration when that has facts for it.
struct Reading<'s> {
    files: Vec<Arc<File>>,
    /// How many of them are the model's own, not the configuration.
    own: usize,
    settings: &'s Settings,
    path: PathBuf,
}

impl<'s> Reading<'s> {
    fn of(settings: &'s Settings, file: Arc<File>, path: &Path) -> Self {
        let mut files = vec![file];
        files.extend(facts_beside(path));
        let own = files.len();
        files.extend(settings.file.clone());
        Self {
            files,
            own,
            settings,
            path: settings.relative(path),
        }
    }

    fn models(&self, knowledge: &Knowledge, dialect: &dyn Dialect) -> Vec<Model> {
        let mut tables: Vec<FactsTable<'_>> = Vec::new();
        for (index, file) in self.files[..self.own].iter().enumerate().skip(1) {
            tables.extend(file.tree.root().map(|root| FactsTable {
                file: FileId(index as u32),
                root,
                output: None,
                is_a_file: true,
            }));
        }
        let config = self.files.get(self.own).map(|file| (FileId(self.own as u32), file));
        for rule in &self.settings.facts {
            if let Some((id, file)) = config
                && rule.files.matches(&self.path)
                && let Some(root) = file.tree.node(rule.node)
            {
                tables.push(FactsTable {
                    file: id,
                    root,
                    output: rule.output.as_deref(),
                    is_a_file: false,
                });
            }
        }
        dialects::read(knowledge, dialect, document(&self.files[0]), &tables)
    }
}

/// The facts that stand beside a file: `NAME.facts.toml` for `NAME.json`.
fn facts_beside(path: &Path) -> Option<Arc<File>> {
    let path = path.with_extension("facts.toml");
    if !path.is_file() {
        return None;
    }
    let (source, _) = discover::read(&path).ok()?;
    Some(Arc::new(File::parse(Format::Toml, source)))
}

/// Reads the models of one file, for looking at them: with the files that they were read from.
pub fn read_models(path: &Path, settings: &Settings) -> Result<(Vec<Arc<File>>, Vec<Model>), DiscoverError> {
    let (source, _) = discover::read(path)?;
    let format = format_of(&source).unwrap_or(Format::Json);
    let file = Arc::new(File::parse(format, source));
    let Some(dialect) = dialects::recognise(&settings.knowledge, document(&file)) else {
        return Ok((vec![file], Vec::new()));
    };
    let reading = Reading::of(settings, file, path);
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
    let files = std::slice::from_ref(file);
    let mut report = report::resolve(files, &[], findings, request.with_snippets);
    let selection = job.settings.selection.under(&request.selection);
    let path = job.settings.relative(&job.candidate.path);
    Rules::new(&job.settings, &selection, &path, request.with_snippets).judge(files, &mut report);
    report
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
