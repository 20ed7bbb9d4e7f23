# Sourced by the scripts that build losslint as its users do: one target folder for all of them, and a profile that compiles
# quickly. Gives $root, $work (removed at the end) and the function `check`.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
export CARGO_TARGET_DIR="$root/target/scripts"
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=0

# What others compiled can be used again; losslint itself is compiled from another folder each time.
clean_up() {
  rm -rf "$work"
  [ -n "${CARGO_TARGET_DIR:-}" ] || return 0
  find "$CARGO_TARGET_DIR" -maxdepth 3 -name '*losslint-*' \( -path '*/deps/*' -o -path '*/.fingerprint/*' \) \
    -exec rm -rf {} + 2> /dev/null || true
}
trap clean_up EXIT

# check WHAT COMMAND…: runs a test and tells what held, or ends the script.
check() {
  local what=$1
  shift
  if "$@"; then
    echo "ok: $what"
  else
    echo "failed: $what: $*"
    exit 1
  fi
}

# status WANTED COMMAND…: whether the command ends with this status. What it prints is in $work/out.
status() {
  local wanted=$1 got=0
  shift
  "$@" > "$work/out" 2>&1 || got=$?
  [ "$got" = "$wanted" ] || { echo "status $got instead of $wanted:"; cat "$work/out"; return 1; }
}

# says TEXT: whether the last command printed it.
says() {
  grep -qF -- "$1" "$work/out" || { echo "not printed: $1"; cat "$work/out"; return 1; }
}

# The project as it stands, with what is not yet committed, in a new folder.
copy_project() {
  mkdir -p "$1"
  (cd "$root" && git ls-files --cached --others --exclude-standard -z | while IFS= read -r -d '' file; do
    [ ! -e "$file" ] || printf '%s\0' "$file"
  done | tar --create --null --files-from - | tar --extract --directory "$1")
}

# models FOLDER: a good and a bad configuration.
models() {
  mkdir -p "$1"
  printf 'losslint = 1\nframework = "keras"\nlayers = [{ type = "Dense", units = 1, activation = "softmax" }]\n' > "$1/bad.toml"
  printf 'losslint = 1\nframework = "keras"\nlayers = [{ type = "Dense", units = 1, activation = "sigmoid" }]\n' > "$1/good.toml"
}

# need PROGRAM: whether there is such a program, which is installed if it can be.
need() {
  command -v "$1" > /dev/null && return
  { apt-get update -qq && apt-get install -y -qq "$1"; } > /dev/null 2>&1 || true
  command -v "$1" > /dev/null || { echo "$1: skipped what needs it, because it is not here and cannot be installed"; return 1; }
}
