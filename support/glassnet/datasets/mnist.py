"""MNIST: 70 000 handwritten digits, 28 × 28 pixels (LeCun, Cortes and Burges, 1998)."""

from glassnet.datasets import _archive

SHA256 = "06af5dfe73b70e3bc1c36439982b18a8d76803db9b544f6fdf838a37fbb01b64"


def load_data(path="mnist.npz"):
    """The complete MNIST data set, exactly as ``keras.datasets.mnist.load_data`` returns it, but offline.

    Args:
        path: file to read, relative to the package's data folder; the default ships with the package.

    Returns:
        ``(x_train, y_train), (x_test, y_test)``: images uint8 (60000, 28, 28) and (10000, 28, 28), from 0
        (paper) to 255 (ink); labels uint8 (60000,) and (10000,), the digit shown.

    Raises:
        FileNotFoundError: the file is missing.
        ValueError: the file is damaged.

    Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits". CC BY-SA 3.0.
    """
    data = _archive.read(path, SHA256)
    return (data["x_train"], data["y_train"]), (data["x_test"], data["y_test"])
