"""The references of `house_prices` against scikit-learn and Keras, and what its judges see."""

import keras
import numpy as np
import pytest
from glassnet.checks import house_prices
from glassnet.checks.house_prices import (
    ASSIGNMENT,
    EPOCHS,
    ROWS,
    SHARE,
    TESTED,
    _houses,
    _look,
    _problem,
    build_regressor,
    cross_validate,
    folds_fault,
    k_fold_indices,
    linear_models,
    mean_absolute_error,
    split,
)
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_absolute_error as sklearn_error
from sklearn.model_selection import KFold


@pytest.fixture
def rng():
    return np.random.default_rng(17)


def test_folds_of_scikit_learn_pass_and_ours_are_like_them(rng):
    for n, k in ((20, 5), (23, 5), (11, 4), (6, 6)):
        theirs = list(KFold(k, shuffle=True, random_state=1).split(np.arange(n)))
        ours = k_fold_indices(n, k, rng)
        assert folds_fault(theirs, n, k) is folds_fault(ours, n, k) is None
        assert [len(held) for _, held in ours] == [len(held) for _, held in theirs]


def test_the_error_is_that_of_scikit_learn(rng):
    y_true, y_pred = rng.normal(size=(2, 30))
    assert mean_absolute_error(y_true, y_pred) == pytest.approx(sklearn_error(y_true, y_pred))


def test_the_recording_model_is_linear_regression(rng):
    _, X, y, *_ = _houses(rng, 40, 3, 4)
    model = linear_models([])(3)
    model.fit(X, y, epochs=3)
    np.testing.assert_allclose(model.predict(X)[:, 0], LinearRegression().fit(X, y).predict(X), rtol=1e-6)


def test_a_cross_validation_is_that_of_scikit_learn_fold_by_fold(rng):
    log = []
    _, X, y, k, _ = _houses(rng, 40, 3, 4)
    errors = cross_validate(linear_models(log), X, y, k, np.random.default_rng(5))
    folds = k_fold_indices(40, k, np.random.default_rng(5))
    expected = [
        sklearn_error(y[held], LinearRegression().fit(X[train], y[train]).predict(X[held]))
        for train, held in folds
    ]
    np.testing.assert_allclose(errors, expected, rtol=1e-6)
    assert len(log) == k


def test_a_cross_validation_takes_a_model_of_keras(rng):
    def build(n_features):
        model = keras.Sequential([keras.Input((n_features,)), keras.layers.Dense(1)])
        model.compile(keras.optimizers.SGD(0.1), "mse")
        return model

    X = rng.normal(size=(40, 2)).astype("float32")
    errors = cross_validate(build, X, X @ np.array([1.0, -2.0]) + 3, 2, rng)
    assert max(errors) < 0.1


def test_split_lays_a_fifth_aside(rng):
    X, y = np.arange(74.0).reshape(37, 2), np.arange(37)
    (a, b), (c, d) = split(X, y, rng)
    assert (len(a), len(c)) == (30, 7)
    np.testing.assert_array_equal(np.sort(np.concatenate([b, d])), y)
    np.testing.assert_array_equal(np.concatenate([a, c])[:, 0] / 2, np.concatenate([b, d]))


@pytest.mark.parametrize("n_features", [1, 3, 4, 5])
def test_no_linear_model_explains_the_networks_targets(n_features):
    X, y, X_test, y_test = _problem(n_features)
    assert LinearRegression().fit(X, y).score(X_test, y_test) < 0.15 < SHARE / 1.5
    assert y.min() < -1.5
    assert y.max() > 1.5
    assert len(_look(n_features).inputs) == 2 * TESTED


def test_a_plain_network_learns_enough_with_a_margin():
    # Of ten seeds, measured, the worst explains 0.55 of the variance; the assignment asks for 0.3.
    X, y, X_test, y_test = _problem(5)
    X_test, y_test = X_test[:TESTED], y_test[:TESTED]
    assert len(X) == ROWS
    keras.utils.set_random_seed(1)
    model = build_regressor(5)
    model.fit(X, y, epochs=EPOCHS, batch_size=16, verbose=0)
    error = np.mean((np.asarray(model(X_test))[:, 0] - y_test) ** 2)
    assert 1 - error / np.var(y_test) > SHARE + 0.1


@pytest.mark.parametrize("function", ASSIGNMENT.functions, ids=lambda f: f.name)
def test_edge_cases_do_what_they_promise(function, rng):
    for case in function.edges:
        arguments = case.arguments(rng)
        if case.raises:
            with pytest.raises(ValueError, match=r"shape|rows|equal"):
                function.reference(*arguments)
        else:
            function.reference(*arguments)


def test_a_leak_is_seen_on_every_seed():
    """Judges see the scaling of all rows, and of the rows held out, whatever the data."""
    for seed in range(20):
        arguments = _houses(np.random.default_rng(seed), 30, 3, 5)

        def leaking(build, X, y, k, rng):
            Z = (X - X.mean(axis=0)) / X.std(axis=0)
            errors = []
            for train, held in k_fold_indices(len(X), k, rng):
                model = build(X.shape[1])
                model.fit(Z[train], y[train])
                errors.append(mean_absolute_error(y[held], model.predict(Z[held])[:, 0]))
            return errors

        def again(build, X, y, k, rng, answer=leaking):
            return answer(build, X, y, k, rng)

        text = house_prices._judge_cross_validation(None, arguments, again)
        assert "leak into the scaling" in text
