#!/usr/bin/env bash
# The GitHub Action and the examples for CI systems: each fits the schema of its system, and its commands are run on a good
# and a bad model. The reports that they leave are read by other programs.
set -euo pipefail
# shellcheck source=quick_release.sh
source "$(dirname "$0")/quick_release.sh"

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check check-jsonschema pyyaml junitparser
docs=$root/docs/integrations
# The schemas hold expressions that only JavaScript without its `u` flag takes.
valid() {
  "$work/venv/bin/check-jsonschema" --regex-variant nonunicode --builtin-schema "vendor.$1" "$2" > /dev/null
}
check "the action fits its schema" valid github-actions "$root/.github/actions/losslint/action.yml"
check "the workflow fits its schema" valid github-workflows "$docs/github-workflow.yml"
check "the GitLab job fits its schema" valid gitlab-ci "$docs/gitlab-ci.yml"
check "the Azure pipeline fits its schema" valid azure-pipelines "$docs/azure-pipelines.yml"

models "$work/models"
"$work/venv/bin/python" "$root/tests/scripts/ci_systems.py" "$root" "$work"
