"""The assignment `linear_regression`: from scaling over the gradient to a fitted line and its R²."""

import numpy as np

from .spec import Assignment, Function, accepts, is_fast, refuses

ARRAYS = ("integers", "float32", "read_only", "strided")
LOOP = "A large data set would take minutes: compute with whole arrays instead of row by row."
STRETCHED = "NumPy would stretch it without a word: compare the shapes yourself."


def standardize_fit(X):
    """Mean and standard deviation of each column, 1 for a constant one."""
    if X.ndim != 2:
        raise ValueError(f"X must have shape (n, d), got {X.shape}")
    std = X.std(axis=0)
    return X.mean(axis=0), np.where(std == 0, 1.0, std)


def standardize_apply(X, mean, std):
    """(X − mean) / std, column by column."""
    if X.ndim != 2 or mean.shape != X.shape[1:] or std.shape != X.shape[1:]:
        raise ValueError(f"shapes do not fit: X {X.shape}, mean {mean.shape}, std {std.shape}")
    return (X - mean) / std


def predict(X, w, b):
    """ŷ = X w + b."""
    if X.ndim != 2 or w.shape != X.shape[1:]:
        raise ValueError(f"shapes do not fit: X {X.shape}, w {w.shape}")
    return X @ w + b


def gradients(X, y, w, b):
    """Dw = 2/n Xᵀ(ŷ − y), db = 2/n Σ (ŷ − y)."""
    e = predict(X, w, b) - _target(y, X)
    return 2 / len(X) * X.T @ e, 2 * np.mean(e)


def fit_linear(X, y, learning_rate, epochs, *, step=gradients, record=None):
    """Gradient descent from zeros: w, b and the loss before each step.

    Another ``step`` (dw and db from X, y, w, b) or ``record`` (a loss from these and the next w, b) makes a
    known mistake.
    """
    w, b = np.zeros(X.shape[1]), 0.0
    history = []
    for _ in range(epochs):
        dw, db = step(X, y, w, b)
        after = w - learning_rate * dw, b - learning_rate * db
        history.append(record(X, y, w, b, *after) if record else _mse(X, y, w, b))
        w, b = after
    predict(X, w, b)  # refuses shapes that do not fit also where no epoch did
    _target(y, X)
    return w, b, history


def r2_score(y_true, y_pred):
    """1 − Σ (y − ŷ)² / Σ (y − ȳ)²."""
    if y_true.shape != y_pred.shape:
        raise ValueError(f"y_true and y_pred must have the same shape, got {y_true.shape} and {y_pred.shape}")
    return 1 - np.sum((y_true - y_pred) ** 2) / np.sum((y_true - y_true.mean()) ** 2)


def _target(y, X):
    if y.shape != X.shape[:1]:
        raise ValueError(f"y must have shape {X.shape[:1]}, one target for each row, got {y.shape}")
    return y


def _mse(X, y, w, b):
    return float(np.mean((predict(X, w, b) - y) ** 2))


def _error(X, y, w, b):
    return predict(X, w, b) - y


def _data(rng, n, d):
    X = rng.normal(size=(n, d)) * rng.uniform(0.5, 2, size=d) + rng.normal(size=d)
    return X, X @ rng.normal(size=d) + rng.normal() + 0.3 * rng.normal(size=n) + 2


def _shapes(rng):
    return [rng.normal(size=s) * 3 + rng.normal(size=s[1]) for s in ((4, 4), (6, 3), (3, 5), (7, 1))]


def _with_weights(rng, n, d):
    X, y = _data(rng, n, d)
    return X, y, rng.normal(size=d), float(rng.normal())


def _gradient_cases(rng):
    return [_with_weights(rng, n, d) for n, d in ((4, 4), (7, 3), (3, 5), (6, 1))]


def _apply_cases(rng):
    def case(n, d):
        return rng.normal(size=(n, d)), rng.normal(size=d), rng.uniform(0.5, 3, size=d)

    return [case(4, 4), case(6, 3), case(3, 5)]


