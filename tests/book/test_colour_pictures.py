"""The pictures and networks of the chapter on colour images are what it says they are."""

import sys

import keras
import numpy as np
import pytest
from chapter_pattern import BOOK

sys.path.append(str(BOOK / "_scripts"))
import colour_pictures


def test_no_two_parts_share_a_photograph():
    seen = [photo.tobytes() for part in colour_pictures.SIZES for photo in colour_pictures.photos(part)]
    assert len(set(seen)) == len(seen) == 7


def test_no_ink_shows_the_photograph_and_full_ink_its_negative():
    photo = np.random.default_rng(0).integers(256, size=(32, 32, 3), dtype="uint8")
    digits = np.stack([np.zeros((28, 28)), np.full((28, 28), 255)]).astype("uint8")
    plain, inverted = colour_pictures.on_photographs(digits, [photo], np.random.default_rng(1))
    np.testing.assert_array_equal(plain, photo)
    np.testing.assert_array_equal(inverted[2:30, 2:30], 255 - photo[2:30, 2:30])
    np.testing.assert_array_equal(inverted[:2], photo[:2])


def test_parts_have_other_digits_and_come_out_the_same_again():
    train, val = (colour_pictures.digits(part)[0] for part in ("train", "val"))
    assert not {d.tobytes() for d in train} & {d.tobytes() for d in val}
    one, two = colour_pictures.shipped(), colour_pictures.shipped()
    for part, size in colour_pictures.SIZES.items():
        X, y = one[part]
        assert X.shape == (size, 32, 32, 3)
        assert y.shape == (size,)
        np.testing.assert_array_equal(X, two[part][0])


def test_cifar10_takes_the_same_path(tmp_path, monkeypatch):
    """A copy of the right form, with noise in it: parts do not overlap, labels lose their second axis."""
    rng = np.random.default_rng(0)
    parts = {"train": 13_000, "test": 5_500}
    arrays = {f"x_{p}": rng.integers(256, size=(n, 32, 32, 3), dtype="uint8") for p, n in parts.items()}
    arrays |= {f"y_{p}": rng.integers(10, size=(n, 1), dtype="uint8") for p, n in parts.items()}
    np.savez(tmp_path / "cifar.npz", **arrays)
    monkeypatch.setenv("GLASSNET_CIFAR10", str(tmp_path / "cifar.npz"))
    data, is_cifar = colour_pictures.load()
    assert is_cifar
    assert {p: (X.shape[0], y.shape) for p, (X, y) in data.items()} == {
        p: (n, (n,)) for p, n in colour_pictures.SIZES.items()
    }
    pictures = {x.tobytes() for x in data["train"][0]}
    assert not pictures & {x.tobytes() for x in data["val"][0]}


@pytest.mark.parametrize("flip", [False, True])
def test_augmentation_moves_and_may_mirror_but_invents_nothing(flip):
    X = np.random.default_rng(0).integers(256, size=(40, 32, 32, 3), dtype="uint8")
    given = X.copy()
    moved = colour_pictures.augmented(X, np.random.default_rng(1), flip)
    np.testing.assert_array_equal(X, given)
    mirrored = 0
    for before, after in zip(X, moved, strict=True):
        core = after[4:28, 4:28]
        found = [
            side
            for side, source in (("as it is", before), ("mirrored", before[:, ::-1]))
            for top in range(9)
            for left in range(9)
            if np.array_equal(core, source[top : top + 24, left : left + 24])
        ]
        assert len(found) == 1
        mirrored += found[0] == "mirrored"
    assert (5 < mirrored < 35) if flip else mirrored == 0


@pytest.mark.parametrize(("blocks", "layers"), [(1, 8), (3, 20)])
def test_depth_is_that_of_the_longest_path(blocks, layers):
    model = colour_pictures.network(blocks)
    counted = [
        layer
        for layer in model.layers
        if isinstance(layer, keras.layers.Dense)
        or (isinstance(layer, keras.layers.Conv2D) and layer.kernel_size == (3, 3))
    ]
    assert len(counted) == layers
    plain = colour_pictures.network(blocks, skip=False)
    assert not any(isinstance(layer, keras.layers.Add) for layer in plain.layers)
