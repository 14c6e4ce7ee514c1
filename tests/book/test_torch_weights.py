"""The reader of PyTorch's files gives the numbers that were written, and runs nothing that a file says."""

import io
import pickle
import sys
import types

import numpy as np
import pytest
from chapter_pattern import BOOK

sys.path.append(str(BOOK / "_scripts"))
import torch_weights


class Tensor:
    """Pickled as PyTorch pickles a tensor: a call of _rebuild_tensor_v2."""

    def __init__(self, key, offset, shape, strides, kind="FloatStorage", count=24):
        self.given = key, offset, shape, strides
        self.kind, self.count = kind, count

    def __reduce__(self):
        import collections

        key, offset, shape, strides = self.given
        torch = sys.modules["torch"]
        storage = Storage(getattr(torch, self.kind), key, self.count)
        arguments = (storage, offset, shape, strides, False, collections.OrderedDict())
        return sys.modules["torch._utils"]._rebuild_tensor_v2, arguments


class Storage:
    def __init__(self, *given):
        self.given = given


class Pickler(pickle.Pickler):
    def persistent_id(self, thing):
        if isinstance(thing, Storage):
            kind, key, count = thing.given
            return "storage", kind, key, "cpu", count, None
        return None


@pytest.fixture
def torch(monkeypatch):
    """Names as PyTorch's, under which a file refers to them."""
    torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
    for name in ("FloatStorage", "LongStorage"):
        setattr(torch, name, type(name, (), {"__module__": "torch"}))

    def _rebuild_tensor_v2(*arguments):
        raise AssertionError("the reader has called a function of the file")

    _rebuild_tensor_v2.__module__ = "torch._utils"
    _rebuild_tensor_v2.__qualname__ = "_rebuild_tensor_v2"
    utils._rebuild_tensor_v2 = _rebuild_tensor_v2
    torch._utils = utils
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "torch._utils", utils)
    return torch


def write(path, tensors, storages):
    """A file of torch.save before PyTorch 1.6."""
    content = io.BytesIO()
    for thing in (torch_weights.MAGIC, 1001, {"little_endian": True}, tensors, list(storages)):
        Pickler(content, protocol=2).dump(thing)
    for numbers in storages.values():
        content.write(len(numbers).to_bytes(8, "little") + numbers.tobytes())
    path.write_bytes(content.getvalue())
    return path


def test_values_shapes_and_strides(torch, tmp_path):
    numbers = np.arange(24, dtype="float32")
    tensors = {
        "plain": Tensor("0", 0, (4, 6), (6, 1)),
        "turned": Tensor("0", 0, (6, 4), (1, 6)),
        "part": Tensor("0", 7, (2, 3), (6, 2)),
        "count": Tensor("1", 0, (), (), "LongStorage", 1),
    }
    storages = {"0": numbers, "1": np.array([79], "int64")}
    got = torch_weights.read(write(tmp_path / "w.pth", tensors, storages))
    grid = numbers.reshape(4, 6)
    np.testing.assert_array_equal(got["plain"], grid)
    np.testing.assert_array_equal(got["turned"], grid.T)
    np.testing.assert_array_equal(got["part"], grid[1:3, 1::2])
    assert got["count"] == 79
    assert [a.dtype for a in got.values()] == [np.float32] * 3 + [np.int64]


@pytest.mark.parametrize(
    "tensor",
    [Tensor("0", 1, (4, 6), (6, 1)), Tensor("0", 0, (4, 6), (7, 1)), Tensor("0", 0, (2, 2), (-1, 1))],
    ids=["offset", "stride", "backwards"],
)
def test_no_view_reaches_outside_its_numbers(tensor, torch, tmp_path):
    file = write(tmp_path / "w.pth", {"w": tensor}, {"0": np.zeros(24, "float32")})
    with pytest.raises(ValueError, match="outside its storage"):
        torch_weights.read(file)


class Hostile:
    def __reduce__(self):
        return print, ("run",)


def test_nothing_is_run(torch, tmp_path, capsys):
    file = write(tmp_path / "w.pth", {"w": Hostile()}, {})
    with pytest.raises(pickle.UnpicklingError, match="print, which weights do not need"):
        torch_weights.read(file)
    assert capsys.readouterr().out == ""


def test_a_cut_file_and_another_layout_are_refused(torch, tmp_path):
    tensors = {"w": Tensor("0", 0, (4, 6), (6, 1))}
    file = write(tmp_path / "w.pth", tensors, {"0": np.zeros(24, "float32")})
    file.write_bytes(file.read_bytes()[:-4])
    with pytest.raises(ValueError, match="ends early"):
        torch_weights.read(file)
    file.write_bytes(pickle.dumps(1))
    with pytest.raises(ValueError, match=r"torch\.save"):
        torch_weights.read(file)
