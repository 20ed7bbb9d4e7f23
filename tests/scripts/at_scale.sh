#!/usr/bin/env bash
# The commands of docs/integrations/at-scale.md on some thousand models, in many local processes: what the batches give
# together is what a single run gives. With `--engines`, which downloads about a gigabyte, Spark and Ray run too.
set -euo pipefail
# shellcheck source=quick_release.sh
source "$(dirname "$0")/quick_release.sh"
page=$root/docs/integrations/at-scale.md

need jq || exit 0

unset CARGO_TARGET_DIR
(cd "$root" && cargo build --quiet)
export PATH="$root/target/debug:$PATH"

# block LANGUAGE TEXT: the block of the page that holds the text.
block() {
  awk -v open="\`\`\`$1" -v wanted="$2" '
    index($0, open) == 1 && !inside { inside = 1; text = ""; next }
    inside && /^```$/ { if (index(text, wanted)) printf "%s", text; inside = 0 }
    inside { text = text $0 "\n" }' "$page"
}

# Copies of the fixtures, each with the facts beside it.
mkdir "$work/registry"
cd "$work/registry"
for copy in $(seq 8); do
  mkdir -p "models/$copy"
  cp -r "$root/fixtures/bad" "$root/fixtures/zoo" "models/$copy/"
done
# A name that a careless pipeline would take apart.
cp "$root/fixtures/bad/single-unit-softmax/"*.toml models/1/
mv "$(find models/1 -maxdepth 1 -name '*.toml' | head -n 1)" "models/1/two words, 'quoted'.toml"
find models -type f ! -name '*.facts.toml' ! -name '.gitattributes' | sort -R --random-source=<(yes) > paths.txt
echo "$(wc -l < paths.txt) models"
check "some thousand models" test "$(wc -l < paths.txt)" -gt 3000

status=0
losslint check --files-from paths.txt --no-config --fail-on never --quiet --format jsonl > single.jsonl || status=$?
check "the single run ends well" test "$status" = 0
grep '"type":"finding"' single.jsonl > single-findings.jsonl
check "it finds a thousand things and more" test "$(wc -l < single-findings.jsonl)" -gt 1000

# same NAME: the batches together against the single run.
same() {
  check "$1: the same findings" bash -c "diff <(jq -cS . single-findings.jsonl) <(jq -cS . findings.jsonl) | head -n 5; \
    cmp -s <(jq -cS . single-findings.jsonl) <(jq -cS . findings.jsonl)"
  check "$1: the same counts" cmp <(jq -S 'select(.type == "summary") | del(.type)' single.jsonl) <(jq -S . summary.json)
}

bash -euo pipefail -c "$(block sh 'xargs -P')"
check "xargs: several batches" test "$(find reports -name '*.jsonl' | wc -l)" -gt 10
bash -euo pipefail -c "$(block sh 'jq -sc')"
same xargs

if need parallel; then
  bash -euo pipefail -c "$(block sh 'parallel --pipe')"
  check "parallel: several batches" test "$(wc -l < batches.log)" -gt 10
  rm -r reports
  mkdir reports
  mv parallel.jsonl reports/
  bash -euo pipefail -c "$(block sh 'jq -sc')"
  same parallel
fi

# A batch with a path that is not there says so, and reports the others.
status=0
printf 'missing.json\n%s\n' "$(head -n 1 paths.txt)" |
  losslint check --files-from - --no-config --fail-on never --quiet --format jsonl > part.jsonl 2> part.err || status=$?
check "a batch with a missing file has status 2" test "$status" = 2
check "and says which" grep -q '^losslint: missing.json: no such file' part.err
check "and is whole" test "$(jq -s 'last.type' part.jsonl)" = '"summary"'

[ "${1:-}" = --engines ] || exit 0
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pyspark 'ray[data]' pandas
export RAY_USAGE_STATS_ENABLED=0 SPARK_LOCAL_IP=127.0.0.1
jq -r .lint single-findings.jsonl | sort | uniq -c | awk '{ print $2 "," $1 }' > wanted.csv

check "Spark" status 0 "$work/venv/bin/python" -c "$(block python pyspark)"
cat spark-lints/*.csv | sort > spark.csv
check "Spark: the same count of each lint" cmp <(sort wanted.csv) spark.csv

check "Ray Data" status 0 "$work/venv/bin/python" -c "$(block python 'import ray')"
jq -r '[.path, .lint, .fingerprint] | @tsv' single-findings.jsonl | sort > wanted.tsv
"$work/venv/bin/python" -c '
import csv, glob
rows = [row for name in glob.glob("ray-findings/*.csv") for row in csv.reader(open(name))]
print(*sorted("\t".join(row) for row in rows if row[0] != "path"), sep="\n")' > ray.tsv
check "Ray Data: the same findings" cmp <(LC_ALL=C sort wanted.tsv) <(LC_ALL=C sort ray.tsv)
