"""The default dtype of layers and the constant that keeps logarithms finite, as in ``keras.config``."""

import numpy as np

_FLOATX = "float32"


def floatx():
    """The dtype that layers built from now on compute in: ``"float32"`` unless set otherwise."""
    return _FLOATX


def set_floatx(value):
    """Set the default dtype, ``"float32"`` or ``"float64"``; models that are already built keep theirs.

    Raises:
        ValueError: any other value.
    """
    global _FLOATX
    if value not in ("float32", "float64"):
        raise ValueError(f"floatx must be 'float32' or 'float64', got {value!r}")
    _FLOATX = np.dtype(value).name


def epsilon():
    """1e-7: probabilities are clipped to [epsilon, 1 − epsilon] before a logarithm."""
    return 1e-7


def rounded(value):
    """A constant as Keras holds it in some places, rounded to float32: float64 models would differ else."""
    return float(np.float32(value))
