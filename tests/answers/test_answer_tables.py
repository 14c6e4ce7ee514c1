"""The guide shows the answer bank as it is: `python tests/answers/answer_tables.py` writes it."""

import re

import pytest
from answer_tables import PAGE, page, table
from bank import ROOT, answers, slugs


def test_the_page_is_current():
    found = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    assert found == page(), "run: python tests/answers/answer_tables.py"


def test_the_guide_includes_it():
    guide = (ROOT / "book" / "assignments" / "instructors-guide.md").read_text(encoding="utf-8")
    assert f"```{{include}} {PAGE.name}\n```" in guide


@pytest.mark.parametrize("slug", slugs())
def test_every_answer_has_a_row_and_no_row_breaks(slug):
    rows = table(slug).splitlines()
    assert len(rows) == 2 + len(answers(slug))
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}
