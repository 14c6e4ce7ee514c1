"""Mends in the finished pages what theme and extensions leave: labels, ids, roles, foreign scripts."""

import re
from copy import copy
from pathlib import Path

from bs4 import BeautifulSoup

from . import card, drawings, excerpts, figures, fonts, parts


def remember(app, pagename, templatename, context, doctree):
    """Note which pages this build writes; the others are mended already."""
    app.glassnet_written.append(pagename)


def start(app):
    """Begin a list of written pages."""
    app.glassnet_written = []


def mend_scripts(soup):
    """Drop the script that draws icons (a web font does), every script from elsewhere, and unused search.

    The theme loads the index of all words on every page, for results while one types. The search field leads
    to the page of results instead, which alone needs it.
    """
    results_page = soup.find(id="search-results") is not None
    for script in soup.find_all("script", src=True):
        searches = any(
            name in script["src"] for name in ("searchindex.js", "searchtools.js", "language_data.js")
        )
        if "fontawesome.js" in script["src"] or "//" in script["src"] or (searches and not results_page):
            script.decompose()


def mend_ids(soup):
    """Make every id unique: the first keeps it, as links go there."""
    seen = set()
    for tag in soup.find_all(id=True):
        if tag["id"] in seen:
            del tag["id"]
        else:
            seen.add(tag["id"])


def mend_landmarks(soup):
    """Give the sidebar a role and a name: it holds the logo and the search beside the navigation."""
    if sidebar := soup.find(id="pst-primary-sidebar"):
        sidebar["role"] = "complementary"
        sidebar["aria-label"] = "Book"


def mend_description(soup):
    """Say in the head what the page is about, in the words of its first paragraph."""
    first = next((p for p in soup.select("article section > p") if p.get_text(strip=True)), None)
    if first is None or soup.head is None or soup.find("meta", attrs={"name": "description"}):
        return
    words = copy(first)
    for repeated in words.select(".katex-html, annotation"):  # a formula is in the page three times
        repeated.decompose()
    content = " ".join(words.get_text().split())[:300]
    soup.head.append(soup.new_tag("meta", attrs={"name": "description", "content": content}))


def mend_drawings(soup):
    """Tell the style sheet how wide a drawing is meant to be: its letters must not get small on a phone."""
    for drawing in soup.select(".glassnet-figure > svg[style]"):
        if width := re.search(r"max-width: (\d+px)", drawing["style"]):
            drawing["style"] += f"; --drawn-width: {width[1]}"


def mend_tables(soup):
    """Drop a head of empty cells; make the empty corner of a data frame a cell: headers say something."""
    for head in soup.select("table thead"):
        if not head.get_text(strip=True):
            head.decompose()
    for header in soup.select("table th"):
        if not header.get_text(strip=True):
            header.name = "td"
            header.attrs.pop("scope", None)


def mend_bibliography(soup):
    """Make the sources the items of their list; docutils' role for them is deprecated."""
    for item in soup.select(".citation-list > .citation"):
        item["role"] = "listitem"


def mend_dropdowns(soup):
    """Make boxes that open and close the browser's own, which the keyboard and screen readers know."""
    for box in soup.select("div.admonition.dropdown"):
        title = box.find(class_="admonition-title")
        box.name, title.name = "details", "summary"
        for link in title.find_all("a"):  # a control inside a control cannot be reached
            link.unwrap()
        title.append(soup.new_tag("span", attrs={"class": "glassnet-marker", "aria-hidden": "true"}))
        if "toggle-shown" in box["class"]:
            box["open"] = ""
        box["class"] = [name for name in box["class"] if name not in {"dropdown", "toggle", "toggle-shown"}]


MENDERS = (
    mend_scripts,
    mend_ids,
    mend_landmarks,
    mend_description,
    mend_drawings,
    mend_tables,
    mend_bibliography,
    mend_dropdowns,
)


def mend_pages(app, exception):
    """Mend and check every page that was written."""
    if exception is not None or app.builder.format != "html":
        return
    for page in app.glassnet_written:
        path = Path(app.builder.get_outfilename(page))
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for mend in MENDERS:
            mend(soup)
        parts.mend(app, page, soup)
        card.mend(app, page, soup)
        fonts.mend(app, page, soup)
        excerpts.collect(app, page, soup)
        figures.check(page, soup)
        drawings.mend(soup)
        path.write_text(str(soup), encoding="utf-8")


def setup(app):
    """Mend after every page is written and before the site is published."""
    app.connect("builder-inited", start)
    app.connect("html-page-context", remember)
    app.connect("build-finished", mend_pages, priority=400)
