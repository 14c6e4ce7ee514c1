"""Losses: how wrong predictions are, each with its gradient beside it.

A loss function maps targets and predictions of shape (n, K) to one value an example, (n,): the mean or sum
over the last axis. Its ``_gradient`` is the derivative of that value by every prediction, (n, K). The classes
average over the batch, weigh examples and check targets.
"""

import numpy as np

from glassnet import activations
from glassnet.config import epsilon
from glassnet.utils import lookup


def mean_squared_error(y_true, y_pred):
    """(1/K) Σₖ (ŷₖ − yₖ)², without the ½ that some books put in front."""
    return np.mean(np.square(y_pred - y_true), axis=-1)


def mean_squared_error_gradient(y_true, y_pred):
    """2 (ŷ − y) / K."""
    return (y_pred - y_true) * (2 / y_pred.shape[-1])


def mean_absolute_error(y_true, y_pred):
    """(1/K) Σₖ |ŷₖ − yₖ|."""
    return np.mean(np.abs(y_pred - y_true), axis=-1)


def mean_absolute_error_gradient(y_true, y_pred):
    """sign(ŷ − y) / K, 0 at the kink ŷ = y."""
    return np.sign(y_pred - y_true) / y_pred.shape[-1]


def huber(y_true, y_pred, delta=1.0):
    """½ e² for errors |e| ≤ delta, beyond them delta |e| − ½ delta²; mean over k (Huber, 1964)."""
    e = np.abs(y_pred - y_true)
    return np.mean(np.where(e <= delta, 0.5 * np.square(e), delta * e - 0.5 * delta**2), axis=-1)


def huber_gradient(y_true, y_pred, delta=1.0):
    """The error clipped to ±delta, divided by K."""
    return np.clip(y_pred - y_true, -delta, delta) / y_pred.shape[-1]


def binary_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0):
    """−(1/K) Σₖ [y log p + (1 − y) log(1 − p)], p clipped to [10⁻⁷, 1 − 10⁻⁷].

    From logits z, p = σ(z), nothing is clipped: max(z, 0) − z y + log(1 + e^−|z|).
    """
    t = y_true * (1 - label_smoothing) + 0.5 * label_smoothing if label_smoothing else y_true
    if from_logits:
        z = y_pred
        return np.mean(np.maximum(z, 0) - z * t + np.log1p(np.exp(-np.abs(z))), axis=-1)
    p = np.clip(y_pred, epsilon(), 1 - epsilon())
    return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p), axis=-1)


def binary_crossentropy_gradient(y_true, y_pred, from_logits=False, label_smoothing=0.0):
    """(p − y) / (p (1 − p)) / K, 0 where p was clipped; from logits (σ(z) − y) / K."""
    t = y_true * (1 - label_smoothing) + 0.5 * label_smoothing if label_smoothing else y_true
    if from_logits:
        return (activations.sigmoid(y_pred) - t) / y_pred.shape[-1]
    p = np.clip(y_pred, epsilon(), 1 - epsilon())
    return np.where(p == y_pred, (p - t) / (p * (1 - p)) / y_pred.shape[-1], 0)


def categorical_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0):
    """−Σₖ yₖ log pₖ for one-hot rows y; p is scaled to sum 1, then clipped to [10⁻⁷, 1 − 10⁻⁷].

    From logits z, p = softmax(z), nothing is clipped: Σₖ yₖ (log Σⱼ e^zⱼ − zₖ).
    """
    t = y_true * (1 - label_smoothing) + label_smoothing / y_pred.shape[-1] if label_smoothing else y_true
    if from_logits:
        return -np.sum(t * log_softmax(y_pred), axis=-1)
    p = y_pred / y_pred.sum(axis=-1, keepdims=True)
    return -np.sum(t * np.log(np.clip(p, epsilon(), 1 - epsilon())), axis=-1)


