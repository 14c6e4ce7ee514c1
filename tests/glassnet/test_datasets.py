"""The shipped data are the genuine ones, come as Keras returns them, and a damaged file is refused."""

import hashlib
import re
import shutil
from collections import Counter
from pathlib import Path

import keras
import numpy as np
import pytest
from glassnet.datasets import _archive, ames_housing, boston_housing, mnist, movie_snippets

# MD5 of the arrays of the mnist.npz that Keras distributes.
GENUINE_MNIST = {
    "x_train": "6510e85a72c3e9475c492d559d3770d2",
    "y_train": "e86ee40d66677c011a9abda399ec8c4d",
    "x_test": "240610fa99e73bfa49df8e7fc24d3206",
    "y_test": "073c3904dfbd3e141ff8aa01cfde6b15",
}


def as_keras_would(monkeypatch, dataset, file):
    """What keras.datasets returns when its download is this file."""
    module = __import__(f"keras.src.datasets.{dataset}", fromlist=["get_file"])
    monkeypatch.setattr(module, "get_file", lambda *args, **kwargs: str(file))
    return getattr(keras.datasets, dataset).load_data()


def test_mnist_is_the_genuine_one():
    (x_train, y_train), (x_test, y_test) = mnist.load_data()
    arrays = {"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}
    assert {name: hashlib.md5(a.tobytes()).hexdigest() for name, a in arrays.items()} == GENUINE_MNIST
    assert x_train.shape == (60000, 28, 28)
    assert x_test.shape == (10000, 28, 28)
    assert {a.dtype for a in arrays.values()} == {np.dtype("uint8")}


@pytest.mark.parametrize("dataset", [mnist, boston_housing])
def test_load_data_returns_what_keras_returns(monkeypatch, dataset):
    name = dataset.__name__.rsplit(".", 1)[1]
    expected = as_keras_would(monkeypatch, name, _archive.DATA / f"{name}.npz")
    for ours, theirs in zip(sum(dataset.load_data(), ()), sum(expected, ()), strict=True):
        assert ours.dtype == theirs.dtype
        np.testing.assert_array_equal(ours, theirs)


def test_boston_has_the_rows_of_keras_own_file():
    # First training row and targets as Keras' documentation and countless notebooks print them.
    (x_train, y_train), (x_test, y_test) = boston_housing.load_data()
    row = [1.23247, 0, 8.14, 0, 0.538, 6.142, 91.7, 3.9769, 4, 307, 21, 396.9, 18.72]
    np.testing.assert_allclose(x_train[0], row)
    np.testing.assert_allclose(y_train[:4], [15.2, 42.3, 50.0, 21.1])
    assert (x_train.shape, x_test.shape) == ((404, 13), (102, 13))
    assert len(boston_housing.FEATURE_NAMES) == 13
    assert np.sum(np.concatenate([y_train, y_test]) == 50) == 16


def test_ames_is_complete():
    (x_train, y_train), (x_test, y_test) = ames_housing.load_data()
    assert len(y_train) + len(y_test) == 2930
    assert len(x_train) == 73
    assert "Sale_Price" not in x_train
    assert all(len(column) == 2344 for column in x_train.values())
    assert {column.dtype.kind for column in x_train.values()} == {"i", "f", "U"}
    assert sum(column.dtype.kind == "U" for column in x_train.values()) == 40
    prices = np.concatenate([y_train, y_test])
    # De Cock (2011) describes prices from 12 789 to 755 000 dollars.
    assert (prices.min(), prices.max()) == (12789, 755000)
    assert set(x_test["Mas_Vnr_Type"]) >= {"None", "BrkFace", "Stone"}


def test_seed_and_split_matter():
    (first, _), (held_out, _) = boston_housing.load_data(test_split=0.5, seed=1)
    (second, _), _ = boston_housing.load_data(test_split=0.5, seed=2)
    assert first.shape == held_out.shape == (253, 13)
    assert not np.array_equal(first, second)
    with pytest.raises(ValueError, match=r"test_split must be at least 0 and less than 1, got 1\.5"):
        boston_housing.load_data(test_split=1.5)


def test_snippets_are_text_with_the_sign_of_their_rating():
    (x_train, y_train), (x_test, y_test) = movie_snippets.load_data()
    assert len(x_train) == len(y_train)
    assert len(x_test) == len(y_test)
    assert x_train.dtype.kind == x_test.dtype.kind == "U"
    assert y_train.dtype == y_test.dtype == np.dtype("int64")
    assert set(y_train) == set(y_test) == {0, 1}
    # Line 3 and 4 of the source: "-0.6 Effective but …" and "1.46666666667 If you sometimes like …"
    label = dict(zip([*x_train, *x_test], [*y_train, *y_test], strict=True))
    assert label["Effective but too tepid biopic"] == 0
    assert (
        label["If you sometimes like to go to the movies to have fun, Wasabi is a good place to start."] == 1
    )
    assert not any("&amp;" in text or "\n" in text or text != text.strip() for text in label)


def test_ratings_are_means_over_people_and_those_of_zero_have_no_sign():
    signed = movie_snippets.load_data()
    rated = movie_snippets.load_data(ratings=True)
    assert sum(len(y) for _, y in rated) == 10605
    for (x, y), (x_all, rating) in zip(signed, rated, strict=True):
        assert rating.dtype == np.dtype("float32")
        assert np.abs(rating).max() <= 4
        np.testing.assert_array_equal(x, x_all[rating != 0])
        np.testing.assert_array_equal(y, rating[rating != 0] > 0)


def test_no_snippet_of_the_test_part_has_a_near_duplicate_in_the_training_part():
    (train, _), (test, _) = movie_snippets.load_data(ratings=True)
    bags = [set(re.findall(r"[a-z0-9]+", text.lower())) for text in [*train, *test]]
    frequency = Counter(word for bag in bags for word in bag)

    def rare(bag):
        """Two bags that share half of their words or more have one of these in common."""
        return sorted(bag, key=lambda word: (frequency[word], word))[: len(bag) // 2 + 1]

    holding = {}
    for bag in bags[: len(train)]:
        for word in rare(bag):
            holding.setdefault(word, []).append(bag)
    for bag in bags[len(train) :]:
        for other in (other for word in rare(bag) for other in holding.get(word, ())):
            assert 2 * len(bag & other) < len(bag | other), (bag, other)


@pytest.mark.parametrize("dataset", [mnist, boston_housing, ames_housing, movie_snippets])
def test_damaged_or_missing_file_is_named(tmp_path, dataset):
    name = dataset.__name__.rsplit(".", 1)[1] + ".npz"
    damaged = tmp_path / name
    shutil.copy(_archive.DATA / name, damaged)
    with damaged.open("r+b") as file:
        file.seek(-5000, 2)
        file.write(b"\0\0\0\0")
    with pytest.raises(ValueError, match=f"{name} is damaged"):
        dataset.load_data(path=damaged)
    damaged.write_bytes(b"")
    with pytest.raises(ValueError, match=f"{name} is damaged.*0 bytes read"):
        dataset.load_data(path=damaged)
    damaged.unlink()
    with pytest.raises(FileNotFoundError, match=f"{name} is missing"):
        dataset.load_data(path=damaged)


def test_every_shipped_file_is_documented():
    readme = (Path(_archive.DATA).parent / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## (\S+)$", readme, re.M)) == {file.name for file in _archive.DATA.iterdir()}
