"""The concept map says of each chapter what the chapter and the glossary say."""

import sys
from pathlib import Path

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

sys.path.insert(0, str(Path(__file__).parents[2] / "book" / "_ext"))

from glassnet_book import concept_map


def link(target, page="concepts/losses", kind="myst"):
    return addnodes.pending_xref("", reftype=kind, reftarget=target, refdoc=page)


def test_needs_are_the_pages_of_the_first_box():
    document = new_document("losses")
    document += nodes.paragraph("", "", nodes.Text("See "), link("../training/optimizers"))
    document += nodes.paragraph(
        "",
        "",
        nodes.strong("", concept_map.NEED),
        nodes.Text(" "),
        link("layers-and-networks"),
        nodes.Text(" and "),
        link("../training/backpropagation.ipynb#shapes"),
        link("#below"),
        link("layers-and-networks"),
    )
    assert concept_map.needs(document) == ["concepts/layers-and-networks", "training/backpropagation"]


def test_words_belong_to_the_chapter_their_entry_ends_with():
    document = new_document("glossary")
    page = "reference/glossary"
    for word, targets in {"loss": ["../start/notation", "../concepts/losses"], "NaN": []}.items():
        links = [link(target, page) for target in targets]
        text = nodes.paragraph("", "", link("activation", page, "term"), *links)
        term = nodes.term("", word, ids=[f"term-{word}"])
        document += nodes.definition_list_item("", term, nodes.definition("", text))
    assert concept_map.explained(document) == {"concepts/losses": [("loss", "term-loss")]}
