"""MNIST with one convolution, and with a better network, each of whose ingredients is left out in turn.

Two experiments. "finished": both networks on 50,000 pictures, scored on the 10,000 validation pictures and,
since these two are what is reported, on the test part. "ablation": the better network complete and with an
ingredient left out, on fewer pictures and scored on the validation part alone. Seconds are those of training,
augmentation included: processor time of all cores, and time on the clock. ``--csv FILE`` writes every run as
soon as it is done, with where, when and with which versions it was made; runs that FILE holds already are not
made again. The book's chapter on convolutional networks shows ``benchmarks/cnn.csv`` and computes one of its
rows again.
"""

import argparse
import os
import sys
import time
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import record
from glassnet.datasets import mnist

sys.path.append(str(Path(__file__).resolve().parents[1] / "book" / "_scripts"))
import better_cnn

SPLIT_SEED = 2  # the same validation part for all, and for the chapter
FULL, FIRST = "all ingredients", "one convolution"
# name: what better_cnn.better_network or better_cnn.train is told to leave out
LEFT_OUT = {
    FULL: {},
    "no augmentation": {"augmented": False},
    "no batch normalisation": {"normalised": False},
    "no dropout": {"dropout": 0},
    "no schedule": {"scheduled": False},
    "none of the four": {"augmented": False, "normalised": False, "dropout": 0, "scheduled": False},
}


def load():
    """Training, validation and test part, (n, 28, 28, 1), float32."""
    (x, y), (x_test, y_test) = mnist.load_data()
    order = np.random.default_rng(SPLIT_SEED).permutation(len(x))
    X, X_test = (a[..., None].astype("float32") / 255 for a in (x[order], x_test))
    y = y[order]
    return (X[:50_000], y[:50_000]), (X[50_000:], y[50_000:]), (X_test, y_test)


def plan(seeds, images, epochs):
    """(experiment, network, seed, images, epochs) of every run; the ablation has the given size."""
    yield "shortened", FULL, 0, 10_000, 3  # what the chapter computes again
    for seed in range(seeds):
        yield "finished", FULL, seed, 50_000, 8
        yield "finished", FIRST, seed, 50_000, 5
    for seed in range(seeds):
        for name in LEFT_OUT:
            yield "ablation", name, seed, images, epochs


def run(experiment, name, seed, images, epochs, parts):
    """Train once; a row of the table."""
    (X, y), validation, test = parts
    keras.utils.set_random_seed(seed)
    if name == FIRST:
        model, how = better_cnn.first_network(), {"augmented": False, "scheduled": False}
    else:
        how = dict(LEFT_OUT[name])
        model = better_cnn.better_network(**{k: how.pop(k) for k in ("normalised", "dropout") if k in how})
    clock, processor = time.perf_counter(), time.process_time()
    better_cnn.train(model, X[:images], y[:images], epochs, np.random.default_rng(seed), **how)
    row = {
        "experiment": experiment,
        "network": name,
        "seed": seed,
        "images": images,
        "epochs": epochs,
        "parameters": model.count_params(),
        "processor_seconds": time.process_time() - processor,
        "clock_seconds": time.perf_counter() - clock,
    }
    for part, (X, y) in (("val", validation), ("test", test)):
        opened = part == "val" or experiment == "finished"
        loss, accuracy = model.evaluate(X, y, batch_size=1000, verbose=0) if opened else ("", "")
        row |= {f"{part}_loss": loss, f"{part}_accuracy": accuracy}
    return row


def key(row):
    """What tells one run from another."""
    return tuple(str(row[name]) for name in ("experiment", "network", "seed", "images", "epochs"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3, help="runs of each network (default 3)")
    parser.add_argument("--images", type=int, default=20_000, help="of the ablation (default 20 000)")
    parser.add_argument("--epochs", type=int, default=5, help="of the ablation (default 5)")
    parser.add_argument("--csv", type=Path, help="write every run to this file; go on where it ends")
    given = parser.parse_args()
    parts, rows = load(), record.read(given.csv)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    origin = record.provenance(("keras", "tensorflow", "numpy"), f"{cores} cores")
    before = {key(row) for row in rows}
    for experiment, name, seed, images, epochs in plan(given.seeds, given.images, given.epochs):
        if (experiment, name, str(seed), str(images), str(epochs)) in before:
            continue
        rows.append(r := run(experiment, name, seed, images, epochs, parts))
        print(
            f"{experiment:<9} {name:<24} seed {seed}  validation {r['val_accuracy']:.4f}  "
            f"processor {r['processor_seconds']:.0f} s, clock {r['clock_seconds']:.0f} s",
            flush=True,
        )
        if given.csv:
            record.write(given.csv, rows, origin)


if __name__ == "__main__":
    main()
