"""The assignment `losses`: one-hot labels, the squared error and the cross-entropies."""

import numpy as np

from .spec import Assignment, Function, accepts, is_fast, refuses, stays_finite

EPSILON = 1e-7
ARRAYS = ("float32", "read_only", "strided")
LOOP = "60 000 rows would take long in a loop: index, compare and sum whole arrays."
STRETCHED = "NumPy would stretch one of them: compare the shapes yourself."
FROM_THE_END = "NumPy takes index −1 for the last column: compare with 0 yourself."
CLIPPED = "It is clipped to the range from 1e-7 to 1 − 1e-7, and other probabilities stay as they are."
EXACT = "From logits nothing is clipped: log Σ e^z − z is exact."
ZERO = "The logarithm of 0 is minus infinity: clip the probabilities before."
SHIFT = "e to a large power overflows: which number may be subtracted from a whole row?"


def one_hot(labels, num_classes):
    """A 1 in column `label` of each row."""
    labels = _labels(labels, np.shape(labels)[:1], num_classes)
    return (labels[:, None] == np.arange(num_classes)) * 1.0


def mean_squared_error(y_true, y_pred):
    """Mean of (ŷ − y)²."""
    _same_shape(y_true, y_pred)
    return np.mean((y_pred - y_true) ** 2)


def binary_crossentropy(y_true, y_pred):
    """Mean of −[y log p + (1 − y) log(1 − p)], p clipped."""
    _same_shape(y_true, y_pred)
    p = _clip(y_pred)
    return -np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))


def categorical_crossentropy(y_true, y_pred):
    """Mean over the rows of −Σₖ yₖ log pₖ, p clipped."""
    _same_shape(y_true, y_pred)
    return -np.mean(np.sum(y_true * np.log(_clip(y_pred)), axis=-1))


def sparse_categorical_crossentropy(y_true, y_pred):
    """Mean over the rows of −log p of the true class, p clipped."""
    labels = _labels(y_true, y_pred.shape[:1], y_pred.shape[1])
    return -np.mean(np.log(_clip(y_pred))[np.arange(len(labels)), labels])


def softmax_crossentropy(labels, logits):
    """Mean over the rows of log Σⱼ e^zⱼ − z of the true class."""
    labels = _labels(labels, logits.shape[:1], logits.shape[1])
    largest = logits.max(axis=1, keepdims=True)
    log_sum_exp = largest[:, 0] + np.log(np.sum(np.exp(logits - largest), axis=1))
    return np.mean(log_sum_exp - logits[np.arange(len(labels)), labels])


def _labels(labels, shape, num_classes):
    if np.shape(labels) != shape:
        raise ValueError(f"labels must have shape {shape}, got {np.shape(labels)}")
    if np.size(labels) and (np.min(labels) < 0 or np.max(labels) >= num_classes):
        raise ValueError(f"labels must lie from 0 to {num_classes - 1}, the label {np.max(labels)} does not")
    return np.asarray(labels)


