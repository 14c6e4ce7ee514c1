"""The directive `concept-map`: every chapter, the chapters it needs, and the words it explains.

Nothing of it is written twice: a chapter says what it needs in its first box, and an entry of the glossary
ends with the chapter that explains the word.
"""

import posixpath

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from . import parts
from .terms import GLOSSARY

NEED = "You need"


class ConceptMapNode(nodes.General, nodes.Element):
    """Where the map goes once all pages are read."""


class ConceptMap(SphinxDirective):
    """Draw the map here."""

    def run(self):
        """Leave a mark, and have the page read again in every build: any chapter may change the map."""
        self.env.note_reread()
        return [ConceptMapNode()]


def documents(node) -> list[str]:
    """Pages that a part of a page, not yet resolved, links to."""
    found = []
    for link in node.findall(addnodes.pending_xref):
        if link["reftype"] in ("myst", "doc") and not link["reftarget"].startswith("#"):
            target = link["reftarget"].partition("#")[0].removesuffix(".ipynb").removesuffix(".md")
            found.append(posixpath.normpath(posixpath.join(posixpath.dirname(link["refdoc"]), target)))
    return found


def needs(doctree: nodes.document) -> list[str]:
    """Pages a chapter names in the paragraph "You need ...", in its order."""
    for paragraph in doctree.findall(nodes.paragraph):
        if paragraph.astext().startswith(NEED) and paragraph.next_node(nodes.strong).astext() == NEED:
            return list(dict.fromkeys(documents(paragraph)))
    return []


def explained(glossary: nodes.document) -> dict[str, list[tuple[str, str]]]:
    """{chapter: [(word, id of its entry)]}: a word belongs to the last chapter its entry links to."""
    found = {}
    for item in glossary.findall(nodes.definition_list_item):
        terms, chapters = list(item.findall(nodes.term)), documents(item)
        if terms and terms[0]["ids"] and chapters:
            found.setdefault(chapters[-1], []).append((terms[0].astext(), terms[0]["ids"][0]))
    return found


def draw(app, doctree, docname):
    """Put the map in its place."""
    for mark in list(doctree.findall(ConceptMapNode)):
        book = parts.of_book(app)
        words = explained(app.env.get_doctree(GLOSSARY))
        chapters = [chapter for part in book for chapter in part.chapters]
        sections = []
        for part in book:
            boxes = [_box(app, docname, chapter, chapters, words.get(chapter)) for chapter in part.chapters]
            grid = nodes.container("", *boxes, classes=["concept-map"])
            sections.append(nodes.section("", nodes.title("", part.caption), grid, ids=[_id(part.caption)]))
        mark.replace_self(sections)


def _box(app, docname, chapter, chapters, words):
    """A chapter: its title, what it needs, the words it explains."""

    def link(text, page, anchor="", **more):
        uri = app.builder.get_relative_uri(docname, page) if page != docname else ""
        return nodes.reference("", "", nodes.inline("", text), internal=True, refuri=uri + anchor, **more)

    def title(page, short=False):
        number = ".".join(map(str, app.env.toc_secnumbers[page][""]))
        text = app.env.titles[page].astext()
        return f"{number}. {text.partition(':')[0] if short else text}"

    box = nodes.container("", nodes.paragraph("", "", link(title(chapter), chapter)), classes=["map-chapter"])
    box["ids"] = [_id(chapter)]
    named = needs(app.env.get_doctree(chapter))
    before = [c for c in chapters if c in named]
    if before and app.builder.format == "html":
        before = [link(title(c, short=True), docname, f"#{_id(c)}") for c in before]
    else:  # on paper there are no boxes to go to
        before = [link(title(c, short=True), c) for c in before]
    if before:
        box += nodes.paragraph("", "", *_joined("Needs ", before), classes=["map-needs"])
    if words:
        terms = [link(word, GLOSSARY, f"#{entry}", classes=["term"]) for word, entry in words]
        box += nodes.paragraph("", "", *_joined("Explains ", terms))
    return box


def _id(chapter):
    return f"map-{nodes.make_id(chapter)}"


def _joined(start, links):
    return [piece for i, link in enumerate(links) for piece in (nodes.Text(", " if i else start), link)]


def setup(app):
    """Draw before links to the glossary are added elsewhere."""
    app.add_node(ConceptMapNode)
    app.add_directive("concept-map", ConceptMap)
    app.connect("doctree-resolved", draw, priority=400)
