"""A course whose few honest submissions are graded in seconds, for tests that break grading from outside."""

import atexit
import functools
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).parents[1] / "hostile"))
from classroom.cli import main
from nbgrader.api import Gradebook
from submissions import FULL, HONEST, SLUG, Submission, hand_in, solution

ROOT = Path(__file__).parents[2]
COMMAND = str(Path(sys.executable).with_name("classroom"))
__all__ = ["COMMAND", "FULL", "HONEST", "SLUG", "add", "command", "grade", "make", "marks", "notebooks"]


def make(folder, *students, settings=""):
    """Course in a new folder, in which these students handed in right answers, all different."""
    shutil.copytree(_first(), folder)
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write(settings)
    for student in students:
        add(folder, student)
    return folder


def add(folder, student, **submission):
    """Hand something in: a right answer, or what `Submission` describes."""
    own = {name: f"{source}\n# {student}" for name, source in HONEST.items()}
    released = nbformat.read(folder / "exercises" / SLUG / f"{SLUG}.ipynb", as_version=4)
    submission = Submission(**{"points": FULL, "sources": own, **submission})
    hand_in(folder / "submitted" / student / SLUG, released, submission)


@functools.cache
def _first():
    """The course before anybody handed anything in; releasing takes seconds, copying does not."""
    folder = Path(tempfile.mkdtemp(prefix="small-course-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    source = folder / "solutions" / SLUG
    source.mkdir(parents=True)
    nbformat.write(solution(), source / f"{SLUG}.ipynb")
    text = (ROOT / "nbgrader_config.py").read_text()
    (folder / "nbgrader_config.py").write_text(text + '\nc.Classroom.hide = ["glassnet.checks.neurons"]\n')
    assert main(["release", SLUG, "--course", str(folder)]) == 0
    return folder


def grade(folder, *arguments):
    """Exit code of grading the course in this process."""
    return main(["grade", SLUG, "--workers", "2", "--course", str(folder), *arguments])


def command(folder, *arguments):
    """Grading the course as a process of its own, started."""
    line = [COMMAND, "grade", SLUG, "--workers", "2", "--course", str(folder), *arguments]
    return subprocess.Popen(
        line,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # As from a terminal: what a shell runs in the background inherits that it is not to be interrupted.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def marks(folder, db_url=None):
    """Points of the checks: {student: sum, or None if there are none}."""
    found = {}
    with Gradebook(db_url or f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        for submission in gradebook.assignment_submissions(SLUG):
            assert submission.student.id not in found
            scores = [g.auto_score for n in submission.notebooks for g in n.grades if g.name != "why"]
            found[submission.student.id] = None if None in scores else sum(scores)
    return found


def notebooks(folder):
    """Bytes of the graded notebooks, {student: bytes}."""
    return {p.parts[-3]: p.read_bytes() for p in folder.glob(f"autograded/*/{SLUG}/{SLUG}.ipynb")}
