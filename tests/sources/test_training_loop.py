"""What the sources got wrong, and the chapter on the training loop sets right."""

import itertools
import math

import keras
import numpy as np
import pytest
from glassnet import Input, Sequential, layers, utils
from glassnet.datasets import mnist
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss


def test_source_22_a_mini_batch_is_unbiased_and_its_noise_falls_like_one_over_root_n():
    # All batches of each size, so that the expectations are exact.
    rng = np.random.default_rng(1)
    N = 7
    X, y, w = rng.normal(size=(N, 3)), rng.normal(size=N), rng.normal(size=3)
    each = 2 * (X @ w - y)[:, None] * X
    full = each.mean(axis=0)
    variance = np.mean(np.sum((each - full) ** 2, axis=1))
    for n in range(1, N + 1):
        batches = np.array([each[list(rows)].mean(axis=0) for rows in itertools.combinations(range(N), n)])
        np.testing.assert_allclose(batches.mean(axis=0), full)
        noise = np.mean(np.sum((batches - full) ** 2, axis=1))
        assert noise == pytest.approx(variance / n * (N - n) / (N - 1), abs=1e-12)


@pytest.mark.parametrize("batch_size", [1, 4, 10])
def test_source_22_in_keras_sgd_is_the_rule_and_batch_size_the_number_of_examples(batch_size):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse")
    model.fit(np.ones((10, 2)), np.ones((10, 1)), batch_size=batch_size, epochs=2, verbose=0)
    assert int(model.optimizer.iterations) == 2 * math.ceil(10 / batch_size)


def test_source_39_a_threshold_may_never_be_reached():
    # Two equal inputs with different labels: no classifier gets below log 2, however long it trains.
    X, labels = np.ones((20, 1)), np.repeat([0, 1], 10)
    best = LogisticRegression(C=np.inf).fit(X, labels).predict_proba(X)
    assert log_loss(labels, best) == pytest.approx(np.log(2))
    p = np.linspace(0.001, 0.999, 999)
    assert np.min(-(np.log(p) + np.log(1 - p)) / 2) == pytest.approx(np.log(2))


def test_source_39_a_threshold_on_the_training_error_is_reached_after_the_best_epoch():
    # Gradient descent on least squares has a closed path, so nothing here depends on a training run.
    rng = np.random.default_rng(3)
    n, d = 40, 36
    truth = np.zeros(d)
    truth[:3] = 2, -1, 1
    X, X_new = rng.normal(size=(n, d)), rng.normal(size=(1000, d))
    y, y_new = X @ truth + rng.normal(size=n), X_new @ truth + rng.normal(size=1000)
    values, Q = np.linalg.eigh(2 / n * X.T @ X)
    best = np.linalg.lstsq(X, y)[0]
    times = np.unique(np.geomspace(1, 1e5, 200).astype(int))
    path = [best - Q @ ((1 - values / values[-1]) ** t * (Q.T @ best)) for t in times]
    training = np.array([np.mean((X @ w - y) ** 2) for w in path])
    validation = np.array([np.mean((X_new @ w - y_new) ** 2) for w in path])
    assert np.all(np.diff(training) < 1e-9)
    reached = np.flatnonzero(training < 1.05 * training[-1])[0]
    assert reached > validation.argmin() + 10
    assert validation[reached] > 1.2 * validation.min()


@pytest.mark.parametrize("engine", [keras.utils, utils], ids=["keras", "glassnet"])
def test_source_46_a_seed_repeats_a_run_and_another_seed_changes_it(engine):
    library = keras.layers if engine is keras.utils else layers

    def initial_weights(seed):
        engine.set_random_seed(seed)
        layer = library.Dense(4)
        layer.build((None, 5))
        return layer.get_weights()[0]

    np.testing.assert_array_equal(initial_weights(1), initial_weights(1))
    assert np.abs(initial_weights(1) - initial_weights(2)).max() > 0.01


def test_source_46_seeds_differ_by_more_than_rounding():
    (x, labels), (x_new, labels_new) = mnist.load_data()
    X, X_new = (a.reshape(len(a), -1)[:2000].astype("float32") / 255 for a in (x, x_new))

    def accuracy(seed):
        utils.set_random_seed(seed)
        model = Sequential([Input((784,)), layers.Dense(16, "relu"), layers.Dense(10, "softmax")])
        model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
        model.fit(X[:1000], labels[:1000], epochs=3, verbose=0)
        return model.evaluate(X_new, labels_new[:2000], verbose=0)[1]

    by_seed = [accuracy(seed) for seed in range(4)]
    assert accuracy(0) == by_seed[0]
    assert max(by_seed) - min(by_seed) > 0.002
