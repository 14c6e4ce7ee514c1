"""The assignment `house_prices`: a test part, folds, an error in dollars, a network, and a cross-validation.

`cross_validate` is given models that keep a record of what they are trained on and asked for, so that a leak
between the folds is seen where it happens. `build_regressor` is judged by what its model predicts and learns.
"""

import types

import numpy as np

from .guard import Trusted
from .models import Look
from .order import OTHER, judge_order, rows_and_labels
from .spec import Assignment, Function, accepts, behaves, is_fast, refuses

NUMPY = ("numpy",)
ARRAYS = ("integers", "float32", "read_only", "strided")
STRETCHED = "NumPy would stretch it without a word: compare the shapes yourself."
LOOP = "Large data would take minutes: compute with whole arrays instead of row by row."


def split(X, y, rng):
    """(X_train, y_train), (X_test, y_test): a fifth of the rows, drawn at random, in the second."""
    if len(X) != len(y) or len(X) < 5:
        raise ValueError(f"X and y must have as many rows, five or more, got shapes {X.shape} and {y.shape}")
    order, n_test = rng.permutation(len(X)), round(len(X) / 5)
    return (X[order[n_test:]], y[order[n_test:]]), (X[order[:n_test]], y[order[:n_test]])


def build_regressor(n_features):
    """A compiled Keras model with one linear output."""
    import keras

    model = keras.Sequential(
        [keras.Input((n_features,)), keras.layers.Dense(64, "relu"), keras.layers.Dense(1)]
    )
    model.compile("adam", "mse", metrics=["mae"])
    return model


def k_fold_indices(n, k, rng):
    """Pairs (train, held_out) of arrays of row numbers; each row is held out once."""
    if not 2 <= k <= n:
        raise ValueError(f"k must be from 2 to the {n} rows, got {k}")
    parts = np.array_split(rng.permutation(n), k)
    return [(np.concatenate(parts[:i] + parts[i + 1 :]), parts[i]) for i in range(k)]


def cross_validate(build, X, y, k, rng):
    """Mean absolute error of each fold, of models that saw nothing of it, scaling included."""
    if len(X) != len(y):
        raise ValueError(f"X and y must have as many rows, got shapes {X.shape} and {y.shape}")
    errors = []
    for train, held_out in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = np.asarray(model.predict((X[held_out] - mean) / std, verbose=0)).reshape(-1)
        errors.append(mean_absolute_error(y[held_out], y_pred))
    return errors


def mean_absolute_error(y_true, y_pred):
    """Mean of |ŷ − y|."""
    if y_true.shape != y_pred.shape:
        raise ValueError(f"shapes must be equal, got {y_true.shape} and {y_pred.shape}")
    return float(np.mean(np.abs(y_pred - y_true)))


# ---------------------------------------------------------------- a test part


def _judge_split(parts, arguments, again):
    X, y, rng = arguments
    return judge_order(parts, (X, y, None, rng), lambda X, y, _, rng: again(X, y, rng))


def _split_arguments(rng, n, d):
    return rows_and_labels(rng, n, d)


# ---------------------------------------------------------------- the error

MAE_MISTAKES = {
    "the mean squared error, in squared dollars: no square here.": lambda t, p: np.mean((p - t) ** 2),
    "the root of the mean squared error: no square here.": lambda t, p: np.sqrt(np.mean((p - t) ** 2)),
    "a sum: divide by the number of rows.": lambda t, p: np.sum(np.abs(p - t)),
    "errors that cancel, too high against too low: take |·| of each before you average.": lambda t, p: (
        np.mean(p - t)
    ),
    "errors that cancel, too low against too high: take |·| of each before you average.": lambda t, p: (
        np.mean(t - p)
    ),
    "the median of the errors: the mean is asked for.": lambda t, p: np.median(np.abs(p - t)),
    "the largest error: the mean is asked for.": lambda t, p: np.max(np.abs(p - t)),
    "a relative error, a share of the true value: dollars are asked for.": lambda t, p: np.mean(
        np.abs((p - t) / t)
    ),
    "half of the error: there is no ½.": lambda t, p: np.mean(np.abs(p - t)) / 2,
    "an accuracy: the share of prices that are hit exactly says nothing.": lambda t, p: np.mean(p == t),
    "the difference of |ŷ| and |y|: take |·| of the difference.": lambda t, p: np.mean(np.abs(p) - np.abs(t)),
    "one error for each row: average them.": lambda t, p: np.abs(p - t),
    "every prediction compared with every price.": lambda t, p: np.mean(np.abs(p[:, None] - t)),
}


