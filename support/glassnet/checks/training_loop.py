"""The assignment `training_loop`: split, batches, initial weights, accuracy, and the loop itself.

What is random has many right results, so most functions are judged by what they do: every row once, each with
its own label, drawn from the generator that was given. `fit` is judged exactly all the same: with learning
rate 0 it returns the weights it began with, and from these each step can be followed.
"""

import functools
from itertools import pairwise, permutations

import numpy as np

from ..activations import softmax
from .order import judge_order, rows_and_labels
from .spec import Assignment, Function, accepts, behaves, is_fast, refuses

ARRAYS = ("read_only", "strided")
STRETCHED = "NumPy would stretch it without a word: compare the shapes yourself."
LOOP = "60 000 images would take minutes: compute with whole arrays instead of row by row."
MNIST = "MNIST: 95 % of the test digits after two passes over 30 000"


def forward(X, params):
    """Values entering each layer, and the probabilities: relu inside, softmax at the end."""
    A = [X]
    for W, b in params[:-1]:
        A.append(np.maximum(A[-1] @ W + b, 0))
    W, b = params[-1]
    return A, softmax(A[-1] @ W + b)


def loss_and_gradients(X, labels, params):
    """Mean cross-entropy of the batch, and (dW, db) of each layer."""
    A, P = forward(X, params)
    rows = np.arange(len(labels))
    loss = -np.mean(np.log(np.maximum(P[rows, labels], 1e-7)))
    dZ = P.copy()
    dZ[rows, labels] -= 1
    dZ /= len(labels)
    gradients = []
    for l in reversed(range(len(params))):
        gradients.insert(0, (A[l].T @ dZ, dZ.sum(axis=0)))
        if l > 0:
            dZ = dZ @ params[l][0].T * (A[l] > 0)
    return loss, gradients


def train_val_split(X, y, val_fraction, rng):
    """(X_train, y_train), (X_val, y_val), rows in random order, the same for X and y."""
    _same_length(X, y)
    if not 0 < val_fraction < 1:
        raise ValueError(f"val_fraction must lie between 0 and 1, got {val_fraction}")
    order, n_val = rng.permutation(len(X)), round(val_fraction * len(X))
    return (X[order[n_val:]], y[order[n_val:]]), (X[order[:n_val]], y[order[:n_val]])


def minibatches(X, y, batch_size, rng):
    """Pairs (X, y) of at most batch_size rows, in random order, every row once."""
    _same_length(X, y)
    if batch_size < 1:
        raise ValueError(f"batch_size must be at least 1, got {batch_size}")
    order = rng.permutation(len(X))
    parts = [order[start : start + batch_size] for start in range(0, len(X), batch_size)]
    return [(X[rows], y[rows]) for rows in parts]


def init_params(sizes, rng):
    """W ~ N(0, 2/d) and b = 0 for each layer."""
    if len(sizes) < 2:
        raise ValueError(f"sizes must hold at least two numbers, got {sizes}")
    return [(rng.normal(0, np.sqrt(2 / d), (d, m)), np.zeros(m)) for d, m in pairwise(sizes)]


def accuracy(P, labels):
    """Share of rows whose largest entry stands at the label."""
    if P.ndim != 2 or labels.shape != P.shape[:1]:
        raise ValueError(f"shapes do not fit: P {P.shape}, labels {labels.shape}")
    return float(np.mean(P.argmax(axis=1) == labels))


def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    """Mini-batch gradient descent: the last weights, and the mean loss of each epoch."""
    _same_length(X, y)
    if X.shape[1] != sizes[0]:
        raise ValueError(f"X has shape {X.shape}, but the network takes {sizes[0]} inputs")
    if len(y) and not 0 <= y.min() <= y.max() < sizes[-1]:
        raise ValueError(f"labels must lie in 0…{sizes[-1] - 1}")
    params, history = init_params(sizes, rng), []
    for _ in range(epochs):
        total = 0.0
        for x, labels in minibatches(X, y, batch_size, rng):
            loss, gradients = loss_and_gradients(x, labels, params)
            params = _stepped(params, gradients, learning_rate)
            total += loss * len(labels)
        history.append(float(total / len(X)))
    return params, history


