"""What the PDF adds to Sphinx' LaTeX: the site's numbers, still figures, widths of columns, characters."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx.errors import ExtensionError

sys.path.insert(0, str(Path(__file__).parents[2] / "book" / "_ext"))

from glassnet_book import pdf

BOOK = Path(__file__).parents[2] / "book"


def test_only_numbered_parts_and_their_chapters_are_numbered():
    tex = "\\part{Start}\n\\chapter{How}\n\\part{Concepts}\n\\chapter{A neuron}\n\\part{Reference}\n"
    done = pdf.number_as_on_site(tex, {"Concepts": "What a network is made of."})
    assert done.splitlines() == [
        r"\setcounter{secnumdepth}{-2}\part{Start}",
        r"\chapter{How}",
        r"\setcounter{secnumdepth}{0}\gdef\gnpartintro{What a network is made of.}\part{Concepts}",
        r"\chapter{A neuron}",
        r"\setcounter{secnumdepth}{-2}\part{Reference}",
    ]


def test_a_figure_in_html_becomes_a_picture_with_its_caption():
    source = BOOK / "_figures" / "neuron.html"
    document = new_document("page")
    document += nodes.raw("", source.read_text(encoding="utf-8"), format="html", source=str(source))
    env = SimpleNamespace(app=SimpleNamespace(srcdir=BOOK))
    document.settings.env = env
    pdf.Stills(document).run()
    (raw,) = document.findall(nodes.raw)
    assert raw["format"] == "latex"
    assert r"\sphinxincludegraphics{neuron.pdf}" in raw.astext()
    assert r"\caption*{A neuron, its activation" in raw.astext()
    assert env.glassnet_stills == {"neuron"}


def test_columns_share_the_width_by_what_they_hold():
    short, long, number = pdf.widths([["name", "what it is in many words", "3"], ["longer name", "x", "12"]])
    assert number < short < long
    assert 98 <= short + long + number <= 102


FACES = {pdf.TEXT: set(range(0x250)), pdf.CODE: set(range(0x400)), "DejaVuSans.ttf": {0x3B7}}


def test_characters_that_a_face_lacks_come_from_another(monkeypatch):
    monkeypatch.setattr(pdf, "characters", lambda name: FACES.get(name, set()))
    declared = pdf.substitutes("plain words, \u0177 and \u03b7")
    assert declared.startswith("\\newunicodechar{\u03b7}")
    assert declared.count("newunicodechar") == 1
    with pytest.raises(ExtensionError, match=r"U\+5B66"):
        pdf.substitutes("\u5b66")