def _fit_cases(rng):
    return [
        (*_data(rng, n, d), 0.02, epochs) for n, d, epochs in ((6, 4, 3), (9, 3, 5), (12, 1, 8), (8, 2, 1))
    ]


def _other_steps():
    """Gradients as beginners get them wrong, for `gradients` itself."""
    return {
        "n times the correct gradient: the loss is a mean over the rows, not a sum.": lambda X, y, w, b: (
            2 * X.T @ _error(X, y, w, b),
            2 * np.sum(_error(X, y, w, b)),
        ),
        "the gradient of ½ of the loss: where does the square's 2 go?": lambda X, y, w, b: (
            X.T @ _error(X, y, w, b) / len(X),
            np.mean(_error(X, y, w, b)),
        ),
        "the gradient of half a sum: look at the factor in front, a 2 and a mean.": lambda X, y, w, b: (
            X.T @ _error(X, y, w, b),
            np.sum(_error(X, y, w, b)),
        ),
        "the gradient with the opposite sign: is your error ŷ − y or y − ŷ?": lambda X, y, w, b: (
            -gradients(X, y, w, b)[0],
            -gradients(X, y, w, b)[1],
        ),
        "a right dw with a db of the opposite sign: both are made of the same errors.": lambda X, y, w, b: (
            gradients(X, y, w, b)[0],
            -gradients(X, y, w, b)[1],
        ),
        "a right db with a dw of the opposite sign: both are made of the same errors.": lambda X, y, w, b: (
            -gradients(X, y, w, b)[0],
            gradients(X, y, w, b)[1],
        ),
        "a right db with a dw without the factor 2: where does the square's 2 go?": lambda X, y, w, b: (
            gradients(X, y, w, b)[0] / 2,
            gradients(X, y, w, b)[1],
        ),
        "the mean of X times the mean error: multiply row by row, then average.": lambda X, y, w, b: (
            2 * X.mean(axis=0) * _error(X, y, w, b).mean(),
            gradients(X, y, w, b)[1],
        ),
        "squared errors in the gradient: the derivative of e² is 2e.": lambda X, y, w, b: (
            2 / len(X) * X.T @ _error(X, y, w, b) ** 2,
            2 * np.mean(_error(X, y, w, b) ** 2),
        ),
        "errors of a prediction without the bias.": lambda X, y, w, b: gradients(X, y, w, 0.0),
        "errors that are the predictions: y is never subtracted.": lambda X, y, w, b: gradients(
            X, np.zeros(len(X)), w, b
        ),
        "a right dw with a db that is a sum: the factor is the same for both.": lambda X, y, w, b: (
            gradients(X, y, w, b)[0],
            2 * np.sum(_error(X, y, w, b)),
        ),
        "a right dw with a db without the factor 2: the bias is inside the square, too.": lambda X, y, w, b: (
            gradients(X, y, w, b)[0],
            np.mean(_error(X, y, w, b)),
        ),
        "a right dw with a db that is not added up: one number is asked for, b is one number.": (
            lambda X, y, w, b: (gradients(X, y, w, b)[0], 2 / len(X) * _error(X, y, w, b))
        ),
        "a right dw with a db that is 0: the bias is learnt, too.": lambda X, y, w, b: (
            gradients(X, y, w, b)[0],
            0.0,
        ),
        "a right db with a dw that is a sum: the factor is the same for both.": lambda X, y, w, b: (
            2 * X.T @ _error(X, y, w, b),
            gradients(X, y, w, b)[1],
        ),
        "db before dw: look at the order of what you return.": lambda X, y, w, b: gradients(X, y, w, b)[::-1],
        "X e where Xᵀ e belongs: row j of Xᵀ holds feature j of all examples.": lambda X, y, w, b: (
            2 / len(X) * X @ _error(X, y, w, b),
            gradients(X, y, w, b)[1],
        ),
        "a mean over the features: divide by the number of rows.": lambda X, y, w, b: (
            2 / X.shape[1] * X.T @ _error(X, y, w, b),
            2 / X.shape[1] * np.sum(_error(X, y, w, b)),
        ),
        "the gradient of the mean absolute error: the error itself appears in that of its square.": (
            lambda X, y, w, b: (
                X.T @ np.sign(_error(X, y, w, b)) / len(X),
                np.mean(np.sign(_error(X, y, w, b))),
            )
        ),
        "a gradient for each example: add them up over the examples.": lambda X, y, w, b: (
            2 / len(X) * X * _error(X, y, w, b)[:, None],
            gradients(X, y, w, b)[1],
        ),
    }


