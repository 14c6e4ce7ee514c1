"""Metrics: numbers people judge a model by; unlike a loss they need no gradient.

Functions give one value an example, as in Keras. Classes gather batch after batch: ``update_state`` adds one,
``result`` is the metric of all examples so far, ``reset_state`` forgets them.
"""

import numpy as np

from glassnet.losses import mean_absolute_error, mean_squared_error, per_value, same_rank
from glassnet.utils import lookup, require, require_one_of, snake_case, whole_numbers


def accuracy(y_true, y_pred):
    """1 where a prediction equals its target exactly, else 0; for labels, not for probabilities."""
    y_true, y_pred = same_rank(y_true, y_pred)
    return (y_true == y_pred).astype("float32")


def binary_accuracy(y_true, y_pred, threshold=0.5):
    """1 where "probability above ``threshold``" agrees with the target 0 or 1."""
    y_true, y_pred = same_rank(y_true, y_pred)
    return ((y_pred > threshold) == y_true).astype("float32")


def categorical_accuracy(y_true, y_pred):
    """1 where the largest prediction of a row stands where the largest target does (one-hot targets)."""
    return (np.argmax(y_true, axis=-1) == np.argmax(y_pred, axis=-1)).astype("float32")


def sparse_categorical_accuracy(y_true, y_pred):
    """1 where the largest prediction of a row stands at the whole-number label."""
    labels, best = np.asarray(y_true), np.argmax(y_pred, axis=-1)
    return (labels.reshape(best.shape) == best).astype("float32")


def usual_accuracy(y_true, y_pred):
    """The accuracy that "accuracy" stands for: binary, sparse or categorical, as the shapes say."""
    return accuracy_kind(np.shape(y_true), np.shape(y_pred))(y_true, y_pred)


def accuracy_kind(y_true_shape, output_shape):
    """The accuracy that targets and outputs of these shapes call for."""
    if output_shape[-1] == 1:
        return binary_accuracy
    sparse = len(y_true_shape) < len(output_shape) or y_true_shape[-1] == 1
    return sparse_categorical_accuracy if sparse else categorical_accuracy


class Metric:
    """A number gathered over batches; a metric of one's own overrides the three methods.

    ``rises`` is True where more is better, False where less is, None where nothing is known.
    """

    rises = None

    def __init__(self, name=None):
        self.name = name or snake_case(type(self).__name__)
        self.reset_state()

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Take in one batch."""

    def result(self):
        """The metric of all examples since ``reset_state``: a float, or an array with one entry a class."""

    def reset_state(self):
        """Forget everything."""


class Mean(Metric):
    """The mean of a function's values over all examples, such as ``Mean(binary_accuracy, name="acc")``."""

    def __init__(self, function, name=None):
        self.function = function
        shares = (accuracy, usual_accuracy, *ACCURACIES)
        self.rises = function in shares if function in (*shares, *ERRORS.values()) else None
        super().__init__(name or function.__name__)

    def update_state(self, y_true, y_pred, sample_weight=None):
        values = self.function(y_true, y_pred)
        weights = per_value(sample_weight, values)
        self.total += float(np.sum(values * weights))
        self.count += float(np.sum(np.broadcast_to(weights, values.shape)))

    def result(self):
        return self.total / self.count if self.count else 0.0

    def reset_state(self):
        self.total = self.count = 0.0


def ratio(a, b):
    """A / b, 0 where b is 0."""
    return np.divide(a, b, out=np.zeros(np.broadcast(a, b).shape), where=np.asarray(b) != 0)


def averaged(score, tp, fp, fn, average):
    """``score`` of true positives, false positives and false negatives of several classes, as one number."""
    if average == "micro":
        return float(score(np.sum(tp), np.sum(fp), np.sum(fn)))
    scores = score(tp, fp, fn)
    if average == "weighted":
        return float(np.sum(scores * ratio(tp + fn, np.sum(tp + fn))))
    return float(scores.mean()) if average == "macro" else scores


def precision_of(tp, fp, fn):
    """Of what was called positive, the share that is."""
    return ratio(tp, tp + fp)


def recall_of(tp, fp, fn):
    """Of what is positive, the share that was found."""
    return ratio(tp, tp + fn)


def f1_of(tp, fp, fn):
    """Their harmonic mean."""
    return ratio(2 * tp, 2 * tp + fp + fn)


