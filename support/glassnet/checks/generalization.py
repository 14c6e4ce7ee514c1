"""The assignment `generalization`: an L2 penalty, dropout, and early stopping.

Dropout has many right results, so it is judged by what holds for all of them: which values there may be, how
many zeros, and that nothing but the generator decides where they stand.
"""

import numpy as np

from .spec import Assignment, Function, accepts, is_fast, refuses

ARRAYS = ("integers", "float32", "read_only", "strided")
LOOP = "A layer has millions of numbers: compute with whole arrays instead of number by number."


def l2_penalty(W, lam):
    """λ Σ W²."""
    if not lam >= 0:
        raise ValueError(f"lam must not be negative, got {lam}")
    return lam * np.sum(np.square(W, dtype=np.result_type(W, np.float32)))


def dropout(A, rate, rng, training):
    """Inverted dropout: zeros with probability rate, the rest divided by 1 − rate."""
    if not 0 <= rate < 1:
        raise ValueError(f"rate must be from 0 to below 1, got {rate}")
    if not training or rate == 0:
        return A
    return np.where(rng.random(A.shape) < rate, 0, A / (1 - rate))


def early_stopping(val_losses, patience, min_delta, *, improves=lambda new, best, d: new < best - d, extra=0):
    """The epoch training ends after, and the best, from 0; what follows the star makes the known mistakes."""
    if len(val_losses) == 0 or patience < 0 or min_delta < 0:
        raise ValueError(f"nothing to stop by: {len(val_losses)} losses, {patience=}, {min_delta=}")
    best, wait = 0, 0
    for epoch in range(1, len(val_losses)):
        wait += 1
        if improves(val_losses[epoch], val_losses[best], min_delta):
            best, wait = epoch, 0
        elif wait >= patience + extra:
            return epoch, best
    return len(val_losses) - 1, best


# ---------------------------------------------------------------- the penalty

PENALTY_MISTAKES = {
    "half of the penalty: there is no ½ in λ Σ W².": lambda W, lam: lam / 2 * np.sum(W**2),
    "the penalty twice over.": lambda W, lam: 2 * lam * np.sum(W**2),
    "a mean: here the squares are summed.": lambda W, lam: lam * np.mean(W**2),
    "a sum divided by the number of rows: nothing is averaged here.": lambda W, lam: (
        lam * np.sum(W**2) / len(W)
    ),
    "half of a mean: here the squares are summed, without ½.": lambda W, lam: lam / 2 * np.mean(W**2),
    "an L1 penalty, of |W|: here each weight is squared.": lambda W, lam: lam * np.sum(np.abs(W)),
    "the square of the sum: square each weight first, so that signs cannot cancel.": lambda W, lam: (
        lam * np.sum(W) ** 2
    ),
    "a sum of the weights without their squares.": lambda W, lam: lam * np.sum(W),
    "the root of the sum, the norm itself: the penalty is its square.": lambda W, lam: (
        lam * np.sqrt(np.sum(W**2))
    ),
    "λ squared along with the weights: only they are.": lambda W, lam: lam**2 * np.sum(W**2),
    "λ forgotten.": lambda W, lam: np.sum(W**2),
    "λ beside the sum instead of before it: it is a factor.": lambda W, lam: lam + np.sum(W**2),
    "a division by λ: it is a factor.": lambda W, lam: np.sum(W**2) / lam,
    "a reward: the penalty is added to the loss, so it is positive.": lambda W, lam: -lam * np.sum(W**2),
    "a matrix product: square entry by entry.": lambda W, lam: lam * np.sum(W @ W),
    "a product of W and its transpose, summed up: square entry by entry.": lambda W, lam: (
        lam * np.sum(W @ W.T)
    ),
    "the gradient of the penalty: its value is asked for, one number.": lambda W, lam: 2 * lam * W,
    "one penalty for each weight: add them up.": lambda W, lam: lam * W**2,
    "one penalty for each column: add up all of W.": lambda W, lam: lam * np.sum(W**2, axis=0),
    "one penalty for each row: add up all of W.": lambda W, lam: lam * np.sum(W**2, axis=1),
    "the square of the largest weight alone.": lambda W, lam: lam * np.max(W**2),
    "the first row without the others.": lambda W, lam: lam * np.sum(W[0] ** 2),
}


