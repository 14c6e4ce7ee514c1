"""The parts of the book: a page for each, lists of their chapters, and the way from page to page.

A part is a numbered part of the table of contents. Its page is `index.md` in the folder of its chapters; it
stands outside the table, so that it takes no number, and is linked here: from the side bar, from the chapters
before and after it, and from the line above each chapter's title.
"""

import posixpath
import re
from typing import NamedTuple

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

MINUTES = re.compile(r"\bReading takes (\d+) minutes\b")
QUESTION = "The question"


class Part(NamedTuple):
    """A numbered part: its name, its page and its chapters, as names of documents."""

    caption: str
    page: str
    chapters: list[str]


def parts(contents: str) -> list[Part]:
    """The numbered parts of a table of contents."""
    listed = yaml.safe_load(contents).get("parts", [])
    return [
        Part(p["caption"], posixpath.join(posixpath.dirname(p["chapters"][0]["file"]), "index"), chapters)
        for p in listed
        if p.get("numbered") and (chapters := [c["file"] for c in p["chapters"]])
    ]


def of_book(app) -> list[Part]:
    """The parts of the book that is being built."""
    return parts((app.env.srcdir / "_toc.yml").read_text(encoding="utf-8"))


def minutes(doctree: nodes.document) -> int | None:
    """How long a chapter says that reading takes."""
    said = (MINUTES.search(p.astext()) for p in doctree.findall(nodes.paragraph))
    return next((int(found[1]) for found in said if found), None)


def question(doctree: nodes.document) -> str | None:
    """What a chapter asks, from the heading "The question: ..."."""
    headings = (title.astext() for title in doctree.findall(nodes.title))
    heading = next((text for text in headings if text.startswith(QUESTION)), "")
    asked = heading.partition(":")[2].strip()
    if not asked:
        return None
    return asked[:1].upper() + asked[1:] + ("" if asked.endswith(("?", ".")) else ".")


class ListNode(nodes.General, nodes.Element):
    """Where a list goes once all pages are read."""


class _List(SphinxDirective):
    kind = ""

    def run(self):
        """Leave a mark, and have the page read again in every build: any chapter may change the list."""
        self.env.note_reread()
        return [ListNode(kind=self.kind)]


class PartChapters(_List):
    """The directive `part-chapters`: on a part's page, its chapters."""

    kind = "chapters"


class BookParts(_List):
    """The directive `book-parts`: the parts with their chapters."""

    kind = "parts"


def fill(app, doctree, docname):
    """Put the lists in their places."""
    for mark in list(doctree.findall(ListNode)):
        book = of_book(app)
        if mark["kind"] == "parts":
            mark.replace_self(nodes.container("", *_parts(app, docname, book), classes=["book-parts"]))
        else:
            chapters = next((part.chapters for part in book if part.page == docname), [])
            items = [_chapter(app, docname, chapter) for chapter in chapters]
            mark.replace_self(nodes.bullet_list("", *items, classes=["part-chapters"]))


def link(app, docname, page, text):
    """A reference to another page."""
    uri = app.builder.get_relative_uri(docname, page)
    return nodes.reference("", "", nodes.inline("", text), internal=True, refuri=uri)


def _number(app, chapter):
    return ".".join(map(str, app.env.toc_secnumbers[chapter][""]))


def _chapter(app, docname, chapter):
    doctree = app.env.get_doctree(chapter)
    text = f"{_number(app, chapter)}. {app.env.titles[chapter].astext()}"
    item = nodes.list_item("", nodes.paragraph("", "", link(app, docname, chapter, text)))
    said = [question(doctree), f"{time} minutes to read." if (time := minutes(doctree)) else None]
    item += nodes.paragraph("", " ".join(filter(None, said)), classes=["part-question"])
    return item


def _parts(app, docname, book):
    for part in book:
        title = app.env.titles[part.page].astext() if part.page in app.env.titles else part.caption
        has_page = part.page in app.env.titles and app.builder.format == "html"
        name = link(app, docname, part.page, title) if has_page else nodes.strong("", title)
        heading = nodes.paragraph("", "", name, classes=["part-name"])
        box = nodes.container("", heading, classes=["book-part"])
        first = next((p for p in _doctree(app, part.page).findall(nodes.paragraph)), None)
        if first is not None:
            box += nodes.paragraph("", first.astext())
        chapters = nodes.bullet_list("", classes=["simple"])
        for chapter in part.chapters:
            text = f"{_number(app, chapter)}. {app.env.titles[chapter].astext().partition(':')[0]}"
            chapters += nodes.list_item("", nodes.paragraph("", "", link(app, docname, chapter, text)))
        box += chapters
        yield box


def _doctree(app, page):
    return app.env.get_doctree(page) if page in app.env.titles else nodes.document(None, None)


def lead(app, pagename, templatename, context, doctree):
    """Let previous and next pass through the pages of the parts."""
    book = [part for part in of_book(app) if part.page in app.env.titles]
    relations = app.env.collect_relations()

    def neighbour(page):
        title = app.builder.render_partial(app.env.titles[page])["title"]
        return {"link": app.builder.get_relative_uri(pagename, page), "title": title}

    for part in book:
        first = part.chapters[0]
        before = relations.get(first, (None, None, None))[1]
        if pagename == first:
            context["prev"] = neighbour(part.page)
        if pagename == before:
            context["next"] = neighbour(part.page)
        if pagename == part.page:
            context["prev"] = neighbour(before) if before else None
            context["next"] = neighbour(first)


def mend(app, pagename, soup):
    """Link the parts' names in the side bar, and say above a chapter's title where it stands."""
    book = [part for part in of_book(app) if part.page in app.env.titles]
    for part in book:
        uri = app.builder.get_relative_uri(pagename, part.page)
        for name in soup.select("nav .caption-text"):
            if name.get_text(strip=True) == part.caption:
                name.name = "a"
                name["href"] = uri or "#"
                if part.page == pagename:
                    name["aria-current"] = "page"
        title = soup.select_one("article h1")
        if title is None or pagename not in [part.page, *part.chapters]:
            continue
        line = soup.new_tag("p", attrs={"class": "chapter-place"})
        if pagename == part.page:
            line.string = f"Part {book.index(part) + 1}"
        else:
            line.append(soup.new_tag("a", href=uri, string=part.caption))
            if time := minutes(app.env.get_doctree(pagename)):
                line.append(soup.new_tag("span", string=f"{time} minutes to read"))
        title.insert_before(line)


def setup(app):
    """Fill before links to the glossary are added elsewhere."""
    app.add_node(ListNode)
    app.add_directive("part-chapters", PartChapters)
    app.add_directive("book-parts", BookParts)
    app.connect("doctree-resolved", fill, priority=400)
    app.connect("html-page-context", lead)
