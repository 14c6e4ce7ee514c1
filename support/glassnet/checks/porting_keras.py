"""The assignment `porting_keras`: five listings in the old style, each to be made to run and be right.

The keyword arguments after the star of a reference make the known mistakes. After the five epochs of
`train_classifier` the least accuracy of ten seeds is 0.872.
"""

import functools

import numpy as np

from .classifiers import (
    accuracy,
    digits,
    first_fault,
    leak_fault,
    loss_fault,
    metrics_fault,
    one_digit_held_out,
    outputs_fault,
    share_fault,
    unchanged_fault,
)
from .models import Look, Recipe
from .spec import Assignment, Function, accepts, behaves, refuses

LABELS = "The labels are whole numbers, not one-hot rows: which crossentropy takes those?"


# ------------------------------------------------------------------ build_classifier

HIDDEN = 64


def build_classifier(num_classes, learning_rate):
    """784 inputs, 64 hidden units, dropout, probabilities; compiled with Adam."""
    import keras

    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(HIDDEN, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


TRIED = 100


def _rates(rng):
    return [(10, 0.003), (4, float(rng.uniform(1e-4, 1e-2)))]


def _labels(num_classes):
    return digits("test", 0, TRIED)[1] % num_classes


def _look_at_classifier(num_classes, learning_rate):
    hints = {
        "call": "It takes one picture a row, 784 numbers.",
        "compile": "Compile it before you return it.",
        "test": LABELS,
    }
    return Look(digits("test", 0, TRIED)[0], _labels(num_classes), shape=(num_classes,), hints=hints)


def _optimizer_fault(seen, learning_rate):
    if seen.optimizer != "Adam":
        return f"The listing trains with Adam; this model comes with {seen.optimizer}."
    if np.isclose(seen.learning_rate, learning_rate, rtol=1e-4):
        return None
    return (
        f"It was asked for the learning rate {learning_rate:.4g} and has {seen.learning_rate:.4g}. "
        "What is `lr` called today?"
    )


def _judge_classifier(seen, arguments, again):
    num_classes, learning_rate = arguments
    y, size = _labels(num_classes), 785 * HIDDEN + (HIDDEN + 1) * num_classes
    other_size = (
        f"It has {seen.parameters} parameters; the network of the listing, with {num_classes} classes, "
        f"has {size}. A port keeps the network as it is."
    )
    return first_fault(
        lambda: outputs_fault(seen.outputs),
        lambda: loss_fault(seen, y),
        lambda: metrics_fault(seen, y),
        lambda: _optimizer_fault(seen, learning_rate),
        lambda: other_size if seen.parameters != size else None,
        lambda: _activation_fault(seen, num_classes),
    )


def _activation_fault(seen, num_classes):
    """Whether the outputs are those of the same weights with another activation than the listing's."""
    by_shape = {weight.shape: weight.astype(np.float64) for weight in seen.weights}
    shapes = ((784, HIDDEN), (HIDDEN,), (HIDDEN, num_classes), (num_classes,))
    if len(by_shape) != 4 or not set(shapes) <= set(by_shape):
        return None
    W1, b1, W2, b2 = (by_shape[shape] for shape in shapes)
    Z = digits("test", 0, TRIED)[0] @ W1 + b1
    for name, f in (("none", lambda Z: Z), ("tanh", np.tanh), ("sigmoid", lambda Z: 1 / (1 + np.exp(-Z)))):
        E = np.exp(f(Z) @ W2 + b2)
        if np.allclose(seen.outputs, E / E.sum(axis=1, keepdims=True), atol=1e-5):
            return f"The activation of its hidden layer is {name}, that of the listing is relu."
    return None


def _judge_dropout(seen, arguments, again):
    dropped = [layer["input"] for layer in seen.layers if layer["config"].get("rate") == 0.2]
    if any(shape is None or shape[-1] == HIDDEN for shape in dropped):
        return None
    if dropped:
        return "a fifth of the pixels is dropped: the listing drops hidden units. Where does its layer stand?"
    return "a layer that drops a fifth of the hidden units is missing. What is `p` called today?"


# ------------------------------------------------------------------ train_classifier

ROWS, NEW = 2000, 500  # rows to train on, digits to be tried on afterwards
LEARNT = 0.78
FIRST = Recipe(
    (784,),
    (("Dense", {"units": 32, "activation": "relu"}), ("Dense", {"units": 10, "activation": "softmax"})),
)


def train_classifier(model, X, y):
    """Train with RMSprop on all but the last tenth of the rows; accuracy on that tenth."""
    import keras

    model.compile(
        optimizer=keras.optimizers.RMSprop(learning_rate=0.002),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    log = model.fit(X, y, epochs=5, batch_size=32, validation_split=0.1, verbose=0)
    return log.history["val_accuracy"][-1]


@functools.cache
def _first():
    """The recipe with weights: what training changed can be told."""
    return Recipe(FIRST.input_shape, FIRST.layers, FIRST.glassnet().get_weights())


def _train_cases(rng):
    start = int(rng.integers(10)) * 3000
    return [(_first(), *digits("train", start, start + ROWS))]


def _new_digits():
    return digits("test", 1000, 1000 + NEW)


def _look_at_training(model, X, y):
    return Look(
        np.concatenate([X, _new_digits()[0]]),
        y,
        at=0,
        like=0.5,
        hints={"compile": "The model comes without loss and optimizer.", "test": LABELS},
    )


def _judge_training(seen, arguments, again):
    _, _, y = arguments
    new = accuracy(seen.outputs[-NEW:], _new_digits()[1])
    too_little = (
        f"After training it reads {100 * new:.1f} % of digits it has never seen; {100 * LEARNT:.0f} % are "
        "asked for. What is `nb_epoch` called today, and does the loss fit the labels?"
    )
    return first_fault(
        lambda: unchanged_fault(seen, _first().weights),
        lambda: too_little if new < LEARNT else None,
        lambda: share_fault(float(seen.returned), seen.outputs[:-NEW], y),
    )


def _judge_leak(seen, arguments, again):
    return leak_fault(seen.outputs[:-NEW], arguments[2])


# ------------------------------------------------------------------ predict_digits


def predict_digits(model, images, *, rows=lambda a: a / 255, decide=lambda P: P.argmax(axis=1)):
    """Classes of pictures as they come from the file."""
    if images.ndim != 3:
        raise ValueError(f"expected pictures (n, height, width), got shape {images.shape}")
    X = np.reshape(rows(images.astype(np.float64)), (len(images), -1)).astype(np.float32)
    return decide(model.glassnet().predict(X, verbose=0))


def _reader(rng, pixels, classes):
    """A network whose answers differ, and differ when its inputs are scaled otherwise."""
    hidden, last = {"units": 12, "activation": "tanh"}, {"units": classes, "activation": "softmax"}
    recipe = Recipe((pixels,), (("Dense", hidden), ("Dense", last)))
    shapes = [weight.shape for weight in recipe.glassnet().get_weights()]
    return Recipe((pixels,), recipe.layers, [rng.normal(size=shape).astype(np.float32) for shape in shapes])


def _pictures(rng, n, height, width):
    return rng.integers(0, 240, (n, height, width)).astype(np.uint8)


def _predict_cases(rng):
    return [
        (_reader(rng, 16, 12), _pictures(rng, 12, 4, 4)),
        (_reader(rng, 15, 5), _pictures(rng, 60, 3, 5)),
        (_reader(rng, 784, 10), _pictures(rng, 40, 28, 28)),
    ]


def _read(**change):
    return functools.partial(predict_digits, **change)


PREDICT_MISTAKES = {
    "pixels from 0 to 255: the model was trained on numbers from 0 to 1.": _read(rows=lambda a: a),
    "a division by the largest pixel at hand: the model was trained on pixels divided by 255.": _read(
        rows=lambda a: a / a.max()
    ),
    "columns and rows of the pictures exchanged: read them row by row.": _read(
        rows=lambda a: a.transpose(0, 2, 1) / 255
    ),
    "a division of integers by integers (`//`).": _read(rows=lambda a: a // 255),
    "an argmax along the wrong axis: one answer for each column.": _read(decide=lambda P: P.argmax(axis=0)),
    "the first column above one half: the largest may be less than that.": _read(
        decide=lambda P: (P > 0.5).argmax(axis=1)
    ),
    "classes counted from 1: the first column is class 0.": _read(decide=lambda P: P.argmax(axis=1) + 1),
    "the largest probability itself: in which column does it stand?": _read(decide=lambda P: P.max(axis=1)),
}

PREDICT_EDGES = (
    accepts("a single picture", lambda rng: (_reader(rng, 9, 4), _pictures(rng, 1, 3, 3)), "Shape (1,)."),
    accepts(
        "pictures that are nearly black",
        lambda rng: (_reader(rng, 16, 4), _pictures(rng, 50, 4, 4) // 100),
        "Dim pictures stay dim: each is divided by 255.",
    ),
    refuses(
        "one picture without its batch axis",
        lambda rng: (_reader(rng, 4, 3), _pictures(rng, 4, 2, 2)[0]),
        "Shape (height, width) is not (n, height, width).",
    ),
)


# ------------------------------------------------------------------ scale_features


def scale_features(X_train, X_test, *, fit=None, apply=None):
    """Both parts scaled by means and standard deviations of the training part's columns."""
    if X_train.ndim != 2 or X_test.ndim != 2 or X_train.shape[1] != X_test.shape[1]:
        raise ValueError(f"expected (n, d) and (m, d), got {X_train.shape} and {X_test.shape}")
    mean, std = fit(X_train, X_test) if fit else _columns(X_train)
    std = np.where(std == 0, 1, std)
    if apply:
        return apply(X_train, mean, std), apply(X_test, mean, std)
    return (X_train - mean) / std, (X_test - mean) / std


def _columns(X, ddof=0):
    return X.mean(axis=0), X.std(axis=0, ddof=ddof)


def _features(rng, n, d):
    """Columns of different size, as houses have them."""
    return rng.normal(size=(n, d)) * 10.0 ** np.arange(d) + 3 * np.arange(d)


def _scale_cases(rng):
    return [(_features(rng, 5, 5), _features(rng, 5, 5)), (_features(rng, 30, 4), 1.5 * _features(rng, 8, 4))]


def _each_its_own(X_train, X_test):
    return scale_features(X_train, X_train)[0], scale_features(X_test, X_test)[0]


def _fitted(fit):
    return functools.partial(scale_features, fit=fit)


def _both(X_train, X_test):
    return np.concatenate([X_train, X_test])


SCALE_MISTAKES = {
    "a leak: means and deviations contain the test rows. What was known when the model was trained?": _fitted(
        lambda a, b: _columns(_both(a, b))
    ),
    "one mean and one deviation for all columns of both parts: rooms and square feet have "
    "nothing in common, and test rows leak.": _fitted(lambda a, b: (_both(a, b).mean(), _both(a, b).std())),
    "one mean and one deviation for all columns: each column has its own.": _fitted(
        lambda a, b: (a.mean(), a.std())
    ),
    "a test part scaled by its own columns: the same house would get other numbers.": _each_its_own,
    "numbers taken from the test part: they come from the training part.": _fitted(lambda a, b: _columns(b)),
    "deviations with n − 1: `np.std` and scikit-learn divide by n.": _fitted(lambda a, b: _columns(a, 1)),
    "a division by the variance: divide by its root.": _fitted(lambda a, b: (a.mean(axis=0), a.var(axis=0))),
    "means taken away, and nothing divided.": _fitted(lambda a, b: (a.mean(axis=0), np.ones(a.shape[1]))),
    "a division, and no mean taken away.": _fitted(lambda a, b: (0.0, a.std(axis=0))),
    "rows in place of columns: a mean over rooms and square feet means nothing.": lambda a, b: tuple(
        (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True) for X in (a, b)
    ),
    "a scaling from 0 to 1: mean 0 and standard deviation 1 are asked for.": _fitted(
        lambda a, b: (a.min(axis=0), a.max(axis=0) - a.min(axis=0))
    ),
    "a test part that was left as it was.": lambda a, b: (scale_features(a, b)[0], b),
}


def _constant(rng):
    X = _features(rng, 12, 3)
    X[:, 1] = 7.0
    return X, _features(rng, 4, 3)


SCALE_EDGES = (
    accepts(
        "a column that is constant in the training part",
        _constant,
        "Its deviation is 0: divide by 1 instead.",
    ),
    accepts(
        "a single test row",
        lambda rng: (_features(rng, 12, 3), _features(rng, 1, 3)),
        "It is scaled by numbers of the training part, like any other.",
    ),
    refuses(
        "parts with different numbers of columns",
        lambda rng: (_features(rng, 6, 3), _features(rng, 4, 1)),
        "NumPy would stretch a single column over three.",
    ),
)


# ------------------------------------------------------------------ mean_error


def mean_error(model, X, y, *, measure=lambda p, y: np.mean(np.abs(p - y))):
    """Mean absolute error of a regression's predictions."""
    if len(X) != len(y):
        raise ValueError(f"X and y must be equally long, got {len(X)} and {len(y)}")
    p = model.glassnet().predict(X, verbose=0).astype(np.float64)[:, 0]
    return float(measure(p, np.reshape(y, len(y)).astype(np.float64)))


def _prices(rng, d):
    hidden, last = {"units": 6, "activation": "relu"}, {"units": 1}
    recipe = Recipe((d,), (("Dense", hidden), ("Dense", last)))
    shapes = [weight.shape for weight in recipe.glassnet().get_weights()]
    return Recipe((d,), recipe.layers, [rng.normal(size=shape).astype(np.float32) for shape in shapes])


def _houses(rng, n, d):
    return _prices(rng, d), rng.normal(size=(n, d)).astype(np.float32), 3 * rng.normal(size=n) + 1


def _error_cases(rng):
    return [_houses(rng, 12, 5), _houses(rng, 40, 3)]


def _measured(measure):
    return functools.partial(mean_error, measure=measure)


ERROR_MISTAKES = {
    "an accuracy: the share of prices that are met to the last digit says nothing.": _measured(
        lambda p, y: np.mean(p == y)
    ),
    "a table of all differences: predictions (n, 1) minus targets (n,) have shape (n, n).": _measured(
        lambda p, y: np.mean(np.abs(p[:, None] - y[None, :]))
    ),
    "the mean squared error: its unit is dollars squared.": _measured(lambda p, y: np.mean((p - y) ** 2)),
    "the root of the mean square: the mean absolute error is asked for.": _measured(
        lambda p, y: np.sqrt(np.mean((p - y) ** 2))
    ),
    "a sum in place of a mean.": _measured(lambda p, y: np.sum(np.abs(p - y))),
    "errors with their signs, which cancel.": _measured(lambda p, y: np.mean(p - y)),
    "errors with their signs, which cancel; and targets minus predictions.": _measured(
        lambda p, y: np.mean(y - p)
    ),
    "the median: the mean is asked for.": _measured(lambda p, y: np.median(np.abs(p - y))),
    "an error in per cent of the price.": _measured(lambda p, y: np.mean(np.abs((p - y) / y))),
}

ERROR_EDGES = (
    accepts(
        "targets of shape (n, 1)",
        lambda rng: ((case := _houses(rng, 10, 4))[0], case[1], case[2][:, None]),
        "Predictions have that shape, too: bring both into the same before you subtract.",
    ),
    accepts("a single house", lambda rng: _houses(rng, 1, 4)),
    refuses(
        "one target for ten houses",
        lambda rng: ((case := _houses(rng, 10, 4))[0], case[1], case[2][:1]),
        "NumPy stretches it over all predictions: compare the lengths yourself.",
    ),
)


ASSIGNMENT = Assignment(
    slug="porting_keras",
    modules=("numpy", "keras", "tensorflow"),
    functions=(
        Function(
            name="build_classifier",
            reference=build_classifier,
            cases=_rates,
            returns="a compiled Keras model",
            judge=_judge_classifier,
            look=_look_at_classifier,
            edges=(
                behaves("two classes", lambda rng: (2, 0.001), _judge_classifier),
                behaves("the dropout of the listing", lambda rng: (10, 0.001), _judge_dropout),
            ),
        ),
        Function(
            name="train_classifier",
            reference=train_classifier,
            cases=_train_cases,
            returns="a number, the accuracy on the last tenth of the rows",
            judge=_judge_training,
            look=_look_at_training,
            edges=(
                behaves(
                    "a digit that stands in the last tenth only",
                    lambda rng: (_first(), *one_digit_held_out(rng, ROWS // 2)),
                    _judge_leak,
                ),
            ),
        ),
        Function(
            name="predict_digits",
            reference=predict_digits,
            cases=_predict_cases,
            returns="an integer array (n,)",
            mistakes=PREDICT_MISTAKES,
            edges=PREDICT_EDGES,
        ),
        Function(
            name="scale_features",
            reference=scale_features,
            cases=_scale_cases,
            returns="two arrays, of the shapes of X_train and X_test",
            parts=("X_train", "X_test"),
            mistakes=SCALE_MISTAKES,
            edges=SCALE_EDGES,
            variants=("integers", "read_only", "strided"),
            modules=("numpy",),
        ),
        Function(
            name="mean_error",
            reference=mean_error,
            cases=_error_cases,
            returns="a number, the mean absolute error",
            mistakes=ERROR_MISTAKES,
            edges=ERROR_EDGES,
            precision="float32",
        ),
    ),
)
