"""What is said wrongly about activations, and the proof of what is right (chapter "Activations")."""

import keras
import numpy as np
import pytest
from glassnet.activations import relu, sigmoid, softmax
from glassnet.datasets import mnist
from sklearn.linear_model import LogisticRegression


def stack(activation, units=(6, 5, 4), seed=0):
    """A Keras network of dense layers with random weights and biases, four inputs."""
    rng = np.random.default_rng(seed)
    model = keras.Sequential([keras.Input((4,))])
    for m in units:
        model.add(keras.layers.Dense(m, activation=activation))
    model.set_weights([rng.normal(size=w.shape) for w in model.get_weights()])
    return model


def defect(model):
    """How far a network is from f(u + v) − f(0) = (f(u) − f(0)) + (f(v) − f(0)), which affine maps fulfil."""
    rng = np.random.default_rng(1)
    u, v = rng.normal(size=(2, 50, 4)).astype("float32")
    f = [np.asarray(model(x)) for x in (u + v, u, v, np.zeros_like(u))]
    return np.abs(f[0] - f[1] - f[2] + f[3]).max()


def test_source_26_relu_is_not_linear():
    # Claim: ReLU is linear. Keras' own function, and networks of each kind.
    theirs = keras.activations.relu
    assert float(theirs(np.float32(-2 + 3))) == relu(-2 + 3) == 1
    assert float(theirs(np.float32(-2))) + float(theirs(np.float32(3))) == relu(-2) + relu(3) == 3
    assert defect(stack("linear")) < 1e-3
    assert defect(stack("relu")) > 1


def test_source_26_linear_layers_collapse_into_one():
    # Were it linear, three layers could be one. That is so for linear layers only.
    model = stack("linear")
    W1, b1, W2, b2, W3, b3 = model.get_weights()
    X = np.random.default_rng(2).normal(size=(9, 4)).astype("float32")
    one = X @ (W1 @ W2 @ W3) + ((b1 @ W2 + b2) @ W3 + b3)
    np.testing.assert_allclose(np.asarray(model(X)), one, rtol=1e-3, atol=1e-3)
    bent = stack("relu")
    assert np.abs(np.asarray(bent(X)) - one).max() > 1


def test_source_27_tanh_is_a_sigmoid_of_twice_the_input():
    # Claim: tanh is a standardised sigmoid. NumPy's tanh is the oracle.
    z = np.linspace(-20, 20, 4001)
    np.testing.assert_allclose(2 * sigmoid(2 * z) - 1, np.tanh(z), atol=1e-15)
    sample = np.random.default_rng(3).normal(size=20_000)
    a = sigmoid(sample)
    standardised = (a - a.mean()) / a.std()
    assert np.abs(standardised - np.tanh(sample)).max() > 0.5
    assert np.abs(standardised).max() > 1  # tanh never leaves (−1, 1)
    assert abs(np.tanh(sample).mean()) < 0.02 < 0.4 < a.mean()


@pytest.mark.parametrize(("scale", "low", "high"), [(1.0, 0, 0.1), (np.sqrt(2), 0.3, 3), (2.0, 100, np.inf)])
def test_source_35_relu_alone_does_not_keep_the_gradient(scale, low, high):
    # Claim: ReLU solves vanishing gradients. The slope through twenty layers, by finite differences.
    rng = np.random.default_rng(4)
    weights = [rng.normal(size=(200, 200)) * scale / np.sqrt(200) for _ in range(20)]

    def network(A):
        for W in weights:
            A = relu(A @ W)
        return A

    X, move = rng.normal(size=(20, 200)), rng.normal(size=(20, 200))
    change = (network(X + 1e-6 * move) - network(X - 1e-6 * move)) / 2e-6
    assert low <= np.linalg.norm(change) / np.linalg.norm(move) < high


@pytest.mark.parametrize(("activation", "moves"), [("relu", False), ("leaky_relu", True)])
def test_source_35_a_dead_unit_stays_dead(activation, moves):
    model = keras.Sequential(
        [keras.Input((3,)), keras.layers.Dense(4, activation=activation), keras.layers.Dense(1)]
    )
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mean_squared_error")
    W, b, V, c = model.get_weights()
    model.set_weights([W, b - 100, V, c])  # no input below reaches the threshold
    X = np.random.default_rng(5).normal(size=(32, 3)).astype("float32")
    model.train_on_batch(X, np.ones((32, 1), "float32"))
    assert np.array_equal(model.get_weights()[0], W) is not moves


def test_source_38_softmax_of_any_scale_is_no_calibrated_probability():
    # Claim: the output of softmax is the probability. Here the truth is known: labels are drawn from it.
    rng = np.random.default_rng(6)
    Z = 1.5 * rng.normal(size=(20_000, 4))
    truth = softmax(Z)
    labels = (rng.uniform(size=(len(Z), 1)) > truth.cumsum(axis=1)).sum(axis=1)
    sure = softmax(3 * Z)
    assert np.array_equal(sure.argmax(axis=1), truth.argmax(axis=1))
    np.testing.assert_allclose(sure.sum(axis=1), 1)
    accuracy = np.mean(truth.argmax(axis=1) == labels)
    assert abs(truth.max(axis=1).mean() - accuracy) < 0.015
    assert sure.max(axis=1).mean() - accuracy > 0.1


def test_source_38_softmax_names_a_digit_where_there_is_none():
    (images, labels), _ = mnist.load_data()
    X = images[:1000].reshape(-1, 784) / 255
    model = LogisticRegression(max_iter=30, tol=1e-2).fit(X, labels[:1000])
    noise = np.random.default_rng(7).uniform(size=(200, 784))
    P = model.predict_proba(noise)
    np.testing.assert_allclose(P.sum(axis=1), 1)
    assert P.max(axis=1).mean() > 0.5
