"""What the sources got wrong, and the chapter on losses sets right."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from glassnet import losses
from glassnet.gradcheck import numerical_gradient
from scipy import stats
from sklearn.linear_model import LinearRegression
from sklearn.metrics import log_loss


def keras_gradient(loss, y_true, y_pred):
    """The loss, and its derivative by the predictions, by TensorFlow's own differentiation."""
    variable = tf.Variable(y_pred)
    with tf.GradientTape() as tape:
        value = loss(y_true, variable)
    return float(value), tape.gradient(value, variable).numpy()


def test_source_09_a_regression_has_no_accuracy_and_mse_has_squared_units():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 1))
    y = 3 * X[:, 0] + rng.normal(size=200)
    fitted = LinearRegression().fit(X, y)
    line = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    line.set_weights([fitted.coef_.reshape(1, 1), np.array([fitted.intercept_])])

    def judge(unit):
        scaled = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
        scaled.set_weights([w * unit for w in line.get_weights()])
        scaled.compile(loss="mse", metrics=["accuracy", "mae"])
        return scaled.evaluate(X, y * unit, verbose=0)

    assert fitted.score(X, y) > 0.8  # a good model ...
    mse, accuracy, mae = judge(1)
    assert accuracy == 0  # ... without a single exact hit
    mse_cents, _, mae_cents = judge(100)  # dollars become cents
    assert mae_cents == pytest.approx(100 * mae, rel=1e-4)
    assert mse_cents == pytest.approx(100**2 * mse, rel=1e-4)


def test_source_23_the_half_changes_the_gradient_and_keras_has_none():
    y, y_hat = np.array([[1.0]]), np.array([[3.0]])
    value, gradient = keras_gradient(keras.losses.MeanSquaredError(dtype="float64"), y, y_hat)
    assert (value, gradient.item()) == (4.0, 4.0)
    assert losses.MeanSquaredError().gradient(y, y_hat).item() == 4.0
    half = numerical_gradient(lambda p: 0.5 * np.sum((p - y) ** 2), y_hat).item()
    mean = numerical_gradient(lambda p: np.mean((p - y) ** 2), y_hat).item()
    assert half == pytest.approx(2.0)
    assert mean == pytest.approx(4.0)


def test_source_28_mse_is_quadratic_crossentropy_is_minus_log_p_softmax_loss_is_both_steps():
    rng = np.random.default_rng(0)
    error = rng.normal(size=(50, 3))
    once, twice = (float(keras.losses.MeanSquaredError()(0 * error, k * error)) for k in (1, 2))
    assert twice == pytest.approx(4 * once, rel=1e-5)
    # The squares are what normal noise makes of the likelihood: same differences, up to the factor 2.
    surprise = -stats.norm.logpdf(error).sum() - (-stats.norm.logpdf(0 * error).sum())
    assert surprise == pytest.approx(0.5 * np.sum(error**2))

    logits, labels = rng.normal(size=(50, 10)), rng.integers(0, 10, 50)
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    minus_log_p = -np.log(p[np.arange(50), labels]).mean()
    assert losses.SparseCategoricalCrossentropy()(labels, p) == pytest.approx(minus_log_p, rel=1e-6)
    assert log_loss(labels, p, labels=range(10)) == pytest.approx(minus_log_p)

    joined = keras.losses.SparseCategoricalCrossentropy(from_logits=True, dtype="float64")
    value, gradient = keras_gradient(joined, labels, logits)
    assert value == pytest.approx(minus_log_p)
    np.testing.assert_allclose(gradient, (p - np.eye(10)[labels]) / 50, atol=1e-12)


def test_source_28_behind_a_softmax_the_squared_error_stops_pulling_where_it_is_sure_and_wrong():
    logits = np.array([[12.0, 0.0, 0.0]])  # sure of class 0
    label, row = np.array([1]), np.array([[0.0, 1.0, 0.0]])
    crossentropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True, dtype="float64")
    squared = keras.losses.MeanSquaredError(dtype="float64")
    _, strong = keras_gradient(crossentropy, label, logits)
    _, weak = keras_gradient(lambda y, z: squared(y, tf.nn.softmax(z)), row, logits)
    assert np.abs(strong).max() > 0.99
    assert np.abs(weak).max() < 1e-4


@pytest.mark.parametrize("library", [keras.losses, losses], ids=["keras", "glassnet"])
def test_source_47_labels_and_loss_must_match(library):
    labels = np.array([1, 0, 2])
    rows, p = np.eye(3)[labels], np.full((3, 3), 1 / 3)
    with pytest.raises(ValueError, match=r"shape|rank"):
        library.CategoricalCrossentropy()(labels, p)
    with pytest.raises(ValueError, match=r"shape|rank"):
        library.SparseCategoricalCrossentropy()(rows, p)
    for name, targets in (("CategoricalCrossentropy", rows), ("SparseCategoricalCrossentropy", labels)):
        assert float(getattr(library, name)()(targets, p)) == pytest.approx(np.log(3), rel=1e-5)