def _penalty_cases(rng):
    return [(rng.normal(size=shape), lam) for shape, lam in (((4, 4), 0.3), ((3, 5), 0.01), ((6, 2), 1.7))]


# ---------------------------------------------------------------- dropout


def _judge_dropout(received, arguments, again):
    A, rate, _, training = arguments
    if not training or rate == 0:
        return _untouched(received, A, rate, training)
    return _places(received, A) or _values(received, A, rate) or _source(received, arguments, again)


def _near(a, b):
    return np.allclose(a, b, rtol=1e-4, atol=1e-6)


def _untouched(received, A, rate, training):
    if _near(received, A):
        return None
    when = "With rate 0" if training else "With training=False"
    used = A != 0
    if np.any(received[used] == 0):
        return f"{when} nothing is dropped: all values come back as they are."
    if rate and _near(received, A * (1 - rate)):
        return (
            f"{when} the values come back multiplied by 1 − rate. This looks like the scaling of the first "
            "paper; in inverted dropout it happens while training, and here nothing is left to do."
        )
    if rate and _near(received, A / (1 - rate)):
        return (
            f"{when} the values come back divided by 1 − rate: where nothing is dropped, nothing is scaled."
        )
    return f"{when} all values must come back as they are."


def _values(received, A, rate):
    """What is wrong with the values that were kept, or with how many were."""
    used = A != 0
    kept = used & (received != 0)
    if not np.all(np.isfinite(received)):
        return "There are values that are not finite: a dropped value is 0, a kept one is scaled."
    if not kept.any():
        return "Everything is 0: only a share of `rate` is dropped."
    if np.any(received[~used] != 0):
        return "Something was added to the values: those that are dropped become 0, the others are scaled."
    dropped, factor = 1 - kept.sum() / used.sum(), np.median(received[kept] / A[kept])
    off = 5 * np.sqrt(rate * (1 - rate) / used.sum())
    swapped = abs(dropped - (1 - rate)) < off < abs(dropped - rate)
    share = f"Of the values, {dropped:.1%} became 0, with a rate of {rate:g}."
    if not _near(received[kept], factor * A[kept]):
        return "The values that are kept are not scaled by one factor: divide each by 1 − rate."
    if swapped:
        return f"{share} This looks like `rate` taken for the share that is kept: it is the share dropped."
    if dropped == 0:
        return "With training=True nothing became 0: a share of `rate` is dropped."
    if abs(dropped - rate) > off:
        return f"{share} Is each value dropped with probability `rate`?"
    if np.isclose(factor, 1 / (1 - rate), rtol=1e-4):
        return None
    text = f"The values that are kept are {factor:.4g} times those of A."
    known = (
        (1.0, "They are not scaled: without it the mean of the layer falls."),
        (1 - rate, "They are multiplied where they must be divided: the mean of the layer must stay."),
        (
            1 / rate if rate else 0,
            "They are divided by the share that is dropped: divide by the share that is kept.",
        ),
        ((1 - rate) ** -2, "They are scaled twice."),
        (-1 / (1 - rate), "They have the opposite sign."),
        (1 + rate, "1 + rate is not the inverse of 1 − rate."),
        (1 / (1 - dropped), "They are divided by the share that happened to be kept, not by 1 − rate."),
    )
    for value, hint in known:
        if np.isclose(factor, value, rtol=1e-4):
            return f"{text} This looks like a slip in the scaling. {hint}"
    return f"{text} It must be 1 / (1 − rate)."


