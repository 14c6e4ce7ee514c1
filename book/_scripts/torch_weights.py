"""Reads weights that PyTorch saved, without PyTorch.

Such a file holds pickles, and a pickle may name any function for Python to
call. Here only the three names that weights need are known; whatever else a
file asks for is an error. The layout is that of torch.save before PyTorch 1.6:
five pickles, then the numbers of each storage behind their count.
"""

import collections
import io
import pickle

import numpy as np

MAGIC = 0x1950A86A20F9469CFC6C
DTYPES = {"FloatStorage": "<f4", "LongStorage": "<i8"}


class View:
    """A tensor of the file: which storage, and where in it."""

    def __init__(self, storage, offset, shape, strides, *_):
        self.key, self.dtype = storage
        self.offset, self.shape, self.strides = offset, shape, strides

    def array(self, numbers):
        """The view's entries out of all numbers of its storage."""
        last = self.offset
        for n, stride in zip(self.shape, self.strides, strict=True):
            last += (n - 1) * stride
        if min((self.offset, *self.strides)) < 0 or last >= numbers.size:
            raise ValueError(
                f"a tensor {self.shape} reaches outside its storage"
            )
        strides = [numbers.itemsize * stride for stride in self.strides]
        return np.lib.stride_tricks.as_strided(
            numbers[self.offset :], self.shape, strides, writeable=False
        )


KNOWN = {
    ("collections", "OrderedDict"): collections.OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): View,
    ("torch", "FloatStorage"): "FloatStorage",
    ("torch", "LongStorage"): "LongStorage",
}


class Unpickler(pickle.Unpickler):
    """Knows the names that weights need, and no other."""

    def find_class(self, module, name):
        if (module, name) not in KNOWN:
            raise pickle.UnpicklingError(
                f"the file asks for {module}.{name}, which weights do not need"
            )
        return KNOWN[module, name]

    def persistent_load(self, given):
        kind, storage, key, *_ = given
        if kind != "storage" or storage not in DTYPES:
            raise pickle.UnpicklingError(f"unknown reference {given!r}")
        return key, DTYPES[storage]


def read(path):
    """Name to array, in the file's order.

    Raises pickle.UnpicklingError if the file wants anything but weights,
    ValueError if it has another layout or ends early.
    """
    with open(path, "rb") as file:
        content = io.BytesIO(file.read())
    if Unpickler(content).load() != MAGIC:
        raise ValueError(
            f"{path} is not a file of torch.save before PyTorch 1.6"
        )
    Unpickler(content).load()  # version of the layout
    if not Unpickler(content).load()["little_endian"]:
        raise ValueError(f"{path} was written on a big-endian machine")
    views = Unpickler(content).load()
    dtype = {view.key: view.dtype for view in views.values()}
    storages = {}
    for key in Unpickler(content).load():
        count = int.from_bytes(content.read(8), "little")
        data = content.read(count * np.dtype(dtype[key]).itemsize)
        storages[key] = np.frombuffer(data, dtype[key])
        if storages[key].size != count:
            raise ValueError(f"{path} ends early")
    return {
        name: view.array(storages[view.key]) for name, view in views.items()
    }
