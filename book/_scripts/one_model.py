"""Train one network on the backend that KERAS_BACKEND names; print JSON.

usage: KERAS_BACKEND=jax python one_model.py FOLDER [CORE]

FOLDER gets the weights after some of the first steps and the trained model.
CORE (0, 1, ...) keeps runs at the same time apart, each on a core of its own.
No line below names a backend.
"""

import json
import sys
import time
from pathlib import Path

import keras
import numpy as np
import same_start

COMPARED = [1, 2, 5, 10, 20, 50, 100]  # steps


def build():
    """The network, compiled, from the start weights."""
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(512, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    model.set_weights(same_start.start_weights())
    return model


folder = Path(sys.argv[1])
core = int(sys.argv[2]) if len(sys.argv) > 2 else 0
same_start.one_core(core)
memory_imported = same_start.peak_memory()
(X, y), (X_test, y_test) = same_start.load()
batch = same_start.BATCH

# first the comparison, step by step
model, weights = build(), {}
for t in range(1, COMPARED[-1] + 1):
    rows = slice((t - 1) * batch, t * batch)
    model.train_on_batch(X[rows], y[rows])
    if t in COMPARED:
        flat = [w.ravel() for w in model.get_weights()]
        weights[str(t)] = np.concatenate(flat)
np.savez(folder / "weights.npz", **weights)

# then whole epochs against the clock, with a model of their own
model, seconds = build(), []
for _ in range(same_start.EPOCHS):
    start = time.process_time()
    model.fit(X, y, batch, verbose=0, shuffle=False)
    seconds.append(time.process_time() - start)

loss, accuracy = model.evaluate(X_test, y_test, verbose=0)
model.save(folder / "model.keras")
result = {
    "accuracy": accuracy,
    "loss": loss,
    "first_epoch": seconds[0],
    "epoch": float(np.median(seconds[1:])),
    "memory_imported": memory_imported,
    "memory": same_start.peak_memory(),
}
print(json.dumps(result))
