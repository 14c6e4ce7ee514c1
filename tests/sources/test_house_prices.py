"""What the chapter on house prices says against the sources, held against scikit-learn."""

import glassnet
import numpy as np
import pytest
import sklearn.datasets
from glassnet.datasets import boston_housing
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


@pytest.fixture(scope="module")
def boston():
    (a, b), (c, d) = boston_housing.load_data()
    return np.concatenate([a, c]), np.concatenate([b, d])


def linear_error(X, X_new, y, y_new):
    return np.mean((LinearRegression().fit(X, y).predict(X_new) - y_new) ** 2)


def test_source_03_load_boston_is_gone_and_says_why():
    with pytest.raises(ImportError, match=r"(?s)removed.*1\.2.*ethical"):
        sklearn.datasets.load_boston  # noqa: B018


def test_source_06_unscaled_columns_make_the_network_worse_than_linear_regression(boston):
    def error(X, X_new, y, y_new):
        glassnet.utils.set_random_seed(0)
        layers = [glassnet.Input((13,))]
        layers += [glassnet.layers.Dense(m, activation="relu") for m in (32, 16)]
        model = glassnet.Sequential([*layers, glassnet.layers.Dense(1)])
        model.compile(optimizer="adam", loss="mse")
        model.fit(X, y, batch_size=32, epochs=100, verbose=0)
        return model.evaluate(X_new, y_new, verbose=0)

    X, X_new, y, y_new = train_test_split(*boston, test_size=0.2, random_state=42)
    scaler = StandardScaler().fit(X)
    linear = linear_error(X, X_new, y, y_new)
    scaled = error(scaler.transform(X), scaler.transform(X_new), y, y_new)
    assert error(X, X_new, y, y_new) > linear > scaled


def test_source_07_one_split_says_little(boston):
    errors = [
        linear_error(*train_test_split(*boston, test_size=0.2, random_state=seed)) for seed in range(10)
    ]
    assert np.std(errors, ddof=1) > 3
    assert max(errors) > 1.4 * min(errors)
