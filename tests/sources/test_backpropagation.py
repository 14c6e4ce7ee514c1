"""What the chapter on backpropagation says against the sources: differences, closed forms and Keras agree."""

import itertools

import keras
import numpy as np
import tensorflow as tf
from glassnet import activations, layers
from glassnet.gradcheck import numerical_gradient


def test_source_20_backpropagation_through_a_layer_has_four_equations():
    rng = np.random.default_rng(0)
    X, W, b, dA = (rng.normal(size=shape) for shape in ((5, 4), (4, 3), (3,), (5, 3)))
    for name in ("relu", "sigmoid", "tanh"):
        f = activations.get(name)

        def loss(X, W, b, f=f):
            return np.sum(f(X @ W + b) * dA)  # so that ∂loss/∂A is dA

        dZ = dA * activations.derivative(name, X @ W + b)
        derived = {"X": dZ @ W.T, "W": X.T @ dZ, "b": dZ.sum(axis=0)}
        differences = {
            "X": numerical_gradient(lambda X: loss(X, W, b), X),
            "W": numerical_gradient(lambda W: loss(X, W, b), W),
            "b": numerical_gradient(lambda b: loss(X, W, b), b),
        }
        for array, gradient in derived.items():
            np.testing.assert_allclose(gradient, differences[array], rtol=1e-6, atol=1e-8)

        layer = layers.Dense(3, name, dtype="float64")
        layer(X)
        layer.set_weights([W, b])
        layer.forward(X)
        np.testing.assert_allclose(layer.backward(dA), derived["X"], rtol=1e-12)
        np.testing.assert_allclose(layer.dW, derived["W"], rtol=1e-12)
        np.testing.assert_allclose(layer.db, derived["b"], rtol=1e-12)

        A = keras.ops.convert_to_tensor
        with tf.GradientTape() as tape:
            given = [tf.constant(array) for array in (X, W, b)]
            tape.watch(given)
            Z = given[0] @ given[1] + given[2]
            value = tf.reduce_sum(keras.activations.get(name)(Z) * A(dA))
        for ours, theirs in zip(derived.values(), tape.gradient(value, given), strict=True):
            np.testing.assert_allclose(ours, theirs.numpy(), rtol=1e-10)


def test_source_20_factors_multiply_along_a_path_and_paths_add():
    """In a network of scalars the derivative is the sum over all paths of the product of their weights."""
    rng = np.random.default_rng(1)
    matrices = [rng.normal(size=shape) for shape in ((1, 3), (3, 4), (4, 2), (2, 1))]
    total = 0.0
    for path in itertools.product(range(1), range(3), range(4), range(2), range(1)):
        total += np.prod([W[i, j] for W, (i, j) in zip(matrices, itertools.pairwise(path), strict=True)])

    backwards = np.ones((1, 1))
    for W in reversed(matrices):
        backwards = backwards @ W.T
    difference = numerical_gradient(lambda x: np.linalg.multi_dot([x, *matrices]).sum(), np.ones((1, 1)))
    np.testing.assert_allclose(backwards.item(), total)
    np.testing.assert_allclose(difference.item(), total, rtol=1e-8)


def test_source_20_the_gradient_at_the_end_carries_one_factor_1_over_n():
    rng = np.random.default_rng(2)
    logits, labels = rng.normal(size=(6, 4)), rng.integers(4, size=6)
    derived = (activations.softmax(logits) - np.eye(4)[labels]) / 6
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, dtype="float64")
    difference = numerical_gradient(lambda z: loss(labels, z), logits)
    np.testing.assert_allclose(derived, difference, atol=1e-9)


def gradient_left(activation, deviation, depth=20, units=200):
    """By what factor a gradient is smaller after going back through `depth` layers, measured with Keras."""
    rng = np.random.default_rng(3)
    X = tf.constant(rng.normal(size=(32, units)))
    weights = [tf.constant(rng.normal(scale=deviation, size=(units, units))) for _ in range(depth)]
    with tf.GradientTape() as tape:
        tape.watch(X)
        A = X
        for W in weights:
            A = keras.activations.get(activation)(A @ W)
        value = tf.reduce_sum(A * rng.normal(size=A.shape))
    return np.sqrt(np.mean(tape.gradient(value, X).numpy() ** 2))


def test_source_35_relu_keeps_gradients_only_with_fitting_initial_weights():
    he, glorot = np.sqrt(2 / 200), np.sqrt(2 / 400)
    assert 0.2 < gradient_left("relu", he) < 5
    assert gradient_left("relu", he / 2) < 1e-5  # ½ a layer: 2⁻²⁰
    assert gradient_left("relu", he * 2) > 1e5
    assert gradient_left("tanh", glorot) > 0.01  # no relu, and yet no vanishing
    assert gradient_left("sigmoid", glorot) < 4.0**-20 * 10


def test_source_35_relu_units_that_are_off_pass_no_gradient():
    unit = keras.layers.Dense(1, activation="relu", bias_initializer=keras.initializers.Constant(-100.0))
    X = tf.constant(np.random.default_rng(4).normal(size=(64, 8)).astype("float32"))
    with tf.GradientTape() as tape:
        value = tf.reduce_sum(unit(X))
    assert all(not np.any(g.numpy()) for g in tape.gradient(value, unit.trainable_variables))