def _same_length(X, y):
    if len(X) != len(y):
        raise ValueError(f"X and y must have as many rows, got shapes {X.shape} and {y.shape}")


def _stepped(params, gradients, learning_rate):
    return [
        (W - learning_rate * dW, b - learning_rate * db)
        for (W, b), (dW, db) in zip(params, gradients, strict=True)
    ]


# ---------------------------------------------------------------- random order


def _split_arguments(rng, n, d, fraction):
    X, y, own = rows_and_labels(rng, n, d)
    return X, y, fraction, own


def _batch_arguments(rng, n, d, batch_size):
    X, y, own = rows_and_labels(rng, n, d)
    return X, y, batch_size, own


# ---------------------------------------------------------------- initial weights


def _judge_params(received, arguments, again):
    sizes, rng = arguments
    for l, ((W, b), (d, m)) in enumerate(zip(received, pairwise(sizes), strict=True), start=1):
        if np.any(b != 0):
            return f"The biases of layer {l} are not 0: they begin at zero."
        if d * m < 2000:
            continue  # too few numbers to judge their spread
        if not np.any(W):
            return (
                f"All weights of layer {l} are 0: its units would stay alike for ever. Draw them from `rng`."
            )
        if np.ptp(W, axis=1).max() == 0 or np.ptp(W, axis=0).max() == 0:
            return f"Units of layer {l} begin with equal weights: draw each weight by itself."
        if abs(W.mean()) > 0.2 * W.std():
            return f"The weights of layer {l} have mean {W.mean():.3g}: it should be 0."
        if text := _spread(W.std(), d, m):
            size = f"layer {l}, {d} inputs and {m} units,"
            return f"The weights of {size} have standard deviation {W.std():.3g}. {text}"
    shapes = [W.shape for W, _ in received]
    for (W, _), (V, _) in pairwise(received):
        if W.shape == V.shape and W.size > 1 and np.array_equal(W, V):
            return "Two layers begin with the same numbers: use one generator throughout, without a new seed."
    largest = int(np.argmax([np.prod(shape) for shape in shapes]))
    for other, same, text in (
        (rng, False, "Two calls with equal generators differ: draw from `rng`, and from nothing else."),
        (
            np.random.default_rng(987),
            True,
            "Every generator gives the same weights: draw from the `rng` you are given.",
        ),
    ):
        if np.array_equal(again(sizes, other)[largest][0], received[largest][0]) == same:
            return text
    return None


def _spread(std, d, m):
    """What a standard deviation other than √(2/d) looks like, or None."""
    if np.isclose(std, np.sqrt(2 / d), rtol=0.06):
        return None
    known = (
        (1.0, "They are not scaled: a sum of d such terms has a variance of d."),
        (2 / d, "2/d is the variance: its root is the standard deviation, which `rng.normal` takes."),
        (
            np.sqrt(1 / d),
            "That is the root of 1/d: relu cuts half of the variance off, which the 2 makes up for.",
        ),
        (np.sqrt(2 / m), "That is the root of 2/m: count the inputs, not the units."),
        (np.sqrt(2 / (d + m)), "That is the rule of Glorot and Bengio: here it is 2/d."),
        (np.sqrt(2) / d, "Is d under the root as well?"),
        (0.01, "0.01 does not depend on the number of inputs."),
    )
    for value, text in known:
        if np.isclose(std, value, rtol=0.06):
            return f"This looks like a slip in the formula. {text}"
    return "It should be √(2/d)."


# ---------------------------------------------------------------- the loop


def _close(params, others):
    return all(
        np.allclose(a, b, rtol=1e-5, atol=1e-7)
        for pair, other in zip(params, others, strict=True)
        for a, b in zip(pair, other, strict=True)
    )


