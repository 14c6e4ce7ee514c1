"""Data sets that do not ship: from a local copy, or through Keras, which downloads them once."""

import gzip
import importlib
from pathlib import Path

import numpy as np

NAMES = ("x_train", "y_train", "x_test", "y_test")


def from_npz(path, shapes):
    """``(x_train, y_train), (x_test, y_test)`` from an archive with Keras' four array names.

    Args:
        path: the ``.npz`` file.
        shapes: dict of array name to the shape of one example, () for labels.

    Raises:
        ValueError: an array is missing or has another shape.
    """
    with np.load(path, allow_pickle=False) as archive:
        missing = [name for name in NAMES if name not in archive]
        if missing:
            raise ValueError(f"{path} has no array {', '.join(missing)}: expected {', '.join(NAMES)}")
        arrays = {name: archive[name] for name in NAMES}
    for name, shape in shapes.items():
        if arrays[name].shape[1:] != shape:
            raise ValueError(f"{name} of {path} has shape {arrays[name].shape}, expected (n, *{shape})")
    for part in ("train", "test"):
        n, labels = len(arrays[f"x_{part}"]), len(arrays[f"y_{part}"])
        if n != labels:
            raise ValueError(f"{path} has {n} pictures in x_{part} and {labels} labels in y_{part}")
    return (arrays["x_train"], arrays["y_train"]), (arrays["x_test"], arrays["y_test"])


def through_keras(name, title):
    """What ``keras.datasets.<name>.load_data()`` returns.

    Raises:
        FileNotFoundError: Keras is not installed, or holds no copy and cannot download one.
    """
    remedy = f"Give load_data(path=...) a local copy, or load {title} once with keras.datasets.{name}."
    try:
        loader = importlib.import_module(f"keras.datasets.{name}")
    except ImportError:
        raise FileNotFoundError(f"{title} does not ship, and Keras is not installed. {remedy}") from None
    try:
        return loader.load_data()
    except Exception as error:  # Keras wraps whatever its download raised in a bare Exception
        raise FileNotFoundError(
            f"{title} does not ship, and Keras could not download it ({error}). {remedy}"
        ) from error


def idx(file):
    """Array of unsigned bytes in an IDX file, gzipped or not: magic number, sizes, then the values."""
    file = Path(file)
    content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    if content[:3] != b"\0\0\x08":
        raise ValueError(f"{file} is not an IDX file of unsigned bytes")
    shape = np.frombuffer(content, ">u4", count=content[3], offset=4)
    values = np.frombuffer(content, np.uint8, offset=4 + 4 * len(shape))
    if values.size != np.prod(shape):
        raise ValueError(f"{file} ends early: {values.size:,} values, expected {np.prod(shape):,}")
    return values.reshape(shape)
