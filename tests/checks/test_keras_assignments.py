"""What the Keras assignments promise: references against Keras, data against the text, mistakes by hints."""

import dataclasses
import importlib
import warnings

import numpy as np
import pytest
from glassnet.checks import Checks, first_keras_network, mnist_cnn, porting_keras
from glassnet.checks.classifiers import (
    crossentropy,
    digits,
    leak_fault,
    learning_fault,
    one_digit_held_out,
    outputs_fault,
    share_fault,
    straight_fault,
)
from glassnet.checks.guard import Trusted
from glassnet.checks.models import View
from glassnet.datasets import mnist

keras = pytest.importorskip("keras")

MODULES = (first_keras_network, mnist_cnn, porting_keras)
FUNCTIONS = [(module.ASSIGNMENT.slug, f) for module in MODULES for f in module.ASSIGNMENT.functions]
PLAIN = [(slug, f) for slug, f in FUNCTIONS if not f.look]
names = [f"{slug}: {f.name}" for slug, f in FUNCTIONS]
plain_names = [f"{slug}: {f.name}" for slug, f in PLAIN]


@pytest.fixture
def rng():
    return np.random.default_rng(17)


@pytest.mark.parametrize(("slug", "function"), PLAIN, ids=plain_names)
def test_every_known_mistake_is_recognised_by_its_own_hint(slug, function):
    for hint, formula in function.mistakes.items():
        lent = {"__name__": "__main__", function.name: Trusted(_on_recipe(function, formula))}
        feedback = Checks(slug, lent).run(function.name).feedback
        assert feedback.mistake == hint, feedback


def _on_recipe(function, formula):
    """The formula for a Keras model in place of a recipe, which has the same weights."""
    if "model" not in function.reference.__code__.co_varnames[:1]:
        return formula
    name = function.reference.__name__

    class Model:
        def __init__(self, model):
            self.model = model

        def glassnet(self):
            return self

        def predict(self, X, verbose=0):
            return np.asarray(self.model(X, training=False))

    answer = {name: lambda model, *rest: formula(Model(model), *rest)}
    return answer[name]


@pytest.mark.parametrize(("slug", "function"), PLAIN, ids=plain_names)
def test_edge_cases_do_what_they_promise(slug, function, rng):
    for case in function.edges:
        arguments = case.arguments(rng)
        if case.raises:
            with pytest.raises(ValueError, match=r"expect|fit|need|shape|equally"):
                function.reference(*arguments)
        else:
            with np.errstate(over="raise", invalid="raise", divide="raise"):
                result = function.reference(*arguments)
            for part in result if isinstance(result, tuple) else (result,):
                assert np.all(np.isfinite(part))


@pytest.mark.parametrize(
    ("n", "kernel", "stride", "padding"),
    [(28, 5, 2, 0), (7, 3, 1, 0), (20, 3, 3, 6), (9, 9, 4, 0), (5, 3, 9, 1)],
)
def test_output_size_is_that_of_kerass_layer(n, kernel, stride, padding):
    picture = np.zeros((1, n + 2 * padding, n + 2 * padding, 1), "float32")
    layer = keras.layers.Conv2D(1, kernel, strides=stride)
    assert mnist_cnn.output_size(n, kernel, stride, padding) == layer(picture).shape[1]


def test_convolution_and_pooling_are_kerass(rng):
    image, kernel = rng.normal(size=(2, 9, 11)), rng.normal(size=(3, 2))
    layer = keras.layers.Conv2D(1, kernel.shape, use_bias=False)
    layer.build((None, 9, 11, 1))
    layer.set_weights([kernel[:, :, None, None]])
    theirs = np.asarray(layer(image[..., None].astype("float32")))[..., 0]
    ours = [mnist_cnn.conv2d(one, kernel) for one in image]
    np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-5)
    for size in (1, 2, 3, 4):
        theirs = np.asarray(keras.layers.MaxPooling2D(size)(image[..., None]))[..., 0]
        ours = [mnist_cnn.max_pool2d(one, size) for one in image]
        np.testing.assert_allclose(ours, theirs, rtol=1e-5)