def _prices(rng, n):
    y = rng.normal(2, 1, size=n)
    return y, y + rng.normal(0.1, 0.5, size=n)


# ---------------------------------------------------------------- folds


def _judge_folds(folds, arguments, again):
    n, k, rng = arguments
    if text := folds_fault(folds, n, k):
        return text
    for other in ((23, 5), (11, 4)):
        if text := folds_fault(again(*other, rng), *other):
            return f"For n = {other[0]} and k = {other[1]}: {text[0].lower()}{text[1:]}"
    held = _held(folds)
    if np.array_equal(_held(again(n, k, rng)), held):
        if not np.array_equal(_held(again(n, k, np.random.default_rng(OTHER))), held):
            return None
        return "Every generator gives the same folds: draw from the `rng` you are given."
    return "Two calls with equal generators differ: draw from `rng`, and from nothing else."


def _held(folds):
    return np.concatenate([held_out for _, held_out in folds])


def folds_fault(folds, n, k):
    """What is wrong with k pairs (train, held_out) of numbers of n rows, or None."""
    if len(folds) != k:
        return f"There are {len(folds)} folds, expected {k}."
    pairs = [tuple(np.asarray(part, dtype=int) for part in pair) for pair in folds]
    numbers = np.concatenate([part for pair in pairs for part in pair])
    if numbers.min() < 0 or numbers.max() >= n:
        return "There are row numbers that do not exist: they go from 0 to n − 1."
    count = np.bincount(np.concatenate([held for _, held in pairs]), minlength=n)
    if count.max() > 1:
        return "A row is held out more than once: each row belongs to one fold."
    if count.min() == 0:
        return f"{np.sum(count == 0)} rows are held out in no fold: what becomes of the remainder of n / k?"
    sizes = [len(held) for _, held in pairs]
    if max(sizes) - min(sizes) > 1:
        return f"The folds hold out from {min(sizes)} to {max(sizes)} rows: the sizes may differ by one."
    for train, held in pairs:
        if np.isin(held, train).any():
            return "Rows that are held out stand in the training part of their fold, too."
        if len(np.unique(train)) < len(train):
            return "A row is twice in the training part of a fold."
        if len(train) + len(held) < n:
            return "A training part lacks rows: it holds all that are not held out."
    if n > 2 * k:
        starts = np.arange(k)
        if all(np.ptp(held) == len(held) - 1 for _, held in pairs):
            return "Each fold is a block of neighbours: shuffle first, for data are often sorted."
        if all(np.isin(held % k, starts[held[0] % k]).all() for _, held in pairs):
            return "Each fold is every k-th row: shuffle first, so that chance decides."
    return None


# ---------------------------------------------------------------- cross-validation


def linear_models(log):
    """A `build` whose models are linear regressions that write down in `log` what is done with them."""

    def build(n_features):
        record = types.SimpleNamespace(n_features=n_features, fits=[], epochs=[], asked=[], weights=None)
        log.append(record)

        def fit(x, y, batch_size=None, epochs=1, *_, **settings):
            x, y = np.array(x, dtype=float), np.array(y, dtype=float)
            if x.ndim != 2 or x.shape[1] != n_features or len(x) != len(y):
                raise ValueError(f"{n_features} features do not fit shapes {x.shape} and {y.shape}")
            if not np.isfinite(x).all():
                raise ValueError("the features contain NaN or infinity")
            record.fits.append((x, y.reshape(-1)))
            record.epochs.append(epochs)
            record.weights = np.linalg.lstsq(_with_ones(x), y.reshape(-1), rcond=None)[0]

        def predict(x, *_, **settings):
            x = np.array(x, dtype=float)
            if record.weights is None:
                raise ValueError("this model is not trained yet")
            if x.ndim != 2 or x.shape[1] != n_features:
                raise ValueError(f"a model of {n_features} features cannot predict from shape {x.shape}")
            record.asked.append(x)
            return (_with_ones(x) @ record.weights)[:, None]

        return types.SimpleNamespace(fit=Trusted(fit), predict=Trusted(predict))

    return build


def _with_ones(x):
    return np.column_stack([x, np.ones(len(x))])