def _judge_fit(received, arguments, again):
    """Follow the loop step by step from the weights that it returns at learning rate 0."""
    epochs = arguments[3]
    if not _close(again(*arguments)[0], received[0]):
        return "Two calls with equal generators differ: draw everything from `rng`."
    if epochs and _close(again(*arguments[:6], np.random.default_rng(987))[0], received[0]):
        return "Every generator gives the same weights: draw from the `rng` you are given."
    return _one_step(arguments, again) or _two_batches(arguments, again) or _history(arguments, again)


def _one_step(arguments, again):
    """One step with all rows in the batch, whatever the order: w − η dw."""
    X, y, sizes, _, _, _, rng = arguments
    rate = 0.3
    start, _ = again(X, y, sizes, 1, len(X), 0.0, rng)
    end, _ = again(X, y, sizes, 1, len(X), rate, rng)
    _, gradients = loss_and_gradients(X, y, start)
    if _close(end, _stepped(start, gradients, rate)):
        return None
    n = len(X)
    zero_b = [(dW, 0 * db) for dW, db in gradients]
    zero_W = [(0 * dW, db) for dW, db in gradients]
    last = [(0 * dW, 0 * db) for dW, db in gradients[:-1]] + gradients[-1:]
    first = gradients[:1] + [(0 * dW, 0 * db) for dW, db in gradients[1:]]
    known = (
        (gradients, 0.0, "the weights it began with: the update has no effect on what is returned."),
        (gradients, -rate, "a step uphill: weights move against the gradient."),
        (gradients, rate * n, "a gradient that is a sum over the batch: it is a mean."),
        (gradients, rate / n, "a gradient divided by the number of rows twice."),
        (gradients, 1.0, "a step without the learning rate."),
        (gradients, rate**2, "the learning rate applied twice."),
        (gradients, 2 * rate, "the same step taken twice: count the epochs and the batches."),
        (zero_b, rate, "biases that are never changed."),
        (zero_W, rate, "weights that are never changed."),
        (last, rate, "an update of the last layer alone: does the loop reach every layer?"),
        (first, rate, "an update of the first layer alone: does the loop reach every layer?"),
    )
    prefix = "One epoch with all rows in one batch must be one step, W − η dW. This looks like "
    for wrong, eta, hint in known:
        if _close(end, _stepped(start, wrong, eta)):
            return prefix + hint
    _, twice = loss_and_gradients(X, y, _stepped(start, gradients, rate))
    if _close(end, _stepped(_stepped(start, gradients, rate), twice, rate)):
        return prefix + "two steps: count the epochs and the batches."
    return (
        "One epoch with all rows in one batch must be one step, W − η dW for every layer: it ends elsewhere."
    )


def _two_batches(arguments, again):
    """Three rows in batches of two: the second batch is short, and starts where the first one ended."""
    X, y, sizes, _, _, _, rng = arguments
    x, labels, rate = X[:3], y[:3], 0.3
    start, _ = again(x, labels, sizes, 1, 2, 0.0, rng)
    end, _ = again(x, labels, sizes, 1, 2, rate, rng)
    orders = [([i, j], [k]) for i, j, k in permutations(range(3)) if i < j]
    if any(_close(end, _followed(start, x, labels, order, rate)) for order in orders):
        return _new_order(arguments, again)
    hints = {
        "the short last batch dropped: its rows belong to the epoch, too.": lambda o: _followed(
            start, x, labels, o[:1], rate
        ),
        "gradients of both batches at the same weights: change the weights after each batch.": lambda o: (
            _at_once(start, x, labels, o, rate)
        ),
        "gradients added up from batch to batch: each step uses those of its own batch only.": lambda o: (
            _accumulated(start, x, labels, o, rate)
        ),
        "every batch starting from the first weights again: go on from where the last one ended.": lambda o: (
            _followed(start, x, labels, o[1:], rate)
        ),
        "a step for each row: batch_size rows make a step.": lambda o: _followed(
            start, x, labels, [[o[0][0]], [o[0][1]], o[1]], rate
        ),
        "a step with all rows: batch_size rows make a step.": lambda o: _followed(
            start, x, labels, [[0, 1, 2]], rate
        ),
    }
    for hint, wrong in hints.items():
        if any(_close(end, wrong(order)) for order in orders):
            return f"Three rows in batches of two make two steps. This looks like {hint}"
    return "Three rows in batches of two make two steps, one after the other: it ends elsewhere."


