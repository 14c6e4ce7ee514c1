"""A neural-network library to look into: Keras' names, NumPy's transparency.

>>> from glassnet import Sequential, Input, layers
>>> model = Sequential([Input((784,)), layers.Dense(512, "relu"), layers.Dense(10, "softmax")])
>>> model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
"""

import importlib

from glassnet.layers import Input
from glassnet.model import Sequential  # which brings its modules along: activations, layers, losses, ...

__all__ = ["Input", "Sequential"]


def __getattr__(name):
    # These are imported when first used: `import glassnet` stays quick and needs NumPy only.
    if name in ("autodiff", "checks", "datasets", "gradcheck", "plots"):
        return importlib.import_module(f"glassnet.{name}")
    raise AttributeError(f"module 'glassnet' has no attribute {name!r}")
