"""Releasing: from solutions/ to exercises/, by nbgrader in a scratch course, a folder replaced at once."""

import filecmp
import os
import re
import shutil
import tempfile
from pathlib import Path

import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import capture_log
from traitlets.config import PyFileConfigLoader

from .errors import ClassroomError
from .seal import is_worked_on

# Also in spellings nbgrader would not recognise and therefore leave in.
MARKER = re.compile(r"(BEGIN|END)[\s_-]*(SOLUTION|HIDDEN|MARK[\s_-]*SCHEME)", re.IGNORECASE)


def release(course: Path, slugs: list[str], check: bool = False, force: bool = False) -> int:
    """Release the assignments `slugs` (all, if empty), or compare them with what is released.

    Args:
        course: folder with nbgrader_config.py, solutions/ and exercises/.
        slugs: assignments.
        check: compare only.
        force: replace also what somebody has written answers into.

    Returns:
        Exit code: 1 if `check` found a difference, otherwise 0.

    Raises:
        ClassroomError: if an assignment does not exist or must not be released as it is, or if answers
            stand where it would be written.
    """
    course = course.resolve()
    if not (course / "nbgrader_config.py").is_file():
        raise ClassroomError(f"{course} is no course folder: there is no nbgrader_config.py in it")
    known = sorted(folder.name for folder in (course / "solutions").glob("[!.]*") if folder.is_dir())
    for slug in slugs:
        if slug not in known:
            raise ClassroomError(
                f"there is no assignment {slug!r} in solutions/; there are: {', '.join(known)}"
            )
    if not known:
        raise ClassroomError("there is nothing to release: solutions/ has no folder")
    # The scratch course lies on the same disk, so that the finished folder can be moved into its place.
    with tempfile.TemporaryDirectory(prefix=".release-", dir=course) as scratch:
        made = {slug: generate(course, slug, Path(scratch)) for slug in slugs or known}
        if check:
            return _compare(course, made, obsolete=[] if slugs else _obsolete(course, known))
        obsolete = [] if slugs else _obsolete(course, known)
        if not force:
            _refuse_to_lose_answers(course, [*made, *obsolete])
        for slug, folder in made.items():
            _replace(course / "exercises" / slug, folder)
            print(f"released {slug}: exercises/{slug}/{slug}.ipynb")
        for slug in obsolete:
            shutil.rmtree(course / "exercises" / slug)
            print(f"removed {slug}: it has no solution any more")
    return 0


def generate(course: Path, slug: str, scratch: Path, gradebook: CourseDirectory | None = None) -> Path:
    """Folder with the released version of `slug`, made in the empty folder `scratch`.

    The assignment, its hidden checks included, is entered into the gradebook of that course, if one is given.
    """
    source = course / "solutions" / slug
    if not (source / f"{slug}.ipynb").is_file():
        raise ClassroomError(f"solutions/{slug} must hold {slug}.ipynb, the notebook of the assignment")
    _refuse_duplicated_ids(source)
    ignore = shutil.ignore_patterns(".*", "__pycache__")
    shutil.copytree(source, scratch / "solutions" / slug, ignore=ignore)
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    config.CourseDirectory.root = str(scratch)
    if gradebook:
        config.CourseDirectory.db_url = gradebook.db_url
        config.CourseDirectory.course_id = gradebook.course_id
    else:
        config.SaveCells.enabled = False  # releasing needs no gradebook
    config.GenerateAssignment.no_database = not gradebook
    directory = CourseDirectory(config=config)
    directory.assignment_id = slug
    converter = GenerateAssignment(coursedir=directory, config=config)
    converter.log.propagate = False
    result = capture_log(converter)
    if not result["success"]:
        raise ClassroomError(f"nbgrader could not release {slug}: {_reason(result)}")
    folder = scratch / "exercises" / slug
    _refuse_leaks(folder, slug)
    return folder


def _reason(result):
    """The line of nbgrader's log that says what was wrong, or else the error's own text."""
    log = re.sub(r"\x1b\[[0-9;]*m", "", result.get("log", "") + result["error"])
    noise = ("Traceback", "There was an error", "Please see", "Failed")
    lines = re.findall(r"^\[ERROR\] (.+)$", log, re.MULTILINE)
    lines = [line for line in lines if not line.startswith(noise)]
    lines += re.findall(r"^\s*\w*(?:Error|Exception): (.*)$", log, re.MULTILINE)
    return lines[0].partition(" Cell contents are:")[0] if lines else "see its log"


def _refuse_duplicated_ids(source):
    for notebook in source.glob("*.ipynb"):
        cells = nbformat.read(notebook, as_version=4).cells
        ids = [cell.metadata["nbgrader"].get("grade_id") for cell in cells if "nbgrader" in cell.metadata]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ClassroomError(f"{notebook.name} uses the grade_id {twice[0]!r} in more than one cell")


def _refuse_leaks(folder, slug):
    """Raise if any file still holds a marker of something students must not see."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        found = MARKER.search(path.read_text(encoding="utf-8", errors="ignore"))
        if found:
            raise ClassroomError(
                f"{slug} is not released: {path.relative_to(folder)} would still hold {found.group()!r}; "
                "write the markers exactly as '### BEGIN SOLUTION', '### END SOLUTION', "
                "'### BEGIN HIDDEN TESTS', '### END HIDDEN TESTS', in cells nbgrader knows"
            )


def _refuse_to_lose_answers(course, slugs):
    """Raise if a notebook that is about to be replaced or removed has been worked on."""
    for path in sorted(p for slug in slugs for p in (course / "exercises" / slug).glob("*.ipynb")):
        if is_worked_on(path):
            raise ClassroomError(
                f"{path.relative_to(course)} holds answers that releasing would delete: "
                "move it away, or release with --force"
            )


def _replace(place, folder):
    """Put `folder` at `place` by renaming, and the old one back if that fails."""
    place.parent.mkdir(exist_ok=True)
    old = folder.with_name(f"{folder.name}.old")
    if place.exists():
        os.replace(place, old)
    try:
        os.replace(folder, place)
    except OSError:
        if old.exists():
            os.replace(old, place)
        raise


def _obsolete(course, known):
    """Released assignments without a solution."""
    released = (p for p in (course / "exercises").glob("[!.]*") if p.is_dir())
    return sorted(p.name for p in released if p.name not in known)


def _compare(course, made, obsolete):
    """Print the files in which exercises/ differs from what would be released; 1 if there are any."""
    different = [f"exercises/{slug}: has no solution any more" for slug in obsolete]
    for slug, folder in made.items():
        released = course / "exercises" / slug
        there, here = _files(released), _files(folder)
        for name in sorted(there | here):
            place = f"exercises/{slug}/{name}"
            if name not in there:
                different.append(f"{place}: is missing")
            elif name not in here:
                different.append(f"{place}: should not be there")
            elif not filecmp.cmp(released / name, folder / name, shallow=False):
                different.append(f"{place}: differs from its solution")
    for line in different:
        print(line)
    print("run 'classroom release'" if different else f"exercises/ is up to date ({len(made)} released)")
    return 1 if different else 0


def _files(folder):
    files = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    return {name for name in files if ".ipynb_checkpoints" not in name}
