"""The references of `neurons` against independent oracles, and its data against the text's promises."""

import keras
import numpy as np
import pytest
import scipy.special
from glassnet.checks.neurons import (
    ASSIGNMENT,
    count_parameters,
    dense,
    mlp_forward,
    neuron,
    sigmoid,
    softmax,
    tanh,
)


@pytest.fixture
def rng():
    return np.random.default_rng(11)


def test_activations_agree_with_scipy(rng):
    Z = 5 * rng.normal(size=(4, 6))
    np.testing.assert_allclose(sigmoid(Z), scipy.special.expit(Z), rtol=1e-12)
    np.testing.assert_allclose(softmax(Z), scipy.special.softmax(Z, axis=-1), rtol=1e-12)
    np.testing.assert_allclose(tanh(Z), 2 * scipy.special.expit(2 * Z) - 1, rtol=1e-9)


def test_network_and_its_size_agree_with_keras(rng):
    sizes = [7, 5, 6, 3]
    hidden = [keras.layers.Dense(m, "relu", bias_initializer="random_normal") for m in sizes[1:-1]]
    output = keras.layers.Dense(sizes[-1], "softmax", bias_initializer="random_normal")
    model = keras.Sequential([keras.Input((7,)), *hidden, output])
    X, weights = rng.normal(size=(9, 7)).astype("float32"), model.get_weights()
    params = list(zip(weights[::2], weights[1::2], strict=True))
    np.testing.assert_allclose(mlp_forward(X, params), model.predict(X, verbose=0), rtol=1e-4, atol=1e-6)
    assert count_parameters(sizes) == model.count_params()


def test_examples_of_the_text():
    assert neuron(np.array([1.0, 2.0]), np.array([3.0, -1.0]), 0.5, np.square) == 2.25
    np.testing.assert_array_equal(
        dense(np.array([[1.0, 2.0]]), np.array([[3.0, 0.0], [-1.0, 1.0]]), np.array([0.5, -1.0])),
        [[1.5, 1.0]],
    )
    np.testing.assert_allclose(softmax(np.array([0.0, np.log(3)])), [0.25, 0.75])
    assert count_parameters([784, 512, 10]) == 407_050
    assert count_parameters([784, 10]) == 7_850


@pytest.mark.parametrize("function", ASSIGNMENT.functions, ids=lambda f: f.name)
def test_edge_cases_do_what_they_promise(function, rng):
    for case in function.edges:
        arguments = case.arguments(rng)
        if case.raises:
            with pytest.raises(ValueError, match=r"shape|length"):
                function.reference(*arguments)
        else:
            with np.errstate(over="raise", invalid="raise", divide="raise"):
                assert np.all(np.isfinite(function.reference(*arguments)))
