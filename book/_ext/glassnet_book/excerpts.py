"""The texts of all pages in one script, so that the page of results shows an excerpt of each page it finds.

Sphinx' search would load every page it has found to cut the excerpt; from a folder, a browser forbids that.
"""

import json
from pathlib import Path

from bs4 import NavigableString

SCRIPT = Path(__file__).with_suffix(".js")
OPENING = "const glassnetTexts = "
SILENT_TAGS = {"script", "style", "svg", "button", "annotation"}
SILENT_CLASSES = {"headerlink", "katex-html", "hide", "chapter-place"}


def sections(soup) -> list[tuple[str, str]]:
    """The text of a page in pieces, each with the id it begins at, in the order of the page."""
    pieces = [("", [])]

    def walk(tag):
        for child in tag.children:
            if isinstance(child, NavigableString):
                pieces[-1][1].append(child)
            elif child.name not in SILENT_TAGS and not SILENT_CLASSES.intersection(child.get("class", ())):
                if child.get("id") and child.name in {"section", "dt", "span"}:
                    pieces.append((child["id"], []))
                walk(child)

    if article := soup.find("article"):
        walk(article)
    return [(key, words) for key, text in pieces if (words := " ".join("".join(text).split())) or key]


def collect(app, page, soup):
    """Keep the text of a page that was written."""
    if page in app.env.found_docs:
        app.glassnet_texts[app.builder.get_target_uri(page)] = sections(soup)


def start(app):
    """Begin a collection of texts."""
    app.glassnet_texts = {}


def write(app, exception):
    """Write the script and load it on the page of results, after the search it serves."""
    if exception is not None or app.builder.format != "html":
        return
    target, results = Path(app.outdir, "_static", "excerpts.js"), Path(app.outdir, "search.html")
    known = {}
    if target.exists():  # the texts of pages that this build did not write
        known = json.loads(target.read_text("utf-8").split("\n", 1)[0].removeprefix(OPENING).rstrip(";"))
    pages = {app.builder.get_target_uri(name) for name in app.env.found_docs}
    texts = {page: text for page, text in sorted((known | app.glassnet_texts).items()) if page in pages}
    data = json.dumps(texts, ensure_ascii=False)  # in one line: line breaks within are escaped
    target.write_text(f"{OPENING}{data};\n{SCRIPT.read_text('utf-8')}", encoding="utf-8")
    page = results.read_text(encoding="utf-8")
    if "excerpts.js" not in page:
        tag = '<script src="_static/excerpts.js"></script>\n</body>'
        results.write_text(page.replace("</body>", tag), encoding="utf-8")


def setup(app):
    """Write when the pages are mended."""
    app.connect("builder-inited", start)
    app.connect("build-finished", write, priority=460)
