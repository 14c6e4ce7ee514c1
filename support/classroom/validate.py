"""A student's self-check: run the notebook, list points and hints per function, say what got lost."""

import os
import shutil
import subprocess
import textwrap
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbgrader.utils import compute_checksum, determine_grade, is_grade

from .errors import ClassroomError
from .seal import KEY, kind

MIME = "application/vnd.glassnet.check+json"


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        name: the function, or the cell's id.
        points: earned, or None if a person or a later run decides.
        maximum: what it is worth.
        text: what to tell the student.
    """

    name: str
    points: float | None
    maximum: float
    text: str


def validate(path: Path, timeout: int = 60) -> int:
    """Print what the notebook at `path` has reached; the file stays as it is.

    Args:
        path: a released notebook, worked on or not.
        timeout: seconds a cell may take.

    Returns:
        Exit code: 0 if all checks passed and none is missing or altered, otherwise 1.

    Raises:
        ClassroomError: if there is nothing to run or it cannot be run.
    """
    nb = _read(path)
    complaints = _complaints(nb)
    _run(nb, path.resolve().parent, timeout)
    rows = [_row(cell) for cell in nb.cells if is_grade(cell)]
    print(_table([row for row in rows if row.points is not None]))
    for complaint in complaints:
        print(_wrap(f"! {complaint}"))
    print(_summary(rows, complaints))
    passed = all(row.points == row.maximum for row in rows if row.points is not None)
    return 0 if passed and not complaints else 1


def _read(path):
    if not path.is_file():
        raise ClassroomError(f"there is no file {path}")
    try:
        nb = nbformat.read(path, as_version=4)
    except Exception:
        raise ClassroomError(f"{path} is not a notebook, or it is damaged") from None
    if not any(is_grade(cell) for cell in nb.cells) and KEY not in nb.metadata:
        raise ClassroomError(f"{path} is no exercise: it holds no checks")
    return nb


def _complaints(nb):
    """Sentences on checks that are missing, altered or there twice."""
    sealed = nb.metadata.get(KEY, {}).get("cells", {})
    present = {}
    for cell in nb.cells:
        if name := cell.metadata.get("nbgrader", {}).get("grade_id"):
            present.setdefault(name, []).append(cell)
    complaints = []
    for name, entry in sealed.items():
        cells = present.get(name, [])
        if not cells:
            complaints.append(f"The cell {name!r} is missing ({entry['points']:g} points).")
        elif len(cells) > 1:
            complaints.append(f"The cell {name!r} is there {len(cells)} times; delete the copies.")
        elif entry["kind"] != "written" and compute_checksum(cells[0]) != entry["checksum"]:
            complaints.append(f"The cell {name!r} was altered.")
    if complaints:
        complaints.append(
            "Copy your answers into a fresh copy of the exercise: it is graded with its own checks."
        )
    return complaints


def _run(nb, folder, timeout):
    """Execute all cells; what a cell raises stays in that cell."""
    hanging = {"ename": "TimeoutError", "evalue": f"stopped after {timeout} seconds", "traceback": []}
    client = NotebookClient(
        nb,
        timeout=timeout,
        kernel_name="python3",
        extra_arguments=["--IPKernelApp.log_level=40"],
        allow_errors=True,
        interrupt_on_timeout=True,
        error_on_timeout=hanging,
        resources={"metadata": {"path": str(folder)}},
    )
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    try:
        # Only the kernel's environment: an exception would leave a change of this process' own behind.
        # What libraries say on the error stream of the kernel's own process is no answer to anybody.
        environment = {**os.environ, "NBGRADER_EXECUTION": "validate"}
        client.execute(env=environment, stderr=subprocess.DEVNULL)
    except DeadKernelError:
        raise ClassroomError(
            "the notebook ended its own Python; look for exit(), quit() or too much memory"
        ) from None


def _row(cell):
    name, maximum = cell.metadata.nbgrader.grade_id, float(cell.metadata.nbgrader.points)
    what = kind(cell)
    if what == "written":
        answered = cell.metadata.nbgrader.get("checksum") != compute_checksum(cell)
        return Row(name, None, maximum, "answered" if answered else "not answered yet")
    if what == "hidden":
        return Row(name, None, maximum, "hidden")
    for output in cell.outputs:
        if record := output.get("data", {}).get(MIME):
            points = min(float(record["points"]), maximum)
            return Row(record["function"], points, maximum, record["text"])
    errors = [output for output in cell.outputs if output.output_type == "error"]
    if errors:
        text = f"{errors[0].ename}: {errors[0].evalue}"
        if errors[0].ename == "NameError" and "checks" in errors[0].evalue:
            text = "The first code cell, which makes `checks`, is missing or does not run."
        return Row(name, 0.0, maximum, text)
    points, _ = determine_grade(cell)
    return Row(name, points, maximum, "Right." if points == maximum else "Not all of it is right yet.")


def _table(rows):
    """Text table: function, points, what the check says."""
    width = max([len(row.name) for row in rows] + [len("function")])
    lines = [f"{'function':{width}}  points   what the check says"]
    room = max(40, shutil.get_terminal_size((100, 24)).columns - width - 11)
    for row in rows:
        head = f"{row.name:{width}}  {row.points:g} of {row.maximum:g}   "
        text = [part for line in row.text.split("\n") for part in textwrap.wrap(line, room)]
        lines += [(head if i == 0 else " " * len(head)) + line for i, line in enumerate(text)]
    return "\n".join(lines)


def _summary(rows, complaints):
    seen = [row for row in rows if row.points is not None]
    hidden = sum(row.maximum for row in rows if row.text == "hidden" and row.points is None)
    written = [row for row in rows if row.points is None and row.text != "hidden"]
    text = f"{sum(row.points for row in seen):g} of {sum(row.maximum for row in seen):g} points so far."
    if hidden:
        text += f" {hidden:g} more come from hidden checks when the notebook is graded."
    if written:
        texts = " and ".join(f"{row.name} is {row.text} ({row.maximum:g} points)" for row in written)
        text += f" Graded by a person: {texts}."
    return "\n" + _wrap(text)


def _wrap(text):
    return textwrap.fill(text, max(60, min(100, shutil.get_terminal_size((100, 24)).columns)))