def _places(received, A):
    """What is wrong with where the zeros stand."""
    if A.ndim < 2 or A.size < 400 or np.any(A == 0):
        return None
    zeros = (received == 0).reshape(len(A), -1)
    if not 0 < zeros.sum() < zeros.size:
        return None
    lines = ("the same units are dropped for every example", zeros), ("whole rows are dropped", zeros.T)
    for what, mask in lines:
        if len(mask) > 1 and np.all(mask == mask[0]):
            return f"Here {what}. Every entry is drawn by itself: what shape has your mask?"
    values = A.reshape(zeros.shape)
    for x, hint in ((values, "what they are"), (np.abs(values), "how large they are")):
        spread = x.std() / np.sqrt(zeros.sum())
        if abs(x[zeros].mean() - x.mean()) > 6 * spread:
            return f"Which values are dropped depends on {hint}: chance alone decides."
    return None


def _source(received, arguments, again):
    """What is wrong with where the randomness comes from."""
    A, rate, _, training = arguments
    if A.size < 30:
        return None
    if not np.array_equal(again(*arguments), received):
        return "Two calls with equal generators differ: draw from `rng`, and from nothing else."
    if np.array_equal(again(A, rate, np.random.default_rng(987), training), received):
        return "Every generator drops the same values: draw from the `rng` you are given."
    return None


def _layer(rng, *shape, rate=0.3, training=True, shift=1.0):
    A = rng.normal(shift, 1, shape)
    return A, rate, np.random.default_rng(int(rng.integers(10**6))), training


def _dropout_cases(rng):
    return [
        _layer(rng, 80, 80),
        _layer(rng, 100, 30, rate=0.8),
        _layer(rng, 6, 5, training=False),
        _layer(rng, 40, 120, rate=0.5),
    ]


# ---------------------------------------------------------------- early stopping


def _stop(
    improves=lambda new, best, d: new < best - d, extra=0, change=lambda stop, best, losses: (stop, best)
):
    """A mistaken stop: another comparison, a patience that is off, or a changed result."""

    def formula(val_losses, patience, min_delta):
        stop, best = early_stopping(val_losses, patience, min_delta, improves=improves, extra=extra)
        return change(stop, best, val_losses)

    return formula


def _since_last(val_losses, patience, min_delta):
    """Compares with the epoch before."""
    best, wait = 0, 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[epoch - 1] - min_delta:
            best, wait = epoch, 0
        else:
            wait += 1
            if wait >= patience:
                return epoch, best
    return len(val_losses) - 1, best


def _never_reset(val_losses, patience, min_delta):
    """The count of bad epochs goes on after an improvement."""
    best, wait = 0, 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best] - min_delta:
            best = epoch
        else:
            wait += 1
            if wait >= patience:
                return epoch, best
    return len(val_losses) - 1, best


def _lowest(val_losses, patience, min_delta):
    """The best epoch is the lowest so far, whatever min_delta says."""
    stop, _ = early_stopping(val_losses, patience, min_delta)
    return stop, int(np.argmin(val_losses[: stop + 1]))


def _ever_lowest(val_losses, patience, min_delta):
    """Looks at epochs that were never run."""
    stop, _ = early_stopping(val_losses, patience, min_delta)
    return stop, int(np.argmin(val_losses))


def _any_lower(val_losses, patience, min_delta):
    """Patience by min_delta, while the best loss is lowered by any improvement."""
    best, wait = 0, 0
    for epoch in range(1, len(val_losses)):
        new, wait = val_losses[epoch], wait + 1
        if new < val_losses[best] - min_delta:
            wait = 0
        if new < val_losses[best]:
            best = epoch
        if wait and wait >= patience:
            return epoch, best
    return len(val_losses) - 1, best


