"""`classroom release`: what it makes, what it refuses, and that a failure leaves things as they were."""

import shutil
from pathlib import Path

import nbformat
import pytest
from classroom.cli import main
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).parents[2]
SOLUTION = "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x  # canary-solution\n    ### END SOLUTION"
HIDDEN = "# later\n### BEGIN HIDDEN TESTS\nassert double(3) == 6  # canary-hidden\n### END HIDDEN TESTS"


def cell(name, source, **kind):
    meta = {"grade": False, "locked": False, "solution": False, "task": False, "schema_version": 3}
    return new_code_cell(source, metadata={"nbgrader": {**meta, "grade_id": name, **kind}})


@pytest.fixture
def course(tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    write(tmp_path, SOLUTION, HIDDEN)
    return tmp_path


def write(course, solution, hidden, kind=None, slug="tiny"):
    nb = new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    nb.cells = [
        cell("double", solution, **{"solution": True, **(kind or {})}),
        cell("double-check", "assert double(1) == 2", grade=True, locked=True, points=1),
        cell("double-hidden", hidden, grade=True, locked=True, points=2),
    ]
    for number, one in enumerate(nb.cells):
        one.id = f"cell-{number}"
    place = course / "solutions" / slug / f"{slug}.ipynb"
    place.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nb, place)


def released(course):
    return (course / "exercises" / "tiny" / "tiny.ipynb").read_text(encoding="utf-8")


def run(course, *arguments):
    return main(["release", *arguments, "--course", str(course)])


def test_release_hides_and_can_be_repeated_byte_for_byte(course):
    assert run(course) == 0
    first = released(course)
    assert "canary" not in first
    assert "raise NotImplementedError()" in first
    assert run(course, "tiny") == 0
    assert released(course) == first
    assert sorted(p.name for p in course.iterdir()) == ["exercises", "nbgrader_config.py", "solutions"]


def test_release_carries_the_list_of_its_checks(course):
    run(course)
    seal = nbformat.read(course / "exercises/tiny/tiny.ipynb", as_version=4).metadata["classroom"]
    assert seal["assignment"] == "tiny"
    kinds = {name: (entry["kind"], entry["points"]) for name, entry in seal["cells"].items()}
    assert kinds == {"double-check": ("check", 1.0), "double-hidden": ("hidden", 2.0)}


def test_release_does_not_overwrite_answers(course, capsys):
    run(course)
    place = course / "exercises/tiny/tiny.ipynb"
    answered = released(course).replace("raise NotImplementedError()", "return x + x")
    place.write_text(answered, encoding="utf-8")
    write(course, SOLUTION, HIDDEN.replace("# later", "# much later"))
    assert run(course) == 2
    assert "exercises/tiny/tiny.ipynb holds answers" in capsys.readouterr().err
    assert released(course) == answered
    assert run(course, "--force") == 0
    assert "x + x" not in released(course)


def test_a_changed_stub_is_no_answer(course):
    run(course)
    write(course, SOLUTION.replace("double(x)", "double(number)"), HIDDEN)
    assert run(course) == 0
    assert "double(number)" in released(course)


def test_check_names_what_differs(course, capsys):
    assert run(course, "--check") == 1
    assert "exercises/tiny/tiny.ipynb: is missing" in capsys.readouterr().out
    run(course)
    assert run(course, "--check") == 0
    (course / "solutions/tiny/data.csv").write_text("1,2\n")
    (course / "exercises/tiny/stray.txt").write_text("")
    (course / "exercises/old").mkdir()
    write(course, SOLUTION.replace("2 * x", "x + x"), HIDDEN.replace("# later", "# much later"))
    capsys.readouterr()
    assert run(course, "--check") == 1
    out = capsys.readouterr().out
    assert "tiny.ipynb: differs" in out
    assert "data.csv: is missing" in out
    assert "stray.txt: should not be there" in out
    assert "exercises/old: has no solution any more" in out


def test_release_removes_what_has_no_solution_any_more(course):
    (course / "exercises" / "old").mkdir(parents=True)
    assert run(course) == 0
    assert [p.name for p in (course / "exercises").iterdir()] == ["tiny"]


@pytest.mark.parametrize(
    ("solution", "hidden", "kind", "message"),
    [
        (SOLUTION.replace("### END SOLUTION", ""), HIDDEN, {}, "No end solution statement found"),
        (SOLUTION, HIDDEN.replace("### END HIDDEN TESTS", ""), {}, "No end hidden tests statement found"),
        (SOLUTION, HIDDEN.replace("BEGIN HIDDEN TESTS", "begin hidden tests"), {}, "would still hold"),
        (SOLUTION, HIDDEN.replace("BEGIN HIDDEN TESTS", "BEGIN HIDDEN_TEST"), {}, "would still hold"),
        (SOLUTION, HIDDEN, {"solution": False}, "Solution region detected in a non-solution cell"),
        (SOLUTION, HIDDEN, {"grade_id": "double-check"}, "'double-check' in more than one cell"),
    ],
)
def test_release_refuses_and_leaves_the_old_release(course, capsys, solution, hidden, kind, message):
    run(course)
    before = released(course)
    write(course, solution, hidden, kind)
    assert run(course) == 2
    assert message in capsys.readouterr().err
    assert released(course) == before
    assert sorted(p.name for p in course.iterdir()) == ["exercises", "nbgrader_config.py", "solutions"]


def test_release_says_what_there_is(course, capsys, tmp_path_factory):
    assert run(course, "tinny") == 2
    assert "there is no assignment 'tinny' in solutions/; there are: tiny" in capsys.readouterr().err
    assert run(tmp_path_factory.mktemp("elsewhere")) == 2
    assert "no nbgrader_config.py" in capsys.readouterr().err
