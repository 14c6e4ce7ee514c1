"""The cards of the data sets: every count and hash on the page is the one of the files that ship."""

import hashlib
import re
from pathlib import Path

import numpy as np
import pytest
from glassnet.datasets import _archive, ames_housing, boston_housing, mnist, movie_snippets

PAGE = (Path(__file__).parents[2] / "book" / "reference" / "datasets.md").read_text(encoding="utf-8")
CARDS = dict(re.findall(r"^## (\w+).*?\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
MODULES = {"MNIST": mnist, "Boston": boston_housing, "Ames": ames_housing, "Movie": movie_snippets}


def archive(name):
    module = MODULES[name]
    return _archive.read(module.__name__.rsplit(".", 1)[1] + ".npz", module.SHA256)


def says(card, *counts):
    """Each count stands in the card, written with commas."""
    for count in counts:
        assert re.search(rf"(?<![\d,.]){count:,}(?![\d]|[,.]\d)", CARDS[card]), (
            f"{card}: {count:,} is missing"
        )


@pytest.mark.parametrize("name", MODULES)
def test_hash_size_and_parts_of_a_card(name):
    file = _archive.DATA / (MODULES[name].__name__.rsplit(".", 1)[1] + ".npz")
    assert f"`{hashlib.sha256(file.read_bytes()).hexdigest()}`" in CARDS[name]
    for part in (
        "Content",
        "Origin",
        "How it was packed",
        "Known problems",
        "Licence",
        "SHA-256 of the file",
    ):
        assert f"\n{part}\n: " in CARDS[name]
    assert "{cite:" in CARDS[name]
    kilobytes = file.stat().st_size / 1000
    size = f"{kilobytes / 1000:.1f} MB" if kilobytes > 1000 else f"{kilobytes:.0f} kB"
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| [{name}")]
    assert size in row


def test_mnist():
    data = archive("MNIST")
    says("MNIST", len(data["x_train"]), len(data["x_test"]))
    assert data["x_train"].shape[1:] == (28, 28)
    train, test = np.bincount(data["y_train"]), np.bincount(data["y_test"])
    says("MNIST", train.min(), train.max(), test.min(), test.max())
    assert (train.argmin(), train.argmax()) == (5, 1)
    assert f"| {len(data['x_train']) + len(data['x_test']):,} |" in PAGE


def test_boston():
    data = archive("Boston")
    n, d = data["x"].shape
    (x_train, _), (x_test, _) = boston_housing.load_data()
    says("Boston", n, d, len(x_train), len(x_test), np.sum(data["y"] == 50))
    assert data["y"].max() == 50
    assert f"| {n} | {d} numbers |" in PAGE


def test_ames():
    data = archive("Ames")
    price = data.pop("Sale_Price")
    categories = sum(column.dtype.kind == "U" for column in data.values())
    (_, y_train), (_, y_test) = ames_housing.load_data()
    says("Ames", len(price), len(data), len(data) - categories, categories)
    says("Ames", price.min(), price.max(), len(y_train), len(y_test))
    assert f"{data['Year_Sold'].min()} to {data['Year_Sold'].max()}" in CARDS["Ames"]
    says("Ames", *(np.sum(data[name] == "None") for name in ("Mas_Vnr_Type", "Misc_Feature")))
    says("Ames", np.sum(data["Lot_Frontage"] == 0))
    large = data["Gr_Liv_Area"] > 4000
    assert large.sum() == 5
    assert np.sum(data["Sale_Condition"][large] == "Partial") == 3
    assert "WD " in data["Sale_Type"]
    assert not any(np.isnan(column).any() for column in data.values() if column.dtype.kind == "f")
    assert f"| {len(price):,} | {len(data) - categories} numbers, {categories} categories |" in PAGE


def test_movie_snippets():
    (_, rating_train), (_, rating_test) = movie_snippets.load_data(ratings=True)
    (x_train, y_train), (x_test, y_test) = movie_snippets.load_data()
    ratings = np.concatenate([rating_train, rating_test])
    says("Movie", len(ratings), len(rating_train), len(rating_test), len(y_train), len(y_test))
    says(
        "Movie", np.sum(ratings == 0), np.sum(ratings > 0), np.sum(ratings < 0), np.sum(np.abs(ratings) < 0.5)
    )
    assert np.median([len(text.split()) for text in [*x_train, *x_test]]) == 18
    assert "half of them of 18 words or fewer" in CARDS["Movie"]
    assert f"| {len(ratings):,} | text of one sentence |" in PAGE
