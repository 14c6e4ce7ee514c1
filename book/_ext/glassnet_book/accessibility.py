"""Mends in the finished pages what theme and extensions leave: labels, ids, roles, foreign scripts."""

import re
from copy import copy
from pathlib import Path

from bs4 import BeautifulSoup

from . import card, drawings, excerpts, figures, fonts, lighter, parts

# Behind one of _ . / ( and before a capital: mean_|squared_|error, Categorical|Hinge.
BETWEEN_WORDS = re.compile(r"(?<=[a-z0-9][_./(])(?=\w)|(?<=[a-z])(?=[A-Z])")


def remember(app, pagename, templatename, context, doctree):
    """Note which pages this build writes; the others are mended already."""
    app.glassnet_written.append(pagename)


def start(app):
    """Begin a list of written pages."""
    app.glassnet_written = []


# What a script or style sheet works on. The theme loads the index of all words on every page, for results
# while one types; the search field leads to the page of results instead, which alone needs it.
WORKS_ON = {
    "searchindex.js": "#search-results",
    "searchtools.js": "#search-results",
    "language_data.js": "#search-results",
    "clipboard.min.js": "div.highlight",
    "copybutton.js": "div.highlight",
    "togglebutton.js": ".toggle, .admonition.dropdown",
    "togglebutton.css": ".toggle, .admonition.dropdown",
    "design-tabs.js": ".sd-tab-set",
}


def mend_scripts(soup):
    """Drop the script that draws icons (a web font does), scripts from elsewhere, and what has nothing to do.

    The other scripts wait until the page is there. Boxes that open and close are the browser's own: see
    `mend_dropdowns`, which comes first.
    """
    results_page = soup.find(id="search-results") is not None
    for tag in soup.select("script[src], link[rel=stylesheet]"):
        address = tag.get("src") or tag["href"]
        file = address.partition("?")[0].rpartition("/")[2]
        idle = file in WORKS_ON and not soup.select_one(WORKS_ON[file])
        if "fontawesome.js" in file or "//" in address or idle:
            tag.decompose()
        # Scripts in the page build on the options; Sphinx' search begins as soon as it may.
        elif tag.name == "script" and file != "documentation_options.js" and not results_page:
            tag["defer"] = ""
    first, live = (soup.select_one(f'script[src*="{file}"]') for file in ("clipboard.min.js", "live/live.js"))
    if first and live:
        first.insert_before(live.extract())  # it makes cells anew, before these get their button for copying


# The theme asks this when the whole page is there: until then a page has neither colours nor borders.
THEME = """
if (document.documentElement.dataset.mode === "auto") {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
}
"""


def mend_theme(soup):
    """Choose between light and dark before anything is shown: no flash, and nothing moves."""
    stored = next(
        (script for script in soup.select("head script") if "dataset.theme" in script.get_text()), None
    )
    if stored and THEME not in stored.get_text():
        stored.string = stored.get_text() + THEME


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


def mend_names(soup):
    """Let a long name in a table break between its words: on a phone its column is narrow."""
    for code in soup.select("table code.literal"):
        for text in code.find_all(string=True):
            first, *others = BETWEEN_WORDS.split(text)
            text.replace_with(first, *(piece for other in others for piece in (soup.new_tag("wbr"), other)))


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
    mend_dropdowns,
    mend_scripts,
    mend_theme,
    mend_ids,
    mend_landmarks,
    mend_description,
    mend_drawings,
    mend_tables,
    mend_names,
    mend_bibliography,
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
        lighter.mend(soup, drawings.mend(soup))
        path.write_text(lighter.text(soup), encoding="utf-8")


def setup(app):
    """Mend after every page is written and before the site is published."""
    app.connect("builder-inited", start)
    app.connect("html-page-context", remember)
    app.connect("build-finished", mend_pages, priority=400)
