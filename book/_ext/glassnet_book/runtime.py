"""Python for the browser, in a folder: which files a site needs of it, and their copy into the site.

A school without a network takes Pyodide's own distribution (its archive "full") and names the folder in
`_config.yml`; of its hundreds of packages the site gets those the live cells can import.
"""

import hashlib
import json
import shutil
from pathlib import Path

from sphinx.errors import ExtensionError

CORE = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
PACKAGES = ("numpy", "matplotlib")


def package_files(lock: dict) -> dict[str, str]:
    """{file name: SHA-256} of the packages that live cells can import and of what those need."""
    listed, found, asked = lock["packages"], {}, list(PACKAGES)
    while asked:
        package = listed[asked.pop()]
        if package["file_name"] not in found:
            found[package["file_name"]] = package["sha256"]
            asked += package["depends"]
    return found


def copy(source: Path, target: Path):
    """Copy what a site needs of the runtime; a missing or damaged file is named before anything is copied."""
    missing = [name for name in CORE if not (source / name).is_file()]
    if missing:
        raise ExtensionError(f"{source} is no folder of Pyodide's distribution: it has no {missing[0]}")
    packages = package_files(json.loads((source / "pyodide-lock.json").read_text(encoding="utf-8")))
    for name, expected in packages.items():
        if not (source / name).is_file():
            raise ExtensionError(
                f"{source} has no {name}: take the archive of Pyodide that holds all packages"
            )
        if hashlib.sha256((source / name).read_bytes()).hexdigest() != expected:
            raise ExtensionError(f"{source / name} is damaged: its SHA-256 is not that of pyodide-lock.json")
    target.mkdir(parents=True, exist_ok=True)
    for name in (*CORE, *packages):
        shutil.copyfile(source / name, target / name)
