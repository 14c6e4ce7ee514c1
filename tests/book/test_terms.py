"""Links from running text to the glossary: the right words, once, and nothing that is not running text."""

import sys
from pathlib import Path

import pytest
from docutils import nodes
from docutils.core import publish_doctree

sys.path.insert(0, str(Path(__file__).parents[2] / "book" / "_ext"))

from glassnet_book import terms

TERMS = {
    "batch": "term-batch",
    "mini-batch": "term-batch",
    "batch normalisation": "term-batch-normalisation",
    "loss": "term-loss",
    "Adam": "term-Adam",
    "MAE": "term-MAE",
    "MLP": "term-MLP",
}


def linked(text):
    document = publish_doctree(text)
    words = []

    def link(entry, word):
        words.append((entry, word))
        return nodes.reference("", word, refuri=f"glossary.html#{entry}")

    count = terms.link_first_uses(document, TERMS, link)
    assert count == len(words)
    return words, document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A batch, and a batch.", [("term-batch", "batch")]),
        ("A mini-batch is a batch.", [("term-batch", "mini-batch")]),
        (
            "Batch\nnormalisation of a batch",
            [("term-batch-normalisation", "Batch\nnormalisation"), ("term-batch", "batch")],
        ),
        ("Losses of batches", [("term-loss", "Losses"), ("term-batch", "batches")]),
        ("two MLPs", [("term-MLP", "MLPs")]),
        ("lossless, adam, mae, batch-wise, half-loss", []),
        ("*loss*, ``loss``, `loss <https://example.org>`_, **Adam**", []),
        ("Loss\n====\n\n- a loss", [("term-loss", "loss")]),
        (".. note:: a loss\n\n+------+\n| Adam |\n+------+", []),
    ],
)
def test_first_uses_in_running_text_are_linked(text, expected):
    assert linked(text)[0] == expected


def test_the_text_stays_the_same():
    text = "The loss of a batch: MAE, by Adam."
    assert linked(text)[1].astext() == text


def test_what_is_linked_by_hand_is_not_linked_again():
    assert linked("See `this <glossary.html#term-loss>`_ loss.")[0] == []


def test_definitions_come_without_links():
    page = """<dl class="glossary"><dt id="term-loss">loss<a class="headerlink" href="#term-loss">#</a></dt>
    <dd><p>What a <a href="x.html">fit</a> makes <em>small</em>.</p></dd></dl>"""
    assert terms.definitions(page) == {"term-loss": "<p>What a <span>fit</span> makes <em>small</em>.</p>"}
