"""What comes into a model: arrays checked once, before anything is computed or changed."""

import numpy as np

from glassnet.utils import require


def array(name, value, rows=None):
    """``value`` as an array of numbers (with that many rows), or a ValueError that names it."""
    try:
        value = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} must be an array of numbers; its rows have different lengths") from None
    require(value.dtype.kind in "biuf", f"{name} must hold numbers, got dtype {value.dtype}")
    if value.ndim == 0:  # not require: it would write out every batch as text for a message nobody sees
        raise ValueError(f"{name} must have a batch axis, got the single number {value}")
    require(rows in (None, len(value)), f"x and {name} differ: x has {rows} rows, {name} has {len(value)}")
    return value


def dataset(x, y=None, sample_weight=None, class_weight=None):
    """x, y and weights as arrays of equal, non-zero length; examples weigh as their classes do, or 1."""
    x = array("x", x)
    n = len(x)
    require(n > 0, f"x is empty: its shape is {x.shape}")
    y = None if y is None else array("y", y, n)
    if class_weight is not None:
        require(sample_weight is None, "give sample_weight or class_weight, not both")
        fits = isinstance(class_weight, dict)
        require(fits, f"class_weight must be a dict such as {{0: 1.0, 1: 2.5}}, got {class_weight!r}")
        sample_weight = weights_of_classes(y, class_weight)
    sample_weight = array("sample_weight", np.ones(n) if sample_weight is None else sample_weight, n)
    require(np.isfinite(sample_weight).all(), "sample_weight contains NaN or infinity")
    return x, y, sample_weight


def weights_of_classes(y, class_weight):
    """One weight an example from {class: weight}; classes that are not named weigh 1."""
    labels = y.argmax(axis=-1) if y.ndim > 1 and y.shape[-1] > 1 else y.reshape(len(y), -1)[:, 0]
    classes, which = np.unique(np.round(labels).astype(int), return_inverse=True)
    return np.array([float(class_weight.get(int(c), 1)) for c in classes])[which]


def split(data, share):
    """(training part, validation part): the last ``share`` of the rows, before any shuffling."""
    require(0 < share < 1, f"validation_split must lie between 0 and 1, got {share}")
    n = len(data[0])
    at = int(n * (1 - share))
    require(at > 0, f"validation_split={share} of {n} rows leaves none to train on")
    return [a[:at] for a in data], [a[at:] for a in data]


class Batches:
    """The rows of x, y and weights in batches; every row once, the last batch may be short.

    Arrays of a batch are reused for the next one.
    """

    def __init__(self, arrays, batch_size):
        whole = batch_size is None or (isinstance(batch_size, (int, np.integer)) and batch_size > 0)
        require(whole, f"batch_size must be a whole number from 1 upwards, got {batch_size!r}")
        self.arrays = arrays
        self.n = len(arrays[0])
        self.size = int(min(batch_size or 32, self.n))
        self.kept = [np.empty((self.size, *a.shape[1:]), a.dtype) for a in arrays]

    def __len__(self):
        return -(-self.n // self.size)

    def __call__(self, order=None):
        """Yield (x, y, weights) of each batch, in the given order of rows or as they come."""
        for start in range(0, self.n, self.size):
            rows = slice(start, start + self.size)
            if order is None:
                yield [a[rows] for a in self.arrays]
            else:
                yield [self.gather(*pair, order[rows]) for pair in zip(self.arrays, self.kept, strict=True)]

    def gather(self, a, kept, rows):
        """Those rows of ``a``, in the array that is kept for them."""
        # mode="clip": with the default, NumPy gathers into a second array and copies it to `out`.
        return np.take(a, rows, axis=0, out=kept[: len(rows)], mode="clip")


def refuse_non_finite(data, order=None, batch_size=None, epoch=None):
    """Raise ValueError if x or y holds NaN or infinity, naming row, epoch and batch that it would come in."""
    for name, a in zip(("x", "y"), data, strict=False):
        for start in range(0, len(a), 4096):  # a part at a time: the mask of all would be a large array
            finite = np.isfinite(a[start : start + 4096])
            if not finite.all():
                row = start + int(np.argwhere(~finite)[0][0])
                place = row if order is None else int(np.flatnonzero(order == row)[0])
                when = f", met in epoch {epoch + 1}, batch {place // batch_size + 1}" if batch_size else ""
                raise ValueError(f"{name} contains NaN or infinity in row {row}{when}: clean the data first")
