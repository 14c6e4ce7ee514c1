"""Losses: how wrong predictions are, each with its gradient beside it.

A loss function maps targets and predictions of shape (n, K) to one value an example, (n,): the mean or sum
over the last axis. Its ``_gradient`` is the derivative of that value by every prediction, (n, K). The classes
average over the batch, weigh examples and check targets.
"""

import math
from dataclasses import asdict, dataclass

import numpy as np

from glassnet import activations
from glassnet.config import epsilon
from glassnet.utils import lookup, require, require_one_of, snake_case, whole_numbers


def mean_squared_error(y_true, y_pred):
    """(1/K) Σₖ (ŷₖ − yₖ)², without the ½ that some books put in front."""
    return np.mean(np.square(error(y_true, y_pred)), axis=-1)


def mean_squared_error_gradient(y_true, y_pred):
    """2 (ŷ − y) / K."""
    e = error(y_true, y_pred)
    return e * (2 / e.shape[-1])


def mean_absolute_error(y_true, y_pred):
    """(1/K) Σₖ |ŷₖ − yₖ|."""
    return np.mean(np.abs(error(y_true, y_pred)), axis=-1)


def mean_absolute_error_gradient(y_true, y_pred):
    """sign(ŷ − y) / K, 0 at the kink ŷ = y."""
    e = error(y_true, y_pred)
    return np.sign(e) / e.shape[-1]


def huber(y_true, y_pred, delta=1.0):
    """½ e² for errors |e| ≤ delta, beyond them delta |e| − ½ delta²; mean over k (Huber, 1964)."""
    e = np.abs(error(y_true, y_pred))
    return np.mean(np.where(e <= delta, 0.5 * np.square(e), delta * e - 0.5 * delta**2), axis=-1)


def huber_gradient(y_true, y_pred, delta=1.0):
    """The error clipped to ±delta, divided by K."""
    e = error(y_true, y_pred)
    return np.clip(e, -delta, delta) / e.shape[-1]


def error(y_true, y_pred):
    """ŷ − y."""
    y_true, y_pred = same_rank(y_true, y_pred)
    return y_pred - y_true


def same_rank(y_true, y_pred):
    """Both as arrays of one shape: the one that lacks a last axis of length 1 gets it, as in Keras."""
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    if y_true.ndim + 1 == y_pred.ndim and y_pred.shape[-1] == 1:
        y_true = y_true[..., None]
    elif y_true.ndim == y_pred.ndim + 1 and y_true.shape[-1] == 1:
        y_pred = y_pred[..., None]
    fits = y_true.shape == y_pred.shape
    require(fits, f"targets of shape {y_true.shape} do not fit predictions of shape {y_pred.shape}")
    return y_true, y_pred


def binary_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0):
    """−(1/K) Σₖ [y log p + (1 − y) log(1 − p)], p clipped to [10⁻⁷, 1 − 10⁻⁷].

    From logits z, p = σ(z), nothing is clipped: max(z, 0) − z y + log(1 + e^−|z|).
    """
    y_true, z = same_rank(y_true, y_pred)
    t = y_true * (1 - label_smoothing) + 0.5 * label_smoothing
    if from_logits:
        return np.mean(np.maximum(z, 0) - z * t + np.log1p(np.exp(-np.abs(z))), axis=-1)
    p = np.clip(z, epsilon(), 1 - epsilon())
    return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p), axis=-1)


def binary_crossentropy_gradient(y_true, y_pred, from_logits=False, label_smoothing=0.0):
    """(p − y) / (p (1 − p)) / K, 0 where p was clipped; from logits (σ(z) − y) / K."""
    y_true, y_pred = same_rank(y_true, y_pred)
    t = y_true * (1 - label_smoothing) + 0.5 * label_smoothing
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


