//! One run: the stages joined, file by file. Part of the crate's root, not a stage of its own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{AcceptRule, ConfigError, Configurations, Origin, Problem, Selection, Settings};
use crate::diagnostic::{Finding, Severity};
use crate::dialects::{self, Dialect, Document, FactsTable};
use crate::discover::{self, Candidate, DiscoverError, NotText, Walk};
use crate::ir::Model;
use crate::knowledge::Knowledge;
use crate::passes::{self, Context, Lint, duplicate_key, invalid_config, syntax_error, unused_suppression};
use crate::report::{self, FileReport, Report, Reported, RuleUse, Rules};
use crate::span::{FileId, Location, NodeId, Source, Span};
use crate::syntax::{File, Format, NodeRef};

/// What to check, and how.
pub struct Request {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// How folders are walked.
    pub walk: Walk,
    /// Where the configuration comes from.
    pub config: Origin,
    /// Lints named on the command line, which count more than the configuration's.
    pub selection: Selection,
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
    /// The settings of the first file, which decide what fails a run.
    pub settings: Option<Arc<Settings>>,
}

/// A file to check and the settings for it.
struct Job {
    candidate: Candidate,
    settings: Arc<Settings>,
}

/// Checks all files below the request's paths. A configuration with errors stops the run before any file is checked.
pub fn check(request: &Request) -> Result<Outcome, ConfigError> {
    let wanted = |name: &str| Format::of_name(name).is_some() && !is_facts(name) && !is_configuration(name);
    let (candidates, mut errors) = discover::discover(&request.paths, request.walk, &wanted);
    let mut configurations = Configurations::new(request.config.clone());
    let mut jobs = Vec::new();
    for candidate in candidates {
        let settings = configurations.for_file(&candidate.path)?;
        let excluded = settings.exclude.matches(&settings.relative(&candidate.path));
        if candidate.named || !excluded {
            jobs.push(Job { candidate, settings });
        }
    }
    let checked: Vec<Result<Checked, DiscoverError>> = jobs.par_iter().map(|job| check_file(request, job)).collect();
    let mut outcome = Outcome {
        settings: jobs.first().map(|job| Arc::clone(&job.settings)),
        ..Outcome::default()
    };
    let mut reports = Vec::new();
    let mut uses = RuleUses::default();
    for (job, checked) in jobs.into_iter().zip(checked) {
        match checked {
            Ok(Checked::Report(report)) => {
                uses.add(&job.settings, &report.rules);
                reports.push(report);
            }
            Ok(Checked::NotAModel) => reports.push(FileReport::of_another_kind()),
            Ok(Checked::Broken) => outcome.broken.push(job.candidate.path),
            Err(error) => errors.push(error),
        }
    }
    reports.extend(uses.report(request));
    outcome.report = Report::join(reports);
    outcome.errors = errors;
    Ok(outcome)
}

/// Which rules of the configurations accepted findings anywhere in the run.
#[derive(Default)]
struct RuleUses {
    by_file: Vec<(Arc<Settings>, BTreeMap<NodeId, bool>)>,
}

impl RuleUses {
    fn add(&mut self, settings: &Arc<Settings>, rules: &[RuleUse]) {
        if rules.is_empty() {
            return;
        }
        let known = self.by_file.iter().position(|(own, _)| Arc::ptr_eq(own, settings));
        let index = known.unwrap_or_else(|| {
            self.by_file.push((Arc::clone(settings), BTreeMap::new()));
            self.by_file.len() - 1
        });
        for rule in rules {
            *self.by_file[index].1.entry(rule.node).or_default() |= rule.used;
        }
    }

    /// What is wrong with the rules, as findings in the configurations.
    fn report(&self, request: &Request) -> Vec<FileReport> {
        self.by_file
            .iter()
            .filter_map(|(settings, used)| {
                let file = settings.file.clone()?;
                let findings = settings
                    .accepted
                    .iter()
                    .filter_map(|rule| rule_finding(&file, rule, *used.get(&rule.node)?))
                    .collect();
                let files = [file];
                let mut report = report::resolve(&files, &[], findings, request.with_snippets);
                let selection = settings.selection.under(&request.selection);
                let path = Path::new("losslint.toml");
                Rules::new(settings, &selection, path, request.with_snippets).judge(&files, &mut report);
                Some(report)
            })
            .collect()
    }
}

/// What is wrong with a rule: an unknown lint, no use, or no reason.
fn rule_finding(file: &File, rule: &AcceptRule, used: bool) -> Option<Finding> {
    let node = file.tree.node(rule.node)?;
    let at = |node: NodeRef<'_>| Location {
        file: FileId::MODEL,
        node: node.id(),
        span: node.span(),
    };
    let unknown = rule.lints.iter().find(|named| passes::lint(&named.name).is_none());
    if let Some(named) = unknown {
        let place = named.node.and_then(|id| file.tree.node(id)).unwrap_or(node);
        return Some(unused_suppression::unknown(&named.name, at(place)));
    }
    let names: Vec<&str> = rule.lints.iter().map(|named| named.name.as_str()).collect();
    let names = names.join(", ");
    if !used {
        return Some(unused_suppression::unused(&names, at(node), Severity::Info));
    }
    rule.reason
        .is_none()
        .then(|| unused_suppression::without_reason(&names, at(node)))
}

/// What came of one file.
#[derive(Debug)]
enum Checked {
    /// It is a model, or broken in a way that is worth telling.
    Report(FileReport),
    /// No dialect recognises it.
    NotAModel,
    /// It is broken, was not named, and nothing shows that it is a model.
    Broken,
}

/// Whether a file holds facts for another one.
fn is_facts(name: &str) -> bool {
    name.ends_with(".facts.toml")
}

fn is_configuration(name: &str) -> bool {
    name == "losslint.toml"
}

fn check_file(request: &Request, job: &Job) -> Result<Checked, DiscoverError> {
    let (source, not_text) = discover::read(&job.candidate.path)?;
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
