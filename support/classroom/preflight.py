"""Before a submission is graded: read it as what it may be, hostile or broken, and say what was found.

Nothing here follows a link, executes anything, or waits for anybody; one submission cannot stop the next.
"""

import importlib.util
import json
import os
import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from .closing import shown as _shown
from .errors import ClassroomError
from .mend import Unmendable, mend

MAX_NOTEBOOK = 20_000_000  # bytes; outputs are thrown away, so that honest notebooks are far below
MAX_FILES = 20_000_000  # bytes of all files beside it together
MAX_ENTRIES = 1000  # folders and files looked at
MAX_CELLS = 2000

_NO_NOTEBOOK = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive",
    b"<": "a web page",
    b"\x1f\x8b": "a compressed archive",
}
_DAMAGED = "{} is damaged: it is not valid JSON ({}); ask for the file again"


@dataclass(frozen=True)
class Preflight:
    """What was found.

    Attributes:
        notebook: sanitised, mended, with the release's metadata, without outputs; None if there is none.
        files: regular files beside it that are safe to copy; each path begins with the submission's folder.
        notes: sentences for the instructor: what was mended, what was left out.
        problem: sentence for the instructor: why this cannot be graded; None if it can.
    """

    notebook: NotebookNode | None = None
    files: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problem: str | None = None


class _Refused(Exception):
    """The text says why a submission cannot be graded."""


def inspect(path: Path, release: NotebookNode) -> Preflight:
    """Look at a submission; never raises on what a student handed in.

    Args:
        path: `submitted/<student>/<slug>/<slug>.ipynb`, there or not.
        release: the assignment; its locked cells and its cells of checks take the place of the student's.
    """
    path = Path(path)
    try:
        _refuse_linked_folders(path)
        found, notes = _find(path)
        raw = _parse(_read(found), _shown(found.name))
        notebook, mended = mend(raw, release)
        files, left_out = _files(path.parent)
    except (_Refused, Unmendable) as refusal:
        return Preflight(problem=str(refusal))
    except Exception as error:  # whatever it is, the rest of the class is graded
        return Preflight(problem=f"{_shown(path.name)} could not be read ({type(error).__name__})")
    return Preflight(notebook, files, notes + mended + left_out)


def _refuse_linked_folders(path):
    for folder in (path.parent, path.parent.parent):
        if folder.is_symlink():
            raise _Refused(f"the folder {_shown(folder.name)} is a symbolic link, and links are not followed")


def _find(path):
    """The notebook to read and a note, if it is not the one that was asked for."""
    if os.path.lexists(path):
        return path, []
    others = sorted(p for p in path.parent.glob("*.ipynb") if not p.name.startswith("."))
    if not others:
        raise _Refused(f"{path.name} was not handed in")
    if len(others) > 1:
        names = ", ".join(_shown(other.name) for other in others[:3])
        raise _Refused(f"{path.name} is missing and there are several others ({names}): rename the right one")
    return others[0], [
        f"{path.name} is missing; the only other notebook, {_shown(others[0].name)}, was taken."
    ]


def read(path: Path) -> bytes:
    """Bytes of a file beside the notebook, which may have become something else since it was looked at.

    Raises:
        ClassroomError: if it is no regular file any more.
    """
    try:
        return _read(path)
    except _Refused as refusal:
        raise ClassroomError(str(refusal)) from None


def _read(path):
    """Bytes of a regular file of bearable size."""
    name = _shown(path.name)
    try:
        # Not through a link, and without waiting for a writer where the name is that of a FIFO.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if path.is_symlink():
            raise _Refused(f"{name} is a symbolic link, and links are not followed") from None
        raise _Refused(f"{name} cannot be opened: {error.strerror}") from None
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        raise _Refused(f"{name} is not a file, but {_kind(mode)}")
    with open(handle, "rb") as file:
        content = file.read(MAX_NOTEBOOK + 1)
    if len(content) > MAX_NOTEBOOK:
        raise _Refused(
            f"{name} is larger than {MAX_NOTEBOOK // 10**6} MB: ask for it with its outputs cleared"
        )
    return content


