"""CIFAR-10: 60 000 photographs of ten kinds of things, 32 × 32 pixels in colour (Krizhevsky, 2009)."""

from pathlib import Path

import numpy as np

from glassnet.datasets import _elsewhere

CLASS_NAMES = (
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
)  # fmt: skip

RECORD = 1 + 3 * 32 * 32  # a label, then the planes of red, green and blue


def load_data(path=None):
    """CIFAR-10, as ``keras.datasets.cifar10.load_data`` returns it. The data do not ship.

    Args:
        path: a local copy: the unpacked folder ``cifar-10-batches-bin``, or an ``.npz`` with the arrays
            x_train, y_train, x_test and y_test; without it Keras loads the data, from its cache or by a
            download.

    Returns:
        ``(x_train, y_train), (x_test, y_test)``: images uint8 (50000, 32, 32, 3) and (10000, 32, 32, 3),
        labels uint8 (50000, 1) and (10000, 1), indices of CLASS_NAMES.

    Raises:
        FileNotFoundError: nothing is at the path, or Keras can load nothing.
        ValueError: the copy is not CIFAR-10, or damaged.

    Source: A. Krizhevsky (2009), Learning multiple layers of features from tiny images.
    """
    if path is None:
        return _elsewhere.through_keras("cifar10", "CIFAR-10")
    path = Path(path)
    if path.is_dir():
        x, y = zip(*(_batch(path / f"data_batch_{k}.bin") for k in range(1, 6)), strict=True)
        return (np.concatenate(x), np.concatenate(y)), _batch(path / "test_batch.bin")
    picture = (32, 32, 3)
    return _elsewhere.from_npz(path, {"x_train": picture, "y_train": (1,), "x_test": picture, "y_test": (1,)})


def _batch(file):
    """Pictures (n, 32, 32, 3) and labels (n, 1) of a file of the binary version."""
    content = np.frombuffer(file.read_bytes(), np.uint8)
    if content.size == 0 or content.size % RECORD:
        raise ValueError(f"{file} has {content.size:,} bytes, expected a multiple of {RECORD:,}")
    records = content.reshape(-1, RECORD)
    if records[:, 0].max() > 9:
        raise ValueError(f"{file} has the label {records[:, 0].max()}, expected 0 to 9")
    planes = records[:, 1:].reshape(-1, 3, 32, 32)
    return planes.transpose(0, 2, 3, 1).copy(), records[:, :1].copy()
