"""What is said wrongly about a single neuron, and the proof of what is right (chapter "A neuron")."""

import keras
import numpy as np
from glassnet.activations import derivative, sigmoid
from glassnet.datasets import mnist
from sklearn.linear_model import Perceptron


def test_source_25_the_star_is_not_the_dot_product():
    # Claim: y = f(w * x + b). The oracle is Keras' neuron.
    rng = np.random.default_rng(1)
    x, w, b = rng.normal(size=7), rng.normal(size=7), 0.3
    neuron = keras.Sequential([keras.Input((7,)), keras.layers.Dense(1, activation="sigmoid")])
    neuron.set_weights([w[:, None], np.array([b])])
    y = neuron.predict(x[None].astype("float32"), verbose=0)
    assert y.shape == (1, 1)
    np.testing.assert_allclose(sigmoid(x @ w + b), y[0, 0], atol=1e-6)
    assert np.shape(sigmoid(w * x + b)) == (7,)


def test_source_25_one_letter_cannot_be_activation_and_loss():
    # Claim: y = f(w * x + b) and w ← w − η ∇f(w). The second f is the loss: finite differences of the
    # loss give d numbers, which the one slope of the activation cannot be.
    rng = np.random.default_rng(2)
    x, w, b, y = rng.normal(size=5), rng.normal(size=5), -0.2, 1.0

    def loss(w):
        return -np.log(sigmoid(x @ w + b)) * y

    numerical = np.array([(loss(w + e) - loss(w - e)) / 2e-6 for e in 1e-6 * np.eye(5)])
    slope = derivative("sigmoid", x @ w + b)
    assert slope.ndim == 0
    np.testing.assert_allclose(numerical, (sigmoid(x @ w + b) - y) * x, rtol=1e-6)
    assert not np.allclose(numerical, slope)
    assert not np.allclose(numerical, slope * x)


def test_source_44_a_neuron_sees_numbers_and_no_picture():
    # Claim: it imitates the brain. Shuffled pixels, in which no eye finds a digit, change nothing for it.
    (images, labels), _ = mnist.load_data()
    rows = np.flatnonzero(labels < 2)[:2000]
    X, y = images[rows].reshape(-1, 784) / 255, labels[rows]
    order = np.random.default_rng(3).permutation(784)
    straight = Perceptron(shuffle=False, tol=None, max_iter=5).fit(X, y)
    shuffled = Perceptron(shuffle=False, tol=None, max_iter=5).fit(X[:, order], y)
    assert not np.array_equal(order, np.arange(784))
    np.testing.assert_allclose(shuffled.coef_, straight.coef_[:, order], atol=1e-9)
    np.testing.assert_array_equal(shuffled.predict(X[:, order]), straight.predict(X))
