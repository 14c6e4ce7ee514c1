"""Mends in the finished pages what the theme and the extensions leave: labels, ids, roles, foreign scripts."""

from pathlib import Path

from bs4 import BeautifulSoup

from . import figures


def remember(app, pagename, templatename, context, doctree):
    """Note which pages this build writes; the others are mended already."""
    app.glassnet_written.append(pagename)


def start(app):
    """Begin a list of written pages."""
    app.glassnet_written = []


def mend_scripts(soup):
    """Drop the script that draws icons (a web font does) and every script from elsewhere."""
    for script in soup.find_all("script", src=True):
        if "fontawesome.js" in script["src"] or "//" in script["src"]:
            script.decompose()


def mend_ids(soup):
    """Make every id unique: the first keeps it, as links go there."""
    seen = set()
    for tag in soup.find_all(id=True):
        if tag["id"] in seen:
            del tag["id"]
        else:
            seen.add(tag["id"])


MENDERS = (mend_scripts, mend_ids)


def mend_pages(app, exception):
    """Mend and check every page that was written."""
    if exception is not None or app.builder.format != "html":
        return
    for page in app.glassnet_written:
        path = Path(app.builder.get_outfilename(page))
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for mend in MENDERS:
            mend(soup)
        figures.check(page, soup)
        path.write_text(str(soup), encoding="utf-8")


def setup(app):
    """Mend after every page is written and before the site is published."""
    app.connect("builder-inited", start)
    app.connect("html-page-context", remember)
    app.connect("build-finished", mend_pages, priority=400)
