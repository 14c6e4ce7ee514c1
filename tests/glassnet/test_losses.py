"""Losses have Keras' values on arrays, true gradients, and say what is wrong with targets."""

import warnings

import keras
import numpy as np
import pytest
from glassnet import losses
from glassnet.gradcheck import numerical_gradient

RNG = np.random.default_rng(0)
P = 0.9 * RNG.dirichlet(np.ones(4), 6) + 0.025
LOGITS = RNG.normal(size=(6, 4)) * 3
LABELS = RNG.integers(0, 4, 6)
ONEHOT = np.eye(4)[LABELS]
REAL = RNG.normal(size=(6, 4))

# name, targets, predictions, arguments
CASES = [
    ("MeanSquaredError", REAL, LOGITS, {}),
    ("MeanAbsoluteError", REAL, LOGITS, {}),
    ("Huber", REAL, LOGITS, {}),
    ("Huber", REAL, LOGITS, {"delta": 0.3}),
    ("BinaryCrossentropy", ONEHOT, P, {}),
    ("BinaryCrossentropy", ONEHOT, LOGITS, {"from_logits": True}),
    ("BinaryCrossentropy", ONEHOT, P, {"label_smoothing": 0.2}),
    ("CategoricalCrossentropy", ONEHOT, P, {}),
    ("CategoricalCrossentropy", ONEHOT, P * 0.5, {}),
    ("CategoricalCrossentropy", ONEHOT, LOGITS, {"from_logits": True}),
    ("CategoricalCrossentropy", ONEHOT, P, {"label_smoothing": 0.2}),
    ("SparseCategoricalCrossentropy", LABELS, P, {}),
    ("SparseCategoricalCrossentropy", LABELS, P * 0.5, {}),
    ("SparseCategoricalCrossentropy", LABELS, LOGITS, {"from_logits": True}),
]
IDS = [f"{name}{i}" for i, (name, *_) in enumerate(CASES)]


@pytest.mark.parametrize(("name", "y", "p", "arguments"), CASES, ids=IDS)
@pytest.mark.parametrize("reduction", ["sum_over_batch_size", "sum", None])
def test_value_is_keras_value(name, y, p, arguments, reduction):
    p = p.astype("float32")
    weights = np.linspace(0.5, 2, 6)
    ours = getattr(losses, name)(reduction=reduction, **arguments)
    theirs = getattr(keras.losses, name)(reduction=reduction, **arguments)
    np.testing.assert_allclose(ours(y, p), theirs(y, p), rtol=2e-5)
    np.testing.assert_allclose(ours(y, p, weights), theirs(y, p, weights), rtol=2e-5)


@pytest.mark.parametrize(("name", "y", "p", "arguments"), CASES, ids=IDS)
@pytest.mark.parametrize("weights", [None, np.linspace(0.5, 2, 6)])
def test_gradient_is_the_derivative(name, y, p, arguments, weights):
    loss = getattr(losses, name)(**arguments)
    numeric = numerical_gradient(lambda q: loss(y, q, weights), p, 1e-6)
    np.testing.assert_allclose(loss.gradient(y, p, weights), numeric, atol=1e-7)


@pytest.mark.parametrize("function", ["mean_squared_error", "categorical_crossentropy", "huber"])
def test_functions_give_one_value_an_example_as_in_keras(function):
    y, p = ONEHOT.astype("float32"), P.astype("float32")
    ours, theirs = getattr(losses, function)(y, p), getattr(keras.losses, function)(y, p)
    assert ours.shape == (6,)
    np.testing.assert_allclose(ours, theirs, rtol=1e-5)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    "name", ["BinaryCrossentropy", "CategoricalCrossentropy", "SparseCategoricalCrossentropy"]
)
def test_huge_logits_and_certain_probabilities_stay_finite(name, dtype):
    z = np.array([[1e4, -1e4, 0], [-1e4, 1e4, 1e4]], dtype)
    y = np.array([1, 0]) if name.startswith("Sparse") else np.eye(3, dtype=dtype)[[1, 0]]
    p = np.eye(3, dtype=dtype)[[0, 1]]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for loss, prediction in ((getattr(losses, name)(from_logits=True), z), (getattr(losses, name)(), p)):
            assert np.isfinite(loss(y, prediction))
            assert np.isfinite(loss.gradient(y, prediction)).all()
            assert loss.gradient(y, prediction).dtype == dtype
    assert getattr(losses, name)(from_logits=True)(y, z) > 1e3  # not clipped away


