"""Small helpers used everywhere: one-hot labels, seeds, and the lookup of names such as ``"relu"``."""

import difflib
import random
import re

import numpy as np

from glassnet import config

_RNG = np.random.default_rng()


def to_categorical(x, num_classes=None):
    """One-hot rows from integer labels.

    Args:
        x: integers in 0 … num_classes − 1, shape (...,); a trailing axis of length 1 is dropped.
        num_classes: number of columns K; the default is the largest label plus one.

    Returns:
        float array of shape (..., K), in ``floatx()``, with a single 1 in each row.

    Raises:
        ValueError: labels that are not whole numbers, or outside 0 … K − 1.
    """
    labels = whole_numbers("label", x, num_classes or np.inf)
    if labels.ndim > 1 and labels.shape[-1] == 1:
        labels = labels[..., 0]
    K = int(num_classes or labels.max(initial=-1) + 1)
    onehot = np.zeros((*labels.shape, K), config.floatx())
    np.put_along_axis(onehot, labels[..., None], 1, axis=-1)
    return onehot


def require(condition, message):
    """Raise ValueError with ``message`` unless ``condition`` holds."""
    if not condition:
        raise ValueError(message)


def require_one_of(what, value, known):
    """Raise ValueError unless ``value`` is one of the ``known``, which the message lists after ``what``."""
    *first, last = map(repr, known)
    require(value in known, f"{what} {', '.join(first)} or {last}, got {value!r}")


def whole_numbers(name, values, K):
    """``values`` as integers, or a ValueError that names the first that is no whole number in 0 … K − 1."""
    values = np.asarray(values)
    require(values.dtype.kind in "biuf", f"{name} must be a whole number, got dtype {values.dtype}")
    bad = ~((values >= 0) & (values < K) & (values == np.floor(values)))  # True for NaN, too
    if bad.any():
        at = f" at row {np.argwhere(bad)[0][0]}" if values.ndim else ""
        found = f"{name} {values[bad].flat[0]}{at}"
        raise ValueError(f"{found} is outside 0…{K - 1}: whole numbers in that range were expected")
    return values if values.dtype.kind in "iu" else values.astype("int64")


def snake_case(name):
    """``Conv2D`` → ``conv2d``, ``MaxPooling2D`` → ``max_pooling2d``, as Keras names things."""
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


def set_random_seed(seed):
    """Seed Python's, NumPy's and glassnet's generators, so that a run repeats to the bit on one machine.

    Args:
        seed: integer from 0 to 2³² − 1.
    """
    global _RNG
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - readers' own legacy calls repeat too, as in Keras
    _RNG = np.random.default_rng(seed)


def rng(seed=None):
    """The shared ``numpy.random.Generator``, or a fresh one when ``seed`` is given."""
    return _RNG if seed is None else np.random.default_rng(seed)


def lookup(kind, identifier, known, base=()):
    """Find ``identifier`` in the table ``known``, the one place where names become objects.

    Args:
        kind: what is being looked up, for the message, such as ``"activation"``.
        identifier: a name; or, with ``base``, an object of that class or a class below it.
        known: dict from names to objects, or with ``base`` to classes.
        base: a class whose objects are returned as they are and whose subclasses are called.

    Raises:
        ValueError: an unknown name; the message suggests the nearest known one.
    """
    if base and isinstance(identifier, base):
        return identifier
    if base and isinstance(identifier, type) and issubclass(identifier, base):
        return identifier()
    if isinstance(identifier, str) and identifier in known:
        return known[identifier]() if base else known[identifier]
    spelt = {name.lower(): name for name in known}
    nearest = difflib.get_close_matches(str(identifier).lower(), spelt, n=1, cutoff=0.4)
    suggestion = f"did you mean {spelt[nearest[0]]!r}? " if nearest else ""
    raise ValueError(f"unknown {kind} {identifier!r}: {suggestion}Known: {', '.join(sorted(known))}")
