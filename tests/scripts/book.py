"""What tests/scripts/book.sh needs besides mdBook. Python's standard library only.

As mdBook's preprocessor (`book.py`, `book.py supports html`) it brings in what lives outside of docs/: README.md as the first
page, a page for each lint below "Every lint", and pages that docs/SUMMARY.md does not name yet at the end. Links to other
places of the repository become links to the repository's site.
`book.py links FOLDER` follows every link of the built book that stays in it, and says which lead nowhere.
"""

import json
import posixpath
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
SITE = "https://github.com/losslint/losslint/blob/main/"
LINK = re.compile(r"(\]\()([^)\s]+)(\))")
FENCE = re.compile(r"^(\s*```+)([^\n`]*)$", re.MULTILINE)


def in_book(path):
    """Where a file of the repository stands in the book; None when it does not."""
    if path == "README.md":
        return "README.md"
    if path.startswith("lints/") and path.endswith(".md"):
        return path
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    return None


def page_text(source):
    """The text of a page, as the book shows it: links moved, words for the tests taken from behind the fences."""
    text = (ROOT / source).read_text(encoding="utf-8")
    if text.startswith("+++\n"):
        front, text = text[4:].split("\n+++\n", 1)
        text = with_facts(text, front)
    here = in_book(source)

    def moved(found):
        target = found[2]
        if urlsplit(target).scheme or target.startswith("#"):
            return found[0]
        path, mark, anchor = target.partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        place = in_book(path)
        if place is None:
            return f"{found[1]}{SITE}{path}{mark}{anchor}{found[3]}"
        # mdBook makes the index of a folder of its README.md.
        place = re.sub(r"(^|/)README\.md$", r"\1index.md", place)
        return f"{found[1]}{posixpath.relpath(place, posixpath.dirname(here) or '.')}{mark}{anchor}{found[3]}"

    text = LINK.sub(moved, text)
    return FENCE.sub(lambda fence: fence[1] + (fence[2].split() or [""])[0], text)


def with_facts(text, front):
    """The front matter of a lint as a line below its heading."""
    facts = dict(re.findall(r'^(\w+) = "(.*)"$', front, re.MULTILINE))
    line = f"*{facts['summary'][0].upper()}{facts['summary'][1:]}.* Group `{facts['group']}`, severity {facts['severity']}, fix: {facts['fix']}."
    heading, rest = text.lstrip("\n").split("\n", 1)
    return f"{heading}\n\n{line}\n{rest}"


def chapter(source, parents=()):
    text = page_text(source)
    name = re.search(r"^# (.+)$", text, re.MULTILINE)[1]
    return {
        "Chapter": {
            "name": name.replace("`", ""),
            "content": text,
            "number": None,
            "sub_items": [],
            "path": in_book(source),
            "source_path": in_book(source),
            "parent_names": list(parents),
        }
    }


def walk(items):
    for item in items:
        if isinstance(item, dict) and "Chapter" in item:
            yield item["Chapter"]
            yield from walk(item["Chapter"]["sub_items"])


def preprocess():
    _, book = json.load(sys.stdin)
    key = "items" if "items" in book else "sections"
    for page in walk(book[key]):
        page["content"] = page_text("docs/" + page["path"])
    listed = {page["path"] for page in walk(book[key])}
    for page in walk(book[key]):
        if page["path"] == "lints.md":
            names = sorted(path.name for path in (ROOT / "lints").glob("*.md"))
            page["sub_items"] = [chapter("lints/" + name, [page["name"]]) for name in names]
    paths = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
    further = [path for path in paths if path.removeprefix("docs/") not in listed and not path.endswith("SUMMARY.md")]
    if further:
        book[key] += [{"PartTitle": "Further pages"}, *map(chapter, further)]
    book[key].insert(0, chapter("README.md"))
    json.dump(book, sys.stdout)


class Page(HTMLParser):
    """The targets and the anchors of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.anchors = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.anchors.update(value for key, value in attrs if key in ("id", "name") and value)
        target = attributes.get("href") or attributes.get("src")
        if target and tag in ("a", "img", "link", "script"):
            self.links.append(target)


def follow(folder):
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))}
    followed, wrong = 0, []
    for path, page in pages.items():
        if path.name in ("404.html", "print.html", "toc.html"):
            continue
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            known = pages.get(target)
            if not target.is_file() or (parts.fragment and known and unquote(parts.fragment) not in known.anchors):
                wrong.append(f"{path.relative_to(folder)}: {link}")
            followed += 1
    print(f"{len(pages)} pages, {followed} links followed")
    if wrong or not followed:
        sys.exit("\n".join(["links that lead nowhere:", *wrong]))


if sys.argv[1:2] == ["supports"]:
    sys.exit(sys.argv[2] != "html")
elif sys.argv[1:2] == ["links"]:
    follow(Path(sys.argv[2]).resolve())
else:
    preprocess()
