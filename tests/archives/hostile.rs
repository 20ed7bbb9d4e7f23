//! Files that only look like saved models: cut off, locked, lying about their sizes, larger than any disk, or changed at
//! random.

use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use zip::CompressionMethod;

use super::common::run;
use super::{CONFIG, LINT, archive, concise, folder, h5, keras, mutate, named, only};

/// Asserts that a file is a syntax error that says so when it is named, and is counted when it is met.
pub fn assert_broken(name: &str, bytes: &[u8], says: &str) {
    let folder = folder(name, bytes);
    let run = concise(folder.path(), &[name]);
    let findings = run.findings();
    assert_eq!(only(&findings).0, "syntax-error", "{name}");
    assert_eq!((findings[0].line, findings[0].column), (1, 1));
    assert!(findings[0].message.contains(says), "{}", findings[0].message);
    assert_eq!(run.status, Some(1));
    let met = concise(folder.path(), &["--verbose", "."]);
    assert_eq!((met.status, met.stdout.as_str()), (Some(0), ""));
    assert!(
        met.stderr.contains(&format!("{name}: skipped: broken")),
        "{}",
        met.stderr
    );
}

#[test]
fn what_is_no_archive_is_said_to_be_none() {
    let whole = keras(CONFIG);
    assert_broken("cut.keras", &whole[..whole.len() / 2], "cut off or broken");
    assert_broken("empty.keras", b"", "empty");
    assert_broken("text.keras", b"epoch 3, loss 0.2\n", "cut off or broken");
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
    assert_broken("lfs.keras", pointer, "git lfs pull");
    assert_broken("lfs.h5", pointer, "git lfs pull");
}

#[test]
fn an_encrypted_configuration_is_said_to_be_so() {
    let mut bytes = keras(CONFIG);
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        for at in positions(&bytes, signature) {
            bytes[at + flags] |= 1;
        }
    }
    assert_broken("locked.keras", &bytes, "encrypted");
}

#[test]
fn an_unknown_compression_is_said_to_be_so() {
    let mut bytes = keras(CONFIG);
    for (signature, method) in [(b"PK\x03\x04", 8), (b"PK\x01\x02", 10)] {
        for at in positions(&bytes, signature) {
            bytes[at + method] = 97;
        }
    }
    assert_broken("odd.keras", &bytes, "method not supported: 97");
}

#[test]
fn damaged_bytes_do_not_pass() {
    let mut bytes = keras(CONFIG);
    let at = positions(&bytes, b"linear")[0];
    bytes[at] = b'L';
    assert_broken("damaged.keras", &bytes, "checksum");
}

/// Two members of one name: Python reads the last, and so does Keras.
#[test]
fn the_last_of_two_configurations_counts() {
    let good = CONFIG.replace("linear", "softmax");
    for (first, last, found) in [(CONFIG, good.as_str(), false), (&good, CONFIG, true)] {
        let members = [("config.json", first.as_bytes()), ("config.twin", last.as_bytes())];
        let mut bytes = archive(&members, CompressionMethod::Stored);
        for at in positions(&bytes, b"config.twin") {
            bytes[at..at + 11].copy_from_slice(b"config.json");
        }
        assert_eq!(!named("twins.keras", &bytes).is_empty(), found);
    }
}

/// A member that claims the bytes of another one takes nothing from it.
#[test]
fn overlapping_members_do_no_harm() {
    let mut bytes = keras(CONFIG);
    for at in positions(&bytes, b"PK\x01\x02") {
        bytes[at + 42..at + 46].fill(0);
    }
    assert_broken("overlap.keras", &bytes, "checksum");
}