def _new_order(arguments, again):
    """Three rows, one at a time, four epochs: not all in the same order."""
    X, y, sizes, _, _, _, rng = arguments
    x, labels, rate = X[:3], y[:3], 0.3
    for own in (rng, np.random.default_rng(321), np.random.default_rng(654)):
        start, _ = again(x, labels, sizes, 4, 1, 0.0, own)
        end, _ = again(x, labels, sizes, 4, 1, rate, own)
        same = (
            _followed(start, x, labels, [[i] for i in 4 * order], rate) for order in permutations(range(3))
        )
        if not any(_close(end, params) for params in same):
            return _two_epochs(arguments, again)
    return (
        "The rows come in the same order in every epoch: shuffle them anew each time, with batches that are "
        "cut inside the loop over the epochs."
    )


def _two_epochs(arguments, again):
    """Three rows, one at a time, two epochs: six steps in one of 36 orders."""
    X, y, sizes, _, _, _, rng = arguments
    x, labels, rate = X[:3], y[:3], 0.3
    start, _ = again(x, labels, sizes, 2, 1, 0.0, rng)
    end, _ = again(x, labels, sizes, 2, 1, rate, rng)
    orders = [[[i] for i in order] for order in permutations(range(3))]

    def ends(first=rate, second=rate):
        middles = [_followed(start, x, labels, order, first) for order in orders]
        lasts = (_followed(params, x, labels, order, second) for params in middles for order in orders)
        return any(_close(end, params) for params in lasts)

    if ends():
        return None
    text = "Two epochs of three rows, one at a time, make six steps with the same learning rate. "
    if any(_close(end, _followed(start, x, labels, order, rate)) for order in orders):
        return text + (
            "This looks like the steps of one epoch alone: does `return` stand inside the loop, or does "
            "every epoch begin with new weights?"
        )
    if ends(second=rate / 2) or ends(second=rate / 10):
        return text + "This looks like a learning rate that falls from epoch to epoch."
    return text + "It ends elsewhere: does the second epoch go on from the weights of the first?"


def _history(arguments, again):
    """With learning rate 0 each entry is the loss of all rows, however they are cut into batches."""
    X, y, sizes, _, _, _, rng = arguments
    n = len(X)
    batch_size = n // 2 + 1  # two batches of different sizes
    params, history = again(X, y, sizes, 2, batch_size, 0.0, rng)
    loss, _ = loss_and_gradients(X, y, params)
    if np.allclose(history, loss, rtol=1e-5):
        return None
    text = (
        f"With learning rate 0 every entry of history must be the mean loss of all rows, {loss:.5g}; it is "
    )
    text += f"{history[0]:.5g}."
    if np.allclose(history, 2 * loss, rtol=0.3):
        return f"{text} This looks like a sum over the batches: divide by the number of rows."
    if np.allclose(history, n * loss, rtol=1e-5):
        return f"{text} This looks like a sum over the rows: it is a mean."
    if np.allclose(history, loss, rtol=0.3):
        return f"{text} Is the loss of a short batch weighed by its rows, and is every batch in it?"
    return text


def _followed(params, X, y, batches, rate):
    for rows in batches:
        params = _stepped(params, loss_and_gradients(X[rows], y[rows], params)[1], rate)
    return params


def _at_once(params, X, y, batches, rate):
    found = [loss_and_gradients(X[rows], y[rows], params)[1] for rows in batches]
    for gradients in found:
        params = _stepped(params, gradients, rate)
    return params


def _accumulated(params, X, y, batches, rate):
    total = None
    for rows in batches:
        gradients = loss_and_gradients(X[rows], y[rows], params)[1]
        pairs = gradients if total is None else zip(total, gradients, strict=True)
        total = gradients if total is None else [(a + c, b + d) for (a, b), (c, d) in pairs]
        params = _stepped(params, total, rate)
    return params


