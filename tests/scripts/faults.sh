#!/usr/bin/env bash
# losslint among faults: a full disk, races, signals, kills, runs at once, links, hostile names. In its short form some runs of
# each; with `--at-length` as many as docs/limits.md tells of. A full disk needs root, for a small tmpfs.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
command -v python3 >/dev/null || { echo "skipped: there is no python3"; exit 0; }
unset CARGO_TARGET_DIR
(cd "$root" && cargo build --quiet)
python3 "$root/tests/scripts/faults.py" "$root/target/debug/losslint" "$@"
# Cost at twice the size: doubling.py beside this file.
if [ -f "$root/tests/scripts/doubling.sh" ]; then bash "$root/tests/scripts/doubling.sh"; fi
