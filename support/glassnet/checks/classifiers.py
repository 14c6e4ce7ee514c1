"""Digit classifiers: the data that checks train them on, and what a view shows to be wrong with one."""

import functools

import numpy as np

from ..datasets import mnist


@functools.cache
def _parts():
    (x_train, y_train), (x_test, y_test) = mnist.load_data()
    # Sorted neither by writer nor by digit: a slice of either part is a fair sample.
    order = (
        np.random.default_rng(0).permutation(len(x_train)),
        np.random.default_rng(1).permutation(len(x_test)),
    )
    return {"train": (x_train[order[0]], y_train[order[0]]), "test": (x_test[order[1]], y_test[order[1]])}


def digits(part: str, start: int, stop: int, shape=(784,)):
    """Pictures of MNIST, scaled to 0 … 1 as float32, each in the given shape, and their labels as int64.

    Args:
        part: "train" or "test".
        start: first of a fixed random order.
        stop: the one after the last.
        shape: of a picture.
    """
    images, labels = (array[start:stop] for array in _parts()[part])
    return images.reshape(-1, *shape).astype(np.float32) / 255, labels.astype(np.int64)


def accuracy(P, y) -> float:
    """Share of rows whose largest entry is the label's."""
    return float(np.mean(np.argmax(P, axis=1) == y))


def crossentropy(P, y) -> float:
    """Mean surprise at the labels."""
    return float(-np.mean(np.log(np.clip(P[np.arange(len(y)), y], 1e-7, 1))))


def outputs_fault(P) -> str | None:
    """What is wrong with outputs (n, K) that are to be a probability for each class in every row."""
    if not np.isfinite(P).all():
        return "Its outputs are not finite numbers."
    if P.min() >= -1e-6 and np.allclose(P.sum(axis=1), 1, atol=1e-4):
        return None
    if P.min() >= 0 and P.max() <= 1:
        return (
            "Each of its outputs lies between 0 and 1, but a row does not add up to 1. A picture belongs to "
            "one class: which activation shares one certainty among all units?"
        )
    return (
        "Its outputs are no probabilities: a row does not add up to 1. "
        "Which activation does the last layer need?"
    )


def straight_fault(seen, first: slice, second: slice, middle: slice) -> str | None:
    """Whether the network is but a linear map: then the log-odds half-way between two inputs are half-way."""
    logs = np.log(np.maximum(seen.outputs.astype(np.float64), 1e-30))
    odds = logs - logs[:, :1]
    half_way = (odds[first] + odds[second]) / 2
    spread = np.abs(odds[first] - odds[second]).max()
    if np.abs(odds[middle] - half_way).max() > 1e-3 * spread + 1e-5:
        return None
    return (
        "However many layers it has, it is one linear map before the softmax. "
        "What stands between two dense layers, so that they do not collapse into one?"
    )


def loss_fault(seen, y) -> str | None:
    """Whether the compiled loss is the crossentropy of its outputs and integer labels."""
    loss, P = seen.scores["loss"] - seen.penalty, seen.outputs[: len(y)]
    # Before training all probabilities are nearly equal, and so are wrong losses: compare closely.
    if np.isclose(loss, crossentropy(P, y), rtol=2e-5):
        return None
    E = np.exp(P)
    if np.isclose(loss, crossentropy(E / E.sum(axis=1, keepdims=True), y), rtol=2e-5):
        return (
            "Its loss takes the outputs for logits (`from_logits=True`), "
            "but a softmax has already made probabilities of them."
        )
    return (
        f"On whole-number labels its loss is {loss:.4g}, where the crossentropy of its own outputs is "
        f"{crossentropy(P, y):.4g}. Which loss belongs to probabilities and such labels?"
    )


def metrics_fault(seen, y) -> str | None:
    """Whether some metric is the share of right answers."""
    others = {name: value for name, value in seen.scores.items() if name != "loss"}
    share = accuracy(seen.outputs[: len(y)], y)
    if any(np.isclose(value, share, atol=1e-4) for value in others.values()):
        return None
    if not others:
        return "It measures no accuracy: what are the `metrics` of `compile`?"
    return (
        f"It measures {' and '.join(others)}, but none of them is {share:.4g}, the share of right answers. "
        'The name "accuracy" lets Keras choose the kind that fits.'
    )


def learning_fault(P, y, least: float, told: str) -> str | None:
    """Whether a trained model's outputs P are right too seldom."""
    if not np.isfinite(P).all():
        return f"After {told} its outputs are no numbers any more: are its steps too large?"
    reached = accuracy(P, y)
    if reached >= least:
        return None
    return (
        f"After {told} it reads {100 * reached:.1f} % of digits it has never seen; "
        f"{100 * least:.0f} % are asked for. Look at activations, units and optimizer."
    )


def size_fault(seen, most: int) -> str | None:
    """Whether it has more parameters than allowed."""
    if seen.parameters <= most:
        return None
    return f"It has {seen.parameters} parameters; at most {most} are allowed. Which layer has most of them?"


def first_fault(*faults):
    """The first of some sentences, each in a function without arguments, that is there."""
    return next((text for fault in faults if (text := fault())), None)


# What to see about a model that was trained by the student's function, on all rows but the last tenth.


def held_out(X) -> int:
    """Number of the first row of the last tenth."""
    return len(X) - len(X) // 10


def one_digit_held_out(rng, rows: int):
    """Digits whose last tenth is all of one kind that stands nowhere else: unseen, it cannot be known."""
    X, y = digits("train", 30_000, 30_000 + 4 * rows)
    digit = int(rng.integers(10))
    others, these = np.flatnonzero(y != digit), np.flatnonzero(y == digit)
    order = np.concatenate([others[: rows - rows // 10], these[: rows // 10]])
    return X[order], y[order]


def unchanged_fault(seen, weights) -> str | None:
    """Whether a model that was to be trained has the weights it came with."""
    if any(not np.array_equal(a, b) for a, b in zip(seen.weights, weights, strict=True)):
        return None
    return "The weights of the model it was given are what they were: train that very model, and not a copy."


def share_fault(got: float, P, y) -> str | None:
    """What a number is, if not the accuracy of the predictions P of all rows on the last tenth."""
    n = held_out(y)
    right = accuracy(P[n:], y[n:])
    if abs(got - right) < 1.5 / (len(y) - n):  # one picture may lie on the border of two digits
        return None
    told = (
        f"On the last tenth the trained model is right in {right:.3f} of all pictures; you return {got:.4g}. "
    )
    if abs(got - 100 * right) < 0.75:
        return told + "Per cent is for people: return the share."
    if abs(got - crossentropy(P[n:], y[n:])) < 0.01:
        return told + "That is the loss: `evaluate` returns the loss first."
    if abs(got - accuracy(P[:n], y[:n])) < 0.02 or abs(got - accuracy(P, y)) < 0.002:
        return told + "That is the accuracy on pictures it was trained on."
    return told + "Measure that tenth when training is over."


def leak_fault(P, y) -> str | None:
    """Whether digits of the last tenth are known that stand nowhere else."""
    n = held_out(y)
    known = accuracy(P[n:], y[n:])
    if known < 0.2:
        return None
    return (
        f"{100 * known:.0f} % of the last tenth are recognised, though these digits stand nowhere else: "
        "it was trained on them."
    )
