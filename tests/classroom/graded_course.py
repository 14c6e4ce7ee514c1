"""Courses as grading leaves them, made without executing anything: gradebook, autograded/, grading.json."""

import atexit
import functools
import json
import shutil
import tempfile
from pathlib import Path

import nbformat
from classroom.cli import main
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import is_grade, is_solution
from traitlets.config import PyFileConfigLoader

ROOT = Path(__file__).parents[2]
MIME = "application/vnd.glassnet.check+json"
CANARY = "canary_hidden_check"
SLUG = "tiny"
STUB = "def {}(x):\n    ### BEGIN SOLUTION\n    pass\n    ### END SOLUTION"


def cell(make, name, source, **kind):
    settings = {"grade": False, "locked": False, "solution": False, "task": False, "schema_version": 3}
    return make(source, metadata={"nbgrader": {**settings, "grade_id": name, **kind}})


def assignment():
    """Two functions with a visible and a hidden check, and a written question."""
    cells = []
    for name in ("double", "half"):
        hidden = f"### BEGIN HIDDEN TESTS\nassert {name}({CANARY}) == 4\n### END HIDDEN TESTS"
        cells += [
            cell(new_code_cell, name, STUB.format(name), solution=True),
            cell(new_code_cell, f"{name}-check", f"checks.run('{name}')", grade=True, locked=True, points=1),
            cell(new_code_cell, f"{name}-hidden", hidden, grade=True, locked=True, points=2),
        ]
    cells.append(cell(new_markdown_cell, "why", "Model.", grade=True, solution=True, points=4))
    return new_notebook(cells=cells)


def make(folder):
    """Course with the assignment released and in its gradebook; nobody has handed anything in."""
    return Path(shutil.copytree(_first(), folder))


@functools.cache
def _first():
    """The first course: making a gradebook takes seconds, copying it does not."""
    folder = Path(tempfile.mkdtemp(prefix="graded-course-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    place = folder / "solutions" / SLUG / f"{SLUG}.ipynb"
    place.parent.mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    nbformat.write(assignment(), place)
    config = PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()
    config.CourseDirectory.root = str(folder)
    config.CourseDirectory.assignment_id = SLUG
    GenerateAssignment(coursedir=CourseDirectory(config=config), config=config).start()
    return folder


def grade(folder, student, points, *, answers=None, texts=None, errors=None, status=None, **person):
    """Let a student have been graded.

    Args:
        folder: the course.
        student: the id.
        points: {grade_id: points}; what is left out has none, and a written question waits for a person.
        answers: {grade_id: source} of the student.
        texts: {grade_id: what the check said, or (what it said, the mistake it looks like)}.
        errors: {grade_id: traceback} of cells that failed.
        status: further entries of grading.json; "failed" leaves the student ungraded.
        person: first_name, last_name, email, lms_user_id.
    """
    place = folder / "autograded" / student / SLUG
    place.mkdir(parents=True, exist_ok=True)
    nb = assignment()
    for one in nb.cells:
        name = one.metadata.nbgrader.grade_id
        if is_solution(one):
            one.source = (answers or {}).get(name, one.source)
        if text := (texts or {}).get(name):
            text, mistake = text if isinstance(text, tuple) else (text, None)
            record = {"function": name, "stage": "values", "text": text, "mistake": mistake}
            data = {MIME: record, "text/html": text, "text/plain": "0.0"}
            one.outputs.append(new_output("execute_result", data, execution_count=1))
        if frames := (errors or {}).get(name):
            one.outputs.append(new_output("error", ename="AssertionError", evalue="", traceback=frames))
    failed = (status or {}).get("status") == "failed"
    if not failed:
        nbformat.write(nb, place / f"{SLUG}.ipynb")
    outcome = {"status": "graded", "notes": [], "problem": None, "unsafe": False, "seconds": 1.0, "key": "k"}
    (place / "grading.json").write_text(json.dumps({**outcome, **(status or {})}))
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_student(student, **person)
        gradebook.update_or_create_submission(SLUG, student)
        for one in nb.cells:
            if is_grade(one):
                name = one.metadata.nbgrader.grade_id
                mark = gradebook.find_grade(name, SLUG, SLUG, student)
                mark.auto_score = None if failed or name == "why" else points.get(name, 0)
                mark.manual_score = points.get(name) if name == "why" else None
                mark.needs_manual_grade = failed or (name == "why" and "why" not in points)
        gradebook.db.commit()


def enrol(folder, student, **person):
    """A student of the course who has handed nothing in."""
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_student(student, **person)


def comment(folder, student, grade_id, text):
    """A comment that a person wrote in formgrader."""
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        gradebook.find_comment(grade_id, SLUG, SLUG, student).manual_comment = text
        gradebook.db.commit()


def run(folder, *arguments):
    """Exit code of `classroom`, run in a course."""
    return main([*arguments, "--course", str(folder)])
