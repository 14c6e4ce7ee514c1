"""Metrics: numbers people judge a model by; unlike a loss they need no gradient.

Functions give one value an example, as in Keras. Classes gather batch after batch: ``update_state`` adds one,
``result`` is the metric of all examples so far, ``reset_state`` forgets them.
"""
# ruff: noqa: D102 - overridden methods are documented where they are declared

import numpy as np

from glassnet import losses
from glassnet.losses import mean_absolute_error, mean_squared_error
from glassnet.utils import lookup


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


def same_rank(y_true, y_pred):
    """Both as arrays of one shape: a last axis of length 1 is added to or taken from the targets."""
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    if y_true.ndim + 1 == y_pred.ndim and y_pred.shape[-1] == 1:
        y_true = y_true[..., None]
    elif y_true.ndim == y_pred.ndim + 1 and y_true.shape[-1] == 1:
        y_true = y_true[..., 0]
    if y_true.shape != y_pred.shape:
        raise ValueError(f"targets of shape {y_true.shape} do not fit predictions of shape {y_pred.shape}")
    return y_true, y_pred


class Metric:
    """A number gathered over batches; a metric of one's own overrides the three methods."""

    def __init__(self, name=None):
        self.name = name
        self.reset_state()

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Take in one batch."""
        raise NotImplementedError

    def result(self):
        """The metric of all examples since ``reset_state``: a float, or an array with one entry a class."""
        raise NotImplementedError

    def reset_state(self):
        """Forget everything."""
        raise NotImplementedError


class Mean(Metric):
    """The mean of a function's values over all examples, such as ``Mean(binary_accuracy, name="acc")``."""

    def __init__(self, function, name=None):
        self.function = function
        super().__init__(name or function.__name__)

    def update_state(self, y_true, y_pred, sample_weight=None):
        values = self.function(y_true, y_pred)
        weights = 1.0 if sample_weight is None else losses.per_value(sample_weight, values)
        self.total += float(np.sum(values * weights))
        self.count += float(np.sum(np.broadcast_to(weights, values.shape)))

    def result(self):
        return self.total / self.count if self.count else 0.0

    def reset_state(self):
        self.total = self.count = 0.0


FUNCTIONS = {
    "binary_accuracy": binary_accuracy,
    "categorical_accuracy": categorical_accuracy,
    "sparse_categorical_accuracy": sparse_categorical_accuracy,
    "mean_squared_error": mean_squared_error,
    "mse": mean_squared_error,
    "mean_absolute_error": mean_absolute_error,
    "mae": mean_absolute_error,
}


def get(identifier, y_true_shape=None, output_shape=None):
    """A fresh metric for ``identifier``: a name, a function of (y_true, y_pred), or a ``Metric`` (reset).

    ``"accuracy"`` (or ``"acc"``) becomes binary, categorical or sparse, as the shapes say and as in Keras.
    """
    if isinstance(identifier, Metric):
        identifier.reset_state()
        return identifier
    if isinstance(identifier, type) and issubclass(identifier, Metric):
        return identifier()
    if callable(identifier):
        return Mean(identifier)
    if identifier in ("accuracy", "acc"):
        return Mean(accuracy_kind(y_true_shape, output_shape), identifier)
    return Mean(lookup("metric", identifier, FUNCTIONS | {"accuracy": accuracy}), identifier)


def accuracy_kind(y_true_shape, output_shape):
    """The accuracy that targets and outputs of these shapes call for."""
    if output_shape[-1] == 1:
        return binary_accuracy
    sparse = len(y_true_shape) < len(output_shape) or y_true_shape[-1] == 1
    return sparse_categorical_accuracy if sparse else categorical_accuracy
