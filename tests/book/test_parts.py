"""Every part of the book has a page of its own, and its chapters say what a list of them needs."""

import sys
from pathlib import Path

import pytest
from docutils import nodes
from docutils.core import publish_doctree

sys.path.insert(0, str(Path(__file__).parents[2] / "book" / "_ext"))

from glassnet_book import parts

BOOK = Path(__file__).parents[2] / "book"
PARTS = parts.parts((BOOK / "_toc.yml").read_text(encoding="utf-8"))


def test_the_numbered_parts_are_found_in_order():
    assert [part.caption for part in PARTS][:2] == ["Concepts", "The mathematics of training"]
    assert PARTS[0].page == "concepts/index"
    assert PARTS[0].chapters[0] == "concepts/a-neuron"
    assert all((BOOK / f"{chapter}.ipynb").is_file() for part in PARTS for chapter in part.chapters)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.caption)
def test_a_part_has_a_page_that_lists_its_chapters(part):
    text = (BOOK / f"{part.page}.md").read_text(encoding="utf-8")
    assert text.startswith(f"---\norphan: true\n---\n# {part.caption}\n")
    assert "```{part-chapters}\n```" in text
    assert {Path(chapter).parent for chapter in part.chapters} == {Path(part.page).parent}


def test_a_chapter_says_what_it_asks_and_how_long_it_takes():
    chapter = publish_doctree("**You need** nothing. **Reading** takes 25 minutes.")
    chapter += nodes.section("", nodes.title("", "The question: why?"))
    assert parts.minutes(chapter) == 25
    assert parts.question(chapter) == "Why?"
    chapter = nodes.section("", nodes.title("", "The question: one picture, two answers"))
    assert parts.question(chapter) == "One picture, two answers."


def test_a_page_without_question_or_minutes_says_neither():
    page = publish_doctree("A word.")
    assert parts.minutes(page) is None
    assert parts.question(page) is None