def _same_shape(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError(f"y_true and y_pred must have the same shape, got {y_true.shape} and {y_pred.shape}")


def _clip(p):
    return np.clip(p, EPSILON, 1 - EPSILON)


def _softmax(Z, axis=-1):
    E = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return E / E.sum(axis=axis, keepdims=True)


# Data. Labels leave out the last class, so that a number of classes taken from the data shows.


def _some_labels(rng, n, num_classes):
    """Labels of every class but the last, no matter how few, in random order."""
    return rng.permutation(np.resize(np.arange(num_classes - 1), n))


def _one_hot_cases(rng):
    # Rolled, not shuffled: no roll of these gives a symmetric matrix, so that a transposed one shows.
    square = np.roll([0, 1, 2, 2], rng.integers(4))
    return [(square, 4), (_some_labels(rng, 7, 5), 5), (_some_labels(rng, 4, 6), 6)]


def _numbers(rng, *shape):
    return rng.normal(size=shape), rng.normal(size=shape)


def _yes_or_no(rng, *shape):
    size = int(np.prod(shape))
    answers = rng.permutation(np.resize([0.0, 1.0, 1.0], size)).reshape(shape)
    return answers, rng.uniform(0.05, 0.95, shape)


def _probabilities(rng, n, num_classes):
    return _softmax(rng.normal(size=(n, num_classes)))


def _rows(rng, n, num_classes):
    return np.eye(num_classes)[_some_labels(rng, n, num_classes)], _probabilities(rng, n, num_classes)


def _labelled(rng, n, num_classes):
    return _some_labels(rng, n, num_classes), _probabilities(rng, n, num_classes)


def _logits(rng, n, num_classes):
    return _some_labels(rng, n, num_classes), 2 * rng.normal(size=(n, num_classes))


def _each(make, *shapes):
    return lambda rng: [make(rng, *shape) for shape in shapes]


def _with_label(make, label):
    def arguments(rng):
        labels, other = make(rng, 4, 3)
        labels[2] = label
        return labels, other

    return arguments


def _as_bytes(make, n, num_classes):
    def arguments(rng):
        labels, other = make(rng, n, num_classes)
        return labels.astype(np.uint8), other

    return arguments


def _as_float32(make, n, num_classes):
    def arguments(rng):
        labels, other = make(rng, n, num_classes)
        return labels, other.astype(np.float32)

    return arguments


def _shared_targets(rng):
    _, p = _rows(rng, 5, 4)
    return _softmax(3 * rng.normal(size=(5, 4))), p


# Wrong formulas that several of the functions share.


def _not_averaged(values):
    """Hints and formulas for what can go wrong after the values of the examples are right."""
    return {
        "the loss with the opposite sign: a logarithm of a probability is negative.": lambda y, p: (
            -np.mean(values(y, p))
        ),
        "a sum over the batch: the loss is a mean, or its gradient grows with the batch.": lambda y, p: (
            np.sum(values(y, p))
        ),
        "one value for each example: the loss of a batch is their mean, one number.": values,
        "half the loss: there is no ½ in this formula.": lambda y, p: np.mean(values(y, p)) / 2,
        "a logarithm to base 2: the natural one, `np.log`, is meant.": lambda y, p: (
            np.mean(values(y, p)) / np.log(2)
        ),
        "a logarithm to base 10: the natural one, `np.log`, is meant.": lambda y, p: (
            np.mean(values(y, p)) / np.log(10)
        ),
    }


def _log_p_of(y, p):
    return -np.log(p[np.arange(len(y)), y])


def _binary_values(y, p):
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


def _categorical_values(y, p):
    return -np.sum(y * np.log(p), axis=-1)


def _logit_values(labels, Z):
    return _log_p_of(labels, _softmax(Z))


def _fill(num_classes):
    """A way to write one-hot rows with a column that is a function of the label."""

    def write(labels, column):
        rows = np.zeros((len(labels), num_classes))
        rows[np.arange(len(labels)), column(labels)] = 1.0
        return rows

    return write


def _label_edges(make, what):
    return (
        refuses("a label is K", _with_label(make, 3), "The labels are 0 … K − 1."),
        refuses("a label is −1", _with_label(make, -1), FROM_THE_END),
        refuses(
            "labels as a column, shape (4, 1)",
            lambda rng: (make(rng, 4, 3)[0][:, None], make(rng, 4, 3)[1]),
            "Indexing with a column picks n times too many numbers: compare the shapes yourself.",
        ),
        refuses(f"3 labels for 4 rows of {what}", lambda rng: (make(rng, 3, 3)[0], make(rng, 4, 3)[1])),
        refuses(
            "one-hot rows in place of labels",
            lambda rng: (np.eye(3, dtype=int)[make(rng, 4, 3)[0]], make(rng, 4, 3)[1]),
            "Labels have one axis.",
        ),
        accepts("labels of dtype uint8, as MNIST has them", _as_bytes(make, 5, 4)),
        accepts(f"{what} of dtype float32", _as_float32(make, 5, 4)),
        accepts("one row only", lambda rng: make(rng, 1, 4)),
    )


ASSIGNMENT = Assignment(
    slug="losses",
    modules=("numpy",),
    functions=(
        Function(
            name="one_hot",
            reference=one_hot,
            cases=_one_hot_cases,
            returns="an array (n, K)",
            mistakes={
                "columns counted from 1: class 0 has column 0.": lambda y, K: _fill(K)(y, lambda y: y - 1),
                "a column too far to the right: class 0 has column 0.": lambda y, K: _fill(K)(
                    y, lambda y: (y + 1) % K
                ),
                "columns counted from the end: class 0 has the first one.": lambda y, K: one_hot(y, K)[
                    :, ::-1
                ],
                "classes in rows: an example has a row, a class a column.": lambda y, K: one_hot(y, K).T,
                "the label itself where a 1 belongs.": lambda y, K: one_hot(y, K) * y[:, None],
                "zeros and ones exchanged.": lambda y, K: 1 - one_hot(y, K),
                "a 1 in every column up to the label: there is a single 1 in a row.": lambda y, K: (
                    (np.arange(K) <= y[:, None]) * 1.0
                ),
                "a 1 in the columns from the label on: there is a single 1 in a row.": lambda y, K: (
                    (np.arange(K) >= y[:, None]) * 1.0
                ),
                "the unit matrix: which row of it does each label choose?": lambda y, K: np.eye(len(y), K),
                "as many columns as the largest label asks for: `num_classes` says how many.": lambda y, K: (
                    one_hot(y, y.max() + 1)
                ),
                "a column too many: the labels 0 … K − 1 need K of them.": lambda y, K: one_hot(y, K + 1),
                "a 1 in a column for all rows: each row has its own label.": lambda y, K: (
                    np.isin(np.arange(K), y) * np.ones((len(y), 1))
                ),
                "all zeros: no 1 was written.": lambda y, K: np.zeros((len(y), K)),
                "whole rows of ones, chosen by the labels: a label chooses the column of its own row.": (
                    lambda y, K: np.isin(np.arange(len(y)), y)[:, None] * np.ones((len(y), K))
                ),
                "a column too few: the labels 0 … K − 1 need K of them.": lambda y, K: one_hot(y, K)[:, 1:],
                "the labels as they came.": lambda y, K: y,
            },
            edges=(
                refuses("a label is K", lambda rng: (np.array([0, 3, 1]), 3), "The labels are 0 … K − 1."),
                refuses("a label is −1", lambda rng: (np.array([0, -1, 1]), 3), FROM_THE_END),
                refuses(
                    "labels as a column, shape (4, 1)", lambda rng: (_some_labels(rng, 4, 3)[:, None], 3)
                ),
                accepts("the last class occurs", lambda rng: (rng.permutation(4), 4)),
                accepts(
                    "labels of dtype uint8, as MNIST has them",
                    _as_bytes(lambda rng, *s: (_some_labels(rng, *s), s[1]), 300, 256),
                ),
                accepts("one label only", lambda rng: (np.array([2]), 4)),
                accepts("one class only", lambda rng: (np.zeros(3, dtype=int), 1)),
                accepts("all labels equal", lambda rng: (np.full(4, 2), 5)),
                is_fast("20 000 labels", lambda rng: (_some_labels(rng, 20_000, 10), 10), 10_000, LOOP),
            ),
            variants=("read_only", "strided"),
        ),
        Function(
            name="mean_squared_error",
            reference=mean_squared_error,
            cases=_each(_numbers, (4, 4), (6, 3), (5,)),
            returns="a single number",
            mistakes={
                "a sum of squares: the mean is meant.": lambda y, p: np.sum((p - y) ** 2),
                "half the mean: there is no ½ in this formula.": lambda y, p: np.mean((p - y) ** 2) / 2,
                "half the sum: neither the ½ nor the sum is meant.": lambda y, p: np.sum((p - y) ** 2) / 2,
                "the root of the mean (RMSE): return the mean itself.": lambda y, p: np.sqrt(
                    np.mean((p - y) ** 2)
                ),
                "the mean absolute error: errors are squared.": lambda y, p: np.mean(np.abs(p - y)),
                "the mean of the errors, not squared: positive and negative ones cancel.": lambda y, p: (
                    np.mean(p - y)
                ),
                "the mean of y − ŷ, not squared: positive and negative ones cancel.": lambda y, p: np.mean(
                    y - p
                ),
                "the square of the mean error: square first, then average.": lambda y, p: np.mean(p - y) ** 2,
                "the square of the mean absolute error: square first, then average.": lambda y, p: (
                    np.mean(np.abs(p - y)) ** 2
                ),
                "the squares summed along one axis: average over all entries.": (
                    lambda y, p: np.mean(np.sum((p - y) ** 2, axis=-1))
                ),
                "one value for each example: average over all entries.": lambda y, p: np.mean(
                    (p - y) ** 2, axis=-1
                ),
                "one value for each column: average over all entries.": lambda y, p: np.mean(
                    (p - y) ** 2, axis=0
                ),
                "the squares before they are averaged.": lambda y, p: (p - y) ** 2,
                "the squared sum ŷ + y: the error is a difference.": lambda y, p: np.mean((p + y) ** 2),
                "ŷ² − y²: the difference is squared, not its parts.": lambda y, p: np.mean(p**2 - y**2),
                "the sum divided by n − 1: divide by the number of entries.": lambda y, p: (
                    np.sum((p - y) ** 2) / (p.size - 1)
                ),
                "the variance of the errors: their mean is not taken away.": lambda y, p: np.var(p - y),
                "the standard deviation of the errors: square them and average.": lambda y, p: np.std(p - y),
                "the loss with the opposite sign.": lambda y, p: -np.mean((p - y) ** 2),
                "errors relative to the target: they are not divided by it.": lambda y, p: np.mean(
                    ((p - y) / y) ** 2
                ),
                "twice the mean: the 2 belongs in the gradient.": lambda y, p: 2 * np.mean((p - y) ** 2),
            },
            edges=(
                refuses(
                    "y_true has shape (5,) and y_pred (5, 1)",
                    lambda rng: (rng.normal(size=5), rng.normal(size=(5, 1))),
                    "Their difference has shape (5, 5): compare the shapes yourself.",
                ),
                refuses("4 targets, 5 predictions", lambda rng: (rng.normal(size=4), rng.normal(size=5))),
                refuses(
                    "y_true has shape (4, 3) and y_pred (4, 1)",
                    lambda rng: (rng.normal(size=(4, 3)), rng.normal(size=(4, 1))),
                    STRETCHED,
                ),
                refuses(
                    "one target for 3 predictions",
                    lambda rng: (rng.normal(size=1), rng.normal(size=3)),
                    STRETCHED,
                ),
                accepts("one number only", lambda rng: _numbers(rng, 1)),
                accepts("three axes, shape (2, 3, 4)", lambda rng: _numbers(rng, 2, 3, 4)),
                accepts("predictions without a mistake", lambda rng: (np.arange(4.0), np.arange(4.0))),
                is_fast("20 000 rows", lambda rng: _numbers(rng, 20_000, 3), 10_000, LOOP),
            ),
            variants=("integers", *ARRAYS),
        ),
        Function(
            name="binary_crossentropy",
            reference=binary_crossentropy,
            cases=_each(_yes_or_no, (4, 4), (5, 3), (6,)),
            returns="a single number",
            mistakes={
                **_not_averaged(_binary_values),
                "only y log p: which term do the examples with y = 0 have?": lambda y, p: (
                    -np.mean(y * np.log(p))
                ),
                "only the term of y = 0: which one do the examples with y = 1 have?": lambda y, p: (
                    -np.mean((1 - y) * np.log(1 - p))
                ),
                "p and 1 − p exchanged: y belongs to log p.": lambda y, p: binary_crossentropy(1 - y, p),
                "y log p − (1 − y) log(1 − p): both terms have the same sign.": lambda y, p: (
                    -np.mean(y * np.log(p) - (1 - y) * np.log(1 - p))
                ),
                "y_true and y_pred exchanged: the logarithm is taken of the prediction.": lambda y, p: (
                    binary_crossentropy(p, y)
                ),
                "the entries summed along one axis: the loss is a mean over all entries.": lambda y, p: (
                    np.mean(np.sum(_binary_values(y, p), axis=-1))
                ),
                "one value for each row: average over all entries.": lambda y, p: np.mean(
                    _binary_values(y, p), axis=-1
                ),
                "one value for each column: average over all entries.": lambda y, p: np.mean(
                    _binary_values(y, p), axis=0
                ),
                "a sigmoid applied to y_pred: it holds probabilities already.": lambda y, p: (
                    binary_crossentropy(y, 1 / (1 + np.exp(-p)))
                ),
                "a mean taken before the logarithm: take the logarithm of each entry.": lambda y, p: (
                    -np.log(np.mean(y * p + (1 - y) * (1 - p)))
                ),
                "no logarithm: 1 minus the probability of the truth.": lambda y, p: (
                    1 - np.mean(y * p + (1 - y) * (1 - p))
                ),
                "the mean squared error.": lambda y, p: np.mean((p - y) ** 2),
                "the share of wrong answers: a loss looks at the probabilities.": lambda y, p: np.mean(
                    (p > 0.5) != y
                ),
                "1e-7 added to the probability: clipping leaves all but the extreme ones as they are.": (
                    lambda y, p: -np.mean(y * np.log(p + EPSILON) + (1 - y) * np.log(1 - p + EPSILON))
                ),
                "1 − y log(1 − p): are there brackets around 1 − y?": lambda y, p: (
                    -np.mean(y * np.log(p) + 1 - y * np.log(1 - p))
                ),
                "log p + log(1 − p) for every example: y chooses between them.": lambda y, p: (
                    -np.mean(np.log(p) + np.log(1 - p))
                ),
            },
            edges=(
                accepts(
                    "p = 0.001, which is not clipped",
                    lambda rng: (np.array([1.0, 0.0]), np.array([1e-3, 1 - 1e-4])),
                    "It is clipped to the range from 1e-7 to 1 − 1e-7, no closer.",
                ),
                stays_finite(
                    "sure and wrong, p = 0 where y = 1",
                    lambda rng: (np.array([1.0, 1.0, 0.0]), np.array([0.0, 0.7, 0.2])),
                    ZERO,
                    CLIPPED,
                ),
                stays_finite(
                    "sure and wrong, p = 1 where y = 0",
                    lambda rng: (np.array([0.0, 1.0, 0.0]), np.array([1.0, 0.6, 0.3])),
                    "log(1 − p) is minus infinity: clip on both sides.",
                    CLIPPED,
                ),
                stays_finite(
                    "sure and right, p = y",
                    lambda rng: (np.array([0.0, 1.0]), np.array([0.0, 1.0])),
                    "0 times minus infinity is not a number: clip on both sides.",
                    CLIPPED,
                ),
                stays_finite(
                    "p between 0 and 1e-7",
                    lambda rng: (np.array([1.0, 0.0]), np.array([1e-12, 1 - 1e-12])),
                    ZERO,
                    CLIPPED,
                ),
                refuses(
                    "y_true has shape (5,) and y_pred (5, 1)",
                    lambda rng: (_yes_or_no(rng, 5)[0], _yes_or_no(rng, 5, 1)[1]),
                    "Together they make (5, 5) numbers: compare the shapes yourself.",
                ),
                refuses(
                    "4 targets, 5 predictions", lambda rng: (_yes_or_no(rng, 4)[0], _yes_or_no(rng, 5)[1])
                ),
                accepts("one example only", lambda rng: _yes_or_no(rng, 1)),
                accepts(
                    "targets of dtype int64",
                    lambda rng: (np.array([0, 1, 1, 0]), _yes_or_no(rng, 4)[1]),
                ),
                accepts(
                    "targets between 0 and 1",
                    lambda rng: (np.array([0.1, 0.9, 0.5, 0.75]), _yes_or_no(rng, 4)[1]),
                    "The formula holds for any y from 0 to 1; is a comparison in its place?",
                ),
                is_fast("20 000 examples", lambda rng: _yes_or_no(rng, 20_000), 10_000, LOOP),
            ),
            variants=ARRAYS,
        ),
        Function(
            name="categorical_crossentropy",
            reference=categorical_crossentropy,
            cases=_each(_rows, (4, 4), (6, 3), (3, 5)),
            returns="a single number",
            mistakes={
                **_not_averaged(_categorical_values),
                "a mean over all entries: sum over the classes, average over the rows.": lambda y, p: (
                    -np.mean(y * np.log(p))
                ),
                "a sum divided by the number of classes: divide by the number of rows.": lambda y, p: (
                    -np.mean(np.sum(y * np.log(p), axis=0))
                ),
                "one value for each class: sum over the classes, average over the rows.": lambda y, p: (
                    -np.sum(y * np.log(p), axis=0)
                ),
                "the binary formula summed over the classes: only the true class counts.": lambda y, p: (
                    np.mean(np.sum(_binary_values(y, p), axis=-1))
                ),
                "the binary formula: only the true class counts.": lambda y, p: np.mean(_binary_values(y, p)),
                "y_true and y_pred exchanged: the logarithm is taken of the prediction.": lambda y, p: (
                    categorical_crossentropy(p, y)
                ),
                "a softmax applied to y_pred: it holds probabilities already.": lambda y, p: (
                    categorical_crossentropy(y, _softmax(p))
                ),
                "−log of the largest probability: the true class counts, found or not.": lambda y, p: (
                    -np.mean(np.log(p.max(axis=-1)))
                ),
                "the entropy of y_pred: where is the truth?": lambda y, p: (
                    -np.mean(np.sum(p * np.log(p), axis=-1))
                ),
                "a mean taken before the logarithm: take the logarithm of each entry.": lambda y, p: (
                    -np.log(np.mean(np.sum(y * p, axis=-1)))
                ),
                "no logarithm: the probability of the true class, with a sign.": lambda y, p: (
                    -np.mean(np.sum(y * p, axis=-1))
                ),
                "no logarithm: 1 minus the probability of the truth.": lambda y, p: (
                    1 - np.mean(np.sum(y * p, axis=-1))
                ),
                "log(1 − p) of the true class: a probable truth must cost little.": lambda y, p: (
                    -np.mean(np.sum(y * np.log(1 - p), axis=-1))
                ),
                "the mean squared error.": lambda y, p: np.mean((p - y) ** 2),
                "the share of wrong answers: a loss looks at the probabilities.": lambda y, p: np.mean(
                    y.argmax(axis=-1) != p.argmax(axis=-1)
                ),
                "1e-7 added to the probability: clipping leaves all but the extreme ones as they are.": (
                    lambda y, p: -np.mean(np.sum(y * np.log(p + EPSILON), axis=-1))
                ),
                "the first row alone: average over all rows.": lambda y, p: _categorical_values(y, p)[0],
                "the sum of all logarithms: y chooses the true class.": lambda y, p: (
                    -np.mean(np.sum(np.log(p), axis=-1))
                ),
            },
            edges=(
                accepts(
                    "p = 0.0001, which is not clipped",
                    lambda rng: (np.eye(2)[[0, 1]], np.array([[1e-4, 1 - 1e-4], [0.5, 0.5]])),
                    "It is clipped to the range from 1e-7 to 1 − 1e-7, no closer.",
                ),
                stays_finite(
                    "sure and wrong, p = 0 for the true class",
                    lambda rng: (np.eye(3)[[0, 2]], np.array([[0.0, 0.9, 0.1], [0.2, 0.2, 0.6]])),
                    ZERO,
                    CLIPPED,
                ),
                stays_finite(
                    "p = 0 for a wrong class",
                    lambda rng: (np.eye(3)[[1, 0]], np.array([[0.0, 0.4, 0.6], [0.5, 0.5, 0.0]])),
                    "0 times minus infinity is not a number: clip the probabilities before.",
                    CLIPPED,
                ),
                stays_finite(
                    "p between 0 and 1e-7",
                    lambda rng: (np.eye(2)[[0, 1]], np.array([[1e-12, 1 - 1e-12], [0.5, 0.5]])),
                    ZERO,
                    CLIPPED,
                ),
                accepts(
                    "targets that share their 1 out, such as (0.9, 0.1)",
                    _shared_targets,
                    "The formula sums over all classes, and holds for such rows, too.",
                ),
                refuses(
                    "labels in place of one-hot rows",
                    lambda rng: (np.array([0, 2, 1]), _probabilities(rng, 3, 3)),
                    STRETCHED,
                ),
                refuses(
                    "one row of targets for 4 rows",
                    lambda rng: (_rows(rng, 1, 3)[0], _probabilities(rng, 4, 3)),
                    STRETCHED,
                ),
                refuses(
                    "4 classes in y_true, 3 in y_pred",
                    lambda rng: (_rows(rng, 2, 4)[0], _probabilities(rng, 2, 3)),
                ),
                accepts("one row only", lambda rng: _rows(rng, 1, 4)),
                accepts(
                    "targets of dtype int64",
                    lambda rng: (_rows(rng, 5, 3)[0].astype(int), _probabilities(rng, 5, 3)),
                ),
                is_fast("20 000 rows", lambda rng: _rows(rng, 20_000, 10), 10_000, LOOP),
            ),
            variants=ARRAYS,
        ),
        Function(
            name="sparse_categorical_crossentropy",
            reference=sparse_categorical_crossentropy,
            cases=_each(_labelled, (4, 4), (6, 3), (3, 5)),
            returns="a single number",
            mistakes={
                **_not_averaged(_log_p_of),
                "a mean over all classes as well: one probability a row counts.": lambda y, p: (
                    np.mean(_log_p_of(y, p)) / p.shape[1]
                ),
                "the column before the label's: labels and columns both begin with 0.": lambda y, p: np.mean(
                    _log_p_of(y - 1, p)
                ),
                "the column after the label's: labels and columns both begin with 0.": lambda y, p: np.mean(
                    _log_p_of((y + 1) % p.shape[1], p)
                ),
                "all rows with the columns of all labels: pair each row with its own label.": lambda y, p: (
                    -np.mean(np.log(p[:, y]))
                ),
                "rows chosen by the labels: the labels choose columns.": lambda y, p: (
                    -np.mean(np.log(p[y, np.arange(len(y))]))
                ),
                "whole rows chosen by the labels: the labels choose columns.": lambda y, p: (
                    -np.mean(np.log(p[y]))
                ),
                "−log of the largest probability: the true class counts, found or not.": lambda y, p: (
                    -np.mean(np.log(p.max(axis=1)))
                ),
                "the sum of all logarithms: only that of the true class counts.": lambda y, p: (
                    -np.mean(np.sum(np.log(p), axis=1))
                ),
                "the label times the logarithm: the label chooses a column.": lambda y, p: (
                    -np.mean(np.sum(y[:, None] * np.log(p), axis=1))
                ),
                "a softmax applied to y_pred: it holds probabilities already.": lambda y, p: (
                    sparse_categorical_crossentropy(y, _softmax(p))
                ),
                "log(1 − p) of the true class: a probable truth must cost little.": lambda y, p: (
                    -np.mean(np.log(1 - p[np.arange(len(y)), y]))
                ),
                "a mean taken before the logarithm: take the logarithm of each entry.": lambda y, p: (
                    -np.log(np.mean(p[np.arange(len(y)), y]))
                ),
                "no logarithm: the probability of the true class, with a sign.": lambda y, p: (
                    -np.mean(p[np.arange(len(y)), y])
                ),
                "no logarithm: 1 minus the probability of the truth.": lambda y, p: (
                    1 - np.mean(p[np.arange(len(y)), y])
                ),
                "no logarithm: the probability of the true class.": lambda y, p: np.mean(
                    p[np.arange(len(y)), y]
                ),
                "the binary formula: only the true class counts.": lambda y, p: np.mean(
                    _binary_values(one_hot(y, p.shape[1]), p)
                ),
                "the share of wrong answers: a loss looks at the probabilities.": lambda y, p: np.mean(
                    y != p.argmax(axis=1)
                ),
                "1e-7 added to the probability: clipping leaves all but the extreme ones as they are.": (
                    lambda y, p: np.mean(_log_p_of(y, p + EPSILON))
                ),
                "the first row alone: average over all rows.": lambda y, p: _log_p_of(y, p)[0],
            },
            edges=(
                accepts(
                    "p = 0.0001, which is not clipped",
                    lambda rng: (np.array([0, 1]), np.array([[1e-4, 1 - 1e-4], [0.5, 0.5]])),
                    "It is clipped to the range from 1e-7 to 1 − 1e-7, no closer.",
                ),
                stays_finite(
                    "sure and wrong, p = 0 for the true class",
                    lambda rng: (np.array([0, 2]), np.array([[0.0, 0.9, 0.1], [0.2, 0.2, 0.6]])),
                    ZERO,
                    CLIPPED,
                ),
                stays_finite(
                    "p = 0 for a wrong class",
                    lambda rng: (np.array([1, 0]), np.array([[0.0, 0.4, 0.6], [0.5, 0.5, 0.0]])),
                    "0 times minus infinity is not a number: clip the probabilities before.",
                    CLIPPED,
                ),
                stays_finite(
                    "p between 0 and 1e-7",
                    lambda rng: (np.array([0, 1]), np.array([[1e-12, 1 - 1e-12], [0.5, 0.5]])),
                    ZERO,
                    CLIPPED,
                ),
                *_label_edges(_labelled, "probabilities"),
                is_fast("20 000 rows", lambda rng: _labelled(rng, 20_000, 10), 10_000, LOOP),
            ),
            variants=("read_only", "strided"),
            uses=("one_hot", "categorical_crossentropy"),
        ),
        Function(
            name="softmax_crossentropy",
            reference=softmax_crossentropy,
            cases=_each(_logits, (4, 4), (6, 3), (3, 5)),
            returns="a single number",
            mistakes={
                **_not_averaged(_logit_values),
                "the logits clipped like probabilities: they may be any number. Where is softmax?": (
                    lambda y, Z: np.mean(_log_p_of(y, _clip(Z)))
                ),
                "the logarithm of the logits: softmax comes before it.": lambda y, Z: np.mean(
                    _log_p_of(y, Z)
                ),
                "softmax down the columns: the classes stand in a row.": lambda y, Z: np.mean(
                    _log_p_of(y, _softmax(Z, axis=0))
                ),
                "softmax over the whole array: each row must sum to 1.": lambda y, Z: np.mean(
                    _log_p_of(y, np.exp(Z) / np.exp(Z).sum())
                ),
                "softmax applied twice.": lambda y, Z: np.mean(_log_p_of(y, _softmax(_softmax(Z)))),
                "a sigmoid in place of softmax: the classes share one sum.": lambda y, Z: np.mean(
                    _log_p_of(y, 1 / (1 + np.exp(-Z)))
                ),
                "a mean over all classes as well: one probability a row counts.": lambda y, Z: (
                    np.mean(_logit_values(y, Z)) / Z.shape[1]
                ),
                "minus the true logit: the logarithm of the sum is missing.": lambda y, Z: (
                    -np.mean(Z[np.arange(len(y)), y])
                ),
                "the logarithm of the sum alone: the true logit is missing.": lambda y, Z: np.mean(
                    np.log(np.exp(Z).sum(axis=1))
                ),
                "the true logit added: look at its sign.": lambda y, Z: np.mean(
                    np.log(np.exp(Z).sum(axis=1)) + Z[np.arange(len(y)), y]
                ),
                "the sum down the columns: the classes stand in a row.": lambda y, Z: (
                    np.mean(np.log(np.exp(Z).sum(axis=0))) - np.mean(Z[np.arange(len(y)), y])
                ),
                "the sum without its logarithm.": lambda y, Z: np.mean(
                    np.exp(Z).sum(axis=1) - Z[np.arange(len(y)), y]
                ),
                "the largest logit in place of the logarithm of the sum.": lambda y, Z: np.mean(
                    Z.max(axis=1) - Z[np.arange(len(y)), y]
                ),
                "a largest logit that is subtracted on one side only: it comes back after the logarithm.": (
                    lambda y, Z: np.mean(
                        np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1)) - Z[np.arange(len(y)), y]
                    )
                ),
                "the column before the label's: labels and columns both begin with 0.": lambda y, Z: np.mean(
                    _logit_values(y - 1, Z)
                ),
                "the column after the label's: labels and columns both begin with 0.": lambda y, Z: np.mean(
                    _logit_values((y + 1) % Z.shape[1], Z)
                ),
                "all rows with the columns of all labels: pair each row with its own label.": lambda y, Z: (
                    -np.mean(np.log(_softmax(Z)[:, y]))
                ),
                "rows chosen by the labels: the labels choose columns.": lambda y, Z: (
                    -np.mean(np.log(_softmax(Z)[y, np.arange(len(y))]))
                ),
                "−log of the largest probability: the true class counts, found or not.": lambda y, Z: (
                    -np.mean(np.log(_softmax(Z).max(axis=1)))
                ),
                "no logarithm: the probability of the true class, with a sign.": lambda y, Z: (
                    -np.mean(_softmax(Z)[np.arange(len(y)), y])
                ),
                "no logarithm: 1 minus the probability of the truth.": lambda y, Z: (
                    1 - np.mean(_softmax(Z)[np.arange(len(y)), y])
                ),
                "the gradient P − Y: the loss itself is asked for.": lambda y, Z: (
                    _softmax(Z) - one_hot(y, Z.shape[1])
                ),
                "the gradient (P − Y)/n: the loss itself is asked for.": lambda y, Z: (
                    (_softmax(Z) - one_hot(y, Z.shape[1])) / len(y)
                ),
                "the binary formula: only the true class counts.": lambda y, Z: np.mean(
                    _binary_values(one_hot(y, Z.shape[1]), _softmax(Z))
                ),
                "the share of wrong answers: a loss looks at the probabilities.": lambda y, Z: np.mean(
                    y != Z.argmax(axis=1)
                ),
                "1e-7 added to the probability: from logits nothing needs it.": lambda y, Z: np.mean(
                    _log_p_of(y, _softmax(Z) + EPSILON)
                ),
            },
            edges=(
                stays_finite(
                    "very large logits",
                    lambda rng: (np.array([0, 1]), np.array([[1000.0, 999.0, 0.0], [800.0, 802.0, -800.0]])),
                    SHIFT,
                    EXACT,
                ),
                stays_finite(
                    "very small logits",
                    lambda rng: (np.array([2]), np.array([[-1000.0, -999.0, -1001.0]])),
                    "All exponentials become 0: which number may be subtracted from a whole row?",
                    EXACT,
                ),
                stays_finite(
                    "rows of very different size",
                    lambda rng: (
                        np.array([1, 0]),
                        np.array([[1000.0, 999.0, 998.0], [-1.0, -2.0, -3.0]]),
                    ),
                    "Each row needs a number of its own to be subtracted.",
                    EXACT,
                ),
                stays_finite(
                    "sure and wrong, p below 1e-7",
                    lambda rng: (np.array([0, 1]), np.array([[0.0, 30.0], [0.0, 1.0]])),
                    SHIFT,
                    EXACT,
                ),
                stays_finite(
                    "sure and wrong, p too small for a number",
                    lambda rng: (np.array([0, 1]), np.array([[0.0, 1000.0], [0.0, 1.0]])),
                    "Softmax returns 0 here, a plain exponential infinity: log Σ e^z − z needs neither.",
                    EXACT,
                ),
                stays_finite(
                    "very large and very small logits in one row",
                    lambda rng: (
                        np.array([1, 2]),
                        np.array([[1000.0, -1000.0, 0.0], [-900.0, -900.0, 900.0]]),
                    ),
                    "e to a large power overflows: which number leaves no exponent above 0?",
                    EXACT,
                ),
                *_label_edges(_logits, "logits"),
                accepts(
                    "logits of dtype int64",
                    lambda rng: (np.array([0, 2]), np.array([[1, 0, -3], [2, 5, 4]])),
                ),
                is_fast("20 000 rows", lambda rng: _logits(rng, 20_000, 10), 10_000, LOOP),
            ),
            variants=("read_only", "strided"),
            uses=("one_hot",),
        ),
    ),
)