@dataclass(eq=False, kw_only=True)
class Loss:
    """A loss over a batch: ``loss(y_true, y_pred)`` is a number, ``loss.gradient`` its derivative by y_pred.

    A loss of one's own overrides ``values`` (one value an example) and ``gradients`` (their derivatives).

    Args:
        reduction: ``"sum_over_batch_size"`` is the mean over all values, ``"sum"`` their sum, None the
            values.
        name: for display.
    """

    reduction: str | None = "sum_over_batch_size"
    name: str | None = None

    pair = None, None  # the two functions above that the class stands for: the loss and its gradient

    def __post_init__(self):
        reduction = None if self.reduction == "none" else self.reduction
        require_one_of("reduction must be", reduction, ("sum_over_batch_size", "sum", None))

    def get_config(self):
        """The constructor's arguments."""
        return asdict(self)

    def options(self):
        """The arguments that both functions of the ``pair`` take besides targets and predictions."""
        return {name: value for name, value in asdict(self).items() if name not in ("reduction", "name")}

    def values(self, y_true, y_pred):
        """The loss of each example."""
        return self.pair[0](y_true, y_pred, **self.options())

    def gradients(self, y_true, y_pred):
        """The derivative of each example's loss by its prediction."""
        return self.pair[1](y_true, y_pred, **self.options())

    def __call__(self, y_true, y_pred, sample_weight=None):
        values = self.values(*self.prepare(y_true, y_pred))
        values = values * per_value(sample_weight, values)
        if self.reduction == "sum":
            return values.sum()
        return values if self.reduction in (None, "none") else values.mean()

    def gradient(self, y_true, y_pred, sample_weight=None):
        """∂L/∂y_pred, same shape as y_pred; the mean over the batch (and the weights) included."""
        gradients = self.gradients(*self.prepare(y_true, y_pred))
        n = math.prod(gradients.shape[:-1]) if self.reduction == "sum_over_batch_size" else 1
        return gradients * (per_value(sample_weight, gradients) / n)

    def prepare(self, y_true, y_pred):
        """Both as arrays, checked; targets that are no labels get the dtype of the predictions."""
        y_pred = np.asarray(y_pred)
        if y_pred.dtype.kind != "f":
            y_pred = y_pred.astype("float32")
        y_true = self.check(y_true, y_pred.shape)
        return y_true if y_true.ndim < y_pred.ndim else y_true.astype(y_pred.dtype, copy=False), y_pred

    def check(self, y_true, output_shape):
        """Targets in the shape of the predictions, or a ValueError that says what does not fit."""
        y_true = np.asarray(y_true)
        if y_true.shape == tuple(output_shape[:-1]) and output_shape[-1] == 1:
            y_true = y_true[..., None]
        require(y_true.shape == tuple(output_shape), misfit(self, y_true.shape, output_shape, output_shape))
        return y_true


class MeanSquaredError(Loss):
    """Mean over the batch of ``mean_squared_error``."""

    pair = mean_squared_error, mean_squared_error_gradient


class MeanAbsoluteError(Loss):
    """Mean over the batch of ``mean_absolute_error``."""

    pair = mean_absolute_error, mean_absolute_error_gradient


@dataclass(eq=False)
class Huber(Loss):
    """Mean over the batch of ``huber``."""

    delta: float = 1.0

    pair = huber, huber_gradient


@dataclass(eq=False)
class BinaryCrossentropy(Loss):
    """Mean over the batch of ``binary_crossentropy``; targets from 0 to 1."""

    from_logits: bool = False
    label_smoothing: float = 0.0

    pair = binary_crossentropy, binary_crossentropy_gradient

    def __post_init__(self):
        super().__post_init__()
        smoothing = self.label_smoothing
        require(0 <= smoothing <= 1, f"label_smoothing must lie from 0 to 1, got {smoothing}")

    def check(self, y_true, output_shape):
        y_true = super().check(y_true, output_shape)
        bad = y_true[(y_true < 0) | (y_true > 1 + 1e-6)]  # normalised rows may exceed 1 by rounding
        if bad.size:
            raise ValueError(f"{type(self).__name__} expected targets from 0 to 1, got {bad[0]}")
        return y_true


