//! Fixes in the further files of a model, as far as those are checked in the same run: one after another, once every file by
//! itself is done. Not for which edits go together.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::Request;
use super::file::Done;
use super::fix::{self, Fixing, Mended};
use super::jobs::Job;
use super::judge::{Verdict, judge_with};
use crate::discover::{DiscoverError, Texts};
use crate::span::{Source, display_path};

/// Texts that fixes changed and that do not stand in their files: nothing is written when only a diff is wanted.
pub(super) type Changed = HashMap<PathBuf, Arc<str>>;

/// What came of each file of a run, before and after fixes in further files of its model.
struct Run<'r> {
    request: &'r Request,
    fixing: Fixing,
    jobs: &'r [Job],
    by_name: HashMap<String, usize>,
    changed: Changed,
}

/// Fixes what one file's check found in other files of the run.
pub(super) fn mend(request: &Request, fixing: Fixing, jobs: &[Job], all: &mut [Result<Done, DiscoverError>]) {
    let may_change =
        |(_, job): &(usize, &Job)| job.bytes.is_none() && !job.is_saved_model() && !job.candidate.is_outside;
    let named = jobs.iter().enumerate().filter(may_change);
    let mut run = Run {
        request,
        fixing,
        jobs,
        by_name: named
            .map(|(index, job)| (display_path(&job.candidate.path), index))
            .collect(),
        changed: Changed::new(),
    };
    if !fixing.write {
        let mended = all.iter().flatten().filter_map(|done| done.mended.as_ref());
        run.changed = mended
            .map(|mended| (mended.path.clone(), Arc::clone(&mended.after)))
            .collect();
    }
    for asking in 0..jobs.len() {
        for target in run.targets(asking, &all[asking]) {
            if let Some(mended) = run.mend(asking, target) {
                run.keep(mended, target, all);
            }
        }
    }
}

impl Run<'_> {
    /// The other files of the run in which something can be fixed that a file's check found.
    fn targets(&self, asking: usize, done: &Result<Done, DiscoverError>) -> Vec<usize> {
        let Ok(Done {
            verdict: Verdict::Judged(judged),
            ..
        }) = done
        else {
            return Vec::new();
        };
        let mut targets = Vec::new();
        for finding in judged.report.counted() {
            let mut fixes = finding.fixes.iter();
            let fix = fixes.find(|fix| self.fixing.includes(fix.applicability));
            let edit = fix.and_then(|fix| fix.edits.first());
            let target = edit.and_then(|edit| self.by_name.get(&edit.place.full_path()));
            targets.extend(target.filter(|target| **target != asking && !targets.contains(*target)));
        }
        targets
    }

    fn texts(&self, job: &Job) -> Option<Texts> {
        match self.changed.get(&job.candidate.path) {
            Some(text) => Some(Texts::of(Source::new(&job.candidate.path, Arc::clone(text)))),
            None => job.read().ok()?,
        }
    }

    fn mend(&self, asking: usize, target: usize) -> Option<Mended> {
        let job = &self.jobs[asking];
        let own = self.texts(&self.jobs[target])?.own;
        let judge = |changed: &Changed| match self.texts(job) {
            Some(texts) => judge_with(self.request, job, texts, changed),
            None => Verdict::NotAModel,
        };
        let (_, mended) = fix::in_rounds(self.fixing, &own, judge(&self.changed), |texts| {
            let mut changed = self.changed.clone();
            changed.insert(own.path.clone(), texts.own.text);
            judge(&changed)
        });
        mended
    }

    /// Writes what was mended, and judges again what it is about.
    fn keep(&mut self, mended: Mended, target: usize, all: &mut [Result<Done, DiscoverError>]) {
        let Ok(done) = &mut all[target] else { return };
        if !self.fixing.write {
            self.changed.insert(mended.path.clone(), Arc::clone(&mended.after));
        } else if let Err(error) = fix::write(&mended) {
            done.failed.get_or_insert(error);
            return;
        }
        let changed = mended.path.clone();
        match &mut done.mended {
            Some(before) => {
                before.after = mended.after;
                before.fixed.extend(mended.fixed);
            }
            none => *none = Some(mended),
        }
        if self.fixing.write {
            self.judge_again(&changed, all);
        }
    }

    /// The verdicts on all files whose model is read from one that was changed.
    fn judge_again(&self, changed: &PathBuf, all: &mut [Result<Done, DiscoverError>]) {
        for (job, done) in self.jobs.iter().zip(all) {
            let Ok(done) = done else { continue };
            let Verdict::Judged(judged) = &done.verdict else {
                continue;
            };
            if judged.read.contains(changed)
                && let Some(texts) = self.texts(job)
            {
                done.verdict = judge_with(self.request, job, texts, &self.changed);
            }
        }
    }
}
