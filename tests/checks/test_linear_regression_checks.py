"""The references of `linear_regression` against oracles, and its data against the text's promises."""

import numpy as np
import pytest
from glassnet.checks.linear_regression import (
    ASSIGNMENT,
    fit_linear,
    gradients,
    predict,
    r2_score,
    standardize_apply,
    standardize_fit,
)
from glassnet.gradcheck import numerical_gradient
from sklearn import linear_model, metrics, preprocessing


@pytest.fixture
def rng():
    return np.random.default_rng(12)


@pytest.fixture
def data(rng):
    X = rng.normal(size=(30, 4)) * [1, 2, 0.5, 1] + 1
    return X, X @ [1, -2, 3, 0.5] + 2 + rng.normal(size=30)


def test_scaling_agrees_with_scikit_learn(data):
    X = np.column_stack([data[0], np.full(30, 7.0)])
    scaler = preprocessing.StandardScaler().fit(X)
    mean, std = standardize_fit(X)
    np.testing.assert_allclose(mean, scaler.mean_)
    np.testing.assert_allclose(std, scaler.scale_)
    np.testing.assert_allclose(standardize_apply(X, mean, std), scaler.transform(X), atol=1e-12)


def test_gradients_agree_with_finite_differences(data, rng):
    X, y = data
    w, b = rng.normal(size=4), 0.7
    dw, db = gradients(X, y, w, b)
    np.testing.assert_allclose(
        dw, numerical_gradient(lambda w: np.mean((X @ w + b - y) ** 2), w), rtol=1e-6, atol=1e-8
    )
    np.testing.assert_allclose(
        db, numerical_gradient(lambda b: np.mean((X @ w + b[0] - y) ** 2), np.array([b]))[0], rtol=1e-6
    )


def test_descent_arrives_where_scikit_learn_does(data):
    X, y = data
    w, b, history = fit_linear(X, y, 0.05, 3000)
    model = linear_model.LinearRegression().fit(X, y)
    np.testing.assert_allclose(w, model.coef_, rtol=1e-6)
    assert b == pytest.approx(model.intercept_, rel=1e-6)
    assert history[0] == pytest.approx(np.mean(y**2))
    assert history[-1] == pytest.approx(metrics.mean_squared_error(y, model.predict(X)), rel=1e-9)
    assert r2_score(y, predict(X, w, b)) == pytest.approx(model.score(X, y), rel=1e-9)


def test_examples_of_the_text():
    mean, std = standardize_fit(np.array([[1.0, 10.0], [3.0, 10.0]]))
    np.testing.assert_array_equal([mean, std], [[2, 10], [1, 1]])
    X = np.array([[1.0, 2.0], [0.0, 1.0]])
    np.testing.assert_array_equal(predict(X, np.array([3.0, -1.0]), 0.5), [1.5, -0.5])
    dw, db = gradients(np.array([[1.0], [2.0]]), np.zeros(2), np.ones(1), 0.0)
    np.testing.assert_array_equal([*dw, db], [5, 3])
    assert r2_score(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 4.0])) == 0.5
    areas = np.linspace(500, 4000, 200)  # the written question: about these many square feet
    H = 2 / 200 * np.array([[areas @ areas, areas.sum()], [areas.sum(), 200.0]])
    low, high = np.linalg.eigvalsh(H)
    assert low < 1
    assert 1e6 < high < 2e7
    assert 1e-7 < 2 / high < 4e-7


@pytest.mark.parametrize("function", ASSIGNMENT.functions, ids=lambda f: f.name)
def test_edge_cases_do_what_they_promise(function, rng):
    for case in function.edges:
        arguments = case.arguments(rng)
        if case.raises:
            with pytest.raises(ValueError, match="shape"):
                function.reference(*arguments)
        else:
            result = function.reference(*arguments)
            parts = result if isinstance(result, tuple) else (result,)
            assert all(np.all(np.isfinite(part)) for part in parts)