def _judge_cross_validation(received, arguments, again):
    _, X, y, k, rng = arguments
    log = []
    errors = again(linear_models(log), X, y, k, rng)
    place = {value: i for i, value in enumerate(y.tolist())}
    models = [model for model in log if model.fits]
    fault = _training_fault(models, X, place, k)
    if fault:
        return fault
    trained = [np.array([place[value] for value in model.fits[-1][1].tolist()]) for model in models]
    if text := folds_fault([(rows, _others(rows, len(X))) for rows in trained], len(X), k):
        return f"By what the models are trained on: {text[0].lower()}{text[1:]}"
    for model, rows in zip(models, trained, strict=True):
        if text := _scaling_fault(model, X, rows, _others(rows, len(X))):
            return text
    if text := _errors_fault(errors, models, X, y, trained):
        return text
    for model in models:
        if sum(model.epochs) != 30:  # in one go or in several
            n = sum(model.epochs)
            times = "1 epoch" if n == 1 else f"{n} epochs"
            return f"A model is trained for {times}; 30 are asked for, and `fit` has to be told."
    return _chance_fault(X, y, k, rng, trained, place, again)


def _others(rows, n):
    return np.setdiff1d(np.arange(n), rows)


def _training_fault(models, X, place, k):
    """Whether k models were trained, each on rows of its own."""
    if not models:
        return "No model is trained: call `fit` on what `build` returns."
    for model in models:
        if any(value not in place for _, y in model.fits for value in y.tolist()):
            return "A model is trained on targets that are not those of y: take them as they are."
        seen = {len(y) for _, y in model.fits}
        if (
            len(X) not in seen
            and len(models) == k
            and len({value for _, y in model.fits for value in y.tolist()}) == len(X)
        ):
            return "A model is trained on the rows that are held out, too: it knows what it is asked."
        if len({tuple(sorted(y.tolist())) for _, y in model.fits}) > 1:
            return (
                "One model is trained on fold after fold: it remembers the rows of the folds before. "
                "Every fold needs a new model."
            )
        if any(len(y) == len(X) for _, y in model.fits):
            return (
                "A model is trained on all rows, those that are held out included: it knows what it is asked."
            )
    if len(models) != k:
        return f"{len(models)} models are trained for {k} folds."
    return None


def _scaled(x, part, ddof=0):
    std = part.std(axis=0, ddof=ddof)
    return (x - part.mean(axis=0)) / np.where(std == 0, 1, std)


def _near(a, b):
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-4, atol=1e-5)


def _scaling_fault(model, X, train, held):
    """What is wrong with what a model is trained on and asked for."""
    x = model.fits[-1][0]
    right = [ddof for ddof in (0, 1) if _near(x, _scaled(X[train], X[train], ddof))]
    if not right:
        text = "A model is trained on features that are not what they should be. "
        if sorted(map(tuple, x.round(6).tolist())) == sorted(
            map(tuple, _scaled(X[train], X[train]).round(6).tolist())
        ):
            return text + "Rows of X and y no longer belong together: take both by the same row numbers."
        if _near(x, X[train]):
            return text + "They are not scaled."
        if any(_near(x, _scaled(X[train], X, ddof)) for ddof in (0, 1)):
            return (
                text + "This looks like mean and standard deviation of all rows: "
                "those that are held out leak into the scaling. Compute both inside the fold."
            )
        if any(_near(x, (X[train] - X[train].mean()) / X[train].std(ddof=d)) for d in (0, 1)):
            return text + "This looks like one mean for the whole table: each column has its own."
        if _near(x, X[train] - X[train].mean(axis=0)):
            return text + "They are centred, and not divided by the standard deviation."
        return text + "Each column of the training rows gets mean 0 and standard deviation 1."
    asked = np.concatenate(model.asked) if model.asked else np.empty((0, X.shape[1]))

    def all_asked(rows):
        return all(np.isclose(asked, row, rtol=1e-4, atol=1e-5).all(axis=1).any() for row in rows)

    if all_asked(_scaled(X[held], X[train], right[0])):
        return None
    if len(held) > 1 and any(all_asked(_scaled(X[held], X[held], ddof)) for ddof in (0, 1)):
        return (
            "The rows that are held out are scaled by their own mean and standard deviation: "
            "take those of the training rows, for a new house has no mean of its own."
        )
    if all_asked(X[held]):
        return "The model is trained on scaled features, and asked about unscaled ones."
    if len(asked) and all_asked(_scaled(X[train], X[train], right[0])):
        return (
            "A model is asked about the rows it was trained on: the error counts on those that are held out."
        )
    return "A model is not asked about the rows that are held out, scaled as its training rows were."


