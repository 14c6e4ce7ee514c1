"""The same model in both libraries: trained on the same batches, then compared."""

import glassnet
import keras
import numpy as np
from glassnet import Input, Sequential

LIMIT = {"float32": 1e-4, "float64": 1e-8}


def set_floatx(dtype):
    glassnet.config.set_floatx(dtype)
    keras.config.set_floatx(dtype)


def pair(layers, x, optimizer, loss, **arguments):
    """A compiled glassnet model and its Keras twin; optimizer and loss are functions of the library."""
    ours = Sequential([Input(x.shape[1:]), *layers])
    theirs = ours.to_keras()
    ours.compile(optimizer(glassnet), loss(glassnet), **arguments)
    theirs.compile(optimizer(keras), loss(keras), jit_compile=False, **arguments)
    return ours, theirs


def distance(ours, theirs):
    """The largest relative distance of any weight array: ‖a − b‖ / ‖b‖."""
    worst = 0.0
    for a, b in zip(ours, theirs, strict=True):
        scale = np.linalg.norm(b)
        worst = max(worst, float(np.linalg.norm(a - b) / scale) if scale else float(np.linalg.norm(a)))
    return worst


def fifty_steps(ours, theirs, x, y, **arguments):
    """Train both for 50 steps; returns the distance of the weights and that of the histories."""
    batch_size = -(-len(x) // 5)
    arguments = {"batch_size": batch_size, "epochs": 10, "shuffle": False, "verbose": 0} | arguments
    a = ours.fit(x, y, **arguments).history
    b = theirs.fit(x, y, **arguments).history
    assert list(a) == list(b)
    histories = distance([np.array(a[name]) for name in a], [np.array(b[name]) for name in b])
    return distance(ours.get_weights(), theirs.get_weights()), histories
