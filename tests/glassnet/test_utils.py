"""One-hot labels, seeds and number types work as keras.utils and keras.config do."""

import random

import glassnet
import keras
import numpy as np
import pytest
from glassnet import config, utils


@pytest.mark.parametrize("labels", [[0, 2, 1], [[0], [2]], [[0, 1], [1, 2]], np.array([2.0, 0.0]), 1])
def test_to_categorical_is_keras(labels):
    ours, theirs = utils.to_categorical(labels, 4), keras.utils.to_categorical(labels, 4)
    assert ours.shape == theirs.shape
    assert np.array_equal(ours, theirs)
    assert utils.to_categorical([0, 3]).shape == (2, 4)
    assert ours.dtype == "float32"


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (["a"], "label must be a whole number"),
        ([0, 4], r"label 4 at row 1 is outside 0…3"),
        ([-1], "label -1"),
        ([0.5], "whole"),
    ],
)
def test_labels_that_do_not_fit_are_named(labels, message):
    with pytest.raises(ValueError, match=message):
        utils.to_categorical(labels, 4)


def test_one_seed_for_all_generators():
    draws = []
    for _ in range(2):
        utils.set_random_seed(5)
        draws.append((random.random(), np.random.random(), utils.rng().random()))  # noqa: NPY002
    assert draws[0] == draws[1]


def test_floatx():
    assert config.floatx() == "float32"
    config.set_floatx("float64")
    assert glassnet.layers.Dense(2)(np.ones((1, 3))).dtype == "float64"
    with pytest.raises(ValueError, match="'float16'"):
        config.set_floatx("float16")
    assert config.epsilon() == keras.config.epsilon()
