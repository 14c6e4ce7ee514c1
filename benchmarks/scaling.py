"""How the error on MNIST falls with the number of training pictures, of weights, and of operations.

Experiments: "images" trains two kinds of network on ever larger parts of the training set; "width" trains
perceptrons with one hidden layer of ever more units, on a small part of the training set and on all of it;
"course" follows the latter through training. A run makes a fixed number of steps and looks at the validation
part from time to time; a row of "images" and "width" is the run at its lowest validation loss, scored on the
test part, a row of "course" one look. Operations are counted, not measured: 2 for each product in a layer,
three products of matrices a layer (two in the first). ``--csv FILE`` writes the rows run by run, with where,
when and with which versions they were made; runs that FILE holds already are not made again. The chapter
on compute and data shows ``benchmarks/scaling.csv`` and computes some of its rows again.
"""

import argparse
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import glassnet
import numpy as np
import record
from glassnet.datasets import mnist

sys.path.append(str(Path(__file__).resolve().parents[1] / "book" / "_scripts"))
import counted

SPLIT_SEED = 2
SIZES = [50_000 // 4**k for k in range(4, -1, -1)]  # 195, 781, ... 50,000
WIDTHS = [4, 16, 64, 256]
STEPS = {"linear": 1200, "perceptron": 1200}
SMALL, FULL = 3125, 50_000


def load():
    """Training, validation and test part: pictures (n, 28, 28, 1) float32, labels."""
    (x, y), (x_test, y_test) = mnist.load_data()
    order = np.random.default_rng(SPLIT_SEED).permutation(len(x))
    X, X_test = (a[..., None].astype("float32") / 255 for a in (x[order], x_test))
    y = y[order]
    return (X[:50_000], y[:50_000]), (X[50_000:55_000], y[50_000:55_000]), (X_test, y_test)


def run(experiment, kind, width, seed, images, steps, parts):
    """Train once; the run's rows."""
    (X, y), validation, (X_test, y_test) = parts
    rng = np.random.default_rng(seed)
    chosen = rng.choice(len(X), images, replace=False)
    glassnet.utils.set_random_seed(seed)
    model = counted.network(kind, width)
    course, weights = counted.train(model, X[chosen], y[chosen], validation, steps, rng)
    model.set_weights(weights)
    error = 1 - model.evaluate(X_test, y_test, batch_size=1000, verbose=0)[1]
    name = f"perceptron {width}" if kind == "perceptron" else kind
    head = {"experiment": experiment, "network": name, "seed": seed, "images": images}
    head |= {"parameters": model.count_params()}
    best = min(course, key=lambda row: row["val_loss"])
    rows = [head | best | {"test_error": error}]
    if experiment == "width" and images == FULL:
        rows += [head | {"experiment": "course"} | row | {"test_error": ""} for row in course]
    return rows


def plan(seeds):
    """(experiment, kind, width, seed, images, steps) of every run."""
    for seed in range(seeds):
        for kind, steps in STEPS.items():
            for images in SIZES:
                yield "images", kind, 256, seed, images, steps
        for width in WIDTHS:
            for images in (SMALL, FULL):
                yield "width", "perceptron", width, seed, images, STEPS["perceptron"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3, help="runs of each network (default 3)")
    parser.add_argument("--csv", type=Path, help="write every run to this file; go on where it ends")
    given = parser.parse_args()
    parts, rows = load(), record.read(given.csv)
    origin = record.provenance(("keras", "numpy"), "one core")
    before = {tuple(row[key] for key in ("experiment", "network", "seed", "images")) for row in rows}
    for experiment, kind, width, seed, images, steps in plan(given.seeds):
        name = f"perceptron {width}" if kind == "perceptron" else kind
        if (experiment, name, str(seed), str(images)) in before:
            continue
        clock = time.process_time()
        new = run(experiment, kind, width, seed, images, steps, parts)
        rows += new
        print(
            f"{experiment:<7} {name:<16} {images:>6} images, seed {seed}: test error "
            f"{new[0]['test_error']:.4f} after {new[0]['steps']} steps, {time.process_time() - clock:.0f} s",
            flush=True,
        )
        if given.csv:
            record.write(given.csv, rows, origin)


if __name__ == "__main__":
    main()
