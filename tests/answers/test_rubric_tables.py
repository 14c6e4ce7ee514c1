"""The guide shows the rubrics as they are: `python tests/answers/rubric_tables.py` writes them."""

import re

import pytest
from bank import ROOT, grade_id, notebook, slugs
from rubric_tables import PAGE, page, rubrics


def test_the_page_is_current_and_the_guide_includes_it():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python tests/answers/rubric_tables.py"
    guide = (ROOT / "book" / "assignments" / "instructors-guide.md").read_text(encoding="utf-8")
    assert f"```{{include}} {PAGE.name}\n```" in guide


@pytest.mark.parametrize("slug", slugs())
def test_every_written_question_has_a_rubric_and_no_model_answer_gets_out(slug):
    written = [
        cell
        for cell in notebook("solutions", slug).cells
        if cell.cell_type == "markdown" and cell.metadata.get("nbgrader", {}).get("grade")
    ]
    assert len(written) == len(rubrics(slug)) > 0
    for cell, rubric in zip(written, rubrics(slug), strict=True):
        points = cell.metadata.nbgrader.points
        assert rubric.startswith(f"{points:g} points."), grade_id(cell)
        given = [int(n) for n in re.findall(r"^\| (\d+) \|", rubric, re.M)]
        assert sum(given) * (points if given == [1] else 1) == points
        assert "Model answer" not in rubric
