"""Chooses the cache of executed notebooks from a hash of the code they import.

Jupyter-cache's own key is the notebook's cells: it does not notice that the library changed. So each
state of the library has a cache of its own: a changed library executes every notebook again, a
reverted one none.
"""

import hashlib
import shutil
import sys
from pathlib import Path

from . import kernels

STATES_KEPT = 4


def course_root(app) -> Path:
    """The folder that holds book/, support/ and requirements.lock."""
    return Path(app.srcdir).parent


def code_key(root: Path) -> str:
    """Hash of everything but the notebook that decides its outputs.

    That is the library, the versions, the kernels' settings, and the scripts and records that chapters read;
    the checks of exercises are no chapter's affair.
    """
    digest = hashlib.sha256(f"{sys.version_info[:2]}{kernels.PROFILE}".encode())
    library = root / "support" / "glassnet"
    read = [
        *(path for path in library.rglob("*.py") if library / "checks" not in path.parents),
        *(root / "book" / "_scripts").glob("*.py"),
        *(root / "benchmarks").glob("*.csv"),
    ]
    for path in [*sorted(read), root / "requirements.lock"]:
        if path.exists():
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def prune(caches: Path, keep: int = STATES_KEPT):
    """Delete all but the most recently used caches."""
    states = sorted((p for p in caches.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime)
    for state in states[:-keep]:
        shutil.rmtree(state)


def choose_cache(app, config):
    """Point MyST-NB at this state's cache; a changed path also makes Sphinx read every page again."""
    caches = Path(app.outdir).parent / ".jupyter_cache"
    chosen = caches / code_key(course_root(app))
    chosen.mkdir(parents=True, exist_ok=True)
    chosen.touch()
    prune(caches)
    config.nb_execution_cache_path = str(chosen)


def setup(app):
    """Choose before MyST-NB reads its settings."""
    app.connect("config-inited", choose_cache)
