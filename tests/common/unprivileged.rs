//! Runs as a user who may not do everything: root is let into every closed file and folder, and a test about them would show
//! nothing.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use super::{Run, folder_with, run};

/// The user and group that own nothing.
const NOBODY: u32 = 65_534;

/// Runs the binary in a folder, from a copy that anyone may run; as nobody where the tests run as root.
pub fn run_unprivileged(folder: &Path, args: &[&str]) -> Run {
    let place = folder_with(&[]);
    fs::set_permissions(place.path(), Permissions::from_mode(0o755)).expect("permissions");
    let binary = place.path().join("losslint");
    // Another program makes the copy: while this one has it open for writing, a child of another test's could inherit
    // that, and nobody could run it.
    let copied = Command::new("cp")
        .arg(env!("CARGO_BIN_EXE_losslint"))
        .arg(&binary)
        .status();
    assert!(copied.is_ok_and(|status| status.success()), "a copy of the binary");
    let mut command = Command::new(&binary);
    command.current_dir(folder).args(args);
    if fs::metadata(place.path()).expect("the folder").uid() == 0 {
        let mode = fs::metadata(folder).expect("the folder").mode();
        fs::set_permissions(folder, Permissions::from_mode(mode | 0o055)).expect("permissions");
        command.uid(NOBODY).gid(NOBODY);
    }
    run(&mut command)
}
