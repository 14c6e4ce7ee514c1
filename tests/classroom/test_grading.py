"""The way of an assignment through plain nbgrader: released, handed in, graded, fed back."""

import io

import pytest
import sample_class
from bank import grade_id, graded, notebook
from nbgrader.api import Gradebook
from pypdf import PdfReader

SLUG = sample_class.SLUG


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course") / "sample"
    sample_class.make_course(folder)
    sample_class.grade(folder)
    return folder


@pytest.mark.slow
def test_gradebook_holds_the_points_of_the_answer_bank(course):
    marks = sample_class.marks(course)
    handed_in = sample_class.submissions(SLUG)
    assert set(marks) == set(handed_in)
    for student, sources in handed_in.items():
        expected = graded(_with_sources(notebook("solutions", SLUG), sources))
        assert {name: marks[student][name] for name in expected} == {
            name: (points, maximum) for name, (points, maximum, _) in expected.items()
        }, student


@pytest.mark.slow
def test_solution_blank_unusual_and_cheating(course):
    sums = {s: sum(p or 0 for p, _ in m.values()) for s, m in sample_class.marks(course).items()}
    assert sums["ada"] == sums["emmy"] == 24
    assert sums["blaise"] == 0
    assert sums["fritz"] == 24 - 4 * 3


@pytest.mark.slow
def test_a_person_grades_the_written_question(course):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        before = gradebook.find_submission(SLUG, "ada")
        assert before.needs_manual_grade
        assert before.score == 24
        answer = gradebook.find_grade("why", SLUG, SLUG, "ada")
        answer.manual_score, answer.needs_manual_grade = 3.5, False
        gradebook.db.commit()
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        after = gradebook.find_submission(SLUG, "ada")
        assert (after.score, after.max_score, after.needs_manual_grade) == (27.5, 28, False)
        assert not gradebook.find_submission(SLUG, "blaise").needs_manual_grade  # no answer: 0 at once


@pytest.mark.slow
def test_feedback_page_says_what_to_look_at(course):
    page = (course / "feedback" / "carl" / SLUG / f"{SLUG}.html").read_text(encoding="utf-8")
    assert "This looks like X W without the bias" in page
    assert "0 of 3" in page


@pytest.mark.slow
def test_the_page_in_print_is_two_sheets_at_the_most(course, browser):
    page = browser.new_page()
    page.goto((course / "feedback" / "carl" / SLUG / f"{SLUG}.html").as_uri())
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    page.close()
    text = "".join(sheet.extract_text() for sheet in sheets)
    assert 1 <= len(sheets) <= 2
    assert "mlp_forward" in text
    assert "This looks like X W without the bias" in text


def _with_sources(nb, sources):
    """The notebook with a student's answers; what was not answered is as released."""
    stubs = {grade_id(cell): cell.source for cell in notebook("exercises", SLUG).cells if grade_id(cell)}
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = sources.get(grade_id(cell), stubs[grade_id(cell)])
    return nb


@pytest.mark.slow
def test_nbgraders_own_validate_shows_the_hints(course):
    def validated(student):
        notebook = f"submitted/{student}/{SLUG}/{SLUG}.ipynb"
        return sample_class.run_nbgrader(course, "validate", notebook).stdout

    assert "Success! Your notebook passes all the tests." in validated("ada")
    text = validated("carl")
    assert "VALIDATION FAILED ON 8 CELL(S)" in text
    assert "This looks like X W without the bias" in text