STOPPING_MISTAKES = {
    "patience off by one, an epoch too late: with patience 2, the second epoch without improvement is the "
    "last.": _stop(extra=1),
    "patience off by one, an epoch too early: with patience 2, the second epoch without improvement is the "
    "last.": _stop(extra=-1),
    "epochs counted from 1: here the first one is epoch 0, as in Keras.": _stop(
        change=lambda stop, best, losses: (stop + 1, best + 1)
    ),
    "a stop counted from 1: here the first epoch is epoch 0, as in Keras.": _stop(
        change=lambda stop, best, losses: (stop + 1, best)
    ),
    "the epoch before the stop: the one without improvement that uses up the patience is run, and is the "
    "last one.": _stop(change=lambda stop, best, losses: (stop - (stop < len(losses) - 1), best)),
    "a best epoch counted from 1: here the first epoch is epoch 0, as in Keras.": _stop(
        change=lambda stop, best, losses: (stop, best + 1)
    ),
    "the two results exchanged: first the stop, then the best epoch.": _stop(
        change=lambda stop, best, losses: (best, stop)
    ),
    "the least loss in the place of its epoch: epochs are asked for.": _stop(
        change=lambda stop, best, losses: (stop, losses[best])
    ),
    "min_delta with the wrong sign: the loss must fall by more than it.": _stop(
        lambda new, best, d: new < best + d
    ),
    "min_delta that is not used.": _stop(lambda new, best, d: new < best),
    "a share of the best loss: min_delta is subtracted from it.": _stop(
        lambda new, best, d: new < best * (1 - d)
    ),
    "a comparison the wrong way round: a loss is better when it is lower.": _stop(
        lambda new, best, d: new > best + d
    ),
    "each epoch compared with the one before: compare it with the best so far.": _since_last,
    "a count that goes on after an improvement: it begins again at 0.": _never_reset,
    "a best epoch among those that were never run: after the stop there are none.": _ever_lowest,
    "the epoch of the lowest loss: one that was better by less than min_delta is no improvement.": _lowest,
    "a best loss that falls with any small gain: it changes only when the gain is more than "
    "min_delta.": _any_lower,
    "a loss that must only be as good as the best: it must be lower by more than min_delta.": _stop(
        lambda new, best, d: new <= best - d
    ),
}


def _curve(rng, n):
    """A validation curve with noise: down, then up."""
    epochs = np.arange(n)
    smooth = 0.3 + 0.7 * np.exp(-epochs / 6) + 0.012 * epochs
    return (smooth + 0.06 * rng.normal(size=n)).tolist()


def _telling(rng):
    """A curve on which as many of the known mistakes as can be give results of their own."""
    while True:
        arguments = _curve(rng, 30), 4, 0.05
        right = early_stopping(*arguments)
        wrong = [formula(*arguments) for formula in STOPPING_MISTAKES.values()]
        # A curve without equal losses cannot tell < from ≤, the last mistake.
        if right not in wrong[:-1] and len(set(wrong[:-1])) == len(wrong) - 1:
            return arguments


def _stopping_cases(rng):
    return [
        _telling(rng),
        (_curve(rng, 40), 2, 0.0),
        (_curve(rng, 12), 20, 0.0),
        (_curve(rng, 50), 6, 0.02),
    ]


