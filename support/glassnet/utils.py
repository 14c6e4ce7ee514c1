"""Small helpers used everywhere: one-hot labels, seeds, and the lookup of names such as ``"relu"``."""

import difflib
import random

import numpy as np

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
    from glassnet import config

    labels = np.asarray(x)
    if labels.ndim > 1 and labels.shape[-1] == 1:
        labels = labels[..., 0]
    if labels.size and not np.array_equal(labels, labels.astype(int)):
        raise ValueError("to_categorical expects whole numbers as labels")
    labels = labels.astype(int)
    K = int(num_classes or (labels.max() + 1 if labels.size else 0))
    if labels.size and not 0 <= labels.min() <= labels.max() < K:
        bad = labels[(labels < 0) | (labels >= K)][0]
        raise ValueError(f"label {bad} is outside 0…{K - 1}, the range for num_classes={K}")
    onehot = np.zeros((*labels.shape, K), config.floatx())
    np.put_along_axis(onehot, labels[..., None], 1, axis=-1)
    return onehot


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


def copy_weights(owner, new, old):
    """Copy the arrays ``new`` into ``old``; number and shapes must fit, or nothing is changed."""
    expected, got = [w.shape for w in old], [np.shape(w) for w in new]
    if expected != got:
        raise ValueError(f"{owner} expected weights of shapes {expected}, got {got}")
    for target, source in zip(old, new, strict=True):
        target[...] = source


def lookup(kind, identifier, known):
    """Find ``identifier`` in the table ``known``, the one place where names become objects.

    Args:
        kind: what is being looked up, for the message, such as ``"activation"``.
        identifier: a name.
        known: dict from names to objects.

    Raises:
        ValueError: an unknown name; the message suggests the nearest known one.
    """
    if isinstance(identifier, str) and identifier in known:
        return known[identifier]
    spelt = {name.lower(): name for name in known}
    nearest = difflib.get_close_matches(str(identifier).lower(), spelt, n=1, cutoff=0.4)
    suggestion = f"did you mean {spelt[nearest[0]]!r}? " if nearest else ""
    raise ValueError(f"unknown {kind} {identifier!r}: {suggestion}Known: {', '.join(sorted(known))}")
