"""The process that workers are forked from: what it imports, and what is not to be found in it."""

import itertools
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from classroom import execute, server
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader import utils

ROOT = Path(__file__).parents[2]
ASSIGNMENTS = sorted(ROOT.glob("solutions/*/*.ipynb"))


def _cell(source, **about):
    return new_code_cell(source, metadata={"nbgrader": about})


def test_what_an_assignment_and_its_solution_import_is_found_and_nothing_else(tmp_path):
    cells = [
        _cell(
            "import numpy as np, no_such_module\nfrom glassnet.checks import Checks", locked=True, grade=False
        ),
        _cell("%matplotlib inline\nimport scipy", locked=True, grade=False),  # no Python: left to the kernels
        _cell("if True:\n    import json as j", locked=True, grade=False),
        _cell("def load():\n    import pandas", locked=False, grade=False, solution=True),
        _cell("import keras", locked=False, grade=True, solution=True),
        _cell("### BEGIN HIDDEN TESTS\nimport sklearn\n### END HIDDEN TESTS", locked=True, grade=True),
        new_code_cell("from matplotlib import cm\nif demonstrate:\n    import glassnet.plots"),
    ]
    place = tmp_path / "a.ipynb"
    nbformat.write(new_notebook(cells=cells), place)
    assert server.imported(place) == ["glassnet.checks", "json", "keras", "matplotlib", "numpy", "pandas"]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"cells": [{}]}', '{"cells": 3}', '{"cells": [null]}', "ä\0"]
)
def test_a_file_that_is_no_notebook_gives_nothing(tmp_path, content):
    place = tmp_path / "a.ipynb"
    assert server.imported(place) == []
    place.write_text(content, encoding="latin-1")
    assert server.imported(place) == []


@pytest.mark.parametrize("place", ASSIGNMENTS, ids=lambda path: path.stem)
def test_no_assignment_brings_its_checks_into_a_students_kernel(place):
    assert "numpy" in server.imported(place)
    assert f"glassnet.checks.{place.stem}" not in server.imported(place)


def test_what_is_copied_for_every_kernel_holds_no_gradebook():
    code = f"import sys, {', '.join(server.WORK + server.KERNEL)}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"nbgrader", "sqlalchemy", "jupyter_server", "matplotlib"} & set(loaded.split())


@pytest.mark.parametrize("marks", itertools.product([True, False, None], repeat=3))
def test_cells_are_what_nbgrader_takes_them_for(marks):
    kind = {k: m for k, m in zip(("grade", "solution", "locked"), marks, strict=True) if m is not None}
    cell = new_code_cell(metadata={"nbgrader": kind} if kind else {})
    assert execute.is_locked(cell) == utils.is_locked(cell)
    assert execute.is_test(cell) == (utils.is_grade(cell) and not utils.is_solution(cell))
    assert not execute.is_test(new_markdown_cell(metadata=cell.metadata))


def test_no_grammar_is_compiled_when_grading_begins():
    code = "import classroom.cli, classroom.grade, sys; sys.exit('lark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_the_settings_tell_kernels_to_run_is_found_without_running_them(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text(
        'c = get_config()\nc.Classroom.serve = "import json"\n'
        'c.Classroom.borrow = "import csv; print({source})"\n'
        'c.Classroom.deadline = 3\nc.Other.serve: str = "import nothing"\nraise SystemExit\n'
    )
    told = server.told(tmp_path)
    assert server.imported(tmp_path / "missing.ipynb", told) == ["csv", "json"]
    (tmp_path / "nbgrader_config.py").write_text("c.Classroom.serve = (")
    assert server.told(tmp_path) == server.told(tmp_path / "nowhere") == []


def test_the_courses_own_settings_are_read():
    assert server.imported(ROOT / "missing.ipynb", server.told(ROOT)) == ["glassnet.checks.remote"]


def test_workers_need_not_compile_the_form_of_a_notebook_nor_ask_another_python():
    code = (
        "import classroom.warm, fastjsonschema, nbformat, subprocess\n"
        "fastjsonschema.compile = subprocess.Popen = None\n"
        "nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell('1')])\n"
        "nbformat.reads(nbformat.writes(nb), 4)\n"
        "classroom.sandbox.environment()"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_libraries_say_when_imported_is_not_said_to_the_instructor(tmp_path):
    (tmp_path / "talks.py").write_text("import os\nos.write(2, b'chatter')\n")
    code = (
        "import os, sys\n"
        "from classroom import sandbox, server\n"
        "sandbox.environment = lambda: dict(os.environ)\n"
        "if __name__ == '__main__':\n"
        "    server.start(['talks'])\n"
        "    process = server.context.Process(target=print)\n"
        "    process.start(); process.join()\n"
        "    sys.exit('own words')\n"
    )
    (tmp_path / "main.py").write_text(code)
    done = subprocess.run(
        [sys.executable, "main.py"],
        cwd=tmp_path,
        env={"PATH": os.defpath, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == "own words\n"
