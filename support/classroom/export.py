"""Marks for other systems: a plain table, Canvas' gradebook, Moodle's grade import.

Who has no points yet, or not all of them, has an empty cell, never 0. Cells that a spreadsheet would take for
a formula are neutralised.
"""

import csv
import io
from pathlib import Path

from . import page, results
from .errors import ClassroomError

FORMATS = ("csv", "canvas", "moodle")


def export(root: Path, to: str, slugs: list[str], output: Path | None = None) -> int:
    """Write the marks of assignments into one file.

    Args:
        root: the course folder.
        to: one of FORMATS.
        slugs: assignments, each a column.
        output: file; `marks-<to>.csv` in the course folder if None.

    Returns:
        Exit code 0.

    Raises:
        ClassroomError: if nothing was graded.
    """
    classes = [results.read(root, slug) for slug in slugs]
    people = {one.student: one.person for found in classes for one in found.results}
    if not people:
        raise ClassroomError("the gradebook holds no students")
    scores = {(one.student, found.slug): _score(one) for found in classes for one in found.results}
    maxima = {found.slug: sum(found.maxima.values()) for found in classes}
    rows = {"csv": _plain, "canvas": _canvas, "moodle": _moodle}[to](people, scores, maxima)
    output = output or Path(root).resolve() / f"marks-{to}.csv"
    output.write_text(_written(rows), encoding="utf-8", newline="")
    empty = sum(value == "" for value in scores.values())
    print(f"{len(people)} students, {len(slugs)} assignments: {output}")
    if empty:
        print(f"{empty} cells are empty: not handed in, not graded, or a written question still waits.")
    return 0


def neutral(text) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before what might begin one."""
    text = str(text)
    risky = text.lstrip().startswith(("=", "+", "-", "@")) or text.startswith(("\t", "\r", "\n"))
    return f"'{text}" if risky else text


def _score(result):
    """Points, or an empty text while they are not final."""
    return "" if result.score is None or result.pending else page.points(result.score)


def _name(person, student):
    return " ".join(filter(None, (person["first_name"], person["last_name"]))) or student


def _plain(people, scores, maxima):
    yield [
        "student",
        "first name",
        "last name",
        "email",
        *(f"{s} ({page.points(m)})" for s, m in maxima.items()),
    ]
    for student, person in people.items():
        names = [person["first_name"] or "", person["last_name"] or "", person["email"] or ""]
        yield [student, *names, *(scores[student, slug] for slug in maxima)]


def _canvas(people, scores, maxima):
    """Canvas finds a student by ID (its own number) or SIS Login ID; a new column becomes an assignment."""
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *maxima]
    yield ["    Points Possible", "", "", "", "", *map(page.points, maxima.values())]
    for student, person in people.items():
        last, first = person["last_name"], person["first_name"]
        name = f"{last}, {first}" if last and first else _name(person, student)
        row = [name, person["lms_user_id"] or "", "", student, ""]
        yield [*row, *(scores[student, slug] for slug in maxima)]


def _moodle(people, scores, maxima):
    """Moodle asks on import which column names the student; username, ID number and e-mail are offered."""
    yield ["username", "idnumber", "email", "firstname", "lastname", *maxima]
    for student, person in people.items():
        names = [person[key] or "" for key in ("lms_user_id", "email", "first_name", "last_name")]
        yield [student, *names, *(scores[student, slug] for slug in maxima)]


def _written(rows):
    file = io.StringIO()
    writer = csv.writer(file)
    for row in rows:
        writer.writerow([cell if _is_number(cell) else neutral(cell) for cell in row])
    return file.getvalue()


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True
