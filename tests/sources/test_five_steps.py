"""What the chapter "Keras in five steps" corrects, each against Keras itself."""

import subprocess
import sys

import keras
import numpy as np
import pytest

RNG = np.random.default_rng(0)
X = RNG.normal(size=(40, 6)).astype("float32")
LABELS = RNG.integers(0, 3, 40)


def classifier():
    return keras.Sequential([keras.Input((6,)), keras.layers.Dense(3, activation="softmax")])


def regressor(metrics=None):
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(1)])
    model.compile(optimizer="adam", loss="mean_squared_error", metrics=metrics)
    return model


def test_source_02_adam_has_no_lr():
    with pytest.raises(ValueError, match=r"not recognized.*lr"):
        keras.optimizers.Adam(lr=0.01)
    assert float(keras.optimizers.Adam(learning_rate=0.01).learning_rate) == pytest.approx(0.01)


def test_source_04_evaluate_returns_a_scalar_without_metrics():
    model = regressor()
    W, b = model.get_weights()
    y = X @ np.ones(6, "float32")
    value = model.evaluate(X, y, verbose=0)
    assert isinstance(value, float)
    assert value == pytest.approx(np.mean(((X @ W + b)[:, 0] - y) ** 2), rel=1e-5)
    with pytest.raises(TypeError, match="cannot unpack"):
        _loss, _accuracy = value


def test_source_04_accuracy_of_a_perfect_regression_is_zero():
    model = regressor(["accuracy", "mean_absolute_error", keras.metrics.R2Score(name="r2")])
    model.set_weights([np.ones((6, 1)), np.full(1, 100.0)])
    y = X.sum(axis=1) + 100  # exactly what the model computes, up to rounding
    result = model.evaluate(X, y, verbose=0, return_dict=True)
    assert result["accuracy"] == 0
    assert result["mean_absolute_error"] < 1e-4
    assert result["r2"] == pytest.approx(1, abs=1e-6)


LISTING = "import keras\nprint(Adam(learning_rate=0.01).name)"


def test_source_05_a_name_from_an_earlier_cell_hides_a_missing_import():
    exec(LISTING, {"Adam": keras.optimizers.Adam})  # the notebook in which it was imported once
    stub = "import sys, types; sys.modules['keras'] = types.ModuleType('keras')\n"  # no need to load Keras
    fresh = subprocess.run([sys.executable, "-c", stub + LISTING], capture_output=True, text=True)
    assert fresh.returncode == 1
    assert "NameError: name 'Adam' is not defined" in fresh.stderr


def test_source_10_predict_needs_no_compile():
    model = classifier()
    assert not model.compiled
    W, b = model.get_weights()
    Z = X @ W + b
    P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(model.predict(X, verbose=0), P, rtol=1e-5)
    for step in (model.fit, model.evaluate):
        with pytest.raises(ValueError, match="compile"):
            step(X, LABELS, verbose=0)


def test_source_40_predict_returns_probabilities():
    model = classifier()
    P = model.predict(X, verbose=0)
    assert P.shape == (40, 3)
    np.testing.assert_allclose(P.sum(axis=1), 1, rtol=1e-5)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    accuracy = model.evaluate(X, LABELS, verbose=0, return_dict=True)["accuracy"]
    assert np.mean(P.argmax(axis=1) == LABELS) == pytest.approx(accuracy, abs=1e-6)
    assert not hasattr(model, "predict_classes")


def test_validation_split_takes_the_last_rows_before_shuffling():
    model = classifier()
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.0), loss="sparse_categorical_crossentropy")
    log = model.fit(X, LABELS, validation_split=0.25, verbose=0).history
    assert log["val_loss"][0] == pytest.approx(model.evaluate(X[30:], LABELS[30:], verbose=0), rel=1e-5)
    assert log["loss"][0] == pytest.approx(model.evaluate(X[:30], LABELS[:30], verbose=0), rel=1e-5)
