"""Mending a submitted notebook: the release's cells, the student's answers, and the student's own cells.

Locked cells and cells of checks are the release's own. An answer is found by its grade_id or, where that was
lost, by the cell's id, by the function it defines, or by its place. Everything is rebuilt: of what was handed
in, only the text of cells and pasted pictures pass.
"""

import copy
import re
from collections import defaultdict
from itertools import pairwise

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import compute_checksum, is_solution

from .seal import KEY

TYPES = ("code", "markdown", "raw")
_DEFINED = re.compile(r"^(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)", re.MULTILINE)
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


class Unmendable(Exception):
    """The text says why a notebook is no answer to the assignment."""


def mend(raw: dict, release: NotebookNode) -> tuple[NotebookNode, list[str]]:
    """Rebuild a submission on the release.

    Args:
        raw: notebook of format 4, as JSON gave it; every value in it may be of any type.
        release: the assignment.

    Returns:
        The notebook and sentences on what was mended.

    Raises:
        Unmendable: if nothing in it belongs to the assignment.
    """
    expected = {name: cell for cell in release.cells if (name := _grade_id(cell))}
    cells = [_Cell(entry) for entry in raw["cells"] if isinstance(entry, dict)]
    notes = defaultdict(list)
    _claim(cells, expected, release, notes)
    if problem := _stranger(raw, release, {cell.name for cell in cells if cell.name}, expected):
        raise Unmendable(problem)
    cells = _without_copies(cells, expected, notes)
    cells = _in_order(cells, list(expected), expected, notes)
    cells = _with_missing(cells, expected, notes)
    notebook = copy.deepcopy(release)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.cells = _rebuilt(cells, expected, notes, release.metadata.get(KEY, {}).get("cells", {}))
    nbformat.validate(notebook)
    return notebook, [sentence.format(", ".join(map(repr, names))) for sentence, names in notes.items()]


class _Cell:
    """A student's cell: type and text, and the release's cell it stands for (its grade_id, or None)."""

    def __init__(self, entry):
        self.type = entry.get("cell_type") if entry.get("cell_type") in TYPES else "raw"
        self.source = _text(entry.get("source"))
        self.attachments = _pictures(entry.get("attachments"))
        self.id = entry.get("id") if isinstance(entry.get("id"), str) else None
        self.grade_id = _grade_id(entry)
        self.defined = _defined(self.source)
        self.name = None


def _grade_id(cell):
    metadata = cell.get("metadata")
    settings = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = settings.get("grade_id") if isinstance(settings, dict) else None
    return name if isinstance(name, str) else None


def _text(source):
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    source = source if isinstance(source, str) else ""
    # JSON can spell half a character (a lone surrogate), which no file can hold.
    return source.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _pictures(attachments):
    """Pictures pasted into a text, or None; everything else that can be attached is left out."""
    kept = {}
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        for mime, data in bundle.items() if isinstance(bundle, dict) else ():
            if mime in ("image/png", "image/jpeg", "image/gif") and isinstance(data, str):
                kept[_text(name)] = {mime: _text(data)}
    return kept or None


def _claim(cells, expected, release, notes):
    """Name the cells that belong to the assignment: by grade_id, id, function, and place."""
    for cell in cells:
        cell.name = cell.grade_id if cell.grade_id in expected else None
    for name, own in expected.items():
        if any(cell.name == name for cell in cells):
            continue
        free = [cell for cell in cells if not cell.name]
        functions = _defined(own.source)
        found = [cell for cell in free if cell.id and cell.id == own.get("id")]
        if not found and is_solution(own) and functions:
            found = [cell for cell in free if functions <= cell.defined]
        elif not found and is_solution(own):
            found = _at_the_place(cells, own, release)
        elif not found:
            found = [cell for cell in free if cell.type == own.cell_type and cell.source == own.source]
        for cell in found:
            cell.name = name
        if found and is_solution(own):
            notes["Answers that had lost their mark were found again: {}."].append(name)


def _defined(source):
    """Functions and classes defined at the left margin, found without parsing: that may fail or take long."""
    return set(_DEFINED.findall(source))


def _at_the_place(cells, own, release):
    """The unnamed cell of the same type that follows the text after which `own` stands in the release."""
    place = next(i for i, cell in enumerate(release.cells) if cell is own)
    before = release.cells[place - 1].source if place else None
    for previous, cell in pairwise(cells):
        if previous.source == before and not cell.name and cell.type == own.cell_type:
            return [cell]
    return []


