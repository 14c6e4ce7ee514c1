"""Recording: the gradebook and autograded/, by nbgrader's own API, one student at a time, all or nothing.

Order matters: marks go into the gradebook in one transaction, then a finished folder takes the place of the
old one, with `grading.json` in it. Whatever ends the grader in between, the next run sees a folder that does
not belong to what was handed in, and records again.
"""

import contextlib
import copy
import functools
import json
import logging
import os
import shutil
import time
import warnings
from dataclasses import asdict, dataclass, field
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, InvalidEntry
from nbgrader.converters import Autograde
from nbgrader.preprocessors import (
    CheckCellMetadata,
    Execute,
    SaveAutoGrades,
    latesubmissions,
    overwritecells,
    overwritekernelspec,
)
from sqlalchemy.exc import OperationalError, SAWarning

from .errors import ClassroomError
from .settings import Course

# nbgrader lets SQLAlchemy see objects before they are in a session; nothing an instructor could mend.
warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")


class _Opened(Gradebook):
    """A gradebook that looks up only once what is the same for every student: the cells of the assignment."""

    def __init__(self, *where):
        super().__init__(*where)
        self._kept = {}

    def find_source_cell(self, *names):
        return self._once(super().find_source_cell, names)

    def find_graded_cell(self, *names):
        return self._once(super().find_graded_cell, names)

    def _once(self, find, names):
        key = (find.__name__, names)
        if key not in self._kept:
            cell = find(*names)
            self.db.expunge(cell)  # or the next rollback would have it fetched anew, from a closed session
            self._kept[key] = cell
        return self._kept[key]


# Each of nbgrader's steps opens a gradebook of its own, which looks at every table and compiles every query
# anew: half the time of recording. A gradebook that was closed can be used again, so they get the same one.
opened = functools.cache(_Opened)
for step in (latesubmissions, overwritecells, overwritekernelspec):
    step.Gradebook = opened

PATIENCE = 90  # seconds a gradebook that somebody else writes to is asked again
BUSY = (
    "locked",
    "deadlock",
    "starting up",
    "shutting down",
    "terminating connection",
    "closed the connection",
)
OUTCOME = "grading.json"


@dataclass
class Outcome:
    """How grading one student went.

    Attributes:
        status: "graded" or "failed".
        notes: sentences for the instructor: what was mended, what happened while it ran.
        problem: why it could not be graded, or None.
        unsafe: whether it ran without a sandbox.
        timed_out: whether time ran out, be it for one cell.
        seconds: how long executing took.
        key: what was graded, with what.
    """

    status: str
    notes: list[str] = field(default_factory=list)
    problem: str | None = None
    unsafe: bool = False
    timed_out: bool = False
    seconds: float = 0.0
    key: str = ""