def _errors_fault(errors, models, X, y, trained):
    """What is wrong with the errors that are returned."""
    known = {name: [] for name in ("right", "squared", "root", "stretched", "sum", "train")}
    for model, rows in zip(models, trained, strict=True):
        held = _others(rows, len(X))
        ddof = int(not _near(model.fits[-1][0], _scaled(X[rows], X[rows])))
        predicted = _with_ones(_scaled(X, X[rows], ddof)) @ model.weights
        error = np.abs(predicted[held] - y[held])
        known["right"].append(error.mean())
        known["squared"].append(np.mean(error**2))
        known["root"].append(np.sqrt(np.mean(error**2)))
        known["stretched"].append(np.abs(predicted[held][:, None] - y[held]).mean())
        known["sum"].append(error.sum())
        known["train"].append(np.abs(predicted[rows] - y[rows]).mean())
    got, right = np.array(errors, dtype=float), known["right"]

    def looks(values):
        return np.allclose(got, values, rtol=2e-2)

    if any(
        np.allclose(got, order, rtol=5e-3) for order in (right, right[::-1])
    ):  # whichever was trained first
        return None
    if np.allclose(np.sort(got), np.sort(right), rtol=5e-3):
        return "The errors are right, and stand in another order than the folds."
    text = f"The models are right, their errors are not: received {got[0]:.4g}, correct is {right[0]:.4g}."
    hints = {
        "stretched": "`predict` returns shape (n, 1): minus an array (n,) NumPy makes (n, n) of it.",
        "squared": "This looks like the mean squared error.",
        "root": "This looks like the root of the mean squared error.",
        "sum": "This looks like a sum: divide by the number of rows.",
        "train": "This looks like the error on the rows the model was trained on.",
    }
    for name, hint in hints.items():
        if looks(known[name]):
            return f"{text} {hint}"
    if looks(np.mean(right)):
        return f"{text} This looks like the mean over all folds: each fold has an error of its own."
    if looks(np.cumsum(right)):
        return f"{text} This looks like errors added up from fold to fold."
    return text


def _chance_fault(X, y, k, rng, trained, place, again):
    """Whether the folds come from the generator that is given."""

    def parts(rng):
        log = []
        again(linear_models(log), X, y, k, rng)
        return [sorted(place[value] for value in model.fits[-1][1].tolist()) for model in log if model.fits]

    first = [sorted(rows.tolist()) for rows in trained]
    if parts(rng) != first:
        return "Two calls with equal generators make different folds: draw from `rng`, and from nothing else."
    if len(X) > k and parts(np.random.default_rng(OTHER)) == first:
        return "Every generator makes the same folds: hand the `rng` you are given to `k_fold_indices`."
    return None


def _houses(rng, n, d, k, constant=False):
    """A linear relation with noise, its columns of different sizes."""
    X = rng.normal(3, 1, size=(n, d)) * 10.0 ** np.arange(d) / 10
    if constant:
        X[:, 0] = 5.0
    y = _scaled(X, X) @ rng.normal(size=d) + rng.normal(5, 0.5, size=n)
    y = y.astype(np.float32).astype(float)  # so that an answer may make float32 of it
    return linear_models([]), X, y, k, np.random.default_rng(int(rng.integers(10**6)))


def _unfit(targets, k):
    """Ten rows, and a number of targets or of folds that does not fit."""
    return linear_models([]), np.ones((10, 2)), np.arange(float(targets)), k, np.random.default_rng(1)


# ---------------------------------------------------------------- a network

EPOCHS, ROWS, TESTED = 20, 500, 300
END = "Which activation stands at the end, and what is it there for?"
SHARE = 0.3  # of the variance, which a model must explain; a linear one explains nothing


def _problem(n_features):
    """Features, and targets that no linear model can predict: of mean 0, and far beyond ±1."""
    rng = np.random.default_rng([n_features, 7])
    X = rng.normal(size=(ROWS + TESTED, n_features)).astype(np.float32)
    middle = (X[ROWS:] + np.roll(X[ROWS:], 1, axis=0)) / 2  # half-way between neighbours
    X = np.concatenate([X, middle])
    raw = np.abs(X).sum(axis=1)
    y = (2 * (raw - raw[:ROWS].mean()) / raw[:ROWS].std()).astype(np.float32)
    return X[:ROWS], y[:ROWS], X[ROWS:], y[ROWS:]


