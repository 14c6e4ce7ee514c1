"""What grading found: a student's items, as feedback pages, reports and exports show them.

An item is what a student thinks of as one task: a function with its visible and hidden checks, or a written
question. Points come from the gradebook, what the checks said from the autograded notebook.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import compute_checksum, is_grade, is_solution

from .errors import ClassroomError
from .record import Outcome, patiently, read_outcome
from .seal import KEY
from .settings import Course

MIME = "application/vnd.glassnet.check+json"
HIDDEN = re.compile(r"BEGIN HIDDEN TESTS")


@dataclass(frozen=True)
class Check:
    """What one cell of checks found: whether it is hidden, its points, and what it said (or nothing)."""

    hidden: bool
    points: float | None
    maximum: float
    text: str = ""
    stage: str = ""
    mistake: str | None = None


@dataclass
class Item:
    """A task: its name, its checks, and the points a person or the machine gave (None: not yet)."""

    name: str
    points: float | None = 0.0
    maximum: float = 0.0
    checks: list[Check] = field(default_factory=list)

    @property
    def told(self) -> Check | None:
        """The first check that took points off."""
        return next((check for check in self.checks if (check.points or 0) < check.maximum), None)


@dataclass
class Result:
    """How a student did.

    Attributes:
        student: the id, that is the folder's name.
        status: "graded", "failed" (could not be graded) or "missing" (nothing was handed in).
        problem: why it failed, or None.
        unsafe: graded without a sandbox.
        late: seconds after the due date.
        penalty: points taken off for that.
        items: by name; empty unless graded.
        answers: {cell: what the student wrote into it}, where something was written.
        timed_out: whether time ran out while the notebook or a cell ran.
        person: names and addresses of the gradebook: first_name, last_name, email, lms_user_id.
    """

    student: str
    status: str
    problem: str | None = None
    unsafe: bool = False
    late: float = 0.0
    penalty: float = 0.0
    items: dict[str, Item] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    timed_out: bool = False
    person: dict = field(default_factory=dict)

    @property
    def pending(self) -> list[str]:
        """Items a person has still to grade."""
        return [item.name for item in self.items.values() if item.points is None]

    @property
    def score(self) -> float | None:
        """Points so far, the penalty taken off; None if nothing was graded."""
        if self.status != "graded":
            return None
        return max(0.0, sum(item.points or 0.0 for item in self.items.values()) - self.penalty)


@dataclass
class Class:
    """An assignment's results: maximum points by item, and a Result for everybody in the gradebook."""

    slug: str
    maxima: dict[str, float]
    results: list[Result]

    @property
    def graded(self) -> list[Result]:
        """Results of those who could be graded."""
        return [result for result in self.results if result.status == "graded"]


def read(root: Path, slug: str) -> Class:
    """Results of everybody in the course's gradebook.

    Raises:
        ClassroomError: if nothing was graded yet.
    """
    course = Course(root)
    return patiently(lambda: _read(course, slug))


def _read(course, slug):
    with Gradebook(course.db_url, course.directory.course_id) as gradebook:
        try:
            assignment = gradebook.find_assignment(slug)
        except MissingEntry:
            raise ClassroomError(
                f"{slug} is not in the gradebook: run 'classroom grade {slug}' first"
            ) from None
        maxima = {}
        for cell in (cell for notebook in assignment.notebooks for cell in notebook.grade_cells):
            maxima[item_name(cell.name)] = maxima.get(item_name(cell.name), 0.0) + cell.max_score
        submissions = {one.student_id: one for one in gradebook.assignment_submissions(slug)}
        results = []
        for person in sorted(gradebook.students, key=lambda person: person.id):
            folder = course.folder("autograded", person.id, slug)
            results.append(_result(person, submissions.get(person.id), folder, slug))
    return Class(slug, maxima, results)


def item_name(grade_id: str) -> str:
    """Name of the item a cell belongs to."""
    return re.sub(r"-(check|hidden)$", "", grade_id)


def _result(person, submission, folder, slug):
    names = ("first_name", "last_name", "email", "lms_user_id")
    result = Result(person.id, "missing", person={name: getattr(person, name) for name in names})
    if submission is None:
        return result
    outcome = read_outcome(folder) or Outcome("graded")  # or by nbgrader alone, which leaves no outcome
    result.unsafe, result.timed_out = outcome.unsafe, outcome.timed_out
    if outcome.status != "graded" or not (folder / f"{slug}.ipynb").is_file():
        result.status, result.problem = "failed", outcome.problem or "it was not graded"
        return result
    result.status = "graded"
    result.late = submission.total_seconds_late
    result.penalty = sum(notebook.late_submission_penalty or 0.0 for notebook in submission.notebooks)
    grades = {grade.name: grade for notebook in submission.notebooks for grade in notebook.grades}
    points = {name: None if g.needs_manual_grade else g.score for name, g in grades.items()}
    maxima = {name: grade.max_score for name, grade in grades.items()}
    nb = nbformat.read(folder / f"{slug}.ipynb", as_version=4)
    result.items, result.answers = items_of(nb, points, maxima), _answers(nb)
    return result


def _answers(nb):
    given = nb.metadata.get(KEY, {}).get("answers", {})
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in nb.cells if is_solution(cell)}
    return {name: c.source for name, c in cells.items() if given.get(name) != compute_checksum(c)}


def items_of(nb, points: dict, maxima: dict) -> dict[str, Item]:
    """Items of a graded notebook.

    Args:
        nb: an autograded notebook.
        points: {grade_id: points, or None if a person has still to give them}.
        maxima: {grade_id: points it is worth}.
    """
    items = {}
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in nb.cells if is_grade(cell)}
    for name, maximum in maxima.items():
        item = items.setdefault(item_name(name), Item(item_name(name)))
        item.maximum += maximum
        earned = points[name]
        item.points = None if earned is None or item.points is None else item.points + earned
        cell = cells.get(name)
        if cell is not None and not is_solution(cell):
            item.checks.append(_check(cell, earned, maximum))
    order = {item_name(name): index for index, name in enumerate(cells)}
    return dict(sorted(items.items(), key=lambda entry: order.get(entry[0], len(order))))


def _check(cell, earned, maximum):
    hidden = bool(HIDDEN.search(cell.source))
    for output in cell.get("outputs", ()):
        record = output.get("data", {}).get(MIME)
        if isinstance(record, dict) and isinstance(record.get("text"), str):
            mistake = record.get("mistake")
            mistake = mistake if isinstance(mistake, str) else None
            return Check(hidden, earned, maximum, record["text"], str(record.get("stage", "")), mistake)
    errors = [output for output in cell.get("outputs", ()) if output.output_type == "error"]
    text = f"{errors[0].ename}: {errors[0].evalue}" if errors and not hidden else ""
    return Check(hidden, earned, maximum, text)
