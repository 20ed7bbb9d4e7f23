#!/bin/sh
# Checks that the pictures in docs/ are those that their scripts draw: the finding from the program's own report, the figures
# of the guide from tests/truth/pairings.csv. Needs Python and a built losslint; `pictures.sh --draw` draws them anew.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
if ! command -v python3 > /dev/null; then
  echo "the pictures: skipped, because python3 is not installed"
  exit 0
fi
check=--check
[ "${1:-}" != --draw ] || check=
cargo build --quiet --manifest-path "$root/Cargo.toml"
# shellcheck disable=SC2086 # nothing when it draws
python3 "$root/tests/scripts/picture.py" $check "${CARGO_TARGET_DIR:-$root/target}/debug/losslint"
# shellcheck disable=SC2086
python3 "$root/tests/scripts/figures.py" $check
echo "the pictures are up to date"
