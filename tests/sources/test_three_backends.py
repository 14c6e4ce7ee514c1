"""What is said of Keras' backends and history, held against the installed packages and the committed record.

Two of the claims are about history (13, 15). No program can prove those; the tests check the evidence that is
here (what Keras says of itself) and that the chapter cites its sources.
"""

import csv
import importlib.metadata
import json
import os
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CELLS = json.loads((ROOT / "book" / "keras" / "three-backends.ipynb").read_text(encoding="utf-8"))["cells"]
CHAPTER = "".join("".join(cell["source"]) + "\n\n" for cell in CELLS)
RECORD = ROOT / "benchmarks" / "backends.csv"


def passage(number):
    """The text from a source's label to the next heading."""
    return re.split(r"^#+ ", CHAPTER.split(f"(source-{number})=")[1], flags=re.MULTILINE)[1]


def description():
    """What the installed Keras says of itself; where it stands depends on the reader of the metadata."""
    metadata = importlib.metadata.metadata("keras")
    return metadata["Description"] or metadata.get_payload()


def rows():
    lines = [line for line in RECORD.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def median(engine, what):
    return statistics.median(float(row[what]) for row in rows() if row["engine"] == engine)


def test_source_12_the_order_of_engines_depends_on_the_backend():
    """The record has Keras on both sides of PyTorch without Keras: the bare claim cannot be right."""
    plain = median("PyTorch without Keras", "epoch")
    assert median("Keras on JAX", "epoch") < plain < median("Keras on PyTorch", "epoch")


def test_source_12_the_record_compares_equal_work():
    rounds = {}
    for row in rows():
        rounds.setdefault(row["engine"], []).append(row)
    assert len(rounds) == 4
    assert {len(of) for of in rounds.values()} == {5}
    accuracies = [float(row["accuracy"]) for row in rows()]
    assert max(accuracies) - min(accuracies) < 0.005
    for engine in ("Keras on JAX", "Keras on PyTorch"):
        assert max(float(row["after_20"]) for row in rounds[engine]) < 1e-5


def test_source_12_the_record_says_where_it_comes_from():
    notes = [line for line in RECORD.read_text(encoding="utf-8").splitlines() if line.startswith("# ")]
    origin = dict(line[2:].split(": ", 1) for line in notes)
    assert origin.keys() == {"date", "machine", "python", "versions"}
    assert all(f"{name} " in origin["versions"] for name in ("keras", "tensorflow", "jax", "torch"))


def test_source_13_keras_ships_no_paper_and_the_chapter_cites_its_faq():
    files = importlib.metadata.files("keras")
    assert not [f for f in files if f.name.lower().startswith("citation") or f.suffix in (".bib", ".pdf")]
    assert "doi.org" not in description()
    assert "{cite:p}`kerasfaq2024cite`" in passage(13)


def test_source_15_keras_names_no_company_as_its_author_and_the_chapter_cites_who_began_it():
    metadata = importlib.metadata.metadata("keras")
    author = metadata["Author-email"] or metadata["Author"]
    assert "Keras team" in author
    assert "Google" not in author.replace("googlegroups", "")
    assert "François Chollet began it" in passage(15)
    assert "{cite:p}`chollet2021deep`" in passage(15)


@pytest.mark.parametrize("backend", ["theano", "cntk"])
def test_source_16_theano_and_cntk_are_refused(backend):
    done = subprocess.run(
        [sys.executable, "-c", "import keras"],
        env=os.environ | {"KERAS_BACKEND": backend},
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert f"Unable to import backend : {backend}" in done.stderr


def test_source_16_keras_names_its_backends():
    (line,) = [x for x in description().splitlines() if "multi-backend deep learning framework" in x]
    assert all(name in line for name in ("JAX", "TensorFlow", "PyTorch", "OpenVINO (for inference-only)"))


def test_source_17_tensorflow_has_no_estimator():
    import tensorflow as tf

    assert not hasattr(tf, "estimator")
