"""Every answer of the bank gets the points and the message it must get; nobody else's points change.

Graded anew are the function an answer is to and those that build on it. That the others are left alone is
tried with one wrong answer to each function.
"""

import functools
import re

import pytest
from bank import answers, concerned, graded, message, notebook, points_by_function, replaced, slugs

BANK = [(slug, answer) for slug in slugs() for answer in answers(slug)]
ROWS = {slug: [] for slug in slugs()}


@functools.cache
def solved(slug):
    """Results of the solution itself."""
    return graded(notebook("solutions", slug))


@functools.cache
def full(slug):
    """Points of each function in the solution."""
    return points_by_function(solved(slug))


@pytest.fixture(scope="module", autouse=True)
def table():
    """Print each assignment's table, with the messages in full."""
    yield
    for slug, rows in ROWS.items():
        if len(rows) == sum(s == slug for s, _ in BANK):
            print(f"\n{slug}\n\n{_markdown(rows)}")


@pytest.mark.parametrize(
    ("slug", "answer"), BANK, ids=[f"{slug}, {a.function}: {a.name}" for slug, a in BANK]
)
def test_answer_gets_its_points_and_its_message(slug, answer):
    nb = replaced(notebook("solutions", slug), {answer.function: answer.code})
    results = graded(nb, concerned(slug, answer.function))
    points, text = {**full(slug), **points_by_function(results)}, message(results, answer.function)
    expected = full(slug)[answer.function] if answer.right else answer.expected
    ROWS[slug].append((answer, expected, points[answer.function], text))
    assert points == {**full(slug), answer.function: expected}, text
    assert answer.fragment in text


@pytest.mark.parametrize("slug", slugs())
def test_wrong_answers_cost_no_other_function_points(slug):
    wrong = {answer.function: answer for answer in answers(slug) if not answer.right}
    blank = {function: answer.code for function, answer in wrong.items()}
    points = points_by_function(graded(replaced(notebook("solutions", slug), blank)))
    assert points == {function: answer.expected for function, answer in wrong.items()}


@pytest.mark.parametrize("slug", slugs())
def test_solution_gets_full_marks(slug):
    assert solved(slug)
    assert all(earned == maximum for earned, maximum, _ in solved(slug).values())


@pytest.mark.parametrize("slug", slugs())
def test_blank_notebook_gets_nothing(slug):
    stubs = {
        cell.metadata.nbgrader.grade_id: cell.source for cell in _code_answers(notebook("exercises", slug))
    }
    results = graded(replaced(notebook("solutions", slug), stubs))
    assert {earned for earned, _, _ in results.values()} == {0.0}
    assert all("It is not written yet." in text for _, _, text in results.values())


@pytest.mark.parametrize("slug", slugs())
def test_every_function_has_enough_answers(slug):
    bank = answers(slug)
    for function in full(slug):
        own = [answer for answer in bank if answer.function == function]
        assert sum(not answer.right for answer in own) >= 5, function
        assert sum(answer.right for answer in own) >= 2, function
        assert len({answer.name for answer in own}) == len(own), function


@pytest.mark.parametrize("slug", slugs())
def test_wrong_answers_lose_something(slug):
    assert all(answer.expected < 3 for answer in answers(slug) if not answer.right)


def _code_answers(nb):
    return [c for c in nb.cells if c.cell_type == "code" and c.metadata.get("nbgrader", {}).get("solution")]


def _markdown(rows):
    lines = ["| Function | Answer | Expected | Points | Message |", "|---|---|---|---|---|"]
    for answer, expected, points, text in rows:
        kind = "right" if answer.right else "wrong"
        said = "Right." if answer.right else _hint(text).replace("|", "\\|")
        lines.append(f"| `{answer.function}` | {kind}: {answer.name} | {expected:g} | {points:g} | {said} |")
    return "\n".join(lines) + "\n"


def _hint(text):
    """The message without its heading and its numbers."""
    text = re.sub(r"^\w+: not yet (\([a-z ]+\) )?", "", text)
    return re.sub(r" (\d+ of \d+ entries are|Every entry is|It is the wrong number).*", "", text)
