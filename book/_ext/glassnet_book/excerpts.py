"""The texts of all pages in one script, so that the page of results shows an excerpt of each page it finds.

Sphinx' search would load every page it has found to cut the excerpt; from a folder, a browser forbids that.
"""

import json
from pathlib import Path

from bs4 import BeautifulSoup, NavigableString

SCRIPT = Path(__file__).with_suffix(".js")
SILENT = "script, style, svg, button, .headerlink, .katex-html, annotation, details.hide, .chapter-place"


def sections(page: str) -> list[tuple[str, str]]:
    """The text of a page in pieces, each with the id it begins at, in the order of the page."""
    article = BeautifulSoup(page, "html.parser").find("article")
    if article is None:
        return []
    for silent in article.select(SILENT):
        silent.decompose()
    pieces = [("", [])]
    for node in article.descendants:
        if isinstance(node, NavigableString):
            pieces[-1][1].append(node)
        elif node.get("id") and node.name in {"section", "dt", "span"}:
            pieces.append((node["id"], []))
    return [(key, words) for key, text in pieces if (words := " ".join("".join(text).split())) or key]


def write(app, exception):
    """Write the script and load it on the page of results, after the search it serves."""
    if exception is not None or app.builder.format != "html":
        return
    site = Path(app.outdir)
    texts = {
        page: sections(path.read_text(encoding="utf-8"))
        for name in sorted(app.env.found_docs)
        if (path := Path(app.builder.get_outfilename(name))).exists()
        for page in [path.relative_to(site).as_posix()]
    }
    data = f"const glassnetTexts = {json.dumps(texts, ensure_ascii=False)};\n"
    target = site / "_static" / "excerpts.js"
    target.write_text(data + SCRIPT.read_text(encoding="utf-8"), encoding="utf-8")
    results = site / "search.html"
    page = results.read_text(encoding="utf-8")
    if "excerpts.js" not in page:
        tag = '<script src="_static/excerpts.js"></script>\n</body>'
        results.write_text(page.replace("</body>", tag), encoding="utf-8")


def setup(app):
    """Write when the pages are mended."""
    app.connect("build-finished", write, priority=460)
