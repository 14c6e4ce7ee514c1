"""Initializers draw from Keras' distributions and repeat with their seed."""

import keras
import numpy as np
import pytest
from glassnet import initializers, utils

SHAPES = [(400, 300), (3, 3, 40, 50)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", sorted(set(initializers.INITIALIZERS) - {"uniform", "constant"}))
def test_same_distribution_as_keras(name, shape):
    ours = initializers.get(name)(shape)
    theirs = np.array(keras.initializers.get(name)(shape))
    assert ours.dtype == theirs.dtype == "float32"
    np.testing.assert_allclose(ours.mean(), theirs.mean(), atol=2e-3)
    np.testing.assert_allclose(ours.std(), theirs.std(), rtol=0.02, atol=1e-9)
    np.testing.assert_allclose(np.abs(ours).max(), np.abs(theirs).max(), rtol=0.25, atol=1e-9)


def test_orthogonal_has_orthonormal_columns_or_rows():
    for shape in ((7, 4), (4, 7)):
        Q = initializers.Orthogonal(gain=2.0)(shape, "float64") / 2
        gram = Q.T @ Q if shape[0] > shape[1] else Q @ Q.T
        np.testing.assert_allclose(gram, np.eye(4), atol=1e-12)


def test_seeds_repeat():
    rule = initializers.HeNormal(seed=3)
    assert np.array_equal(rule((5, 5)), rule((5, 5)))
    utils.set_random_seed(9)
    first = initializers.get("glorot_uniform")((5, 5))
    assert not np.array_equal(first, initializers.get("glorot_uniform")((5, 5)))
    utils.set_random_seed(9)
    assert np.array_equal(first, initializers.get("glorot_uniform")((5, 5)))


def test_serialize_and_back():
    rule = initializers.get(initializers.serialize(initializers.RandomNormal(1.0, 0.5, seed=2)))
    assert (rule.mean, rule.stddev, rule.seed) == (1.0, 0.5, 2)


def test_wrong_use_is_named():
    with pytest.raises(ValueError, match="did you mean 'glorot_uniform'"):
        initializers.get("glorot_unifrom")
    with pytest.raises(ValueError, match="at least two dimensions"):
        initializers.Orthogonal()((3,))