def test_perfect_and_tied_predictions_have_gradient_zero():
    for name in ("mse", "mae", "huber"):
        assert not losses.get(name).gradient(REAL, REAL).any()


@pytest.mark.parametrize(
    ("name", "y", "message"),
    [
        ("sparse_categorical_crossentropy", [0, 4, 1, 2, 3, 0], "label 4 at row 1 is outside 0…3"),
        ("sparse_categorical_crossentropy", [0, -1, 1, 2, 3, 0], "label -1 at row 1"),
        ("sparse_categorical_crossentropy", ONEHOT, r"labels of shape \(batch,\).*categorical_crossentropy"),
        ("sparse_categorical_crossentropy", np.full(6, 0.5), "whole numbers"),
        ("sparse_categorical_crossentropy", np.full(6, np.nan), "whole numbers"),
        ("categorical_crossentropy", LABELS, r"one-hot targets of shape \(batch, 4\).*to_categorical"),
        ("categorical_crossentropy", LABELS[:, None], "to_categorical"),
        ("categorical_crossentropy", -ONEHOT, r"targets from 0 to 1, got -1\.0"),
        ("binary_crossentropy", 2 * ONEHOT - 1, r"targets from 0 to 1, got -1\.0"),
        ("mse", REAL[:, :3], r"shape \(batch, 4\) .* got \(batch, 3\)"),
    ],
)
def test_targets_that_do_not_fit_are_named(name, y, message):
    with pytest.raises(ValueError, match=message):
        losses.get(name)(y, P)


def test_labels_may_come_as_floats_or_as_a_column():
    loss = losses.get("sparse_categorical_crossentropy")
    assert loss(LABELS.astype(float), P) == loss(LABELS[:, None], P) == loss(LABELS.astype("uint8"), P)


def test_get_takes_names_functions_classes_and_objects():
    for identifier in (
        "MSE",
        "mse",
        losses.mean_squared_error,
        losses.MeanSquaredError,
        losses.MeanSquaredError(),
    ):
        assert isinstance(losses.get(identifier), losses.MeanSquaredError)
    with pytest.raises(ValueError, match="did you mean 'categorical_crossentropy'"):
        losses.get("categorical_cross_entropy")
    with pytest.raises(ValueError, match=r"subclass of losses\.Loss"):
        losses.get(lambda y, p: 0)


@pytest.mark.parametrize(
    "name", ["mean_squared_error", "mean_absolute_error", "huber", "binary_crossentropy"]
)
def test_a_column_and_a_row_of_numbers_are_compared_entry_by_entry(name):
    y, p = np.array([0.0, 1.0, 1.0]), np.array([[0.2], [0.9], [0.4]])
    ours, theirs = getattr(losses, name), getattr(keras.losses, name)
    np.testing.assert_allclose(ours(y, p), theirs(y[:, None], p), rtol=1e-6)
    np.testing.assert_allclose(ours(p, y), theirs(p, y[:, None]), rtol=1e-6)
    assert getattr(losses, f"{name}_gradient")(y, p).shape == (3, 1)
    with pytest.raises(ValueError, match=r"shape \(3,\) do not fit predictions of shape \(4,\)"):
        ours(y, np.ones(4))


def test_names_of_classes_are_names_too():
    assert isinstance(losses.get("MeanSquaredError"), losses.MeanSquaredError)
    assert isinstance(losses.get("MSE"), losses.MeanSquaredError)
    assert isinstance(losses.get("BinaryCrossentropy"), losses.BinaryCrossentropy)
