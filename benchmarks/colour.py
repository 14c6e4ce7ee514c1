"""Colour pictures: baselines, a residual network with ingredients left out, and depth with and without skips.

All train on the same pictures, digits on photographs. Ingredients and depths are judged on the validation
part; the test part is opened for the two baselines and the residual networks, which are what is reported.
Seconds are processor time of all cores. ``--csv FILE`` writes every run as soon as it is done, with where,
when and with which versions it was made; runs that FILE holds already are not made again. The book's
chapter on colour images shows ``benchmarks/colour.csv`` and computes one of its rows again.
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

sys.path.append(str(Path(__file__).resolve().parents[1] / "book" / "_scripts"))
import colour_pictures

IMAGES, EPOCHS = 4_000, 6
# name: how the model is built, and whether its pictures are augmented
NETWORKS = {
    "linear": (lambda: colour_pictures.perceptron(()), False),
    "perceptron": (colour_pictures.perceptron, False),
    "residual, 8 layers": (colour_pictures.network, True),
    "no augmentation": (colour_pictures.network, False),
    "no batch normalisation": (lambda: colour_pictures.network(normalised=False), True),
    "no skips, 8 layers": (lambda: colour_pictures.network(skip=False), True),
    "residual, 20 layers": (lambda: colour_pictures.network(3), True),
    "no skips, 20 layers": (lambda: colour_pictures.network(3, skip=False), True),
}
REPORTED = ("linear", "perceptron", "residual, 8 layers", "residual, 20 layers")


def run(name, seed, parts):
    """Train once; a row of the table."""
    build, augment = NETWORKS[name]
    X, y = parts["train"]
    keras.utils.set_random_seed(seed)
    model = build()
    processor = time.process_time()
    losses = colour_pictures.train(
        model, X[:IMAGES], y[:IMAGES], EPOCHS, np.random.default_rng(seed), augment
    )
    row = {
        "network": name,
        "seed": seed,
        "images": IMAGES,
        "epochs": EPOCHS,
        "parameters": model.count_params(),
        "processor_seconds": time.process_time() - processor,
        "train_loss": losses[-1],
    }
    for part in ("val", "test"):
        opened = part == "val" or name in REPORTED
        loss, accuracy = model.evaluate(*parts[part], batch_size=500, verbose=0) if opened else ("", "")
        row |= {f"{part}_loss": loss, f"{part}_accuracy": accuracy}
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3, help="runs of each network (default 3)")
    parser.add_argument("--csv", type=Path, help="write every run to this file; go on where it ends")
    given = parser.parse_args()
    parts, rows = colour_pictures.shipped(), record.read(given.csv)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    origin = record.provenance(("keras", "tensorflow", "numpy"), f"{cores} cores")
    before = {(row["network"], row["seed"]) for row in rows}
    for seed in range(given.seeds):
        for name in NETWORKS:
            if (name, str(seed)) in before:
                continue
            rows.append(r := run(name, seed, parts))
            print(
                f"{name:<24} seed {seed}  validation {r['val_accuracy']:.4f}  "
                f"processor {r['processor_seconds']:.0f} s",
                flush=True,
            )
            if given.csv:
                record.write(given.csv, rows, origin)


if __name__ == "__main__":
    main()