def categorical_crossentropy_gradient(y_true, y_pred, from_logits=False, label_smoothing=0.0):
    """From logits Σⱼyⱼ · softmax(z) − y: P − Y for one-hot Y. From probabilities −y / p."""
    t = y_true * (1 - label_smoothing) + label_smoothing / y_pred.shape[-1] if label_smoothing else y_true
    if from_logits:
        return activations.softmax(y_pred) * t.sum(axis=-1, keepdims=True) - t
    total = y_pred.sum(axis=-1, keepdims=True)
    p = y_pred / total
    dp = np.where((p >= epsilon()) & (p <= 1 - epsilon()), -t / np.maximum(p, epsilon()), 0)
    return (dp - np.sum(dp * p, axis=-1, keepdims=True)) / total


def sparse_categorical_crossentropy(y_true, y_pred, from_logits=False):
    """−log p_y for whole-number labels y of shape (n,): categorical_crossentropy without the one-hot rows.

    Probabilities are clipped to [10⁻⁷, 1 − 10⁻⁷], then scaled to sum 1. From logits nothing is clipped.
    """
    z = y_pred if from_logits else np.log(np.clip(y_pred, epsilon(), 1 - epsilon()))
    return -np.take_along_axis(log_softmax(z), y_true[..., None], axis=-1)[..., 0]


def sparse_categorical_crossentropy_gradient(y_true, y_pred, from_logits=False):
    """From logits softmax(z) minus 1 at the label: P − Y."""
    p = y_pred if from_logits else np.clip(y_pred, epsilon(), 1 - epsilon())
    gradient = activations.softmax(p if from_logits else np.log(p))
    at_label = np.take_along_axis(gradient, y_true[..., None], axis=-1) - 1
    np.put_along_axis(gradient, y_true[..., None], at_label, axis=-1)
    return gradient if from_logits else np.where(p == y_pred, gradient / p, 0)


def log_softmax(z):
    """zₖ − log Σⱼ e^zⱼ, with the largest z taken out so that nothing overflows."""
    z = z - z.max(axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))


class Loss:
    """A loss over a batch: ``loss(y_true, y_pred)`` is a number, ``loss.gradient`` its derivative by y_pred.

    A loss of one's own overrides ``values`` (one value an example) and ``gradients`` (their derivatives).

    Args:
        reduction: ``"sum_over_batch_size"`` is the mean over all values, ``"sum"`` their sum, None the
            values.
        name: for display.
    """

    joins = None  # the activation that it is joined with when that ends the model: exact and never clipped

    def __init__(self, reduction="sum_over_batch_size", name=None):
        if reduction not in ("sum_over_batch_size", "sum", None, "none"):
            raise ValueError(f"reduction must be 'sum_over_batch_size', 'sum' or None, got {reduction!r}")
        self.reduction = reduction
        self.name = name

    def values(self, y_true, y_pred):
        """The loss of each example."""
        raise NotImplementedError

    def gradients(self, y_true, y_pred):
        """The derivative of each example's loss by its prediction."""
        raise NotImplementedError

    def get_config(self):
        """The constructor's arguments."""
        return dict(vars(self))

    def __call__(self, y_true, y_pred, sample_weight=None):
        y_true, y_pred = self.prepare(y_true, y_pred)
        values = self.values(y_true, y_pred)
        if sample_weight is not None:
            values = values * per_value(sample_weight, values)
        if self.reduction == "sum":
            return values.sum()
        return values if self.reduction in (None, "none") else values.mean()

    def gradient(self, y_true, y_pred, sample_weight=None):
        """∂L/∂y_pred, same shape as y_pred; the mean over the batch (and the weights) included."""
        y_true, y_pred = self.prepare(y_true, y_pred)
        gradients = self.gradients(y_true, y_pred)
        n = gradients[..., 0].size if self.reduction == "sum_over_batch_size" else 1
        if sample_weight is not None:
            gradients = gradients * per_value(sample_weight, gradients[..., 0])[..., None]
        return gradients / n if n != 1 else gradients

    def prepare(self, y_true, y_pred):
        """Both as arrays of the predictions' dtype, the targets checked against their shape."""
        y_pred = np.asarray(y_pred)
        if y_pred.dtype.kind != "f":
            y_pred = y_pred.astype("float32")
        return self.check(y_true, y_pred.shape).astype(y_pred.dtype, copy=False), y_pred

    def check(self, y_true, output_shape):
        """Targets in the shape of the predictions, or a ValueError that says what does not fit."""
        return match(self, y_true, output_shape)


