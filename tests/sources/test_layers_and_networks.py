"""What is said wrongly about layers and depth, and the proof of what is right ("Layers and networks")."""

import keras
import numpy as np
import pytest


@pytest.fixture(scope="module")
def dense():
    """Keras' dense layer on a picture: 784 inputs, 512 units, random weights and biases."""
    layer = keras.layers.Dense(512)
    layer.build((None, 784))
    layer.set_weights([layer.get_weights()[0], np.random.default_rng(0).normal(size=512)])
    return layer


def test_source_24_keras_computes_xw_plus_b(dense):
    # Claim: y = Wx + b. The examples are rows and the units columns.
    W, b = dense.get_weights()
    assert W.shape == (784, 512)
    X = np.random.default_rng(1).normal(size=(5, 784)).astype("float32")
    Z = np.asarray(dense(X))
    assert Z.shape == (5, 512)
    np.testing.assert_allclose(Z, X @ W + b, atol=1e-3)
    np.testing.assert_allclose(Z[0], W.T @ X[0] + b, atol=1e-3)  # Wx with weights stored as (m, d)
    with pytest.raises(ValueError, match="matmul"):
        W @ X[0]


def test_source_21_a_layer_is_an_affine_map_of_its_inputs(dense):
    # Claim: an affine transformation of the weights and biases. What varies in use is the input, and in
    # weights and inputs together the layer is not affine: twice both gives four times the product.
    rng = np.random.default_rng(2)
    u, v = rng.normal(size=(2, 3, 784)).astype("float32")

    def f(x):
        return np.asarray(dense(x))

    np.testing.assert_allclose(f(0.3 * u + 0.7 * v), 0.3 * f(u) + 0.7 * f(v), atol=1e-3)
    W, b = dense.get_weights()
    double = keras.layers.Dense(512)
    double.build((None, 784))
    double.set_weights([2 * W, 2 * b])
    np.testing.assert_allclose(np.asarray(double(2 * u)) - 2 * b, 4 * (f(u) - b), rtol=1e-2, atol=1e-2)


def tent(depth):
    """A Keras network, two ReLU units a layer, whose graph on [0, 1] is a zigzag (Telgarsky, 2016)."""
    model = keras.Sequential([keras.Input((1,))])
    for layer in range(depth):
        model.add(keras.layers.Dense(2, activation="relu"))
        into = np.array([[1.0, 1.0]]) if layer == 0 else np.array([[2.0, 2.0], [-4.0, -4.0]])
        model.layers[-1].set_weights([into, np.array([0.0, -0.5])])
    model.add(keras.layers.Dense(1))
    model.layers[-1].set_weights([np.array([[2.0], [-4.0]]), np.zeros(1)])
    return model


def count_pieces(x, y):
    slopes = np.round(np.diff(y) / np.diff(x), 2)
    return 1 + np.count_nonzero(np.diff(slopes))


def test_source_33_depth_is_a_matter_of_degree():
    # Claim: one hidden layer is "deep". Each layer of two units doubles the pieces, with no threshold on
    # the way; one hidden layer with as many units has at most one piece more than units.
    x = np.linspace(0, 1, 2**7 + 1, dtype="float32")
    pieces = [count_pieces(x, np.asarray(tent(depth)(x[:, None]))[:, 0]) for depth in range(1, 6)]
    assert pieces == [2, 4, 8, 16, 32]

    rng = np.random.default_rng(3)
    grid = np.linspace(-50, 50, 20_001)
    for _ in range(20):
        w, b = rng.normal(size=(2, 10))
        on = grid[:, None] * w + b > 0  # a piece ends where one of the ten units switches
        assert 1 + np.any(on[1:] != on[:-1], axis=1).sum() <= 11 < pieces[-1]


def test_source_11_the_perceptron_is_one_family_among_several():
    # Claim: the multilayer perceptron is the core of deep networks. Same question, digits from pictures,
    # other families: their parameters by hand and by Keras.
    layers = keras.layers
    dense = [keras.Input((28, 28)), layers.Flatten(), layers.Dense(512), layers.Dense(10)]
    convolution = [
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3),
        layers.Conv2D(64, 3),
        layers.GlobalAveragePooling2D(),
        layers.Dense(10),
    ]
    recurrent = [keras.Input((28, 28)), layers.LSTM(64), layers.Dense(10)]
    by_hand = {
        "dense": 784 * 512 + 512 + 512 * 10 + 10,
        "convolution": (3 * 3 * 1 * 32 + 32) + (3 * 3 * 32 * 64 + 64) + (64 * 10 + 10),
        "recurrent": 4 * (28 * 64 + 64 * 64 + 64) + (64 * 10 + 10),
    }
    built = {"dense": dense, "convolution": convolution, "recurrent": recurrent}
    for name, stack in built.items():
        assert keras.Sequential(stack).count_params() == by_hand[name]
    assert by_hand["convolution"] < by_hand["recurrent"] < by_hand["dense"] / 10
