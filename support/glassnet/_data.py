"""What comes into a model: arrays checked once, before anything is computed or changed."""

import numpy as np


def array(name, value):
    """``value`` as an array of numbers, or a ValueError that names it."""
    try:
        value = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} must be an array of numbers; its rows have different lengths") from None
    if value.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold numbers, got dtype {value.dtype}")
    if value.ndim == 0:
        raise ValueError(f"{name} must have a batch axis, got the single number {value}")
    return value


def dataset(x, y=None, sample_weight=None, class_weight=None):
    """x, y and weights as arrays of equal, non-zero length; class weights become weights of examples."""
    x = array("x", x)
    if len(x) == 0:
        raise ValueError(f"x is empty: its shape is {x.shape}")
    if y is not None:
        y = array("y", y)
        if len(y) != len(x):
            raise ValueError(f"x and y differ in length: x has {len(x)} rows, y has {len(y)}")
    if class_weight is not None:
        if sample_weight is not None:
            raise ValueError("give sample_weight or class_weight, not both")
        sample_weight = weights_of_classes(y, class_weight)
    if sample_weight is not None:
        sample_weight = array("sample_weight", sample_weight)
        if len(sample_weight) != len(x):
            raise ValueError(f"x has {len(x)} rows, sample_weight has {len(sample_weight)}")
        if not np.isfinite(sample_weight).all():
            raise ValueError("sample_weight contains NaN or infinity")
    return x, y, sample_weight


def weights_of_classes(y, class_weight):
    """One weight an example from {class: weight}; classes that are not named weigh 1."""
    labels = y.argmax(axis=-1) if y.ndim > 1 and y.shape[-1] > 1 else y.reshape(len(y), -1)[:, 0]
    classes, which = np.unique(np.round(labels).astype(int), return_inverse=True)
    return np.array([float(class_weight.get(int(c), 1)) for c in classes])[which]


def split(x, y, sample_weight, validation_split):
    """(training part, validation part): the last ``validation_split`` of the rows, before any shuffling."""
    if not 0 < validation_split < 1:
        raise ValueError(f"validation_split must lie between 0 and 1, got {validation_split}")
    at = int(len(x) * (1 - validation_split))
    if at == 0:
        raise ValueError(f"validation_split={validation_split} of {len(x)} rows leaves none to train on")
    parts = [(None, None) if a is None else (a[:at], a[at:]) for a in (x, y, sample_weight)]
    return tuple(zip(*parts, strict=True))


def first_bad_row(array):
    """The first row with NaN or infinity, or None."""
    for start in range(0, len(array), 4096):  # a part at a time: the mask of all would be a large array
        bad = np.argwhere(~np.isfinite(array[start : start + 4096]))
        if len(bad):
            return start + int(bad[0][0])
    return None


class Batches:
    """The rows of x, y and weights in batches; every row once, the last batch may be short.

    Arrays of a batch are reused for the next one.
    """

    def __init__(self, arrays, batch_size, dtype=None):
        if batch_size is not None and (not isinstance(batch_size, (int, np.integer)) or batch_size < 1):
            raise ValueError(f"batch_size must be a whole number from 1 upwards, got {batch_size!r}")
        self.arrays = arrays
        self.n = len(arrays[0])
        self.size = int(min(batch_size or 32, self.n))
        self.dtype = dtype
        self.kept = [None if a is None else np.empty((self.size, *a.shape[1:]), a.dtype) for a in arrays]

    def __len__(self):
        return -(-self.n // self.size)

    def __call__(self, order=None):
        """Yield (x, y, weights) of each batch, in the given order of rows or as they come."""
        for start in range(0, self.n, self.size):
            stop = min(start + self.size, self.n)
            rows = slice(start, stop) if order is None else order[start:stop]
            yield [self.gather(a, kept, rows) for a, kept in zip(self.arrays, self.kept, strict=True)]

    def gather(self, a, kept, rows):
        if a is None or isinstance(rows, slice):
            return None if a is None else a[rows]
        # mode="clip": with the default, NumPy gathers into a second array and copies it to `out`.
        return np.take(a, rows, axis=0, out=kept[: len(rows)], mode="clip")


def triple(data):
    """(x, y) or (x, y, weights) as three values."""
    if not isinstance(data, (tuple, list)) or len(data) not in (2, 3):
        raise ValueError("validation_data must be (x, y) or (x, y, sample_weight)")
    return (*data, None)[:3]


def refuse_non_finite(x, y, order=None, batch_size=None, epoch=None):
    """Raise ValueError if x or y holds NaN or infinity, naming row, epoch and batch that it would come in."""
    for name, a in (("x", x), ("y", y)):
        row = first_bad_row(a)
        if row is not None:
            place = row if order is None else int(np.flatnonzero(order == row)[0])
            when = f", met in epoch {epoch + 1}, batch {place // batch_size + 1}" if batch_size else ""
            raise ValueError(f"{name} contains NaN or infinity in row {row}{when}: clean the data first")