def _one_after_the_other(X, y, learning_rate, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        history.append(_mse(X, y, w, b))
        w = w - learning_rate * gradients(X, y, w, b)[0]
        b = b - learning_rate * gradients(X, y, w, b)[1]
    return w, b, history


def _exact(X, y, learning_rate, epochs):
    theta, *_ = np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), y)
    return theta[:-1], theta[-1], [_mse(X, y, theta[:-1], theta[-1])] * epochs


def _descent(step=gradients, record=None, rate=lambda r: r, more=0):
    """`fit_linear` with something changed."""
    return lambda X, y, learning_rate, epochs: fit_linear(
        X, y, rate(learning_rate), epochs + more, step=step, record=record
    )


def _from_ones(X, y, learning_rate, epochs):
    """Descent that begins with ones: the same as from zeros to targets that are lower by the rows' sums."""
    w, b, history = fit_linear(X, y - X.sum(axis=1), learning_rate, epochs)
    return w + 1, b, history


def _accumulating(X, y, learning_rate, epochs):
    w, b, history, total = np.zeros(X.shape[1]), 0.0, [], (0.0, 0.0)
    for _ in range(epochs):
        history.append(_mse(X, y, w, b))
        total = tuple(a + g for a, g in zip(total, gradients(X, y, w, b), strict=True))
        w, b = w - learning_rate * total[0], b - learning_rate * total[1]
    return w, b, history


