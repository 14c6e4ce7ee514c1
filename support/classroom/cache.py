"""What was executed once: results by a key made of everything they depend on, checked when read."""

import hashlib
import json
import os
import platform
from dataclasses import asdict
from functools import cache
from pathlib import Path

from . import sandbox
from .execute import Executed, Task

FORM = 2  # of this file's contents and of the way notebooks are executed


def key(task: Task) -> str:
    """Hash of a task and of the environment it runs in."""
    parts = {**asdict(task), "notebook": task.notebook, "files": None, "given": None}
    files = [
        [kind, name, hashlib.sha256(data).hexdigest()]
        for kind in ("files", "given")
        for name, data in sorted(getattr(task, kind).items())
    ]
    text = json.dumps([FORM, parts, files, environment()], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def environment() -> str:
    """Hash of Python, the installed distributions, and modules that are used from their source folder."""
    digest = hashlib.sha256(platform.python_version().encode())
    # A distribution's folder is named after it and its version: reading the names takes no time.
    installed = {p.name for folder in sandbox.search_path() for p in Path(folder).glob("*.dist-info")}
    digest.update(repr(sorted(installed)).encode())
    for folder in sandbox.packages():
        for path in sorted(Path(folder).rglob("*.py")):
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


class Cache:
    """Results in a folder.

    Args:
        folder: where they are kept.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, name: str) -> Executed | None:
        """Result of that key; None if there is none or it was damaged."""
        try:
            digest, content = self._path(name).read_bytes().split(b"\n", 1)
            if hashlib.sha256(content).hexdigest().encode() == digest:
                return Executed(**json.loads(content))
        except (OSError, ValueError, TypeError):
            pass
        return None

    def put(self, name: str, result: Executed):
        """Keep a result; all of it or nothing. A full disk keeps none and harms nobody."""
        content = json.dumps(asdict(result)).encode()
        data = hashlib.sha256(content).hexdigest().encode() + b"\n" + content
        place = self._path(name)
        part = place.with_suffix(f".{os.getpid()}")
        try:
            part.write_bytes(data)
            os.replace(part, place)
        except OSError:
            part.unlink(missing_ok=True)

    def _path(self, name):
        return self.folder / f"{name}.json"
