"""Data sets that do not ship are read from a local copy as Keras returns them; what is no copy is refused."""

import gzip
import re

import keras
import numpy as np
import pytest
from glassnet.datasets import cifar10, fashion_mnist, imdb


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def four_arrays(rng, picture, label):
    """Three training and two test examples."""
    return {
        f"{kind}_{part}": rng.integers(10, size=(n, *shape), dtype="uint8")
        for part, n in (("train", 3), ("test", 2))
        for kind, shape in (("x", picture), ("y", label))
    }


def flat(data):
    return [array for part in data for array in part]


def test_cifar10_from_the_binary_version_as_keras_reads_the_pickled_one(rng, tmp_path, monkeypatch):
    """The same numbers written both ways: a label and three planes, or Keras' own batches."""
    import pickle

    binary, pickled = tmp_path / "bin", tmp_path / "cifar-10-batches-py"
    binary.mkdir()
    pickled.mkdir()
    for name in [f"data_batch_{k}" for k in range(1, 6)] + ["test_batch"]:
        n = 10_000  # Keras counts on it
        planes = rng.integers(256, size=(n, 3072), dtype="uint8")
        labels = rng.integers(10, size=n, dtype="uint8")
        (binary / f"{name}.bin").write_bytes(np.column_stack([labels, planes]).tobytes())
        (pickled / name).write_bytes(pickle.dumps({b"data": planes, b"labels": labels.tolist()}))
    module = __import__("keras.src.datasets.cifar10", fromlist=["get_file"])
    monkeypatch.setattr(module, "get_file", lambda *args, **kwargs: str(tmp_path))
    theirs = flat(keras.datasets.cifar10.load_data())
    for a, b in zip(flat(cifar10.load_data(binary)), theirs, strict=True):
        assert a.dtype == b.dtype == np.uint8
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize(
    ("dataset", "picture", "label"), [(cifar10, (32, 32, 3), (1,)), (fashion_mnist, (28, 28), ())]
)
def test_an_archive_is_read_and_a_wrong_one_refused(dataset, picture, label, rng, tmp_path):
    arrays = four_arrays(rng, picture, label)
    file = tmp_path / "copy.npz"
    np.savez(file, **arrays)
    for name, got in zip(
        ("x_train", "y_train", "x_test", "y_test"), flat(dataset.load_data(file)), strict=True
    ):
        np.testing.assert_array_equal(got, arrays[name])
    np.savez(file, **{k: v for k, v in arrays.items() if k != "y_test"})
    with pytest.raises(ValueError, match="has no array y_test"):
        dataset.load_data(file)
    np.savez(file, **(arrays | {"x_test": arrays["x_test"][:, :5]}))
    with pytest.raises(ValueError, match=r"x_test of .* has shape \(2, 5"):
        dataset.load_data(file)
    np.savez(file, **(arrays | {"x_train": arrays["x_train"][:2]}))
    with pytest.raises(ValueError, match="2 pictures in x_train and 3 labels"):
        dataset.load_data(file)
    with pytest.raises(FileNotFoundError, match="nowhere"):
        dataset.load_data(tmp_path / "nowhere.npz")


@pytest.mark.parametrize("packed", [True, False])
def test_fashion_mnist_from_idx_files(packed, rng, tmp_path):
    arrays = four_arrays(rng, (28, 28), ())
    for part, stem in (("train", "train"), ("test", "t10k")):
        for kind, name in (("x", "images-idx3-ubyte"), ("y", "labels-idx1-ubyte")):
            a = arrays[f"{kind}_{part}"]
            content = bytes([0, 0, 8, a.ndim]) + np.array(a.shape, ">u4").tobytes() + a.tobytes()
            file = tmp_path / f"{stem}-{name}{'.gz' if packed else ''}"
            file.write_bytes(gzip.compress(content) if packed else content)
    got = flat(fashion_mnist.load_data(tmp_path))
    for name, array in zip(("x_train", "y_train", "x_test", "y_test"), got, strict=True):
        np.testing.assert_array_equal(array, arrays[name])
    file.unlink()
    with pytest.raises(FileNotFoundError, match="t10k-labels-idx1-ubyte"):
        fashion_mnist.load_data(tmp_path)
    cut = content[:-1]
    file.write_bytes(gzip.compress(cut) if packed else cut)
    with pytest.raises(ValueError, match="ends early"):
        fashion_mnist.load_data(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 100, b"\x0a" + bytes(3072)], ids=["empty", "cut", "label 10"]
)
def test_a_damaged_batch_is_refused(content, tmp_path):
    for name in [f"data_batch_{k}" for k in range(1, 6)] + ["test_batch"]:
        (tmp_path / f"{name}.bin").write_bytes(content)
    with pytest.raises(ValueError, match=r"data_batch_1\.bin has"):
        cifar10.load_data(tmp_path)


@pytest.mark.parametrize("dataset", [cifar10, fashion_mnist, imdb])
def test_keras_is_asked_without_a_path_and_its_failure_explained(dataset, monkeypatch):
    name = dataset.__name__.rsplit(".", 1)[1]
    module = getattr(keras.datasets, name)
    monkeypatch.setattr(module, "load_data", lambda: "what Keras returns")
    assert dataset.load_data() == "what Keras returns"

    def offline():
        raise Exception("URL fetch failure")

    monkeypatch.setattr(module, "load_data", offline)
    with pytest.raises(FileNotFoundError, match=re.escape(f"keras.datasets.{name}")):
        dataset.load_data()