def _row_by_row(X, y, learning_rate, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        history.append(_mse(X, y, w, b))
        for i in range(len(X)):
            dw, db = gradients(X[i : i + 1], y[i : i + 1], w, b)
            w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b, history


def _upwards(X, y, w, b):
    dw, db = gradients(X, y, w, b)
    return -dw, -db


ASSIGNMENT = Assignment(
    slug="linear_regression",
    modules=("numpy",),
    functions=(
        Function(
            name="standardize_fit",
            reference=standardize_fit,
            cases=lambda rng: [(X,) for X in _shapes(rng)],
            returns="two arrays (d,), mean and std",
            parts=("mean", "std"),
            mistakes={
                "the standard deviation before the mean: look at the order of what you return.": lambda X: (
                    standardize_fit(X)[::-1]
                ),
                "statistics of the rows: each feature, that is each column, has its own.": lambda X: (
                    X.mean(axis=1),
                    X.std(axis=1),
                ),
                "statistics of the whole array: each feature has its own.": lambda X: (X.mean(), X.std()),
                "division by n − 1: here the mean over all n rows is meant.": lambda X: (
                    X.mean(axis=0),
                    X.std(axis=0, ddof=1),
                ),
                "the variance: the standard deviation is its root.": lambda X: (
                    X.mean(axis=0),
                    X.var(axis=0),
                ),
                "the root of the mean square: the mean is taken away first.": lambda X: (
                    X.mean(axis=0),
                    np.sqrt(np.mean(X**2, axis=0)),
                ),
                "the mean distance from the mean: square, average, take the root.": lambda X: (
                    X.mean(axis=0),
                    np.mean(np.abs(X - X.mean(axis=0)), axis=0),
                ),
                "smallest value and range: that is another way of scaling.": lambda X: (
                    X.min(axis=0),
                    np.ptp(X, axis=0),
                ),
                "a right mean with deviations of the rows: each feature, that is each column, has its own.": (
                    lambda X: (X.mean(axis=0), X.std(axis=1))
                ),
                "median in place of the mean.": lambda X: (np.median(X, axis=0), X.std(axis=0)),
                "the scaled data: return mean and standard deviation, `standardize_apply` does the rest.": (
                    lambda X: standardize_apply(X, *standardize_fit(X))
                ),
                "sums: divide by the number of rows.": lambda X: (X.sum(axis=0), X.std(axis=0)),
            },
            edges=(
                accepts(
                    "a constant column",
                    lambda rng: (np.column_stack([rng.normal(size=6), np.full(6, 7.0), rng.normal(size=6)]),),
                    "What happens when its deviation divides something? The text says which number it gets.",
                ),
                accepts("all columns constant", lambda rng: (np.full((5, 2), 3.0),)),
                accepts("one row only", lambda rng: (rng.normal(size=(1, 3)),)),
                accepts(
                    "numbers that are large beside their spread", lambda rng: (1e6 + rng.normal(size=(8, 2)),)
                ),
                refuses("X of shape (5,)", lambda rng: (rng.normal(size=5),)),
                refuses("X of shape (2, 3, 4)", lambda rng: (rng.normal(size=(2, 3, 4)),)),
                is_fast("3000 rows", lambda rng: (rng.normal(size=(3000, 40)),), 30_000, LOOP),
            ),
            variants=ARRAYS,
        ),
        Function(
            name="standardize_apply",
            reference=standardize_apply,
            cases=_apply_cases,
            returns="an array of X's shape",
            mistakes={
                "statistics computed from X itself: use those given, they come from the training part.": (
                    lambda X, mean, std: standardize_apply(X, *standardize_fit(X))
                ),
                "a mean computed from X itself: use the one given, it comes from the training part.": (
                    lambda X, mean, std: (X - X.mean(axis=0)) / std
                ),
                "deviations computed from X itself: use those given, they come from the training part.": (
                    lambda X, mean, std: (X - mean) / standardize_fit(X)[1]
                ),
                "X − mean/std: what is divided?": lambda X, mean, std: X - mean / std,
                "X/std − mean: take the mean away before you divide.": lambda X, mean, std: X / std - mean,
                "a product where the quotient belongs.": lambda X, mean, std: (X - mean) * std,
                "the way back: this turns standardised numbers into the old ones.": lambda X, mean, std: (
                    X * std + mean
                ),
                "X + mean: look at the sign.": lambda X, mean, std: (X + mean) / std,
                "X − mean, not yet divided.": lambda X, mean, std: X - mean,
                "X/std: the mean is still in it.": lambda X, mean, std: X / std,
                "division by the square of std: it is a standard deviation already.": lambda X, mean, std: (
                    (X - mean) / std**2
                ),
                "division by the root of std: it is a standard deviation already.": lambda X, mean, std: (
                    (X - mean) / np.sqrt(std)
                ),
                "mean − X: look at the sign.": lambda X, mean, std: (mean - X) / std,
                "statistics laid along the rows: entry j belongs to column j.": lambda X, mean, std: (
                    (X - mean[:, None]) / std[:, None]
                ),
            },
            edges=(
                accepts("one row only", lambda rng: (rng.normal(size=(1, 3)), np.ones(3), np.full(3, 2.0))),
                accepts(
                    "new data, far from the mean",
                    lambda rng: (50 + rng.normal(size=(4, 2)), np.zeros(2), np.ones(2)),
                ),
                refuses(
                    "mean has 1 entry for 3 columns",
                    lambda rng: (np.ones((4, 3)), np.ones(1), np.ones(3)),
                    STRETCHED,
                ),
                refuses(
                    "std has 1 entry for 3 columns",
                    lambda rng: (np.ones((4, 3)), np.ones(3), np.ones(1)),
                    STRETCHED,
                ),
                refuses(
                    "mean has 4 entries for 3 columns", lambda rng: (np.ones((4, 3)), np.ones(4), np.ones(3))
                ),
                refuses(
                    "mean of shape (4, 1) for X of shape (4, 3)",
                    lambda rng: (np.ones((4, 3)), np.ones((4, 1)), np.ones(3)),
                    STRETCHED,
                ),
                is_fast(
                    "3000 rows",
                    lambda rng: (rng.normal(size=(3000, 40)), np.ones(40), np.full(40, 2.0)),
                    30_000,
                    LOOP,
                ),
            ),
            variants=("integer_inputs", *ARRAYS),
        ),
        Function(
            name="predict",
            reference=predict,
            cases=lambda rng: [(X, w, b) for X, _, w, b in _gradient_cases(rng)],
            returns="an array (n,)",
            mistakes={
                "X w without the bias.": lambda X, w, b: X @ w,
                "the bias subtracted.": lambda X, w, b: X @ w - b,
                "weights of the rows: entry j of w belongs to column j.": lambda X, w, b: X.T @ w + b,
                "products that are not added up: one prediction for each row is asked for.": lambda X, w, b: (
                    X * w + b
                ),
                "a column: it must have shape (n,).": lambda X, w, b: (X @ w + b)[:, None],
                "the bias added once per feature: it is added once, after the sum.": lambda X, w, b: np.sum(
                    X * w + b, axis=1
                ),
                "the mean of the products: the sum stands in the formula.": lambda X, w, b: (
                    np.mean(X * w, axis=1) + b
                ),
                "the bias as a factor.": lambda X, w, b: (X @ w) * b,
                "w added to X: each feature is multiplied by its weight.": lambda X, w, b: (
                    (X + w).sum(axis=1) + b
                ),
                "one number for all rows: each row has its own prediction.": lambda X, w, b: np.sum(
                    X @ w + b
                ),
                "the activation relu on top: a regression has none.": lambda X, w, b: np.maximum(
                    X @ w + b, 0
                ),
            },
            edges=(
                accepts("one row only", lambda rng: (rng.normal(size=(1, 3)), rng.normal(size=3), 0.5)),
                accepts(
                    "b = 0 as a whole number", lambda rng: (rng.normal(size=(4, 2)), rng.normal(size=2), 0)
                ),
                refuses(
                    "X has 4 columns and w has 3 entries", lambda rng: (np.ones((5, 4)), np.ones(3), 0.5)
                ),
                refuses(
                    "X has 4 columns and w has 1 entry",
                    lambda rng: (np.ones((5, 4)), np.ones(1), 0.5),
                    STRETCHED,
                ),
                refuses(
                    "w of shape (4, 1)",
                    lambda rng: (np.ones((5, 4)), np.ones((4, 1)), 0.5),
                    "The result would have shape (5, 1), and subtracting y from it one of (5, 5).",
                ),
                refuses("X of shape (4,)", lambda rng: (np.ones(4), np.ones(4), 0.5)),
                is_fast(
                    "3000 rows", lambda rng: (rng.normal(size=(3000, 40)), np.ones(40), 0.5), 30_000, LOOP
                ),
            ),
            variants=("integer_inputs", *ARRAYS),
        ),
        Function(
            name="gradients",
            reference=gradients,
            cases=_gradient_cases,
            returns="an array (d,) and a number, dw and db",
            parts=("dw", "db"),
            mistakes=_other_steps(),
            edges=(
                accepts("one row only", lambda rng: _with_weights(rng, 1, 3)),
                accepts(
                    "errors of zero",
                    lambda rng: (np.eye(3), np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0]), 0.0),
                ),
                refuses(
                    "y of shape (5, 1)",
                    lambda rng: (np.ones((5, 3)), np.ones((5, 1)), np.ones(3), 0.0),
                    "ŷ − y would have shape (5, 5): compare the shapes yourself.",
                ),
                refuses(
                    "y has 1 entry for 5 rows",
                    lambda rng: (np.ones((5, 3)), np.ones(1), np.ones(3), 0.0),
                    STRETCHED,
                ),
                refuses(
                    "y has 4 entries for 5 rows", lambda rng: (np.ones((5, 3)), np.ones(4), np.ones(3), 0.0)
                ),
                refuses(
                    "w has 2 entries for 3 columns",
                    lambda rng: (np.ones((5, 3)), np.ones(5), np.ones(2), 0.0),
                ),
                is_fast("3000 rows", lambda rng: _with_weights(rng, 3000, 40), 30_000, LOOP),
            ),
            variants=("integer_inputs", *ARRAYS),
            uses=("predict",),
        ),
        Function(
            name="fit_linear",
            reference=fit_linear,
            cases=_fit_cases,
            returns="w (an array (d,)), b (a number) and history (a list with a number for each epoch)",
            parts=("w", "b", "history"),
            mistakes={
                "steps uphill: weights move against the gradient.": _descent(_upwards),
                "db computed with the new w: compute both gradients, then change both.": _one_after_the_other,
                "a bias that is never changed.": _descent(lambda X, y, w, b: (gradients(X, y, w, b)[0], 0.0)),
                "weights that are never changed.": _descent(
                    lambda X, y, w, b: (0 * gradients(X, y, w, b)[0], gradients(X, y, w, b)[1])
                ),
                "gradients added up from step to step: each step uses those of the present w and b only.": (
                    _accumulating
                ),
                "a step after each row: one step uses all rows.": _row_by_row,
                "weights that begin at 1: they begin at 0.": _from_ones,
                "the learning rate applied twice.": _descent(rate=lambda r: r * r),
                "steps without the learning rate.": _descent(rate=lambda r: 1.0),
                "one step too many: count the epochs.": _descent(more=1),
                "one step too few: count the epochs.": _descent(more=-1),
                "a sum in place of the mean in the gradient: steps must not grow with the number of rows.": (
                    _descent(lambda X, y, w, b: tuple(len(X) * g for g in gradients(X, y, w, b)))
                ),
                "half the gradient: the 2 of the square is missing.": _descent(
                    lambda X, y, w, b: tuple(g / 2 for g in gradients(X, y, w, b))
                ),
                "the right w and b with losses taken after each step: the first is that of zeros.": (
                    _descent(record=lambda X, y, w, b, w_next, b_next: _mse(X, y, w_next, b_next))
                ),
                "the right w and b with half the loss in the history.": _descent(
                    record=lambda X, y, w, b, *_: _mse(X, y, w, b) / 2
                ),
                "the right w and b with sums in the history: the loss is a mean.": _descent(
                    record=lambda X, y, w, b, *_: len(X) * _mse(X, y, w, b)
                ),
                "the right w and b with the root of the loss in the history.": _descent(
                    record=lambda X, y, w, b, *_: np.sqrt(_mse(X, y, w, b))
                ),
                "the exact solution: gradient descent with these few steps does not get there.": (_exact),
            },
            edges=(
                accepts("no epoch at all", lambda rng: (*_data(rng, 5, 3), 0.1, 0)),
                accepts("learning rate 0", lambda rng: (*_data(rng, 5, 3), 0.0, 3)),
                accepts("one row only", lambda rng: (*_data(rng, 1, 2), 0.01, 3)),
                accepts("two hundred epochs", lambda rng: (*_data(rng, 20, 3), 0.01, 200)),
                refuses(
                    "y of shape (5, 1)", lambda rng: (np.ones((5, 3)), np.ones((5, 1)), 0.01, 2), STRETCHED
                ),
                refuses("y has 4 entries for 5 rows", lambda rng: (np.ones((5, 3)), np.ones(4), 0.01, 2)),
                is_fast("3000 rows, 50 epochs", lambda rng: (*_data(rng, 3000, 10), 0.01, 50), 30_000, LOOP),
            ),
            variants=ARRAYS,
            uses=("predict", "gradients"),
        ),
        Function(
            name="r2_score",
            reference=r2_score,
            cases=lambda rng: [
                (y, y + rng.normal(size=n)) for n in (5, 8, 12) for y in [3 * rng.normal(size=n) + 4]
            ],
            returns="a number",
            mistakes={
                "the share that is *not* explained: 1 minus it is asked for.": lambda y, p: (
                    1 - r2_score(y, p)
                ),
                "the arguments in the other order: the spread is that of the targets.": lambda y, p: r2_score(
                    p, y
                ),
                "the squared correlation: predictions that are all too high pass unnoticed.": lambda y, p: (
                    np.corrcoef(y, p)[0, 1] ** 2
                ),
                "the correlation: compare squared errors with the squared spread.": lambda y, p: np.corrcoef(
                    y, p
                )[0, 1],
                "the mean squared error: it has yet to be compared with the spread of y.": lambda y, p: (
                    np.mean((y - p) ** 2)
                ),
                "1 minus the mean squared error: divide it by the mean squared spread of y first.": (
                    lambda y, p: 1 - np.mean((y - p) ** 2)
                ),
                "the variance of the errors above the line: predictions all too high pass unnoticed.": (
                    lambda y, p: 1 - np.var(y - p) / np.var(y)
                ),
                "the mean of the predictions below the line: ȳ is the mean of the targets.": lambda y, p: (
                    1 - np.sum((y - p) ** 2) / np.sum((y - p.mean()) ** 2)
                ),
                "(1 − errors) / spread: divide first, then take the quotient from 1.": lambda y, p: (
                    (1 - np.sum((y - p) ** 2)) / np.sum((y - y.mean()) ** 2)
                ),
                "targets whose mean is not taken away in the denominator.": lambda y, p: (
                    1 - np.sum((y - p) ** 2) / np.sum(y**2)
                ),
                "a sum divided by a mean: take sums in both places.": lambda y, p: (
                    1 - np.sum((y - p) ** 2) / np.var(y)
                ),
                "a mean divided by a variance with n − 1: take sums in both places.": lambda y, p: (
                    1 - np.mean((y - p) ** 2) / np.var(y, ddof=1)
                ),
                "absolute errors in place of squared ones.": lambda y, p: (
                    1 - np.sum(np.abs(y - p)) / np.sum(np.abs(y - y.mean()))
                ),
                "the spread of the predictions over that of the targets.": lambda y, p: np.var(p) / np.var(y),
                "1 minus a root: R² compares squares.": lambda y, p: 1 - np.sqrt(1 - r2_score(y, p)),
                "a percentage: 1 is perfect.": lambda y, p: 100 * r2_score(y, p),
                "a share of exact hits: answers that are amounts are never hit exactly.": lambda y, p: (
                    np.mean(y == p)
                ),
            },
            edges=(
                accepts("a perfect prediction", lambda rng: (np.arange(5.0), np.arange(5.0))),
                accepts("the mean for everyone", lambda rng: (np.arange(5.0), np.full(5, 2.0))),
                accepts(
                    "a prediction worse than the mean: R² is negative",
                    lambda rng: (np.arange(5.0), np.arange(5.0)[::-1].copy()),
                    "Nothing keeps the number above 0.",
                ),
                refuses("y_pred of shape (5, 1)", lambda rng: (np.arange(5.0), np.ones((5, 1))), STRETCHED),
                refuses(
                    "y_pred has 1 entry for 5 targets", lambda rng: (np.arange(5.0), np.ones(1)), STRETCHED
                ),
                is_fast(
                    "20 000 targets",
                    lambda rng: (rng.normal(size=20_000), rng.normal(size=20_000)),
                    10_000,
                    LOOP,
                ),
            ),
            variants=("integer_inputs", *ARRAYS),
        ),
    ),
)
