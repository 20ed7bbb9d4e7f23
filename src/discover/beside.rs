//! Files that are written beside the ones whose place they will take: none of them is left when a run ends, by Ctrl-C or
//! SIGTERM either. Not for what they hold.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

/// The files that there are now. Whoever holds the lock is the only one to make, move or delete any.
static ALL: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn all() -> MutexGuard<'static, Vec<PathBuf>> {
    ALL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file under a name that no model has. It is deleted unless it takes its place.
pub(super) struct Beside {
    /// `None` once it has taken its place.
    file: Option<NamedTempFile>,
    path: PathBuf,
}

impl Beside {
    /// Makes an empty one in a folder, with these permissions less the umask; closed to others without.
    pub(super) fn new(folder: &Path, permissions: Option<fs::Permissions>) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".losslint-").suffix(".tmp");
        if let Some(permissions) = permissions {
            builder.permissions(permissions);
        }
        let mut all = all();
        let file = builder.tempfile_in(folder)?;
        let path = file.path().to_owned();
        all.push(path.clone());
        Ok(Self { file: Some(file), path })
    }

    /// The open file.
    pub(super) fn file(&self) -> io::Result<&File> {
        let file = self.file.as_ref().map(NamedTempFile::as_file);
        file.ok_or_else(|| io::Error::other("it has taken its place already"))
    }

    /// Takes the place of the file at a path, if `may` says so then; `false` if it does not.
    pub(super) fn replace(mut self, path: &Path, may: impl FnOnce() -> bool) -> io::Result<bool> {
        let _alone = all();
        if !may() {
            return Ok(false);
        }
        match self.file.take() {
            Some(file) => file.persist(path).map_err(|error| error.error).map(|_| true),
            None => Ok(false),
        }
    }

    /// Becomes the file at a path where there is none.
    pub(super) fn become_new(mut self, path: &Path) -> io::Result<()> {
        let _alone = all();
        match self.file.take() {
            Some(file) => file.persist_noclobber(path).map_err(|error| error.error).map(|_| ()),
            None => Ok(()),
        }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let mut all = all();
        self.file = None;
        all.retain(|path| *path != self.path);
    }
}

/// From now on Ctrl-C and SIGTERM end the process as they would have, but leave no such file; a second one does so at once.
/// A file that grows beyond the limit of its size (SIGXFSZ) is an error of writing it.
#[cfg(unix)]
pub fn leave_nothing_when_ended() -> io::Result<()> {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::iterator::Signals;
    use signal_hook::{flag, low_level};

    let is_second = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // In this order: the first one finds the flag down, and raises it.
        flag::register_conditional_default(signal, Arc::clone(&is_second))?;
        flag::register(signal, Arc::clone(&is_second))?;
    }
    flag::register(SIGXFSZ, Arc::default())?;
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    std::thread::Builder::new().spawn(move || {
        if let Some(signal) = signals.forever().next() {
            // Held to the end, so that no other thread makes a new one.
            let all = all();
            for path in all.iter() {
                let _ = fs::remove_file(path);
            }
            let _ = low_level::emulate_default_handler(signal);
        }
    })?;
    Ok(())
}

/// Elsewhere the system ends a process without asking it.
#[cfg(not(unix))]
pub fn leave_nothing_when_ended() -> io::Result<()> {
    Ok(())
}