def test_examples_of_the_texts():
    X, y = first_keras_network.preprocess(
        np.array([[[0, 51], [255, 102]]], "uint8"), np.array([[3]], "uint8")
    )
    np.testing.assert_allclose(X, [[0, 0.2, 1, 0.4]], rtol=1e-6)
    assert (X.dtype, y.dtype, y.tolist()) == (np.float32, np.int64, [3])
    assert np.array([3], "uint8") - np.array([5], "uint8") == 254
    image, kernel = np.array([[1, 2, 0], [0, 1, 3]]), np.array([[1, 0], [0, 2]])
    np.testing.assert_array_equal(mnist_cnn.conv2d(image, kernel), [[3, 8]])
    np.testing.assert_array_equal(mnist_cnn.max_pool2d(np.array([[1, 3, 0, 2], [2, 0, 5, 1]]), 2), [[3, 5]])
    assert mnist_cnn.max_pool2d(np.zeros((28, 29)), 3).shape == (9, 9)
    model = keras.Sequential(  # the written question
        [
            keras.Input((32, 32, 3)),
            keras.layers.Conv2D(16, 5),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )
    shapes = [tuple(layer.output.shape[1:]) for layer in model.layers]
    assert shapes == [(28, 28, 16), (14, 14, 16), (3136,), (10,)]
    assert [model.layers[k].count_params() for k in (0, 3)] == [1216, 31_370]
    assert 3072 * 12_544 + 12_544 == 38_547_712


def test_scaling_and_errors_are_those_of_keras_and_scikit_learn(rng):
    from sklearn.preprocessing import StandardScaler

    A, B = rng.normal(size=(30, 4)) * [1, 10, 0, 5] + 3, rng.normal(size=(7, 4))
    ours = porting_keras.scale_features(A, B)
    scaler = StandardScaler().fit(A)
    np.testing.assert_allclose(ours[0], scaler.transform(A), atol=1e-12)
    np.testing.assert_allclose(ours[1], scaler.transform(B))
    recipe, X, y = porting_keras._houses(rng, 50, 3)
    model = recipe.keras()
    model.compile(loss="mean_absolute_error")
    assert porting_keras.mean_error(recipe, X, y) == pytest.approx(model.evaluate(X, y, verbose=0), rel=1e-4)


# ------------------------------------------------------------------ the data


def test_digits_are_scaled_pictures_of_both_parts_in_one_order():
    X, y = digits("train", 0, 300)
    squares, again = digits("train", 0, 300, (28, 28, 1))
    assert (X.shape, X.dtype, squares.shape) == ((300, 784), np.float32, (300, 28, 28, 1))
    np.testing.assert_array_equal(X.reshape(squares.shape), squares)
    np.testing.assert_array_equal(y, again)
    assert (X.min(), X.max()) == (0, 1)
    assert set(y) == set(range(10))
    (x_train, y_train), _ = mnist.load_data()
    place = np.flatnonzero((x_train.reshape(-1, 784) == np.rint(X[0] * 255)).all(axis=1))
    assert y_train[place[0]] == y[0]


def test_the_digit_held_out_stands_nowhere_else(rng):
    for rows in (1000, 2000):
        _, y = one_digit_held_out(rng, rows)
        n = rows - rows // 10
        assert len(y) == rows
        assert len(set(y[n:])) == 1
        assert not set(y[n:]) & set(y[:n])
        assert len(set(y[:n])) == 9


def test_halves_are_the_pictures_cut_down_the_middle():
    X, _ = digits("test", 0, 5)
    left, right = first_keras_network.halves(X)
    whole = np.concatenate([left.reshape(5, 28, 14), right.reshape(5, 28, 14)], axis=2)
    np.testing.assert_array_equal(whole.reshape(5, 784), X)


# ------------------------------------------------------------------ the judges


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def test_a_linear_map_is_told_from_a_network(rng):
    a, b = rng.normal(size=(2, 20, 6))
    X = np.concatenate([a, b, (a + b) / 2])
    groups = [slice(0, 20), slice(20, 40), slice(40, 60)]
    W, V = rng.normal(size=(6, 8)), rng.normal(size=(8, 4))
    linear = softmax(X @ W @ V + 1).astype("float32")
    deep = softmax(np.maximum(X @ W, 0) @ V).astype("float32")
    slight = softmax(np.tanh(0.3 * X @ W) @ V).astype("float32")
    assert straight_fault(View(outputs=linear), *groups)
    assert straight_fault(View(outputs=deep), *groups) is None
    assert straight_fault(View(outputs=slight), *groups) is None


def test_probabilities_are_told_from_what_is_none(rng):
    Z = rng.normal(size=(9, 4))
    assert outputs_fault(softmax(Z)) is None
    assert "Which activation does" in outputs_fault(Z)
    assert "among all units" in outputs_fault(1 / (1 + np.exp(-Z)))
    assert "not finite" in outputs_fault(Z * np.nan)


def test_a_share_is_told_from_other_numbers(rng):
    y = rng.integers(10, size=200)
    P = softmax(5 * np.eye(10)[y] + rng.normal(size=(200, 10)) * 3)
    P[180:] = softmax(rng.normal(size=(20, 10)) + 2 * np.eye(10)[y[180:]])
    right = np.mean(P[180:].argmax(axis=1) == y[180:])
    assert share_fault(float(right), P, y) is None
    assert "Per cent" in share_fault(100 * right, P, y)
    assert "the loss" in share_fault(crossentropy(P[180:], y[180:]), P, y)
    assert "trained on" in share_fault(np.mean(P[:180].argmax(axis=1) == y[:180]), P, y)
    assert "Measure that tenth" in share_fault(-0.2, P, y)
    assert share_fault(float("nan"), P, y)


def test_learning_and_leaks(rng):
    y = np.arange(200) % 10
    P = np.eye(10)[y]
    assert learning_fault(P, y, 0.9, "an epoch") is None
    assert "10.0 %" in learning_fault(P[:, ::-1] * 0 + np.eye(10)[0], y, 0.9, "an epoch")
    assert "no numbers" in learning_fault(P * np.nan, y, 0.9, "an epoch")
    assert leak_fault(P, y)
    assert leak_fault(np.eye(10)[(y + 1) % 10], y) is None


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.ASSIGNMENT.slug)
def test_looks_are_plain_data(module, rng):
    """Whatever goes to the student's side could be sent there: no function, no model."""
    for function in module.ASSIGNMENT.functions:
        if function.look:
            for arguments in function.cases(rng):
                look = function.look(*arguments)
                for field in dataclasses.fields(look):
                    value = getattr(look, field.name)
                    parts = value if isinstance(value, list) else [value]
                    assert all(
                        isinstance(part, np.ndarray | dict | tuple | int | float | None) for part in parts
                    ), field.name


def test_a_mended_listing_needs_mending():
    """The old spellings that the text says stop do stop."""
    warnings.simplefilter("ignore")
    with pytest.raises(Exception, match=r"output_dim|units"):
        keras.layers.Dense(output_dim=8)
    with pytest.raises(Exception, match=r"\bp\b|rate"):
        keras.layers.Dropout(p=0.2)
    with pytest.raises((TypeError, ValueError), match="lr"):
        keras.optimizers.Adam(lr=0.1)
    with pytest.raises(ImportError):
        importlib.import_module("keras.layers.core")
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    assert not hasattr(model, "predict_classes")