ASSIGNMENT = Assignment(
    slug="generalization",
    modules=("numpy",),
    functions=(
        Function(
            name="l2_penalty",
            reference=l2_penalty,
            cases=_penalty_cases,
            returns="one number, λ times the sum of all squares",
            mistakes=PENALTY_MISTAKES,
            edges=(
                accepts("lam is 0", lambda rng: (rng.normal(size=(3, 2)), 0.0)),
                accepts("one axis, shape (5,)", lambda rng: (rng.normal(size=5), 0.2)),
                accepts("kernels of shape (3, 3, 2, 4)", lambda rng: (rng.normal(size=(3, 3, 2, 4)), 0.2)),
                accepts("no weight at all", lambda rng: (np.zeros((0, 3)), 0.2)),
                refuses(
                    "lam is -0.1",
                    lambda rng: (rng.normal(size=(3, 2)), -0.1),
                    "A negative λ would reward large weights.",
                ),
                is_fast("a million weights", lambda rng: (rng.normal(size=(1000, 1000)), 0.1), 20_000, LOOP),
            ),
            variants=ARRAYS,
        ),
        Function(
            name="dropout",
            reference=dropout,
            cases=_dropout_cases,
            returns="an array of the shape of A",
            judge=_judge_dropout,
            edges=(
                accepts("rate 0 while training", lambda rng: _layer(rng, 8, 5, rate=0.0)),
                accepts("training=False", lambda rng: _layer(rng, 9, 7, rate=0.5, training=False)),
                accepts("rate 0.95", lambda rng: _layer(rng, 150, 100, rate=0.95)),
                accepts("negative values", lambda rng: _layer(rng, 90, 60, shift=-1.0)),
                accepts("one axis, shape (2000,)", lambda rng: _layer(rng, 2000, rate=0.4)),
                accepts("images, shape (20, 8, 8, 3)", lambda rng: _layer(rng, 20, 8, 8, 3, rate=0.2)),
                refuses(
                    "rate is 1", lambda rng: _layer(rng, 4, 3, rate=1.0), "Nothing would be left to scale."
                ),
                refuses("rate is -0.2", lambda rng: _layer(rng, 4, 3, rate=-0.2)),
                refuses(
                    "rate is 30, a percentage, and training=False",
                    lambda rng: _layer(rng, 4, 3, rate=30, training=False),
                    "A wrong rate is wrong in evaluation, too.",
                ),
                is_fast("200 000 values", lambda rng: _layer(rng, 400, 500), 2_000, LOOP),
            ),
            variants=ARRAYS,
        ),
        Function(
            name="early_stopping",
            reference=early_stopping,
            cases=_stopping_cases,
            returns="two whole numbers, stop_epoch and best_epoch, both counted from 0",
            parts=("stop_epoch", "best_epoch"),
            mistakes=STOPPING_MISTAKES,
            edges=(
                accepts("one epoch only", lambda rng: ([0.7], 3, 0.0)),
                accepts("never better than the first epoch", lambda rng: ([0.5, 0.6, 0.7, 0.8, 0.9], 3, 0.0)),
                accepts("better in every epoch", lambda rng: ([0.9, 0.8, 0.7, 0.6, 0.5], 1, 0.0)),
                accepts("patience 1", lambda rng: ([0.9, 0.8, 0.85, 0.7, 0.6], 1, 0.0)),
                accepts(
                    "patience 0",
                    lambda rng: ([0.9, 0.8, 0.85, 0.7, 0.6], 0, 0.0),
                    "The first epoch without improvement is the last, and only such an epoch can be.",
                ),
                accepts("patience that lasts to the last epoch", lambda rng: ([0.9, 0.5, 0.6, 0.7], 2, 0.0)),
                accepts(
                    "the best loss once more",
                    lambda rng: ([0.8, 0.5, 0.6, 0.5, 0.5, 0.5], 3, 0.0),
                    "An equal loss is no improvement.",
                ),
                accepts(
                    "better by exactly min_delta",
                    lambda rng: ([1.0, 0.75, 0.5, 0.625], 2, 0.25),
                    "An improvement is more than min_delta.",
                ),
                accepts(
                    "many small gains that add up",
                    lambda rng: ([1.0, 0.95, 0.9, 0.85, 0.8, 0.75], 5, 0.12),
                    "The best loss stays what it is until one is lower by more than min_delta.",
                ),
                accepts(
                    "a loss that is NaN",
                    lambda rng: ([0.9, 0.7, float("nan"), float("nan"), 0.5], 2, 0.0),
                    "NaN is no improvement.",
                ),
                accepts("losses as an array", lambda rng: (np.array(_curve(rng, 20)), 3, 0.01)),
                refuses("no loss at all", lambda rng: ([], 3, 0.0)),
                refuses("patience is -1", lambda rng: ([0.9, 0.8], -1, 0.0)),
                refuses("min_delta is -0.1", lambda rng: ([0.9, 0.8], 2, -0.1)),
            ),
        ),
    ),
)
