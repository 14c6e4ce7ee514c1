"""What the sources got wrong, and the chapter on linear regression sets right."""

import numpy as np
from glassnet.datasets import ames_housing
from sklearn.linear_model import LinearRegression


def test_source_42_the_aim_is_not_the_least_training_loss():
    # Least squares reaches the least training loss. More columns never raise it; on new houses they do harm.
    (houses, price), _ = ames_housing.load_data()
    columns = [values for values in houses.values() if values.dtype.kind in "if"]
    X, y = np.column_stack(columns).astype(float), price / 1000
    for seed in range(5):
        rows = np.random.default_rng(seed).permutation(len(y))
        learn, rest = rows[:50], rows[50:]
        std = X[learn].std(axis=0)
        Z = (X - X[learn].mean(axis=0)) / np.where(std > 0, std, 1)
        order = np.argsort(-np.abs(Z[learn].T @ (y[learn] - y[learn].mean())))
        seen, unseen = [], []
        for width in range(1, len(order) + 1):
            used = Z[:, order[:width]]
            squares = (LinearRegression().fit(used[learn], y[learn]).predict(used) - y) ** 2
            seen.append(squares[learn].mean())
            unseen.append(squares[rest].mean())
        assert np.all(np.diff(seen) < 1e-6 * seen[0])
        assert seen[-1] < 0.6 * seen[0]
        assert unseen[-1] > 1.1 * min(unseen)
