#!/usr/bin/env bash
# Microsoft's SARIF Multitool validates what losslint writes about all fixtures: the schema, the standard's rules beyond it,
# and what GitHub asks of uploads. Errors and warnings fail; notes on style do not.
set -euo pipefail
# shellcheck source=quick_release.sh
source "$(dirname "$0")/quick_release.sh"

need npm || exit 0
need jq || exit 0
unset CARGO_TARGET_DIR
(cd "$root" && cargo build --quiet)
cd "$work"
check "npm installs the Multitool" status 0 npm install --silent --no-audit --no-fund @microsoft/sarif-multitool
multitool=$(find node_modules -type f -name 'Sarif.Multitool' | head -n 1)
[ -n "$multitool" ] || { echo "skipped: the Multitool has no program for this system"; exit 0; }
# Without this it asks for a library of languages.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

(cd "$root" && target/debug/losslint check --no-config --select all --quiet --fail-on never --format sarif \
  fixtures tests/formats/models) > report.sarif
check "the report holds results" test "$(jq '.runs[0].results | length' report.sarif)" -gt 300
check "it validates" status 0 "$multitool" validate report.sarif --output validation.sarif --log ForceOverwrite \
  --level 'Error;Warning' --kind Fail --rule-kind 'Sarif;Ghas'
check "without errors or warnings" test "$(jq '[.runs[].results[]] | length' validation.sarif)" = 0

# A check that cannot fail is none: the same report with a URI that is none.
jq '.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri = "no URI: %"' report.sarif > broken.sarif
"$multitool" validate broken.sarif --output validation.sarif --log ForceOverwrite --level 'Error;Warning' --kind Fail > out 2>&1 || true
check "a broken report does not validate" test "$(jq '[.runs[].results[]] | length' validation.sarif)" -gt 0
