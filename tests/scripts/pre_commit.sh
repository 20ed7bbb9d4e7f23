#!/usr/bin/env bash
# pre-commit itself runs losslint's hook, from a clone of this project, in a repository with a good and a bad model.
set -euo pipefail
# shellcheck source=quick_release.sh
source "$(dirname "$0")/quick_release.sh"

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pre-commit
export PRE_COMMIT_HOME="$work/home" PATH="$work/venv/bin:$PATH"
export GIT_CONFIG_GLOBAL="$work/gitconfig" GIT_CONFIG_NOSYSTEM=1
git config --global user.name losslint
git config --global user.email losslint@localhost
git config --global init.defaultBranch main
git config --global protocol.file.allow always

copy_project "$work/project"
cd "$work/project"
git init --quiet
git add --all
git commit --quiet --message "the project as it stands"
revision=$(git rev-parse HEAD)

models "$work/repository"
cd "$work/repository"
git init --quiet
cat > .pre-commit-config.yaml << YAML
repos:
  - repo: $work/project
    rev: $revision
    hooks:
      - id: losslint
YAML
check "the hook's description" status 0 pre-commit validate-manifest "$work/project/.pre-commit-hooks.yaml"
check "installing the hook" status 0 pre-commit install --install-hooks

# A template, and JSON with comments: broken, and no models.
printf '{{ if .Values.x }}\na: [\n{{ end }}\n' > chart.yaml
printf '{\n  // strict\n  "strict": true\n}\n' > tsconfig.json
git add good.toml chart.yaml tsconfig.json .pre-commit-config.yaml
check "a commit with a good model and files that are no models" status 0 git commit --message good
check "the hook passed" says "losslint.................................................................Passed"

git add bad.toml
check "a commit with a bad model is refused" status 1 git commit --message bad
check "the finding is shown" says "error[single-unit-softmax]: "
check "with its place" says "bad.toml:3:53"
check "nothing was committed" test "$(git rev-list --count HEAD)" = 1

echo 'exclude = ["bad.toml"]' > losslint.toml
git add losslint.toml
check "a model that the configuration excludes is left out though it is named" status 0 git commit --message excluded
check "both were committed" test "$(git rev-list --count HEAD)" = 2

rm losslint.toml
echo 'bad.toml' > .losslintignore
check "an ignore file counts too" status 0 pre-commit run --all-files
rm .losslintignore
check "without it the finding is back" status 1 pre-commit run --all-files
sed -i 's/- id: losslint/- id: losslint\n        args: [--format, concise, --fail-on, never]/' .pre-commit-config.yaml
check "options are passed on" status 0 pre-commit run --all-files --verbose
check "as lines" says "bad.toml:3:53: error[single-unit-softmax]: "