def _judge_one_step(received, arguments, again):
    return _one_step(arguments, again)


def _judge_large_batch(received, arguments, again):
    """A batch larger than the data is all rows, and one step."""
    X, y, sizes, _, batch_size, rate, rng = arguments
    start, _ = again(X, y, sizes, 1, batch_size, 0.0, rng)
    end, _ = again(X, y, sizes, 1, batch_size, rate, rng)
    _, gradients = loss_and_gradients(X, y, start)
    if _close(end, start):
        return "nothing is learnt: all rows make one batch, and one step."
    return None if _close(end, _stepped(start, gradients, rate)) else "all rows make one batch, and one step."


def _judge_no_epoch(received, arguments, again):
    params, history = received
    if len(history):
        return "history must be empty."
    return None if len(params) == len(arguments[2]) - 1 else "the initial weights must come back."


@functools.cache
def _digits():
    """Centred MNIST: 30 000 digits to learn from and the test digits."""
    from ..datasets import mnist

    (x, y), (x_test, y_test) = mnist.load_data()
    middle = x[:2000].reshape(-1, 784).mean(axis=0, dtype="float32")

    def scaled(images):
        return (images.reshape(-1, 784).astype("float32") - middle) / 78.6  # the pixels' standard deviation

    order = np.random.default_rng(0).permutation(len(x))[:30_000]
    return scaled(x[order]), y[order].astype(int), scaled(x_test), y_test


def _mnist_arguments(rng):
    X, y, _, _ = _digits()
    return X, y, [784, 64, 10], 2, 64, 0.1, np.random.default_rng(int(rng.integers(10**6)))


def _judge_digits(received, arguments, again):
    params, _ = received
    _, _, X, labels = _digits()
    score = accuracy(forward(X, params)[1], labels)
    return None if score >= 0.95 else f"it reads {score:.1%} of them."


def _classes(rng, n, d, K):
    """Points of K groups, and their numbers."""
    y = np.concatenate([np.arange(K), rng.integers(0, K, n - K)])
    return (2 * rng.normal(size=(K, d)))[y] + rng.normal(size=(n, d)), y


def _fit_arguments(rng, n, sizes, epochs, batch_size, learning_rate=0.1):
    X, y = _classes(rng, n, sizes[0], sizes[-1])
    return (
        X,
        y,
        list(sizes),
        epochs,
        batch_size,
        learning_rate,
        np.random.default_rng(int(rng.integers(10**6))),
    )


def _fit_cases(rng):
    return [_fit_arguments(rng, 20, (4, 6, 3), 3, 8), _fit_arguments(rng, 9, (5, 4), 2, 4)]


