"""The course's MNIST perceptrons over several seeds, in glassnet and in Keras.

Every run trains on 50,000 pictures and is scored on the 10,000 validation and the 10,000 test pictures. The
libraries draw their own initial weights and shuffle their own batches, as they do in everyday use. Prints
means; ``--csv FILE`` writes every run, with where, when and with which versions it was made. The book's
chapter on perceptrons shows ``benchmarks/perceptrons.csv`` and computes two of its rows again.
"""

import argparse
import os
import statistics
import time
from pathlib import Path

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}

import glassnet
import keras
import numpy as np
import record
import tensorflow as tf
from glassnet.datasets import mnist

ENGINES = {"glassnet": glassnet, "Keras": keras}
SPLIT_SEED = 7  # the same validation part for all, and for the chapter
BATCH = 128
SCALED, UNSCALED = 255, 1  # what the pixels are divided by
# name: (hidden units, optimizer, epochs, divisor, one-hot labels)
RUNS = {
    "64, Adam": ((64,), "adam", 10, SCALED, False),
    "512, RMSprop": ((512,), "rmsprop", 5, SCALED, True),
    "512, Adam": ((512,), "adam", 5, SCALED, False),
    "512-512, Adam": ((512, 512), "adam", 5, SCALED, False),
    "64, Adam, unscaled": ((64,), "adam", 10, UNSCALED, False),
    "512, RMSprop, unscaled": ((512,), "rmsprop", 5, UNSCALED, True),
}


def load(divisor):
    """Training, validation and test part, pixels as rows of float32."""
    (x, y), (x_test, y_test) = mnist.load_data()
    order = np.random.default_rng(SPLIT_SEED).permutation(len(x))
    X, X_test = (a.reshape(len(a), -1).astype("float32") / divisor for a in (x[order], x_test))
    y = y[order]
    return (X[:50_000], y[:50_000]), (X[50_000:], y[50_000:]), (X_test, y_test)


def build(engine, hidden, optimizer, one_hot):
    model = engine.Sequential(
        [
            engine.Input((784,)),
            *(engine.layers.Dense(units, activation="relu") for units in hidden),
            engine.layers.Dense(10, activation="softmax"),
        ]
    )
    loss = "categorical_crossentropy" if one_hot else "sparse_categorical_crossentropy"
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"])
    return model


def run(name, engine, seed):
    """Train once; a row of the table."""
    hidden, optimizer, epochs, divisor, one_hot = RUNS[name]
    parts = load(divisor)
    library = ENGINES[engine]

    def labels(y):
        return library.utils.to_categorical(y, 10) if one_hot else y

    library.utils.set_random_seed(seed)
    model = build(library, hidden, optimizer, one_hot)
    X, y = parts[0]
    start = time.process_time()
    history = model.fit(X, labels(y), batch_size=BATCH, epochs=epochs, verbose=0).history
    seconds = time.process_time() - start
    row = {"network": name, "engine": engine, "seed": seed, "first_loss": history["loss"][0]}
    for part, (X, y) in zip(("train", "val", "test"), parts, strict=True):
        loss, accuracy = model.evaluate(X, labels(y), batch_size=1000, verbose=0)
        row |= {f"{part}_loss": float(loss), f"{part}_accuracy": float(accuracy)}
    P = model.predict(X, batch_size=1000, verbose=0)  # the test part, the last of the three
    confidence, right = P.max(axis=1), P.argmax(axis=1) == y
    return row | {
        "errors": int(np.sum(~right)),
        "sure_errors": int(np.sum(confidence[~right] > 0.9)),
        "confidence": float(confidence.mean()),
        "seconds": seconds,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=5, help="runs of each network and engine (default 5)")
    parser.add_argument("--csv", type=Path, help="write every run to this file")
    given = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    rows = []
    for seed in range(given.seeds):
        for name in RUNS:
            for engine in ENGINES:
                rows.append(run(name, engine, seed))
                print(f"seed {seed}  {name:<24} {engine:<9} {rows[-1]['test_accuracy']:.4f}", flush=True)
    for name in RUNS:
        for engine in ENGINES:
            scores = [r["test_accuracy"] for r in rows if (r["network"], r["engine"]) == (name, engine)]
            spread = f" ± {statistics.stdev(scores):.4f}" if len(scores) > 1 else ""
            print(f"{name:<24} {engine:<9} test accuracy {statistics.mean(scores):.4f}{spread}")
    if given.csv:
        origin = record.provenance(("keras", "tensorflow", "numpy"), "one core")
        record.write(given.csv, rows, origin)


if __name__ == "__main__":
    main()
