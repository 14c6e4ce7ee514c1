"""Executes the new and changed notebooks in parallel before Sphinx reads them, into the cache it reads from.

Sphinx would execute them one after the other. A notebook that fails ends the build with its name, the
cell and the reason; all failures are reported together.
"""

import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from sphinx.errors import ExtensionError
from sphinx.util import logging

logger = logging.getLogger(__name__)

STARTS = 3


def workers() -> int:
    """How many notebooks to execute at once: one for each core this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def not_cached(paths, cache) -> dict[Path, nbformat.NotebookNode]:
    """The notebooks among `paths` whose outputs the cache does not hold."""
    missing = {}
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        try:
            cache.match_cache_notebook(notebook)
        except KeyError:
            missing[path] = notebook
    return missing


def execute(path: Path, notebook, timeout: int):
    """Run one notebook in its own folder; return the result, or what stopped it.

    A kernel that does not start is tried again: two that start together may draw the same port.
    """
    for attempt in range(1, STARTS + 1):
        started = []
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        try:
            result = single_nb_execution(
                notebook,
                cwd=str(path.parent),
                timeout=timeout,
                allow_errors=False,
                on_cell_start=lambda cell, cell_index, started=started: started.append(cell_index),
            )
            error = result.err
        except Exception as failure:  # a kernel that died or never started
            if not started and attempt < STARTS:
                continue
            error = f"{failure} (its last words are in {os.environ['IPYTHONDIR']}/kernels.log)"
        if error is None:
            return result, None
        number = started[-1] if started else 0
        return None, describe(path, number + 1, notebook.cells[number].source, error)


def describe(path: Path, number: int, source: str, error: BaseException | str) -> str:
    """What stopped the notebook, with the cell's number (from 1, all cells counted) and first lines."""
    reason = (
        f"{error.ename}: {error.evalue}" if hasattr(error, "ename") else str(error).strip().split("\n")[0]
    )
    lines = source.split("\n")
    shown = "\n".join(f"    {line}" for line in lines[:12] + ["..."] * (len(lines) > 12))
    return f"{path}, cell {number}: {reason}\n{shown}"


def execute_ahead(app, env, docnames):
    """Fill the cache for the notebooks Sphinx is about to read."""
    if app.config.nb_execution_mode != "cache":
        return
    paths = [path for name in sorted(docnames) if (path := Path(env.doc2path(name))).suffix == ".ipynb"]
    cache = get_cache(app.config.nb_execution_cache_path)
    missing = not_cached(paths, cache)
    failures = []
    with ThreadPoolExecutor(workers()) as pool:
        timeout = app.config.nb_execution_timeout
        running = {pool.submit(execute, path, nb, timeout): path for path, nb in missing.items()}
        for done in as_completed(running):
            path = running[done]
            result, failure = done.result()
            if failure:
                failures.append(failure)
                logger.info("failed: %s", path.relative_to(app.srcdir))
                continue
            bundle = CacheBundleIn(result.nb, str(path), data={"execution_seconds": result.time})
            cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
            logger.info("executed in %.1f s: %s", result.time, path.relative_to(app.srcdir))
    if failures:
        raise ExtensionError("Notebooks that do not run:\n\n" + "\n\n".join(sorted(failures)))


def setup(app):
    """Execute when Sphinx knows which pages are new or changed."""
    app.connect("env-before-read-docs", execute_ahead)
