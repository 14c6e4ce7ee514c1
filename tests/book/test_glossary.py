"""The glossary is in order, says each word once and is brief; the build refuses links that lead nowhere."""

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "book" / "reference" / "glossary.md").read_text(encoding="utf-8")


def entries():
    blocks = re.findall(r"```\{glossary\}\n(.*?)\n```", PAGE, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line and line != ":sorted:"]
    return [line for line in lines if not line.startswith(" ")], [line for line in lines if line[:2] == "  "]


def test_terms_stand_once_and_under_their_letters():
    terms, definitions = entries()
    assert len(terms) == len({term.lower() for term in terms})
    assert len(definitions) > 90
    for first, last, block in re.findall(
        r"## ([A-Z]) to ([A-Z])\n\n```\{glossary\}\n(.*?)\n```", PAGE, re.DOTALL
    ):
        leading = [entry.split("\n")[0] for entry in block.split("\n\n")[1:]]
        assert all(first <= term[0].upper() <= last for term in leading), (first, last)


def test_entries_are_short():
    """Two sentences, or three short ones, besides the link to the chapter."""
    _, definitions = entries()
    for text in definitions:
        words = re.sub(r"See \[\]\([^)]*\)\.|\{cite:p\}`[^`]*`", "", text).split()
        assert len(words) <= 60, text
