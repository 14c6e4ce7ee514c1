"""What students get: up to date, in working order, and without a line of what they must not see."""

import re

import nbformat
import pytest
from classroom.cli import main
from nbgrader.nbgraderformat import MetadataValidator
from release_pairs import ROOT, SLUGS, hidden_lines, read


def test_exercises_are_what_their_solutions_make_of_them(capsys):
    assert main(["release", "--check", "--course", str(ROOT)]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("slug", SLUGS)
def test_no_solution_or_hidden_line_in_the_release(slug):
    released = (ROOT / "exercises" / slug / f"{slug}.ipynb").read_text(encoding="utf-8")
    text = "\n".join(cell.source for cell in read("exercises", slug).cells)
    lines = hidden_lines(slug)
    assert len(lines) > 20
    for line in lines:
        assert line not in text
    assert not re.search(r"(BEGIN|END) (SOLUTION|HIDDEN|MARK)|[Rr]ubric|seed=", released)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("folder", ["solutions", "exercises"])
def test_notebook_is_valid_and_without_outputs(folder, slug):
    nb = read(folder, slug)
    nbformat.validate(nb)
    MetadataValidator().validate_nb(nb)
    assert nb.nbformat_minor >= 5
    assert len({cell.id for cell in nb.cells}) == len(nb.cells)
    for cell in nb.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@pytest.mark.parametrize("slug", SLUGS)
def test_both_notebooks_have_the_same_cells(slug):
    assert [c.id for c in read("solutions", slug).cells] == [c.id for c in read("exercises", slug).cells]


@pytest.mark.parametrize("slug", SLUGS)
def test_students_can_edit_answers_and_nothing_else_that_is_graded(slug):
    for cell in read("exercises", slug).cells:
        meta = cell.metadata.get("nbgrader")
        if meta:
            assert cell.metadata.get("editable", True) == meta["solution"]
            assert cell.metadata["deletable"] is False
