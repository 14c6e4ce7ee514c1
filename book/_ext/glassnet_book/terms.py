"""The glossary at hand: a chapter's first use of a term is a link, and links to terms can be previewed.

The definitions are in one script of the site, `_static/glossary.js`, which a page loads when the first
preview is asked for: it works from a folder too, where a page may not read other pages.
"""

import json
import re
from pathlib import Path

from bs4 import BeautifulSoup
from docutils import nodes

GLOSSARY = "reference/glossary"
# Words that a text about computing also uses in another sense.
AMBIGUOUS = """
channel compile embedding example feature flatten history inference iteration kernel label
linear padding parameter patience precision prediction recall sample scaling sequential
shape step stride target tensor unit warm-up
"""


def pattern(terms) -> re.Pattern:
    """Regular expression that finds any of the terms, the longest first, in singular or plural.

    A term in small letters may begin a sentence; one with capitals is found as it is written.
    """
    choices = []
    for term in sorted(terms, key=len, reverse=True):
        first = f"[{term[0]}{term[0].upper()}]" if term.islower() else re.escape(term[0])
        choices.append(first + re.escape(term[1:]).replace(r"\ ", r"\s+"))
    return re.compile(rf"(?<![\w-])({'|'.join(choices)})(?:e?s)?(?![\w-])")


def link_first_uses(doctree: nodes.document, terms: dict[str, str], link) -> int:
    """Make the first use of each term in running text a link; return how many there are.

    Titles, captions, links, emphasis and formulas are left alone.

    Args:
        doctree: a page.
        terms: {term: id of its entry}; of several terms with one entry only the first use of any is linked.
        link: function of (id, text) that makes the link.
    """
    spelled = {term.lower(): term for term in terms}
    search = pattern(terms)
    done = {
        reference["refuri"].rpartition("#")[2]
        for reference in doctree.findall(nodes.reference)
        if reference.get("refuri")
    }
    count = 0
    for text in list(doctree.findall(nodes.Text)):
        if not isinstance(text.parent, nodes.paragraph) or not _is_running(text.parent):
            continue
        pieces, rest = [], text.astext()
        place = 0
        for found in search.finditer(rest):
            entry = terms[spelled[" ".join(found[1].split()).lower()]]
            if entry not in done:
                done.add(entry)
                pieces += [nodes.Text(rest[place : found.start()]), link(entry, found[0])]
                place = found.end()
        if pieces:
            count += len(pieces) // 2
            text.parent.replace(text, [*pieces, nodes.Text(rest[place:])])
    return count


def _is_running(paragraph):
    """Whether a paragraph is text of the chapter: not in a table, a box or an output."""
    while (paragraph := paragraph.parent) is not None:
        if isinstance(paragraph, nodes.section | nodes.document):
            return True
        if not isinstance(paragraph, nodes.bullet_list | nodes.enumerated_list | nodes.list_item):
            return False
    return True


def link_terms(app, doctree, docname):
    """Link a chapter to the glossary."""
    entries = app.env.get_domain("std").objects
    terms = {
        name: label
        for (kind, name), (page, label) in entries.items()
        if kind == "term" and page == GLOSSARY and name.lower() not in AMBIGUOUS.split()
    }
    if not terms or not str(app.env.doc2path(docname)).endswith(".ipynb"):
        return

    def link(entry, text):
        uri = app.builder.get_relative_uri(docname, GLOSSARY) + f"#{entry}"
        return nodes.reference("", "", nodes.inline("", text), internal=True, refuri=uri, classes=["term"])

    link_first_uses(doctree, terms, link)


def definitions(glossary: str) -> dict[str, str]:
    """{id of an entry: HTML of its definition, without links and marks of citation}."""
    found = {}
    soup = BeautifulSoup(glossary, "html.parser")
    for entry in soup.select("dl.glossary dt[id]"):
        text = entry.find_next_sibling("dd")
        for mark in text.select("a.headerlink"):
            mark.decompose()
        for link in text.find_all("a"):
            link.name, link.attrs = "span", {}
        found[entry["id"]] = "".join(str(part) for part in text.contents).strip()
    return found


def write_definitions(app, exception):
    """Put the definitions where a page's script finds them."""
    if exception is None and app.builder.format == "html":
        page = Path(app.builder.get_outfilename(GLOSSARY))
        if page.exists():
            content = json.dumps(definitions(page.read_text(encoding="utf-8")), ensure_ascii=False)
            target = Path(app.outdir, "_static", "glossary.js")
            target.write_text(f"glassnetGlossary = {content};\n", encoding="utf-8")


def setup(app):
    """Link when references are known; write after the glossary's page is mended."""
    app.connect("doctree-resolved", link_terms)
    app.connect("build-finished", write_definitions, priority=450)