class Precision(Metric):
    """TP / (TP + FP): of all entries above the threshold, the share that are 1; 0 if there is none."""

    score, average, rises = staticmethod(precision_of), "micro", True

    def __init__(self, thresholds=None, name=None):
        self.thresholds = 0.5 if thresholds is None else thresholds
        one = np.ndim(self.thresholds) == 0
        require(one, f"{type(self).__name__} expected one number as threshold, got {thresholds!r}")
        super().__init__(name)

    def positive(self, y_pred):
        """Which predictions count as positive."""
        return y_pred > self.thresholds

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true, y_pred = same_rank(y_true, y_pred)
        truth, claim = y_true.astype(float), self.positive(y_pred).astype(float)
        counts = np.stack([truth * claim, (1 - truth) * claim, truth * (1 - claim)])  # TP, FP, FN
        counts = np.sum(counts * per_value(sample_weight, truth), axis=1)
        self.counts = self.counts + (counts if truth.ndim > 1 else counts[:, None])  # labels (n,): one class

    def result(self):
        return averaged(self.score, *self.counts, self.average)

    def reset_state(self):
        self.counts = np.zeros((3, 1))


class Recall(Precision):
    """TP / (TP + FN): of all entries that are 1, the share above the threshold; 0 if there is none."""

    score = staticmethod(recall_of)


class F1Score(Precision):
    """2 TP / (2 TP + FP + FN) of each class: harmonic mean of precision and recall; one-hot targets (n, K).

    Args:
        average: None gives K values; "macro" their mean, "weighted" weighs them by class size, "micro"
            adds the counts of all classes up first.
        threshold: what counts as positive; None is the largest entry of a row.
    """

    score = staticmethod(f1_of)

    def __init__(self, average=None, threshold=None, name=None):
        require_one_of("average must be", average, (None, "micro", "macro", "weighted"))
        super().__init__(threshold, name)
        self.average = average
        self.largest = threshold is None

    def positive(self, y_pred):
        require(y_pred.ndim == 2, f"F1Score expected predictions of shape (n, K), got {y_pred.shape}")
        if self.largest:
            return (y_pred == y_pred.max(axis=-1, keepdims=True)) & (np.abs(y_pred) > 1e-9)
        return super().positive(y_pred)


class AUC(Metric):
    """Area under the ROC curve, from its points at ``num_thresholds`` thresholds, as in Keras.

    Predictions must be probabilities. ``roc_auc`` gives the exact area.
    """

    rises = True

    def __init__(self, num_thresholds=200, name=None):
        inner = np.arange(1, num_thresholds - 1) / (num_thresholds - 1)
        self.edges = np.array([-1e-7, *inner, 1 + 1e-7])
        super().__init__(name)

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true, y_pred = same_rank(y_true, y_pred)
        fits = y_pred.min(initial=0) >= 0 and y_pred.max(initial=0) <= 1
        require(fits, "AUC expected probabilities from 0 to 1 as predictions")
        weights = per_value(sample_weight, y_pred)
        # A prediction is above the first `above` thresholds; counts are summed up from the last one.
        above = np.searchsorted(self.edges, y_pred.ravel(), side="left")
        for label in (0, 1):
            mass = (weights * (y_true.astype(bool) == label)).ravel()
            self.above[label] += np.bincount(above, mass, minlength=len(self.edges) + 1)

    def result(self):
        counts = self.above[:, :0:-1].cumsum(axis=1)[:, ::-1]  # weight of predictions above each threshold
        fpr, tpr = ratio(counts[0], counts[0, 0]), ratio(counts[1], counts[1, 0])
        return float(np.sum((fpr[:-1] - fpr[1:]) * (tpr[:-1] + tpr[1:]) / 2))

    def reset_state(self):
        self.above = np.zeros((2, len(self.edges) + 1))


class R2Score(Metric):
    """1 − Σ (y − ŷ)² / Σ (y − ȳ)², mean over outputs: 1 is perfect, 0 what predicting the mean gives."""

    rises = True

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true, y_pred = (a.astype(float) for a in same_rank(y_true, y_pred))
        weights = per_value(sample_weight, y_true)
        if not self.n:  # sums of what is far from 0 would leave no digits for what differs
            self.origin = y_true.mean(axis=0)
        y_true, y_pred = y_true - self.origin, y_pred - self.origin
        self.n += weights.sum()
        self.sum = self.sum + np.sum(weights * y_true, axis=0)
        self.squares = self.squares + np.sum(weights * y_true**2, axis=0)
        self.errors = self.errors + np.sum(weights * (y_true - y_pred) ** 2, axis=0)

    def result(self):
        if not self.n:
            return 0.0
        with np.errstate(divide="ignore", invalid="ignore"):
            scores = 1 - self.errors / (self.squares - self.sum**2 / self.n)
        return float(np.mean(np.where(np.isinf(scores), 0, scores)))

    def reset_state(self):
        self.n = self.sum = self.squares = self.errors = 0.0