def _probabilities(rng, n, K):
    P = rng.dirichlet(np.full(K, 0.4), size=n)
    labels = rng.integers(0, K, n)
    labels[: n // 2] = P[: n // 2].argmax(axis=1)  # about half are right
    return P, labels


def _accuracy_cases(rng):
    return [_telling(rng, 20), *(_probabilities(rng, n, K) for n, K in ((12, 3), (5, 10), (9, 2)))]


def _telling(rng, n):
    """Square data on which the known mistakes give different numbers."""
    while True:
        P = rng.dirichlet(np.full(n, 0.15), size=n)
        largest = P.argmax(axis=1)
        labels = np.where(np.arange(n) < n // 2 - 1, largest, P.argmin(axis=1))
        labels[-8:-3] = np.minimum(largest + 1, n - 1)[-8:-3]
        labels[-3:] = P.argmax(axis=0)[-3:]
        wrong = [np.mean(formula(P, labels)) for formula in ACCURACY_MISTAKES.values()]
        if len(np.unique(np.round([accuracy(P, labels), *wrong], 9))) == len(wrong):  # right and wrong rows
            return P, labels


ACCURACY_MISTAKES = {
    "the error rate: count the rows that are right.": lambda P, t: 1 - accuracy(P, t),
    "a number of rows: a share is asked for.": lambda P, t: int(np.sum(P.argmax(axis=1) == t)),
    "a percentage: a share from 0 to 1 is asked for.": lambda P, t: 100 * accuracy(P, t),
    "the largest entry of each column: the classes of an example stand in a row.": lambda P, t: np.mean(
        P.argmax(axis=0) == t
    ),
    "the smallest entry of each row.": lambda P, t: np.mean(P.argmin(axis=1) == t),
    "labels compared with something else than the place of the largest entry of each row: is it `argmax`, "
    "and along which axis?": lambda P, t: np.mean(P.max(axis=1) == t),
    "probabilities rounded to 0 or 1: nothing says that the largest is above ½.": lambda P, t: np.mean(
        np.round(P)[np.arange(len(t)), t] == 1
    ),
    "the mean probability of the right class: only the largest of a row counts.": lambda P, t: np.mean(
        P[np.arange(len(t)), t]
    ),
    "classes counted from 1.": lambda P, t: np.mean(P.argmax(axis=1) + 1 == t),
    "a share of all entries of P: divide by the number of rows.": lambda P, t: (
        np.sum(P.argmax(axis=1) == t) / P.size
    ),
    "right and wrong of each row: average them.": lambda P, t: P.argmax(axis=1) == t,
    "every prediction compared with every label.": lambda P, t: np.mean(P.argmax(axis=1)[:, None] == t),
}

ASSIGNMENT = Assignment(
    slug="training_loop",
    modules=("numpy",),
    functions=(
        Function(
            name="train_val_split",
            reference=train_val_split,
            cases=lambda rng: [
                _split_arguments(rng, n, d, f) for n, d, f in ((40, 3, 0.25), (37, 5, 0.2), (50, 1, 0.3))
            ],
            returns="(X_train, y_train), (X_val, y_val), with round(val_fraction · n) rows in the second",
            parts=(("X_train", "y_train"), ("X_val", "y_val")),
            judge=judge_order,
            edges=(
                accepts("val_fraction · n = 15.6", lambda rng: _split_arguments(rng, 39, 2, 0.4)),
                accepts("a small validation part", lambda rng: _split_arguments(rng, 60, 2, 0.05)),
                refuses(
                    "y has 9 entries for 10 rows",
                    lambda rng: (rng.normal(size=(10, 2)), np.arange(9), 0.3, np.random.default_rng(1)),
                ),
                refuses(
                    "val_fraction is 0",
                    lambda rng: (rng.normal(size=(10, 2)), np.arange(10), 0.0, np.random.default_rng(1)),
                ),
                refuses(
                    "val_fraction is 1.2",
                    lambda rng: (rng.normal(size=(10, 2)), np.arange(10), 1.2, np.random.default_rng(1)),
                ),
                is_fast("5000 rows", lambda rng: _split_arguments(rng, 5000, 2, 0.2), 5_000, LOOP),
            ),
            variants=ARRAYS,
        ),
        Function(
            name="minibatches",
            reference=minibatches,
            cases=lambda rng: [
                _batch_arguments(rng, n, d, b) for n, d, b in ((24, 3, 6), (23, 2, 5), (17, 1, 4), (30, 4, 7))
            ],
            returns="a pair (X, y) for each batch, every row once, the short last batch included",
            parts=[("X", "y")],
            judge=judge_order,
            lazy=True,
            edges=(
                accepts("batch_size 1", lambda rng: _batch_arguments(rng, 25, 2, 1)),
                accepts("a batch larger than the data", lambda rng: _batch_arguments(rng, 25, 2, 64)),
                accepts("one row left for the last batch", lambda rng: _batch_arguments(rng, 21, 3, 5)),
                refuses(
                    "y has 9 entries for 10 rows",
                    lambda rng: (rng.normal(size=(10, 2)), np.arange(9), 3, np.random.default_rng(1)),
                ),
                refuses(
                    "batch_size is 0",
                    lambda rng: (rng.normal(size=(10, 2)), np.arange(10), 0, np.random.default_rng(1)),
                ),
                is_fast("20 000 rows", lambda rng: _batch_arguments(rng, 20_000, 2, 2_000), 5_000, LOOP),
            ),
            variants=ARRAYS,
        ),
        Function(
            name="init_params",
            reference=init_params,
            cases=lambda rng: [
                (sizes, np.random.default_rng(int(rng.integers(10**6))))
                for sizes in ([150, 60, 5], [120, 120, 120], [70, 110])
            ],
            returns="a list of pairs (W, b), of shapes (d, m) and (m,)",
            parts=[("W", "b")],
            judge=_judge_params,
            edges=(
                accepts("sizes as a tuple", lambda rng: ((60, 50, 40, 10), np.random.default_rng(3))),
                accepts("layers of one unit", lambda rng: ([1, 1, 1], np.random.default_rng(4))),
                refuses("one size only", lambda rng: ([5], np.random.default_rng(5))),
                is_fast(
                    "784 inputs, 512 units",
                    lambda rng: ([784, 512, 10], np.random.default_rng(6)),
                    1_000,
                    "A generator draws a whole array at once.",
                ),
            ),
        ),
        Function(
            name="accuracy",
            reference=accuracy,
            cases=_accuracy_cases,
            returns="a number from 0 to 1",
            mistakes=ACCURACY_MISTAKES,
            edges=(
                accepts("all right", lambda rng: (np.eye(4), np.arange(4))),
                accepts("all wrong", lambda rng: (np.eye(4), np.arange(4)[::-1].copy())),
                accepts("one row only", lambda rng: _probabilities(rng, 1, 3)),
                accepts(
                    "no probability above one half",
                    lambda rng: (np.full((3, 4), 0.2) + 0.2 * np.eye(4)[:3], np.arange(3)),
                ),
                refuses(
                    "labels of shape (5, 1)", lambda rng: (np.ones((5, 3)), np.zeros((5, 1), int)), STRETCHED
                ),
                refuses("1 label for 5 rows", lambda rng: (np.ones((5, 3)), np.zeros(1, int)), STRETCHED),
                refuses(
                    "one-hot labels",
                    lambda rng: (np.ones((3, 3)), np.eye(3, dtype=int)),
                    "Labels are numbers of classes.",
                ),
                is_fast("5000 rows", lambda rng: _probabilities(rng, 5000, 10), 1_000, LOOP),
            ),
            variants=ARRAYS,
        ),
        Function(
            name="fit",
            reference=fit,
            cases=_fit_cases,
            returns="params (a list of pairs (W, b)) and history (a list with one loss for each epoch)",
            judge=_judge_fit,
            edges=(
                behaves(
                    "two hidden layers",
                    lambda rng: _fit_arguments(rng, 12, (4, 5, 6, 3), 1, 4),
                    _judge_one_step,
                ),
                behaves(
                    "a batch larger than the data",
                    lambda rng: _fit_arguments(rng, 10, (4, 3), 1, 64),
                    _judge_large_batch,
                ),
                behaves(
                    "no epoch at all", lambda rng: _fit_arguments(rng, 10, (4, 5, 3), 0, 4), _judge_no_epoch
                ),
                refuses(
                    "y has 9 entries for 10 rows",
                    lambda rng: (
                        np.ones((10, 4)),
                        np.zeros(9, int),
                        [4, 3],
                        1,
                        4,
                        0.1,
                        np.random.default_rng(1),
                    ),
                ),
                refuses(
                    "X has 5 columns for 4 inputs",
                    lambda rng: (
                        np.ones((10, 5)),
                        np.zeros(10, int),
                        [4, 3],
                        1,
                        4,
                        0.1,
                        np.random.default_rng(1),
                    ),
                ),
                behaves(MNIST, _mnist_arguments, _judge_digits, steps=1_000_000),
            ),
            variants=ARRAYS,
            uses=("minibatches", "init_params"),
        ),
    ),
)
