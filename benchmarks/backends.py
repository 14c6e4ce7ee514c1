"""One Keras model on every backend that is installed, and the same network in PyTorch without Keras.

Each run is a process of its own, on one core and with one thread: engines divide their work among threads in
different ways, and threads that wait for each other on a busy machine can cost a hundredfold. Times are
processor time, which leaves out what other programs take. Rounds go through all engines in turn. Prints
medians over the rounds; ``--csv FILE`` writes every round, with where, when and with which versions it was
measured. The book's chapter on backends shows ``benchmarks/backends.csv``.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import record

SCRIPTS = Path(__file__).resolve().parents[1] / "book" / "_scripts"
# engine: (the package it needs, the script that trains)
ENGINES = {
    "Keras on TensorFlow": ("tensorflow", "one_model.py"),
    "Keras on JAX": ("jax", "one_model.py"),
    "Keras on PyTorch": ("torch", "one_model.py"),
    "PyTorch without Keras": ("torch", "plain_pytorch.py"),
}
REFERENCE = "Keras on TensorFlow"
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")}


def run(engine):
    """Train in a process of its own; what it printed and, for Keras, the weights after some steps."""
    package, script = ENGINES[engine]
    settings = {
        "KERAS_BACKEND": package,
        "CUDA_VISIBLE_DEVICES": "-1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    } | ONE_THREAD
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, SCRIPTS / script, folder],
            env=os.environ | settings | ONE_THREAD,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            sys.exit(f"{engine} failed:\n{done.stderr}")
        path = Path(folder) / "weights.npz"
        weights = dict(np.load(path)) if path.exists() else {}
    return json.loads(done.stdout.splitlines()[-1]), weights


def distance(ours, theirs):
    """‖a − b‖ / ‖b‖ of all weights together, after each of the compared steps."""
    return {
        f"after_{t}": float(np.linalg.norm(ours[t] - theirs[t]) / np.linalg.norm(theirs[t])) for t in ours
    }


def measure(engines, rounds):
    """Rows of the table, one for each engine and round."""
    rows = []
    for number in range(1, rounds + 1):
        reference = {}
        for engine in engines:
            result, weights = run(engine)
            if engine == REFERENCE:
                reference = weights
            far = distance(weights, reference) if weights and reference else {}
            rows.append({"engine": engine, "round": number} | result | far)
            print(f"round {number}  {engine:<22} {result['epoch']:6.2f} s an epoch", flush=True)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="times each engine is run (default 5)")
    parser.add_argument("--csv", type=Path, help="write every round to this file")
    given = parser.parse_args()
    present = [name for name, (package, _) in ENGINES.items() if importlib.util.find_spec(package)]
    for name in ENGINES.keys() - present:
        print(f'{name}: not installed, see the extra "backends"')
    rows = measure(present, given.rounds)
    for name in present:
        mine = [row for row in rows if row["engine"] == name]
        middle = {
            key: statistics.median(row[key] for row in mine)
            for key in ("first_epoch", "epoch", "memory", "accuracy")
        }
        print(
            f"{name:<22} first epoch {middle['first_epoch']:.2f} s, later {middle['epoch']:.2f} s, "
            f"memory {middle['memory']:.0f} MB, test accuracy {middle['accuracy']:.4f}"
        )
    if given.csv:
        packages = ("keras", "tensorflow", "jax", "torch", "numpy")
        record.write(given.csv, rows, record.provenance(packages, "one core"))


if __name__ == "__main__":
    main()
