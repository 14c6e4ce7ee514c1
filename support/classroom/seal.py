"""The seal of a released notebook: what it held, so that a lost or altered check, or an answer, is noticed.

It stands in the notebook's metadata as `{"assignment": slug, "cells": {id: {"kind", "points", "checksum"}},
"answers": {id: checksum}}`. A help for the honest: nbgrader itself goes by its gradebook.
"""

from pathlib import Path

import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import compute_checksum, is_grade, is_locked, is_solution

KEY = "classroom"


class Seal(NbGraderPreprocessor):
    """Write the seal; the last step but one of generating an assignment."""

    def preprocess(self, nb, resources):
        """Return the notebook with its seal."""
        cells = [cell for cell in nb.cells if is_grade(cell) or is_locked(cell)]
        nb.metadata[KEY] = {
            "assignment": resources["nbgrader"]["assignment"],
            "cells": {cell.metadata.nbgrader.grade_id: _entry(cell) for cell in cells},
            "answers": _answers(nb),
        }
        return nb, resources


def _entry(cell):
    points = float(cell.metadata.nbgrader.points) if is_grade(cell) else 0.0
    return {"kind": kind(cell), "points": points, "checksum": compute_checksum(cell)}


def _answers(nb):
    return {c.metadata.nbgrader.grade_id: compute_checksum(c) for c in nb.cells if is_solution(c)}


def is_worked_on(notebook: Path) -> bool:
    """Whether a released notebook may hold answers: somebody wrote into it, or it cannot be read."""
    try:
        nb = nbformat.read(notebook, as_version=4)
    except Exception:
        return True
    return KEY in nb.metadata and nb.metadata[KEY].get("answers") != _answers(nb)


def kind(cell) -> str:
    """What a cell is: "written" answer, "check", "hidden" check (emptied for students) or "locked"."""
    if not is_grade(cell):
        return "locked"
    if is_solution(cell):
        return "written"
    lines = [line.strip() for line in cell.source.splitlines()]
    return "check" if any(line and not line.startswith("#") for line in lines) else "hidden"


def _with_seal():
    steps = GenerateAssignment.class_traits()["preprocessors"].default()
    return [*steps[:-1], Seal, steps[-1]]


PREPROCESSORS = _with_seal()