/// 300 MB of spaces in an archive of 2 MB, which says so or claims that they are few.
#[test]
fn a_bomb_is_cut() {
    const SIZE: u32 = 300_000_000;
    let mut bytes = archive(&[("config.json", &deflated_spaces(SIZE))], CompressionMethod::Stored);
    let (local, central) = (0, positions(&bytes, b"PK\x01\x02")[0]);
    bytes[local + 8] = 8;
    bytes[central + 10] = 8;
    for (size, says) in [(SIZE, "more than 64 MB"), (100, "larger than its declared")] {
        bytes[central + 24..central + 28].copy_from_slice(&size.to_le_bytes());
        assert_broken("bomb.keras", &bytes, says);
    }
}

/// Deflated by hand, which is faster than by a library without optimisations: a space, then "the same 258 times".
fn deflated_spaces(size: u32) -> Vec<u8> {
    let bit = |c: char| u8::from(c == '1');
    let start = "110".chars().chain("01010000".chars());
    let repeats = "1100010100000".chars().cycle().take(13 * (size as usize / 258));
    let bits: Vec<u8> = start.chain(repeats).chain("0000000".chars()).map(bit).collect();
    bits.chunks(8)
        .map(|byte| byte.iter().rev().fold(0, |value, bit| value << 1 | bit))
        .collect()
}

/// A directory of 40 million members that are not there must not take room for them in memory.
#[cfg(target_os = "linux")]
#[test]
fn claims_take_no_memory() {
    const MEMBERS: u64 = 40_000_000;
    const START: u64 = 100_000_000;
    let end = START + MEMBERS * 46;
    let mut entry = b"PK\x01\x02".to_vec();
    entry.resize(46, 0);
    let mut tail = b"PK\x06\x06".to_vec();
    tail.extend(44u64.to_le_bytes());
    tail.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    tail.extend(
        [MEMBERS, MEMBERS, MEMBERS * 46, START]
            .iter()
            .flat_map(|number| number.to_le_bytes()),
    );
    tail.extend(b"PK\x06\x07\0\0\0\0");
    tail.extend(end.to_le_bytes());
    tail.extend([1, 0, 0, 0]);
    tail.extend(b"PK\x05\x06\0\0\0\0");
    tail.extend([0xff; 12]);
    tail.extend([0, 0]);
    let folder = folder("claims.keras", b"PK\x03\x04");
    if !write_at(&folder.path().join("claims.keras"), &[(START, &entry), (end, &tail)]) {
        return; // No room for files with holes here.
    }
    let mut command = std::process::Command::new("sh");
    command.current_dir(folder.path());
    command.args([
        "-c",
        "ulimit -v 4000000; exec \"$0\" check --no-config --format concise claims.keras",
    ]);
    let run = run(command.arg(env!("CARGO_BIN_EXE_losslint")));
    assert!(run.is_orderly(), "{:?}: {}", run.status, run.stderr);
    assert_eq!(only(&run.findings()).0, "syntax-error");
}

/// Writes at some offsets and leaves holes between them; whether the file system can.
fn write_at(path: &Path, parts: &[(u64, &[u8])]) -> bool {
    let mut file = fs::OpenOptions::new().write(true).open(path).expect("a file");
    parts
        .iter()
        .all(|(at, bytes)| file.seek(SeekFrom::Start(*at)).is_ok() && file.write_all(bytes).is_ok())
}

/// Members whose names lead out of the archive are not the configuration, and nothing is ever unpacked to the disk.
#[test]
fn names_that_lead_out_of_the_archive_lead_nowhere() {
    let names = [
        "../config.json",
        "/config.json",
        "..\\config.json",
        "x/../config.json",
        "./config.json",
        "CONFIG.JSON",
    ];
    for name in names {
        let folder = folder(
            "model.keras",
            &archive(&[(name, CONFIG.as_bytes())], CompressionMethod::Stored),
        );
        let run = concise(folder.path(), &["model.keras"]);
        assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{name}");
    }
    let members = [
        ("../evil.txt", &b"x"[..]),
        ("config.json", CONFIG.as_bytes()),
        ("/evil.txt", b"x"),
    ];
    let outer = folder("inner/model.keras", &archive(&members, CompressionMethod::Stored));
    assert_eq!(only(&concise(&outer.path().join("inner"), &["."]).findings()).0, LINT);
    let files: Vec<_> = fs::read_dir(outer.path()).expect("a folder").flatten().collect();
    assert_eq!(files.len(), 1, "{files:?}");
}