def _look(n_features, scored=False, trained=False):
    """A look at the outputs, at the compiled loss and metrics as well, or at what it learns."""
    X, y, inputs, targets = _problem(n_features)
    fit = {"x": X, "y": y, "epochs": EPOCHS, "batch_size": 16} if trained else None
    hints = {
        "call": "The shape of one house is (n_features,).",
        "compile": "`compile` gives it an optimizer, a loss and metrics.",
        "test": "Which loss compares one number with another?",
    }
    return Look(inputs, targets if scored else None, fit=fit, hints=hints)


def _judge_network(seen, arguments, again):
    (n_features,) = arguments
    if text := _judge_untrained(seen, arguments, again):
        return text
    trained = again(n_features, look=_look(n_features, trained=True)).trained[:TESTED, 0]
    if not np.array_equal(again(n_features).outputs, seen.outputs):
        return "A second call returns a model that is trained already: build a new one in every call."
    return _learning_fault(trained, _problem(n_features)[3][:TESTED])


def _judge_untrained(seen, arguments, again):
    if text := _outputs_fault(seen) or _straight_fault(seen):
        return text
    return _scores_fault(again(*arguments, look=_look(*arguments, scored=True)), *arguments)


def _outputs_fault(seen):
    outputs = seen.outputs
    if type(outputs) is not np.ndarray:
        return f"It has {len(outputs)} outputs. One is wanted, the price: an array (n, 1)."
    if outputs.shape != (2 * TESTED, 1):
        return (
            f"For {2 * TESTED} houses its outputs have shape {outputs.shape}, "
            f"expected {(2 * TESTED, 1)}: "
            "one number for each house."
        )
    if not np.isfinite(outputs).all():
        return "Its outputs are not finite numbers."
    constant = np.ptp(outputs) < 1e-6  # on some processors e / e is not quite 1 in single precision
    if constant and abs(outputs[0, 0] - 1) < 1e-6:
        return (
            "It gives every house the price 1. This looks like a softmax, which is always 1 over one output: "
            "does a regression need an activation at the end?"
        )
    if constant:
        return f"It gives every house the price {outputs[0, 0]:g}. {END}"
    return None


def _straight_fault(seen):
    outputs = seen.outputs[:, 0].astype(float)
    ends, middle = outputs[:TESTED], outputs[TESTED:]
    bend = (ends + np.roll(ends, 1)) / 2 - middle
    if np.abs(bend).max() > 1e-3 * np.ptp(outputs):
        return None
    return (
        "It is a linear model, however many layers it has. "
        "What stands between two dense layers, so that they do not collapse into one?"
    )


def _scores_fault(seen, n_features):
    targets = _problem(n_features)[3]
    others = {name: value for name, value in seen.scores.items() if name != "loss"}
    if any("acc" in name for name in others):
        return "It measures an accuracy: to hit a price exactly is luck. Which metric is in dollars?"
    if seen.scores["loss"] - seen.penalty < -1e-6 or not np.isfinite(seen.scores["loss"]):
        return "Its loss is negative or not finite on targets below 0. Which losses belong to a regression?"
    error = np.abs(seen.outputs[:, 0] - targets).mean()
    if not any(np.isclose(value, error, rtol=1e-3) for value in others.values()):
        told = f"It measures {' and '.join(others)}, but" if others else "It measures no metric:"
        return f"{told} none is its mean absolute error, {error:.4g}. What are the `metrics` of `compile`?"
    return None


def _learning_fault(trained, y):
    told = f"After {EPOCHS} epochs on {ROWS} rows"
    if not np.isfinite(trained).all():
        return f"{told} its outputs are no numbers any more: are its steps too large?"
    if trained.min() >= -1e-6:
        return f"{told} it predicts nothing below 0, where many targets lie. {END}"
    if np.abs(trained).max() <= 1 + 1e-6:
        return f"{told} its predictions stay between −1 and 1, and the targets do not. {END}"
    share = 1 - np.mean((trained - y) ** 2) / np.var(y)
    if share >= SHARE:
        return None
    return (
        f"{told} its R² on new rows is {share:.2f}; {SHARE} is asked for. "
        "Look at the loss, the number of units and the optimizer."
    )


