"""Three kinds of network for MNIST, trained for a number of counted steps.

The chapter on compute and data shows these functions; benchmarks/scaling.py
runs them at full length.
"""

import time

import numpy as np
from glassnet import Input, Sequential, layers

BATCH = 128


def network(kind, width=256):
    """An untrained network of that kind; the perceptron has ``width`` units."""
    inside = {
        "linear": [layers.Flatten()],
        "perceptron": [
            layers.Flatten(),
            layers.Dense(width, activation="relu"),
        ],
        "convolutional": [
            layers.Conv2D(8, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
        ],
    }
    model = Sequential(
        [
            Input((28, 28, 1)),
            *inside[kind],
            layers.Dense(10, activation="softmax"),
        ]
    )
    loss = "sparse_categorical_crossentropy"
    model.compile("adam", loss=loss, metrics=["accuracy"])
    return model


def operations(model):
    """Operations of the matrix products in training on one example."""
    total, products = 0, 2  # the first layer needs no gradient of its input
    for layer in model.layers:
        if layer.weights:
            # where each weight is used: 1 for a dense layer
            places = np.prod(layer.output_shape[1:-1], dtype=int)
            total += products * 2 * places * layer.weights[0].size
            products = 3
    return int(total)


def looks(steps):
    """After which steps to look at the validation part: ever more seldom."""
    return np.unique(np.geomspace(20, steps, 8).astype(int))


def train(model, X, y, validation, steps, rng):
    """A row for every look, and the weights at the lowest validation loss."""
    rows, best, weights = [], np.inf, None
    batches, when = [], set(looks(steps).tolist())
    cost, clock = operations(model) * min(BATCH, len(X)), time.process_time()
    for step in range(1, steps + 1):
        if not batches:
            order = rng.permutation(len(X))
            full = len(X) // BATCH * BATCH or len(X)
            batches = list(order[:full].reshape(-1, min(BATCH, len(X))))
        batch = batches.pop()
        model.compute_gradients(X[batch], y[batch])
        model.optimizer.apply(model.gradients, model.trainable_weights)
        if step in when:
            seconds = time.process_time() - clock
            loss, accuracy = model.evaluate(
                *validation, batch_size=1000, verbose=0
            )
            rows.append(
                {
                    "steps": step,
                    "operations": cost * step,
                    "val_loss": loss,
                    "val_error": 1 - accuracy,
                    "processor_seconds": seconds,
                }
            )
            clock = time.process_time() - seconds  # looking is not training
            if loss < best:
                best, weights = loss, model.get_weights()
    return rows, weights