class CategoricalCrossentropy(BinaryCrossentropy):
    """Mean over the batch of ``categorical_crossentropy``; targets are one-hot rows or probabilities."""

    pair = categorical_crossentropy, categorical_crossentropy_gradient

    def check(self, y_true, output_shape):
        shape, K = np.shape(y_true), output_shape[-1]
        labels = K > 1 and shape in (tuple(output_shape[:-1]), (*output_shape[:-1], 1))
        came = f"expected one-hot targets of shape {show(output_shape)}, got whole numbers {show(shape)}"
        use = f"use to_categorical(y, {K}) or sparse_categorical_crossentropy"
        require(not labels, f"categorical_crossentropy {came}: {use}")
        return super().check(y_true, output_shape)


@dataclass(eq=False)
class SparseCategoricalCrossentropy(Loss):
    """Mean over the batch of ``sparse_categorical_crossentropy``; targets are whole numbers 0 … K − 1."""

    from_logits: bool = False

    pair = sparse_categorical_crossentropy, sparse_categorical_crossentropy_gradient

    def check(self, y_true, output_shape):
        labels, K = np.asarray(y_true), output_shape[-1]
        if labels.ndim == len(output_shape) and labels.shape[-1] == 1:
            labels = labels[..., 0]
        onehot = labels.shape == tuple(output_shape) and K > 1
        came = f"expected labels of shape {show(output_shape[:-1])}, got {show(labels.shape)}"
        use = "use y.argmax(axis=-1) or categorical_crossentropy"
        require(not onehot, f"sparse_categorical_crossentropy {came}: {use}")
        expected = tuple(output_shape[:-1])
        require(labels.shape == expected, misfit(self, labels.shape, expected, output_shape))
        return whole_numbers("label", labels, K)


FOR_NUMBERS = (MeanSquaredError, MeanAbsoluteError, Huber)
FOR_CLASSES = (BinaryCrossentropy, CategoricalCrossentropy, SparseCategoricalCrossentropy)
LOSSES = {cls.pair[0].__name__: cls for cls in FOR_NUMBERS + FOR_CLASSES}
LOSSES |= {"mse": MeanSquaredError, "mae": MeanAbsoluteError, "bce": BinaryCrossentropy}


def get(identifier):
    """The loss called ``identifier``: a name, a function of this module, a ``Loss`` class or object."""
    if callable(identifier) and not isinstance(identifier, (type, Loss)):
        known = {cls.pair[0]: cls for cls in LOSSES.values()}
        unknown = f"the gradient of loss {identifier} is unknown: write a subclass of losses.Loss with both"
        require(identifier in known, unknown)
        return known[identifier]()
    name = snake_case(identifier) if isinstance(identifier, str) else identifier
    return lookup("loss", name, LOSSES, base=Loss)


def misfit(loss, got, expected, output_shape):
    """The sentence for targets whose shape does not fit the predictions."""
    fix = " Is a Flatten() missing?" if len(output_shape) > 2 and len(got) <= 2 else ""
    expected = f"expected targets y of shape {show(expected)} for predictions of shape {show(output_shape)}"
    return f"{type(loss).__name__} {expected}, got {show(got)}.{fix}"


def show(shape):
    """A shape with its first axis named: ``(batch, 10)``."""
    return str(("batch", *shape[1:])).replace("'", "")


def per_value(sample_weight, values):
    """Weights that multiply the values, one an example (or one a time step); ones if there are none."""
    given = np.ones(values.shape[:1]) if sample_weight is None else sample_weight
    weight = np.asarray(given, dtype=values.dtype)
    if weight.ndim > 1 and weight.shape[-1] == 1:
        weight = weight[..., 0]
    fits = weight.shape == values.shape[: weight.ndim]
    require(fits, f"sample_weight of shape {weight.shape} does not fit a loss of shape {values.shape}")
    return weight.reshape(weight.shape + (1,) * (values.ndim - weight.ndim))