class MeanSquaredError(Loss):
    """Mean over the batch of ``mean_squared_error``."""

    values = staticmethod(mean_squared_error)
    gradients = staticmethod(mean_squared_error_gradient)


class MeanAbsoluteError(Loss):
    """Mean over the batch of ``mean_absolute_error``."""

    values = staticmethod(mean_absolute_error)
    gradients = staticmethod(mean_absolute_error_gradient)


class Huber(Loss):
    """Mean over the batch of ``huber``."""

    def __init__(self, delta=1.0, reduction="sum_over_batch_size", name=None):
        super().__init__(reduction, name)
        self.delta = delta

    def values(self, y_true, y_pred):
        return huber(y_true, y_pred, self.delta)

    def gradients(self, y_true, y_pred):
        return huber_gradient(y_true, y_pred, self.delta)


class Crossentropy(Loss):
    """What the next two share: ``from_logits`` and smoothed labels."""

    def __init__(self, from_logits=False, label_smoothing=0.0, reduction="sum_over_batch_size", name=None):
        super().__init__(reduction, name)
        if not 0 <= label_smoothing <= 1:
            raise ValueError(f"label_smoothing must lie from 0 to 1, got {label_smoothing}")
        self.from_logits = from_logits
        self.label_smoothing = label_smoothing


class BinaryCrossentropy(Crossentropy):
    """Mean over the batch of ``binary_crossentropy``; targets from 0 to 1."""

    joins = staticmethod(activations.sigmoid)

    def values(self, y_true, y_pred):
        return binary_crossentropy(y_true, y_pred, self.from_logits, self.label_smoothing)

    def gradients(self, y_true, y_pred):
        return binary_crossentropy_gradient(y_true, y_pred, self.from_logits, self.label_smoothing)

    def check(self, y_true, output_shape):
        y_true = match(self, y_true, output_shape)
        if y_true.size and not (y_true.min() >= 0 and y_true.max() <= 1):
            bad = y_true.min() if y_true.min() < 0 else y_true.max()
            raise ValueError(f"binary_crossentropy expected targets from 0 to 1, got {bad}")
        return y_true


class CategoricalCrossentropy(Crossentropy):
    """Mean over the batch of ``categorical_crossentropy``; targets are one-hot rows or probabilities."""

    joins = staticmethod(activations.softmax)

    def values(self, y_true, y_pred):
        return categorical_crossentropy(y_true, y_pred, self.from_logits, self.label_smoothing)

    def gradients(self, y_true, y_pred):
        return categorical_crossentropy_gradient(y_true, y_pred, self.from_logits, self.label_smoothing)

    def check(self, y_true, output_shape):
        shape, K = np.shape(y_true), output_shape[-1]
        if K > 1 and (shape == tuple(output_shape[:-1]) or shape == (*output_shape[:-1], 1)):
            raise ValueError(
                f"categorical_crossentropy expected one-hot targets of shape {show(output_shape)}, got whole "
                f"numbers {show(shape)}: use to_categorical(y, {K}) or sparse_categorical_crossentropy"
            )
        y_true = match(self, y_true, output_shape)
        if y_true.size and y_true.min() < 0:
            raise ValueError(
                f"categorical_crossentropy expected probabilities as targets, got {y_true.min()}"
            )
        return y_true


