#!/bin/sh
# Runs the editors' matchers of docs/integrations in the editors themselves, on the lines of tests/formats/lines.tsv.
# Says which editors it skips because they are not installed; `matchers.sh --install` first tries to install them.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
docs=$root/docs/integrations
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ "${1:-}" = --install ]; then
  apt-get install -y --no-install-recommends vim emacs-nox nodejs || echo "not everything could be installed"
fi

awk -F '\t' '{ printf "%s:%s:%s: %s[%s]: %s\n", $1, $2, $3, $4, $5, $6 }' "$root/tests/formats/lines.tsv" > "$work/lines"
failed=0

# compare NAME: what the editor found in $work/found against $work/wanted.
compare() {
  if diff "$work/wanted" "$work/found"; then
    echo "$1: every part found"
  else
    echo "$1: differs"
    failed=1
  fi
}

test_vim() {
  mkdir -p "$work/vim/compiler"
  cp "$docs/losslint.vim" "$work/vim/compiler/losslint.vim"
  cat > "$work/test.vim" << 'VIM'
compiler losslint
cgetfile lines
let found = []
for item in getqflist()
  call add(found, join([bufname(item.bufnr), item.lnum, item.col, item.type, item.text], "\t"))
endfor
call writefile(found, "found")
quitall!
VIM
  awk -F '\t' -v OFS='\t' '{ print $1, $2, $3, substr($4, 1, 1), "[" $5 "]: " $6 }' "$root/tests/formats/lines.tsv" > "$work/wanted"
  rm -f "$work/found"
  (cd "$work" && LC_ALL=C.UTF-8 vim -N -u NONE -i NONE -es --cmd "set encoding=utf-8 runtimepath^=$work/vim" -S test.vim) || true
  compare vim
}

test_emacs() {
  cat > "$work/test.el" << 'LISP'
(setq coding-system-for-read 'utf-8 coding-system-for-write 'utf-8)
(with-temp-buffer
  (insert-file-contents "lines")
  (compilation-mode)
  (compilation--ensure-parse (point-max))
  (let (found)
    (goto-char (point-min))
    (while (not (eobp))
      (let* ((message (get-text-property (point) 'compilation-message))
             (place (compilation--message->loc message)))
        (push (format "%s\t%d\t%d\t%s"
                      (caar (compilation--loc->file-struct place))
                      (compilation--loc->line place)
                      (compilation--loc->col place)
                      (nth (compilation--message->type message) '("info" "warning" "error")))
              found))
      (forward-line 1))
    (with-temp-file "found" (insert (mapconcat #'identity (nreverse found) "\n") "\n"))))
LISP
  awk -F '\t' -v OFS='\t' '{ print $1, $2, $3, $4 }' "$root/tests/formats/lines.tsv" > "$work/wanted"
  rm -f "$work/found"
  (cd "$work" && LC_ALL=C.UTF-8 emacs -Q --batch -l "$docs/losslint.el" -l test.el) || true
  compare emacs
}

# The expressions of the JSON matchers, in the language that VS Code runs them in.
test_node() {
  cat > "$work/test.js" << 'JS'
const fs = require("fs");
const [docs, file] = process.argv.slice(2);
const read = (name) => JSON.parse(fs.readFileSync(`${docs}/${name}`, "utf8"));
const { pattern } = read("vscode-tasks.json").tasks[0].problemMatcher;
const github = read("github-matcher.json").problemMatcher;
const parts = (pattern, line) => {
  const groups = new RegExp(pattern.regexp).exec(line);
  return groups && ["file", "line", "column", "code", "message"].map((part) => groups[pattern[part]]).join("\t");
};
for (const line of fs.readFileSync(file, "utf8").trimEnd().split("\n")) {
  const found = github.map((matcher) => parts(matcher.pattern[0], line)).filter(Boolean);
  console.log(found.length === 1 && found[0] === parts(pattern, line) ? found[0] : `differs: ${line}`);
}
JS
  awk -F '\t' -v OFS='\t' '{ print $1, $2, $3, $5, $6 }' "$root/tests/formats/lines.tsv" > "$work/wanted"
  node "$work/test.js" "$docs" "$work/lines" > "$work/found" || true
  compare node
}

for editor in vim emacs node; do
  if command -v "$editor" > /dev/null && "$editor" --version > /dev/null 2>&1; then
    "test_$editor"
  else
    echo "$editor: skipped, because it is not installed"
  fi
done
exit "$failed"
