"""The references of `backprop` against TensorFlow and closed forms, its data against the text."""

import itertools

import numpy as np
import pytest
import tensorflow as tf
from glassnet.checks import Checks
from glassnet.checks.backprop import (
    ASSIGNMENT,
    dense_backward,
    mlp_gradients,
    numerical_gradient,
    relu_backward,
    sigmoid_backward,
    softmax_crossentropy_backward,
)
from glassnet.checks.guard import Trusted


@pytest.fixture
def rng():
    return np.random.default_rng(12)


def by_tape(function, *arrays):
    """Gradients of a TensorFlow function of the arrays, as arrays."""
    given = [tf.Variable(array) for array in arrays]
    with tf.GradientTape() as tape:
        value = function(*given)
    return [gradient.numpy() for gradient in tape.gradient(value, given)]


def test_numerical_gradient_agrees_with_closed_forms(rng):
    x = rng.normal(size=(3, 2))
    found = numerical_gradient(lambda x: np.sum(np.sin(x)) + x[0, 0] * x[2, 1], x)
    expected = np.cos(x)
    expected[0, 0] += x[2, 1]
    expected[2, 1] += x[0, 0]
    np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-9)


def test_dense_backward_agrees_with_tensorflow(rng):
    X, W, b, dZ = (rng.normal(size=shape) for shape in ((5, 4), (4, 3), (3,), (5, 3)))
    expected = by_tape(lambda X, W, b: tf.reduce_sum((X @ W + b) * dZ), X, W, b)
    for found, want in zip(dense_backward(dZ, X, W), expected, strict=True):
        np.testing.assert_allclose(found, want, rtol=1e-12)


def test_activations_backward_agree_with_tensorflow(rng):
    dA, Z = rng.normal(size=(2, 6, 5))
    (relu,) = by_tape(lambda Z: tf.reduce_sum(tf.nn.relu(Z) * dA), Z)
    np.testing.assert_allclose(relu_backward(dA, Z), relu)
    (sigmoid,) = by_tape(lambda Z: tf.reduce_sum(tf.nn.sigmoid(Z) * dA), Z)
    np.testing.assert_allclose(sigmoid_backward(dA, tf.nn.sigmoid(Z).numpy()), sigmoid, rtol=1e-10)
    assert relu_backward(np.ones(1), np.zeros(1)) == 0


def test_whole_network_agrees_with_tensorflow(rng):
    sizes, n = [4, 6, 5, 3], 7
    X, labels = rng.normal(size=(n, 4)), rng.integers(3, size=n)
    shapes = itertools.pairwise(sizes)
    params = [(rng.normal(size=(d, m)), rng.normal(size=m)) for d, m in shapes]

    def crossentropy(logits):
        return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))

    def loss(*arrays):
        A = tf.constant(X)
        for l in range(0, len(arrays), 2):
            Z = A @ arrays[l] + arrays[l + 1]
            A = tf.nn.relu(Z)
        return crossentropy(Z)

    flat = [array for pair in params for array in pair]
    found = [array for pair in mlp_gradients(X, labels, params) for array in pair]
    for got, want in zip(found, by_tape(loss, *flat), strict=True):
        np.testing.assert_allclose(got, want, rtol=1e-9, atol=1e-12)

    logits = 3 * rng.normal(size=(n, 3))
    (expected,) = by_tape(crossentropy, logits)
    np.testing.assert_allclose(softmax_crossentropy_backward(labels, logits), expected, rtol=1e-9)


def test_examples_of_the_text():
    x = np.array([2.0, 5.0])
    np.testing.assert_allclose(numerical_gradient(lambda x: x[0] ** 2 + 3 * x[1], x), [4, 3], rtol=1e-9)
    X, W = np.array([[1.0, 2.0]]), np.array([[3.0, 0.0], [-1.0, 1.0]])
    dX, dW, db = dense_backward(np.array([[1.0, 10.0]]), X, W)
    np.testing.assert_array_equal(dX, [[3, 9]])
    np.testing.assert_array_equal(dW, [[1, 10], [2, 20]])
    np.testing.assert_array_equal(db, [1, 10])
    Z = np.array([-2.0, 0.0, 3.0])
    np.testing.assert_array_equal(relu_backward(np.array([5.0, 6.0, 7.0]), Z), [0, 0, 7])
    assert sigmoid_backward(np.array(8.0), np.array(0.5)) == 2
    gradient = softmax_crossentropy_backward(np.array([0]), np.array([[0.0, np.log(3)]]))
    np.testing.assert_allclose(gradient, [[-0.75, 0.75]])


def finite(value):
    return all(map(finite, value)) if isinstance(value, list | tuple) else np.all(np.isfinite(value))


@pytest.mark.parametrize("function", ASSIGNMENT.functions, ids=lambda f: f.name)
def test_edge_cases_do_what_they_promise(function, rng):
    for case in function.edges:
        arguments = case.arguments(rng)
        if case.raises:
            with pytest.raises(ValueError, match=r"shape|length|labels"):
                function.reference(*arguments)
        else:
            with np.errstate(over="raise", invalid="raise", divide="raise"):
                assert finite(function.reference(*arguments))


@pytest.mark.parametrize("function", ASSIGNMENT.functions, ids=lambda f: f.name)
def test_every_known_mistake_is_recognised_by_its_own_hint(function):
    for hint, formula in function.mistakes.items():
        names = {"__name__": "__main__", function.name: Trusted(formula)}
        feedback = Checks("backprop", names).run(function.name).feedback
        assert feedback.mistake == hint, feedback
