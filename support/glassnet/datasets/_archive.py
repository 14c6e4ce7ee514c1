"""Reads a data file of the package and refuses one that is missing or damaged."""

import hashlib
import io
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent / "data"


def read(path, sha256):
    """Arrays of an ``.npz`` archive whose content is known in advance.

    Args:
        path: a file name below the package's data folder, or any absolute path.
        sha256: hexadecimal digest that the file must have.

    Returns:
        dict of array name to array.

    Raises:
        FileNotFoundError: no file is there.
        ValueError: the file is not the one that was packed.
    """
    file = DATA / path
    remedy = "Install glassnet again, or restore the file from the repository."
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(
            f"Data file {file.name} is missing: {file} does not exist. {remedy}"
        ) from None
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise ValueError(
            f"Data file {file.name} is damaged or not the one shipped: its SHA-256 is {found[:12]}…, "
            f"expected {sha256[:12]}… ({len(content):,} bytes read from {file}). {remedy}"
        )
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        return dict(archive)


def split(x, y, test_split, seed):
    """Shuffle rows and cut off the last part as the test set, as ``keras.datasets.boston_housing`` does.

    Args:
        x: array (n, ...) or dict of arrays (n,).
        y: array (n,).
        test_split: fraction of rows for the test set, 0 ≤ test_split < 1.
        seed: seed of the shuffle.

    Returns:
        ``(x_train, y_train), (x_test, y_test)``; the training part has ``int(n * (1 - test_split))`` rows.

    Raises:
        ValueError: test_split is outside its range.
    """
    if not 0 <= test_split < 1:
        raise ValueError(f"test_split must be at least 0 and less than 1, got {test_split}")
    # Keras uses the legacy generator; only it gives Keras' order of rows.
    order = np.random.RandomState(seed).permutation(len(y))
    n_train = int(len(y) * (1 - test_split))

    def take(rows):
        if isinstance(x, dict):
            return {name: column[rows] for name, column in x.items()}, y[rows]
        return x[rows], y[rows]

    return take(order[:n_train]), take(order[n_train:])
