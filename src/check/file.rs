//! One file of a run: read, judged, and fixed when that is asked for.

use super::Request;
use super::fix::{self, Fixing, Mended, Untouched};
use super::jobs::Job;
use super::judge::{Verdict, judge};
use crate::discover::{DiscoverError, Texts};
use crate::span::Source;

/// What came of one file, and what became of it.
#[derive(Debug)]
pub(super) struct Done {
    /// The verdict on what now stands in the file.
    pub verdict: Verdict,
    /// What fixes changed.
    pub mended: Option<Mended>,
    /// Why the fixes could not be written.
    pub failed: Option<DiscoverError>,
    /// Why no fix is tried, when fixes are asked for.
    pub untouched: Option<Untouched>,
}

impl From<Verdict> for Done {
    fn from(verdict: Verdict) -> Self {
        Self {
            verdict,
            mended: None,
            failed: None,
            untouched: None,
        }
    }
}

/// Checks one file, and fixes it when that is asked for. The error is that of reading it.
pub(super) fn check(request: &Request, job: &Job) -> Result<Done, DiscoverError> {
    let Some(texts) = job.read()? else {
        return Ok(Verdict::NotAModel.into());
    };
    let own = texts.own.clone();
    let verdict = judge(request, job, texts);
    Ok(match request.fixing {
        Some(fixing) => match untouched(job, &verdict) {
            None => mend(request, job, fixing, &own, verdict),
            untouched => Done {
                untouched,
                ..verdict.into()
            },
        },
        None => verdict.into(),
    })
}

/// Why no fix is tried on a file. Neighbours may have syntax errors: they are not edited.
fn untouched(job: &Job, verdict: &Verdict) -> Option<Untouched> {
    let Verdict::Judged(judged) = verdict else { return None };
    if job.is_saved_model() {
        Some(Untouched::SavedModel)
    } else if job.candidate.is_outside {
        Some(Untouched::Outside)
    } else {
        judged.is_broken.then_some(Untouched::SyntaxError)
    }
}

fn mend(request: &Request, job: &Job, fixing: Fixing, own: &Source, first: Verdict) -> Done {
    let (after, mended) = fix::in_rounds(fixing, own, first, |texts| judge(request, job, texts));
    let Some(mut mended) = mended else {
        return after.into();
    };
    mended.is_input = job.bytes.is_some();
    let failed = match fixing.write && !mended.is_input {
        true => fix::write(&mended).err(),
        false => None,
    };
    let verdict = match fixing.write && failed.is_none() {
        true => after,
        // Nothing was written: what was found at first still stands in the file.
        false => judge(request, job, Texts::of(own.clone())),
    };
    Done {
        verdict,
        mended: failed.is_none().then_some(mended),
        failed,
        untouched: None,
    }
}