def _kind(mode):
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket"}
    return kinds.get(stat.S_IFMT(mode), "a device")


def _parse(content, name):
    """The notebook's JSON as plain dictionaries in format 4."""
    if not content.strip(b"\0 \t\r\n"):
        raise _Refused(f"{name} is empty: ask for the file again")
    for start, kind in _NO_NOTEBOOK.items():
        if content.lstrip().startswith(start):
            raise _Refused(f"{name} is {kind}, not a notebook: ask for the .ipynb file")
    try:
        raw = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _Refused(_DAMAGED.format(name, "its text is not UTF-8")) from None
    except json.JSONDecodeError as error:
        raise _Refused(_DAMAGED.format(name, f"line {error.lineno}, {error.msg.lower()}")) from None
    except (ValueError, RecursionError):
        raise _Refused(_DAMAGED.format(name, "it holds what no notebook holds")) from None
    if not isinstance(raw, dict) or not isinstance(version := raw.get("nbformat"), int):
        raise _Refused(f"{name} is not a notebook: it does not name its format")
    if version not in (3, 4):
        raise _Refused(f"{name} is in notebook format {version}; 4 is expected: save it with JupyterLab")
    if version == 3:
        raw = _upgraded(raw, name)
    if not isinstance(raw.get("cells"), list):
        raise _Refused(f"{name} is not a notebook: it has no list of cells")
    if len(raw["cells"]) > MAX_CELLS:
        raise _Refused(f"{name} has {len(raw['cells'])} cells; {MAX_CELLS} are the most that are graded")
    return raw


def _upgraded(raw, name):
    try:
        return nbformat.convert(nbformat.from_dict(raw), 4)
    except Exception:
        raise _Refused(f"{name} is in notebook format 3 and damaged: save it with JupyterLab") from None


def _files(folder):
    """Files safe to copy, and sentences on those that are left out."""
    files, notes, size, entries = [], [], 0, 0
    for place, folders, names in os.walk(folder):  # does not follow links
        folders[:] = sorted(n for n in folders if not n.startswith((".", "__pycache__")))
        for name in sorted(folders + names):
            entry = Path(place, name)
            shown = _shown(entry.relative_to(folder))
            entries += 1
            if entries > MAX_ENTRIES:
                return files, [*notes, f"There are more than {MAX_ENTRIES} files; the rest was left out."]
            if name.startswith(".") or (name.endswith(".ipynb") and place == str(folder)):
                continue
            status = entry.lstat()
            shadows = place == str(folder) and _shadows(entry)
            if shadows or stat.S_ISLNK(status.st_mode):
                folders[:] = [n for n in folders if n != name]
            if shadows:
                notes.append(f"{shown} was left out: it would stand in for the module {shadows!r}.")
            elif stat.S_ISLNK(status.st_mode):
                notes.append(f"{shown} was left out: it is a symbolic link.")
            elif stat.S_ISDIR(status.st_mode):
                continue
            elif not stat.S_ISREG(status.st_mode):
                notes.append(f"{shown} was left out: it is {_kind(status.st_mode)}.")
            elif size + status.st_size > MAX_FILES:
                notes.append(f"{shown} was left out: all files may have {MAX_FILES // 10**6} MB together.")
            else:
                size += status.st_size
                files.append(entry)
    return files, notes


def _shadows(entry):
    """Name of the installed module that would be hidden by a file or folder beside the notebook, or None."""
    name = entry.name.partition(".")[0]
    if not entry.is_symlink() and not entry.is_dir() and entry.suffix not in (".py", ".pyc", ".so", ".pyd"):
        return None
    if not name.isidentifier():
        return None
    try:
        known = name in sys.stdlib_module_names or importlib.util.find_spec(name) is not None
    except ValueError:  # loaded without a description, so it is there
        known = True
    return name if known else None
