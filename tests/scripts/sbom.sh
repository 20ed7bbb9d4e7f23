#!/usr/bin/env bash
# The bill of materials of a release, CycloneDX as JSON: every crate that goes into the binary, with version, licence and checksum.
# Written to the path that is given, or only tried; compared with what Cargo says goes into the binary.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tool=$(command -v cargo-cyclonedx || true)
if [ -z "$tool" ]; then
  cargo install --quiet --locked --version 0.5.9 --root "$work/tool" cargo-cyclonedx
  tool=$work/tool/bin/cargo-cyclonedx
fi
# It writes beside Cargo.toml: in a copy, so that nothing is left here.
mkdir "$work/project"
(cd "$root" && git ls-files -z | tar --create --null --files-from - | tar --extract --directory "$work/project")
cd "$work/project"
"$tool" cyclonedx --format json --spec-version 1.5 --no-build-deps --target all --override-filename losslint --quiet
cargo tree --edges normal --target all --prefix none --locked | sed 's/ (.*//' | sort -u > "$work/crates"
python3 - losslint.json "$work/crates" << 'PYTHON'
import json, sys
bill = json.load(open(sys.argv[1]))
assert bill["bomFormat"] == "CycloneDX", bill["bomFormat"]
listed = {f'{part["name"]} v{part["version"]}' for part in bill["components"] + [bill["metadata"]["component"]]}
wanted = set(open(sys.argv[2]).read().splitlines())
# Cargo's description of the graph, which the tool reads, adds features that only tests ask for: a crate or two too many.
extra = listed - wanted
without = [part["name"] for part in bill["components"] if not part.get("licenses") or not part.get("hashes")]
if wanted - listed or len(extra) > 5 or without:
    sys.exit(f"failed: missing {wanted - listed}, too many {extra}, without licence or checksum {without}")
print(f"ok: {len(listed)} crates, each with version, licence and checksum; only in tests: {sorted(extra)}")
PYTHON
[ -z "${1:-}" ] || cp losslint.json "$OLDPWD/$1"
