#!/bin/sh
# Does what the README tells a newcomer to do, in a clean clone of the last commit: its commands that begin with `cargo`, in
# their order, and `git status` must be clean afterwards. A maintainer runs it by hand: it builds everything twice, from nothing.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git clone --quiet "$root" "$folder/losslint"
cd "$folder/losslint"

# Each block's first line says with which status its command ends.
awk '/^```sh/ { status = match($0, /status=[0-9]+/) ? substr($0, RSTART + 7, RLENGTH - 7) : 0; inside = 1; next }
     /^```/ { inside = 0 }
     inside && /^cargo / { print status, $0 }' README.md > "$folder/commands"
[ "$(wc -l < "$folder/commands")" -ge 2 ] || { echo "README.md has lost its commands"; exit 1; }
while read -r wanted line; do
  echo "== $line"
  status=0
  sh -c "$line" < /dev/null || status=$?
  [ "$status" = "$wanted" ] || { echo "ended with $status instead of $wanted"; exit 1; }
done < "$folder/commands"
[ -z "$(git status --porcelain)" ] || { git status; exit 1; }
echo "all commands did what they should"