# ---------------------------------------------------------------------- one call on all labels or scores


def confusion_matrix(y_true, y_pred, num_classes=None):
    """How often class i (row, the truth) was called j (column): integers (K, K) from labels (n,)."""
    pair = [whole_numbers("label", np.ravel(a), num_classes or np.inf) for a in same_rank(y_true, y_pred)]
    y_true, y_pred = np.array(pair, dtype="int64")
    K = int(num_classes or max(y_true.max(initial=-1), y_pred.max(initial=-1)) + 1)
    return np.bincount(y_true * K + y_pred, minlength=K * K).reshape(K, K)


def precision(y_true, y_pred, average="binary"):
    """TP / (TP + FP) from labels (n,): of class 1, or by ``average`` as in ``f1``."""
    return from_labels(precision_of, y_true, y_pred, average)


def recall(y_true, y_pred, average="binary"):
    """TP / (TP + FN) from labels (n,): of class 1, or by ``average`` as in ``f1``."""
    return from_labels(recall_of, y_true, y_pred, average)


def f1(y_true, y_pred, average="binary"):
    """2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall, from labels (n,).

    ``average``: "binary" is class 1 alone, None one value a class, "macro" their mean, "weighted" by class
    size, "micro" from the sums of all counts. Where nothing is to be divided by, the value is 0.
    """
    return from_labels(f1_of, y_true, y_pred, average)


def from_labels(score, y_true, y_pred, average):
    """``score`` of the counts in the confusion matrix, put together as ``average`` says."""
    require_one_of("average must be", average, ("binary", "micro", "macro", "weighted", None))
    cm = confusion_matrix(y_true, y_pred, 2 if average == "binary" else None)
    tp = np.diag(cm)
    counts = np.array([tp, cm.sum(axis=0) - tp, cm.sum(axis=1) - tp])
    if average == "binary":
        return float(score(*counts[:, 1]))
    if average == "macro":  # over the classes that occur, in truth or prediction
        counts = counts[:, counts.any(axis=0)]
    return averaged(score, *counts, average)


def roc_auc(y_true, scores):
    """The chance that a random positive scores higher than a random negative, ties counting one half (n,).

    Raises:
        ValueError: only one class is present, so that there is nothing to compare.
    """
    y_true, scores = (np.asarray(a).ravel() for a in same_rank(y_true, scores))
    positives, negatives = scores[y_true == 1], np.sort(scores[y_true == 0])
    fits = len(positives) + len(negatives) == len(y_true) > max(len(positives), len(negatives))
    require(fits, "roc_auc expected labels 0 and 1, with at least one of each")
    below, not_above = (np.searchsorted(negatives, positives, side=side) for side in ("left", "right"))
    return float((below + not_above).sum() / 2 / len(positives) / len(negatives))


def r2(y_true, y_pred):
    """1 − Σ (y − ŷ)² / Σ (y − ȳ)², the mean over outputs if there are several."""
    metric = R2Score()
    metric.update_state(y_true, y_pred)
    return metric.result()


ACCURACIES = (binary_accuracy, categorical_accuracy, sparse_categorical_accuracy)
ERRORS = {"mse": mean_squared_error, "mae": mean_absolute_error}
FUNCTIONS = {f.__name__: f for f in (*ACCURACIES, *ERRORS.values())} | ERRORS
CLASSES = {snake_case(cls.__name__): cls for cls in (Precision, Recall, F1Score, AUC, R2Score)}
HIGHER_IS_BETTER = ("accuracy", "acc", "precision", "recall", "f1", "auc", "r2")


def get(identifier, y_true_shape=None, output_shape=None):
    """A fresh metric for ``identifier``: a name, a function of (y_true, y_pred), or a ``Metric`` (reset).

    ``"accuracy"`` (or ``"acc"``) is binary, categorical or sparse, as in Keras: as these shapes say or, if
    they are not given, those of each batch.
    """
    if identifier in ("accuracy", "acc"):
        return Mean(accuracy_kind(y_true_shape, output_shape) if output_shape else usual_accuracy, identifier)
    name = snake_case(identifier) if isinstance(identifier, str) else identifier  # "AUC" is "auc", too
    if isinstance(name, str) and name in FUNCTIONS:
        return Mean(FUNCTIONS[name], identifier)
    if callable(identifier) and not isinstance(identifier, (type, Metric)):
        return Mean(identifier)
    known = CLASSES | dict.fromkeys(["accuracy", *FUNCTIONS], Mean)
    metric = lookup("metric", name, known, base=Metric)
    metric.reset_state()
    return metric