ASSIGNMENT = Assignment(
    slug="house_prices",
    modules=("numpy", "keras", "tensorflow"),
    functions=(
        Function(
            name="split",
            reference=split,
            cases=lambda rng: [_split_arguments(rng, n, d) for n, d in ((40, 3), (37, 5), (53, 1))],
            returns="(X_train, y_train), (X_test, y_test), with round(n / 5) rows in the second",
            parts=(("X_train", "y_train"), ("X_test", "y_test")),
            judge=_judge_split,
            modules=NUMPY,
            edges=(
                accepts("n / 5 = 7.8", lambda rng: _split_arguments(rng, 39, 2)),
                accepts("six rows", lambda rng: _split_arguments(rng, 6, 2)),
                refuses(
                    "y has 9 entries for 10 rows",
                    lambda rng: (rng.normal(size=(10, 2)), np.arange(9), np.random.default_rng(1)),
                ),
                refuses(
                    "fewer than five rows",
                    lambda rng: (rng.normal(size=(4, 2)), np.arange(4), np.random.default_rng(1)),
                ),
                is_fast("5000 rows", lambda rng: _split_arguments(rng, 5000, 2), 5_000, LOOP),
            ),
            variants=("read_only", "strided"),
        ),
        Function(
            name="mean_absolute_error",
            reference=mean_absolute_error,
            cases=lambda rng: [_prices(rng, n) for n in (9, 25, 4)],
            returns="a number, in the unit of the targets",
            mistakes=MAE_MISTAKES,
            modules=NUMPY,
            edges=(
                accepts("every price hit", lambda rng: (np.arange(4.0), np.arange(4.0))),
                accepts("one house only", lambda rng: (np.array([3.0]), np.array([5.5]))),
                accepts("two columns of targets", lambda rng: tuple(rng.normal(size=(2, 5, 2)))),
                refuses(
                    "predictions of shape (5, 1) for targets (5,)",
                    lambda rng: (np.arange(5.0), np.ones((5, 1))),
                    STRETCHED,
                ),
                refuses("1 prediction for 5 targets", lambda rng: (np.arange(5.0), np.ones(1)), STRETCHED),
                is_fast("20 000 prices", lambda rng: _prices(rng, 20_000), 1_000, LOOP),
            ),
            variants=ARRAYS,
        ),
        Function(
            name="k_fold_indices",
            reference=k_fold_indices,
            cases=lambda rng: [
                (n, k, np.random.default_rng(int(rng.integers(10**6))))
                for n, k in ((20, 5), (24, 4), (30, 3))
            ],
            returns="k pairs (train, held_out) of arrays of row numbers",
            parts=[("train", "held_out")],
            judge=_judge_folds,
            lazy=True,
            modules=NUMPY,
            edges=(
                accepts("k is n, one row a fold", lambda rng: (6, 6, np.random.default_rng(2))),
                accepts("k is 2", lambda rng: (10, 2, np.random.default_rng(3))),
                refuses(
                    "k is 1",
                    lambda rng: (10, 1, np.random.default_rng(1)),
                    "What would the model learn from?",
                ),
                refuses("k is 11 for 10 rows", lambda rng: (10, 11, np.random.default_rng(1))),
                is_fast("20 000 rows", lambda rng: (20_000, 10, np.random.default_rng(4)), 5_000, LOOP),
            ),
        ),
        Function(
            name="cross_validate",
            reference=cross_validate,
            cases=lambda rng: [_houses(rng, n, d, k) for n, d, k in ((30, 3, 5), (31, 2, 4))],
            returns="a list of k numbers, the mean absolute error of each fold",
            judge=_judge_cross_validation,
            modules=NUMPY,
            uses=("k_fold_indices", "mean_absolute_error"),
            edges=(
                accepts(
                    "a constant column",
                    lambda rng: _houses(rng, 24, 3, 3, constant=True),
                    "A standard deviation of 0 divides nothing: take 1 there.",
                ),
                accepts("two folds", lambda rng: _houses(rng, 13, 2, 2)),
                accepts("as many folds as rows", lambda rng: _houses(rng, 9, 2, 9)),
                refuses(
                    "y has 9 entries for 10 rows",
                    lambda rng: (
                        linear_models([]),
                        np.ones((10, 2)),
                        np.arange(9.0),
                        3,
                        np.random.default_rng(1),
                    ),
                ),
                refuses(
                    "k is 1",
                    lambda rng: (
                        linear_models([]),
                        np.ones((10, 2)),
                        np.arange(10.0),
                        1,
                        np.random.default_rng(1),
                    ),
                ),
            ),
            variants=("read_only", "strided"),
        ),
        Function(
            name="build_regressor",
            reference=build_regressor,
            cases=lambda rng: [(int(rng.integers(3, 6)),)],
            returns="a compiled Keras model",
            judge=_judge_network,
            look=_look,
            edges=(
                behaves("one feature", lambda rng: (1,), _judge_network),
                behaves("nine features", lambda rng: (9,), _judge_untrained),
            ),
        ),
    ),
)