class SparseCategoricalCrossentropy(Loss):
    """Mean over the batch of ``sparse_categorical_crossentropy``; targets are whole numbers 0 … K − 1."""

    joins = staticmethod(activations.softmax)

    def __init__(self, from_logits=False, reduction="sum_over_batch_size", name=None):
        super().__init__(reduction, name)
        self.from_logits = from_logits

    def values(self, y_true, y_pred):
        return sparse_categorical_crossentropy(y_true, y_pred, self.from_logits)

    def gradients(self, y_true, y_pred):
        return sparse_categorical_crossentropy_gradient(y_true, y_pred, self.from_logits)

    def prepare(self, y_true, y_pred):
        y_pred = np.asarray(y_pred)
        return self.check(y_true, y_pred.shape), y_pred

    def check(self, y_true, output_shape):
        labels, K = np.asarray(y_true), output_shape[-1]
        if labels.ndim == len(output_shape) and labels.shape[-1] == 1:
            labels = labels[..., 0]
        if labels.shape == tuple(output_shape) and K > 1:
            raise ValueError(
                f"sparse_categorical_crossentropy expected labels of shape {show(output_shape[:-1])}, got "
                f"{show(labels.shape)}: use y.argmax(axis=-1) or categorical_crossentropy"
            )
        if labels.shape != tuple(output_shape[:-1]):
            raise ValueError(misfit(self, labels.shape, output_shape[:-1], output_shape))
        if labels.dtype.kind not in "iu":
            if labels.dtype.kind not in "fb" or not np.array_equal(labels, np.floor(labels)):
                raise ValueError("sparse_categorical_crossentropy expected whole numbers as labels")
            labels = labels.astype("int64")
        if labels.size and not (labels.min() >= 0 and labels.max() < K):
            where = np.argwhere((labels < 0) | (labels >= K))[0]
            raise ValueError(
                f"label {labels[tuple(where)]} at row {where[0]} is outside 0…{K - 1}, "
                f"the range for a model with {K} outputs"
            )
        return labels


LOSSES = {
    "mean_squared_error": MeanSquaredError,
    "mse": MeanSquaredError,
    "mean_absolute_error": MeanAbsoluteError,
    "mae": MeanAbsoluteError,
    "huber": Huber,
    "binary_crossentropy": BinaryCrossentropy,
    "bce": BinaryCrossentropy,
    "categorical_crossentropy": CategoricalCrossentropy,
    "sparse_categorical_crossentropy": SparseCategoricalCrossentropy,
}


def get(identifier):
    """The loss called ``identifier``: a name, a function of this module, a ``Loss`` class or object."""
    if isinstance(identifier, Loss):
        return identifier
    if isinstance(identifier, type) and issubclass(identifier, Loss):
        return identifier()
    if callable(identifier):
        name = getattr(identifier, "__name__", "loss")
        if globals().get(name) is not identifier:
            raise ValueError(
                f"the gradient of loss {name} is unknown: write a subclass of losses.Loss with both"
            )
        identifier = name
    return lookup("loss", identifier.lower() if isinstance(identifier, str) else identifier, LOSSES)()


def match(loss, y_true, output_shape):
    """Targets as an array of ``output_shape``, a last axis of length 1 being added where it is missing."""
    y_true = np.asarray(y_true)
    if y_true.shape == tuple(output_shape[:-1]) and output_shape[-1] == 1:
        y_true = y_true[..., None]
    if y_true.shape != tuple(output_shape):
        raise ValueError(misfit(loss, y_true.shape, output_shape, output_shape))
    return y_true


def misfit(loss, got, expected, output_shape):
    """The sentence for targets whose shape does not fit the predictions."""
    fix = " Is a Flatten() missing?" if len(output_shape) > 2 and len(got) <= 2 else ""
    return (
        f"{type(loss).__name__} expected targets y of shape {show(expected)} for predictions of shape "
        f"{show(output_shape)}, got {show(got)}.{fix}"
    )


def show(shape):
    """A shape with its first axis named: ``(batch, 10)``."""
    return str(("batch", *shape[1:])).replace("'", "")


def per_value(sample_weight, values):
    """Weights in the shape of the values, one an example (or one a time step)."""
    weight = np.asarray(sample_weight, dtype=values.dtype)
    if weight.ndim == values.ndim + 1 and weight.shape[-1] == 1:
        weight = weight[..., 0]
    if weight.shape != values.shape[: weight.ndim]:
        raise ValueError(f"sample_weight of shape {weight.shape} does not fit a loss of shape {values.shape}")
    return weight.reshape(weight.shape + (1,) * (values.ndim - weight.ndim))
