#!/usr/bin/env bash
# The release, built twice from the same sources in two folders of different length: the two binaries are the same bytes.
# With `--quick` by a profile that compiles quickly, which tells less: for trying this script.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ "${1:-}" = --quick ]; then
  export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=0
fi

for folder in "$work/one" "$work/another/folder/with/a/longer/name"; do
  mkdir -p "$folder"
  (cd "$root" && git ls-files -z | tar --create --null --files-from - | tar --extract --directory "$folder")
  (cd "$folder" && CARGO_TARGET_DIR=$folder/target cargo build --release --locked --quiet)
  sha256sum < "$folder/target/release/losslint"
done
if cmp "$work/one/target/release/losslint" "$work/another/folder/with/a/longer/name/target/release/losslint"; then
  echo "ok: both builds are the same bytes"
else
  echo "failed: the builds differ"
  exit 1
fi
