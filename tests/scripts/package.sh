#!/usr/bin/env bash
# The package for the registry: made without a warning, complete, and installed with `cargo install --path` from what it holds.
set -euo pipefail
# shellcheck source=quick_release.sh
source "$(dirname "$0")/quick_release.sh"
cd "$root"

check "cargo package" status 0 cargo package --no-verify --allow-dirty
check "no warning" bash -c "! grep -i warning '$work/out'"
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
tar --extract --gzip --directory "$work" --file "$CARGO_TARGET_DIR/package/losslint-$version.crate"
package=$work/losslint-$version
for file in README.md Cargo.lock docs/LICENSE-MIT docs/LICENSE-APACHE lints/label-format.md; do
  check "the package holds $file" test -s "$package/$file"
done

check "cargo install --path" status 0 cargo install --locked --path "$package" --root "$work/installed"
losslint=$work/installed/bin/losslint
models "$work/models"
cd "$work/models"
check "it runs" status 0 "$losslint" --version
check "its version" says "losslint $version"
check "a good model" status 0 "$losslint" check good.toml
check "a bad model" status 1 "$losslint" check --format concise .
check "the finding" says "bad.toml:3:53: error[single-unit-softmax]: "
check "the pages are in it" status 0 "$losslint" explain single-unit-softmax