def _without_copies(cells, expected, notes):
    """Of several cells for one, keep the last that was worked on; the other versions stay as plain cells."""
    for name, own in expected.items():
        copies = [cell for cell in cells if cell.name == name]
        if len(copies) < 2:
            continue
        worked_on = [cell for cell in copies if cell.source != own.source]
        kept = worked_on[-1] if worked_on and is_solution(own) else copies[0]
        for cell in copies:
            cell.name = name if cell is kept else None
        same = (own.source, kept.source)
        cells = [cell for cell in cells if cell is kept or cell not in copies or cell.source not in same]
        if is_solution(own):
            notes["There more than once, the last one that was worked on counts: {}."].append(name)
        else:
            notes["Cells of the exercise were there more than once: {}."].append(name)
    return cells


def _in_order(cells, names, expected, notes):
    """Put cells that stand in another order so that all answers come before all checks."""
    ranks = [names.index(cell.name) for cell in cells if cell.name]
    if ranks == sorted(ranks):
        return cells
    notes["Cells stood in another order; the checks were run after all answers."] = []
    answers = [i for i, name in enumerate(names) if is_solution(expected[name])]
    first = answers[0] if answers else len(names)
    locked = [c for c in cells if c.name and not is_solution(expected[c.name])]
    locked.sort(key=lambda cell: names.index(cell.name))
    start = [cell for cell in locked if names.index(cell.name) < first]
    own = [cell for cell in cells if cell not in locked]
    return start + own + [cell for cell in locked if cell not in start]


def _with_missing(cells, expected, notes):
    """Put the cells that are missing where the release has them."""
    cells, place = list(cells), -1
    for name, own in expected.items():
        index = next((i for i, cell in enumerate(cells) if cell.name == name), None)
        if index is not None:
            place = max(place, index)
            continue
        cell = _Cell({"cell_type": own.cell_type, "source": own.source, "id": own.get("id")})
        cell.name = name
        functions = is_solution(own) and _defined(own.source)
        if functions and any(c.type == "code" and functions <= c.defined for c in cells):
            cell.source = "# The answer stands in another cell."  # which the exercise's stub would undo
            notes["Cells were missing, and their answers found in other cells: {}."].append(name)
        else:
            notes["Cells were missing: {}."].append(name)
        if place >= 0:
            while place + 1 < len(cells) and not cells[place + 1].name and cells[place + 1].type == "code":
                place += 1  # helpers that belong to the answer before
        place += 1
        cells.insert(place, cell)
    return cells


def _rebuilt(cells, expected, notes, sealed):
    """Notebook cells without outputs; an id is the release's, the student's or, if those clash, a number."""
    rebuilt, taken = [], {cell.get("id") for cell in expected.values()}
    for number, cell in enumerate(cells):
        own = expected.get(cell.name)
        if own is None:
            made = NotebookNode(cell_type=cell.type, metadata=NotebookNode(), source=cell.source)
            made.id = cell.id
            if cell.id in taken or not _ID.fullmatch(cell.id or ""):
                made.id = next(n for i in range(len(cells) + 1) if (n := f"own-{number + i}") not in taken)
            taken.add(made.id)
        else:
            made = copy.deepcopy(own)
            made.setdefault("id", f"graded-{number}")
            if is_solution(own):
                made.source = cell.source
            elif _altered(cell, own, sealed.get(cell.name)):
                notes["Altered cells of the exercise were replaced by the originals: {}."].append(cell.name)
            if is_solution(own) and cell.type != own.cell_type:
                notes["The type of answers' cells was set right: {}."].append(cell.name)
        if made.cell_type == "code":
            made.outputs, made.execution_count = [], None
        elif cell.attachments:
            made.attachments = cell.attachments
        rebuilt.append(made)
    return rebuilt


def _altered(cell, own, entry):
    """Whether a locked cell differs from what students were given (the release may hold hidden checks)."""
    if cell.source == own.source and cell.type == own.cell_type:
        return False
    given = copy.deepcopy(own)
    given.source, given.cell_type = cell.source, cell.type
    return entry is None or compute_checksum(given) != entry["checksum"]


def _stranger(raw, release, found, expected):
    """Why a notebook is no answer to the assignment, or None; some grade_ids are those of others, too."""
    metadata = raw.get("metadata")
    seal = metadata.get(KEY) if isinstance(metadata, dict) else None
    name = seal.get("assignment") if isinstance(seal, dict) else None
    wanted = release.metadata.get(KEY, {}).get("assignment", "this assignment")
    if isinstance(name, str) and name.isidentifier() and name != wanted and len(found) < len(expected) / 2:
        return f"this is the notebook of {name}, not of {wanted}: ask for the right one"
    if expected and not found:
        return f"no cell of {wanted} is in it, no answer and no check: ask for the right notebook"
    return None
