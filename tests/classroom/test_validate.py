"""`classroom validate`: a student's look at what has been reached, and at what got lost."""

import sys
from pathlib import Path

import nbformat
import pytest
from classroom.cli import main

sys.path.insert(0, str(Path(__file__).parents[1] / "answers"))
from bank import grade_id, notebook, replaced

pytestmark = pytest.mark.slow
SOLVED = {
    grade_id(cell): cell.source
    for cell in notebook("solutions", "neurons").cells
    if cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "code"
}


@pytest.fixture
def handed_in(tmp_path):
    """Write a released notebook with answers put in, and more changed by a function; return its path."""

    def write(sources, change=lambda nb: None):
        nb = replaced(notebook("exercises", "neurons"), sources)
        change(nb)
        path = tmp_path / "neurons.ipynb"
        nbformat.write(nb, path)
        return path

    return write


def cell(nb, name):
    return next(cell for cell in nb.cells if grade_id(cell) == name)


def test_solved_notebook_passes_and_stays_as_it_is(handed_in, capsys):
    path = handed_in(SOLVED)
    before = path.read_bytes()
    assert main(["validate", str(path)]) == 0
    out = capsys.readouterr().out
    assert "8 of 8 points so far. 16 more come from hidden checks" in " ".join(out.split())
    assert "why is not answered yet (4 points)" in " ".join(out.split())
    assert path.read_bytes() == before


def test_what_libraries_say_on_the_error_stream_is_not_shown(handed_in, capfd):
    chatter = "import os\nos.write(2, b'I0000 chatter')\n"
    assert main(["validate", str(handed_in(SOLVED | {"neuron": chatter + SOLVED["neuron"]}))]) == 0
    out, err = capfd.readouterr()
    assert "chatter" not in out + err


def test_half_solved_notebook_with_hints_and_missing_and_altered_checks(handed_in, capsys):
    def change(nb):
        nb.cells.remove(cell(nb, "relu-check"))
        cell(nb, "tanh-check").source = "1.0"
        cell(nb, "softmax").source = "def softmax(Z)  # a colon is missing"
        cell(nb, "why").source = "Both are linear."

    dense = "def dense(X, W, b):\n    return X @ W"
    assert main(["validate", str(handed_in({**SOLVED, "dense": dense}, change))]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "dense 0 of 1 This looks like X W without the bias" in out
    assert "softmax 0 of 1 There is no `softmax` yet." in out
    assert "neuron 1 of 1 Right." in out
    assert "mlp_forward 1 of 1" in out
    assert "The cell 'relu-check' is missing (1 points)." in out
    assert "The cell 'tanh-check' was altered." in out
    assert "why is answered" in out


def test_notebook_without_its_first_cell_and_with_an_endless_loop(handed_in, capsys):
    def change(nb):
        nb.cells.remove(cell(nb, "setup"))
        cell(nb, "neuron").source = "import time\nwhile True:\n    time.sleep(1)"

    assert main(["validate", "--timeout", "3", str(handed_in({}, change))]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "The cell 'setup' is missing" in out
    assert "The first code cell, which makes `checks`, is missing or does not run." in out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no file"),
        ("{", "is not a notebook, or it is damaged"),
        ('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "it holds no checks"),
    ],
)
def test_what_is_no_exercise_is_refused_in_a_sentence(tmp_path, capsys, content, message):
    path = tmp_path / "x.ipynb"
    if content is not None:
        path.write_text(content)
    assert main(["validate", str(path)]) == 2
    err = capsys.readouterr().err
    assert message in err
    assert "Traceback" not in err


def test_notebook_that_ends_its_python_is_reported(handed_in, capsys):
    def change(nb):
        cell(nb, "neuron").source = "import os\nos._exit(1)"

    assert main(["validate", str(handed_in({}, change))]) == 2
    assert "ended its own Python" in capsys.readouterr().err