def read_outcome(folder: Path) -> Outcome | None:
    """Outcome an autograded folder holds; None if there is none that can be read."""
    try:
        return Outcome(**json.loads((folder / OUTCOME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


class Recorder:
    """Writes what grading found.

    Args:
        course: the course.
        slug: the assignment, already in the gradebook.
    """

    def __init__(self, course: Course, slug: str):
        self.course, self.slug = course, slug
        opened.cache_clear()
        converter = Autograde(coursedir=course.directory, config=course.config)
        self._permissions = int(str(converter.permissions), 8)
        # Nothing to look for in metadata: a mended notebook's are the release's, which were looked at.
        self._sanitizers = [
            step for step in converter.sanitize_preprocessors if step is not CheckCellMetadata
        ]
        self._savers = [
            _SaveAtOnce if step is SaveAutoGrades else step
            for step in converter.autograde_preprocessors
            if step not in (Execute, CheckCellMetadata)
        ]

        with course.lock():  # what a grader that was killed left between two folders
            for student in course.folder("autograded", "student", slug).parent.parent.glob("*"):
                for leftover in self._beside(student / slug):
                    shutil.rmtree(leftover, ignore_errors=True)

    def sanitize(self, student: str, notebook):
        """Notebook with nbgrader's own repairs: its checks, points and kernel as the gradebook has them."""
        return self._through(self._sanitizers, student, copy.deepcopy(notebook))

    def record(self, student: str, notebook: str, files: dict[str, bytes], outcome: Outcome):
        """Write the marks of an executed notebook, the notebook and the files beside it."""
        nb = nbformat.reads(notebook, as_version=4)
        with self._place(student) as folder:
            self._register(student)
            nb = self._through(self._savers, student, nb)
            own = (OUTCOME, f"{self.slug}.ipynb")
            for name, content in ((n, c) for n, c in files.items() if Path(n).parts[0] not in own):
                place = folder / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
            nbformat.write(nb, folder / f"{self.slug}.ipynb")
            _write(folder / OUTCOME, outcome)

    def fail(self, student: str, outcome: Outcome):
        """Write that a student could not be graded; no earlier mark of a check goes on as if it were new."""
        with self._place(student) as folder:
            self._register(student)
            with opened(self.course.db_url, self.course.directory.course_id) as gradebook:
                submission = gradebook.find_submission(self.slug, student)
                for grade in (grade for notebook in submission.notebooks for grade in notebook.grades):
                    grade.auto_score, grade.needs_manual_grade = None, True
                gradebook.db.commit()
            _write(folder / OUTCOME, outcome)

    def _register(self, student):
        directory = self.course.directory
        place = self.course.folder("submitted", student, self.slug)
        timestamp = None
        with contextlib.suppress(Exception):  # a file of the student's: it may hold anything
            if (place / "timestamp.txt").is_file() and not (place / "timestamp.txt").is_symlink():
                timestamp = directory.get_existing_timestamp(str(place))
        with opened(self.course.db_url, directory.course_id) as gradebook:
            gradebook.update_or_create_student(student)
            given = {"timestamp": timestamp} if timestamp else {}
            gradebook.update_or_create_submission(self.slug, student, **given)

    def _through(self, steps, student, nb):
        """Notebook that has gone through nbgrader's steps, which nbconvert would check anew after each."""
        names = {"student": student, "assignment": self.slug, "notebook": self.slug}
        resources = {"unique_key": self.slug, "nbgrader": {**names, "db_url": self.course.db_url}}
        for step in steps:
            step = step(config=self.course.config)
            step.log = _quiet()
            nb, resources = step(nb, resources)
        return nb

    @staticmethod
    def _beside(place):
        return [place.with_name(f".{place.name}.{what}") for what in ("new", "old")]

    @contextlib.contextmanager
    def _place(self, student):
        """A new folder that becomes the student's autograded one if all went well."""
        place = self.course.folder("autograded", student, self.slug)
        new, old = self._beside(place)
        with self.course.lock():
            for leftover in (new, old):
                shutil.rmtree(leftover, ignore_errors=True)
            new.mkdir(parents=True)
            try:
                yield new
            except BaseException:
                shutil.rmtree(new, ignore_errors=True)
                raise
            for path in new.rglob("*"):
                if path.is_file():
                    path.chmod(self._permissions)
            if place.exists():
                os.replace(place, old)
            os.replace(new, place)
            shutil.rmtree(old, ignore_errors=True)


def patiently(use):
    """Call `use` until the gradebook lets it, and return what it returns.

    Raises:
        ClassroomError: when patience is at an end.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return use()
        except (OperationalError, InvalidEntry) as error:
            # Somebody else writes, or has just entered the very same student; or a server starts anew.
            busy = isinstance(error, InvalidEntry) or any(word in str(error) for word in BUSY)
            if time.monotonic() > end or not busy:
                reason = (str(getattr(error, "orig", error)).splitlines() or [type(error).__name__])[0]
                raise ClassroomError(f"the gradebook does not answer ({reason})") from error
            time.sleep(1)


class _SaveAtOnce(SaveAutoGrades):
    """Marks of all cells in one transaction; a check the notebook has lost earns nothing."""

    def preprocess(self, nb, resources):
        names = resources["nbgrader"]
        self.notebook_id, self.assignment_id = names["notebook"], names["assignment"]
        self.student_id = names["student"]
        with opened(names["db_url"]) as gradebook:
            place = gradebook.find_submission_notebook(self.notebook_id, self.assignment_id, self.student_id)
            for grade in place.grades:
                grade.auto_score, grade.needs_manual_grade = 0, grade.manual_score is not None
            self.gradebook = _Entries(place)
            for index, cell in enumerate(nb.cells):
                self.preprocess_cell(cell, resources, index)
            gradebook.db.commit()
        return nb, resources


class _Entries:
    """What nbgrader's step asks a gradebook for, of one student's notebook, fetched together."""

    def __init__(self, place):
        cells = [*place.notebook.grade_cells, *place.notebook.solution_cells, *place.notebook.task_cells]
        names = {cell.id: cell.name for cell in cells}
        self._grades = {names[grade.cell_id]: grade for grade in place.grades}
        self._comments = {names[comment.cell_id]: comment for comment in place.comments}
        self.db = self

    def find_grade(self, cell, *_):
        return self._grades[cell]

    def find_comment(self, cell, *_):
        return self._comments[cell]

    def commit(self):
        """Wait: all of it is committed together."""


def _quiet():
    log = logging.getLogger("classroom.nbgrader")
    log.propagate, log.disabled = False, True
    return log


def _write(path, outcome):
    path.write_text(json.dumps(asdict(outcome), indent=1), encoding="utf-8")
