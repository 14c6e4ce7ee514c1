"""What the chapter on compute and data counts, held against sums by hand and against NumPy's own products."""

import sys

import numpy as np
import pytest
from chapter_pattern import BOOK

sys.path.append(str(BOOK / "_scripts"))
import counted


@pytest.fixture
def data():
    rng = np.random.default_rng(0)
    return rng.random((60, 28, 28, 1)).astype("float32"), rng.integers(0, 10, 60)


def test_operations_by_hand():
    assert counted.operations(counted.network("linear")) == 2 * 2 * 784 * 10
    assert counted.operations(counted.network("perceptron", 32)) == 2 * 2 * 784 * 32 + 3 * 2 * 32 * 10
    first, second = 26 * 26 * 9 * 8, 11 * 11 * 9 * 8 * 16
    assert counted.operations(counted.network("convolutional")) == 2 * (2 * first + 3 * second + 3 * 400 * 10)


def test_operations_are_the_products_that_training_makes(data, monkeypatch):
    """Every matrix product of one step, as NumPy is asked for it."""
    X, y = data
    model, made = counted.network("perceptron", 16), []
    multiply = np.matmul

    def count(a, b, **how):
        made.append(2 * a.shape[0] * a.shape[1] * b.shape[1])
        return multiply(a, b, **how)

    monkeypatch.setattr(np, "matmul", count)
    model.compute_gradients(X, y)
    assert sum(made) == len(X) * counted.operations(model)


def test_training_keeps_the_weights_of_the_best_look(data):
    X, y = data
    model = counted.network("perceptron", 8)
    rows, weights = counted.train(model, X, y, (X, y), 60, np.random.default_rng(1))
    assert [row["steps"] for row in rows] == counted.looks(60).tolist()
    assert rows[-1]["operations"] == 60 * 60 * counted.operations(model)
    model.set_weights(weights)
    loss, accuracy = model.evaluate(X, y, batch_size=1000, verbose=0)
    best = min(rows, key=lambda row: row["val_loss"])
    assert loss == pytest.approx(best["val_loss"], rel=1e-5)
    assert accuracy == pytest.approx(1 - best["val_error"])


def test_a_batch_holds_different_examples(data, monkeypatch):
    X, y = data
    monkeypatch.setattr(counted, "BATCH", 20)
    model, seen = counted.network("linear"), []
    monkeypatch.setattr(model, "compute_gradients", lambda x, y: seen.append(x) or step(x, y))
    step = type(model).compute_gradients.__get__(model)
    counted.train(model, X, y, (X, y), 3, np.random.default_rng(1))
    assert len(np.unique(np.concatenate(seen).reshape(60, -1), axis=0)) == 60
