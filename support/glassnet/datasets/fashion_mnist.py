"""Fashion-MNIST: 70 000 pictures of clothes, 28 × 28 grey pixels (Xiao, Rasul and Vollgraf, 2017)."""

from pathlib import Path

from glassnet.datasets import _elsewhere

CLASS_NAMES = (
    "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
)  # fmt: skip


def load_data(path=None):
    """Fashion-MNIST, as ``keras.datasets.fashion_mnist.load_data`` returns it. The data do not ship.

    Args:
        path: a local copy: a folder with the four IDX files, gzipped or not (Debian's package
            ``dataset-fashion-mnist`` installs one), or an ``.npz`` with the arrays x_train, y_train, x_test
            and y_test; without it Keras loads the data, from its cache or by a download.

    Returns:
        ``(x_train, y_train), (x_test, y_test)``: images uint8 (60000, 28, 28) and (10000, 28, 28), labels
        uint8 (60000,) and (10000,), indices of CLASS_NAMES.

    Raises:
        FileNotFoundError: nothing is at the path, or Keras can load nothing.
        ValueError: the copy is not Fashion-MNIST, or damaged.

    Source: H. Xiao, K. Rasul, R. Vollgraf (2017), arXiv:1708.07747. MIT.
    """
    if path is None:
        return _elsewhere.through_keras("fashion_mnist", "Fashion-MNIST")
    path = Path(path)
    if path.is_dir():
        return tuple(
            (_elsewhere.idx(_file(path, f"{part}-images-idx3-ubyte")),
             _elsewhere.idx(_file(path, f"{part}-labels-idx1-ubyte")))
            for part in ("train", "t10k")
        )  # fmt: skip
    picture = (28, 28)
    return _elsewhere.from_npz(path, {"x_train": picture, "y_train": (), "x_test": picture, "y_test": ()})


def _file(folder, stem):
    """The file of that name, packed or not."""
    for file in (folder / stem, folder / f"{stem}.gz"):
        if file.is_file():
            return file
    raise FileNotFoundError(f"{folder} has neither {stem} nor {stem}.gz")
