#!/usr/bin/env bash
# The wheel: maturin builds it, pip installs it into a new virtual environment, and the binary in it runs.
set -euo pipefail
# shellcheck source=quick_release.sh
source "$(dirname "$0")/quick_release.sh"

python3 -m venv "$work/builder"
"$work/builder/bin/pip" install --quiet --disable-pip-version-check maturin
copy_project "$work/project"
# The description and the licences of the wheel stand beside its pyproject.toml.
cp "$work/project/README.md" "$work/project"/docs/LICENSE-* "$work/project/.packaging/"
cd "$work/project/.packaging"
check "maturin builds a wheel" status 0 "$work/builder/bin/maturin" build --release --locked --out "$work/wheels"
wheel=$(find "$work/wheels" -name 'losslint_cli-*.whl')
check "there is one" test -f "$wheel"

python3 -m venv "$work/user"
check "pip installs it" status 0 "$work/user/bin/pip" install --disable-pip-version-check --no-index "$wheel"
check "with both licences" test "$(find "$work/user" -path '*losslint_cli*' -name 'LICENSE-*' | wc -l)" = 2
losslint=$work/user/bin/losslint
models "$work/models"
cd "$work/models"
check "the binary runs" status 0 "$losslint" --version
check "a good model" status 0 "$losslint" check good.toml
check "a bad model" status 1 "$losslint" check bad.toml
check "the report" says "error[single-unit-softmax]: "
check "pip removes it" status 0 "$work/user/bin/pip" uninstall --disable-pip-version-check --yes losslint-cli
check "nothing is left" test ! -e "$losslint"
