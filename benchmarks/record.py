"""Writes a table of measurements with where, when and with which versions it was made; the book reads it."""

import contextlib
import csv
import datetime
import importlib.metadata
import platform
from pathlib import Path


def provenance(packages, cores):
    """Where, when and with what the rows were measured; packages that are not installed are left out."""
    cpu = platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.split(":")[1].strip() for line in info.read_text().splitlines() if "model name" in line]
        cpu = names[0] if names else cpu
    versions = {}
    for package in packages:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            versions[package] = importlib.metadata.version(package)
    return {
        "date": datetime.date.today().isoformat(),
        "machine": f"{cpu}, {cores}",
        "python": platform.python_version(),
        "versions": ", ".join(f"{name} {version}" for name, version in versions.items()),
    }


def read(path):
    """The rows of a record as dictionaries of strings; none where there is no file yet."""
    if path is None or not Path(path).exists():
        return []
    with Path(path).open(encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def write(path, rows, origin):
    """Rows (dictionaries) as CSV below the provenance, each line of which begins with #."""
    fields = list(dict.fromkeys(key for row in rows for key in row))
    with Path(path).open("w", newline="", encoding="utf-8") as file:
        file.writelines(f"# {key}: {value}\n" for key, value in origin.items())
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({k: f"{v:.6g}" if isinstance(v, float) else v for k, v in row.items()})
