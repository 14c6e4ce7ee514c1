"""The process that all workers are forked from: it imports once what every kernel needs.

Importing takes a while, so that `classroom grade` starts it first of all: both then import at the same time.
"""

import ast
import contextlib
import importlib.util
import json
import multiprocessing
import os
import threading
from collections.abc import Iterable, Sequence
from multiprocessing import forkserver
from pathlib import Path

from . import sandbox

WORK = tuple(f"{__package__}.{name}" for name in ("warm", "execute", "fanout"))
# What a kernel imports before it is ready, or with the first thing that is asked of it.
KERNEL = (
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "IPython",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "faulthandler",
    "multiprocessing.popen_forkserver",
    "numpy.testing",
    "pkgutil",
    "tornado.platform.asyncio",
    "tornado.queues",
)
context = multiprocessing.get_context("forkserver")
_starting = threading.Lock()  # a worker of a cluster has several threads and one environment


def start(modules: Sequence[str] = ()):
    """Start the process; if it runs already, it stays what it is.

    Args:
        modules: what the notebooks import, beside what every kernel does.
    """
    context.set_forkserver_preload([*WORK, *KERNEL, *modules])
    keep_running()


def keep_running():
    """Start the process anew if it has ended; nothing of our environment is to be found in it."""
    with _starting:
        kept, clean = dict(os.environ), sandbox.environment()
        try:
            for name in set(kept) - {"HOME"}:
                del os.environ[name]
            os.environ.update({name: clean[name] for name in clean if name != "HOME"})
            with _silence():
                forkserver.ensure_running()
        finally:
            os.environ.clear()
            os.environ.update(kept)


@contextlib.contextmanager
def _silence():
    """Have what is started meanwhile print no errors: TensorFlow talks when imported, whatever it is told.

    What goes wrong in a worker comes back as its result.
    """
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def imported(notebook: Path, code: Iterable[str] = ()) -> list[str]:
    """Installed modules that an assignment and its solution import.

    Checks are left out: what hidden ones import is not to be found in a student's kernel. (Nor does a
    solution import what is hidden there, or it would not work when it is graded itself.) A file that cannot
    be read gives nothing: whoever needs it will say more.

    Args:
        notebook: with solutions.
        code: what else kernels are told to run.
    """
    names = set().union(*map(_imports, code))
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
            about = cell["metadata"].get("nbgrader", {})
            if cell["cell_type"] == "code" and (about.get("solution") or not about.get("grade")):
                # What is in an `if` of a free cell is most often a demonstration that grading leaves out.
                names |= _imports("".join(cell["source"]), everywhere=bool(about))
    return sorted(name for name in names if importlib.util.find_spec(name.partition(".")[0]))


def told(course: Path) -> list[str]:
    """Code that a course's settings have its kernels run, read without running them: they import a second."""
    found = []
    with contextlib.suppress(OSError, ValueError, SyntaxError):  # the grader will say more
        tree = ast.parse((course / "nbgrader_config.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                names = [target.attr for target in node.targets if isinstance(target, ast.Attribute)]
                found += [str(node.value.value)] * ("serve" in names or "borrow" in names)
    return found


def _imports(source, everywhere=True):
    names = set()
    with contextlib.suppress(SyntaxError):
        tree = ast.parse(source)
        for node in ast.walk(tree) if everywhere else tree.body:
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module)
    return names