/// Every address in an HDF5 file led to every other one, which makes every circle that one address can make.
#[cfg(feature = "hdf5")]
#[test]
fn hdf5_addresses_that_lead_in_circles_end() {
    for name in ["variable.h5", "dense.h5"] {
        let bytes = h5(name);
        let end = bytes.len().min(6_000);
        let number = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"));
        let is_address = |at: &usize| (48..bytes.len() as u64).contains(&number(*at));
        let places: Vec<usize> = (8..end).filter(is_address).collect();
        let mut targets: Vec<u64> = places.iter().map(|at| number(*at)).filter(|to| to % 8 == 0).collect();
        targets.sort_unstable();
        targets.dedup();
        assert!(
            places.len() > 20 && targets.len() > 10,
            "{name}: {} × {}",
            places.len(),
            targets.len()
        );
        let every = (places.len() * targets.len()).div_ceil(4_000);
        let pairs = places.iter().flat_map(|at| targets.iter().map(move |to| (*at, *to)));
        for (at, to) in pairs.step_by(every) {
            let mut changed = bytes.clone();
            changed[at..at + 8].copy_from_slice(&to.to_le_bytes());
            // To come back at all is what is asked for.
            let _ = losslint::discover::open_in_memory(Path::new(name), changed, &|_| true);
        }
    }
}

/// 2 GB of weights that are not there: only the directory and two members are read.
#[test]
fn weights_are_never_read() {
    const HOLE: u32 = 2_000_000_000;
    let mut bytes = keras(CONFIG);
    let directory = positions(&bytes, b"PK\x01\x02")[0];
    let weights = *positions(&bytes, b"PK\x01\x02").last().expect("three entries");
    let end = positions(&bytes, b"PK\x05\x06")[0];
    for at in [weights + 20, weights + 24, end + 16] {
        let number = u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
        bytes[at..at + 4].copy_from_slice(&(number + HOLE).to_le_bytes());
    }
    let folder = folder("large.keras", &bytes[..directory]);
    let rest = (directory as u64 + u64::from(HOLE), &bytes[directory..]);
    if !write_at(&folder.path().join("large.keras"), &[rest]) {
        return; // No room for files with holes here.
    }
    assert_eq!(only(&concise(folder.path(), &["large.keras"]).findings()).0, LINT);
}

/// Whatever the bytes are, something is returned. The changes are the same in every run.
#[test]
fn changed_bytes_never_panic() {
    let mut seeds = vec![
        ("model.keras", keras(CONFIG)),
        (
            "model.keras",
            archive(&[("config.json", CONFIG.as_bytes())], CompressionMethod::Deflated),
        ),
    ];
    if cfg!(feature = "hdf5") {
        seeds.extend(["variable.h5", "fixed.h5", "dense.h5"].map(|name| ("model.h5", h5(name))));
    }
    let mut rng = fastrand::Rng::with_seed(0);
    let mut read = 0;
    for (name, seed) in &seeds {
        for _ in 0..1000 {
            let bytes = mutate::bytes(&mut rng, seed);
            let texts = losslint::discover::open_in_memory(Path::new(name), bytes, &|_| true);
            read += usize::from(texts.is_some_and(|texts| texts.not_text.is_none()));
        }
    }
    assert!(read > 100, "the changes go too far: {read} models were left");
}

/// Where these bytes stand.
fn positions(bytes: &[u8], wanted: &[u8]) -> Vec<usize> {
    let found = bytes.windows(wanted.len()).enumerate();
    found
        .filter(|(_, window)| *window == wanted)
        .map(|(at, _)| at)
        .collect()
}
