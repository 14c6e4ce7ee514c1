"""The assignment `backprop`: the gradient of each step, of a whole network, and a test for all of them."""

from itertools import pairwise

import numpy as np

from .. import activations
from .spec import Assignment, Function, accepts, is_fast, refuses, stays_finite

ARRAYS = ("integers", "float32", "read_only", "strided")
LABELLED = ("read_only", "strided")  # labels are whole numbers already, and stay so
LOOP = "60 000 images would take minutes: compute with whole arrays instead of number by number."
STRETCHED = "NumPy would stretch the smaller array: compare the shapes yourself."


def numerical_gradient(f, x, eps=1e-5):
    """(f(x + ε) − f(x − ε)) / 2ε for each entry by itself."""
    return _differences(f, x, lambda up, middle, down: (up - down) / (2 * eps), eps)


def dense_backward(dZ, X, W):
    """(dZ Wᵀ, Xᵀ dZ, Σ over the rows of dZ)."""
    if dZ.shape != (X.shape[0], W.shape[1]) or X.shape[1] != W.shape[0]:
        raise ValueError(f"shapes do not fit: dZ {dZ.shape}, X {X.shape}, W {W.shape}")
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


def relu_backward(dA, Z):
    """DA where z > 0, otherwise 0."""
    _same_shapes(dA, Z)
    return dA * (Z > 0)


def sigmoid_backward(dA, A):
    """DA · a (1 − a)."""
    _same_shapes(dA, A)
    return dA * (A * (1 - A))


def softmax_crossentropy_backward(labels, logits):
    """(P − Y) / n."""
    n, K = logits.shape
    if labels.shape != (n,):
        raise ValueError(f"labels must have shape ({n},), one for each row, got {labels.shape}")
    if labels.size and not (labels.min() >= 0 and labels.max() < K):
        raise ValueError(f"labels must lie in 0…{K - 1} for logits of shape {logits.shape}")
    return (activations.softmax(logits) - np.eye(K)[labels]) / n


def mlp_gradients(
    X,
    labels,
    params,
    *,
    end=softmax_crossentropy_backward,
    gate=relu_backward,
    through=dense_backward,
    hidden=activations.relu,
    below=None,
):
    """[(dW, db), …] of a perceptron with relu; the other functions make the known mistakes."""
    A, Z = [X], []
    for l, (W, b) in enumerate(params, start=1):
        if A[-1].shape[1] != W.shape[0] or b.shape != W.shape[1:]:
            raise ValueError(f"shapes do not fit in layer {l}: {A[-1].shape}, W {W.shape}, b {b.shape}")
        Z.append(A[-1] @ W + b)
        A.append(hidden(Z[-1]))
    dZ, gradients = end(labels, Z[-1]), []
    for l in reversed(range(len(params))):
        inputs = A[l] if below is None else below(A, Z, l)
        dA, dW, db = through(dZ, inputs, params[l][0])
        gradients.insert(0, (dW, db))
        if l:
            dZ = gate(dA, Z[l - 1])
    return gradients


def _same_shapes(dA, Z):
    if dA.shape != Z.shape:
        raise ValueError(f"both arrays must have the same shape, got {dA.shape} and {Z.shape}")


def _differences(f, x, quotient, eps=1e-5, restore=True):
    """`quotient` of f(x + ε), f(x) and f(x − ε), entry by entry."""
    x = np.array(x, dtype=np.float64)
    gradient, middle = np.zeros_like(x), _number(f(x))
    for index in np.ndindex(x.shape):
        kept = x[index]
        x[index] = kept + eps
        up = _number(f(x))
        x[index] = kept - eps
        gradient[index] = quotient(up, middle, _number(f(x)))
        if restore:
            x[index] = kept
    return gradient


def _number(value):
    if np.ndim(value):
        raise ValueError(f"f must return a single number, got an array of shape {np.shape(value)}")
    return float(value)


def _quotient(formula, **options):
    """A wrong difference quotient as a function of the assignment's arguments."""

    def wrong(f, x, eps=1e-5):
        return _differences(f, x, lambda up, middle, down: formula(up, middle, down, eps), eps, **options)

    return wrong


def _dense(change):
    """A wrong dense_backward: `change` gets what the right one needs and returns."""
    return lambda dZ, X, W: change(dZ, X, W, *dense_backward(dZ, X, W))


def _probabilities(axis):
    """The gradient with a softmax along another axis."""

    def wrong(labels, logits):
        E = np.exp(logits)
        return (E / E.sum(axis=axis, keepdims=True) - _one_hot(labels, logits)) / len(logits)

    return wrong


def _one_hot(labels, logits):
    return np.eye(logits.shape[1])[labels]


def _off_by_one(labels, logits):
    return softmax_crossentropy_backward((labels - 1) % logits.shape[1], logits)


def _transposed(dZ, X, W):
    if W.shape[0] != W.shape[1]:
        return dense_backward(dZ, X, W)
    return dense_backward(dZ, X, W.T)


def _no_gate(dA, Z):
    return dA


def _gate_of_sigmoid(dA, Z):
    A = activations.relu(Z)
    return dA * A * (1 - A)


def _slope_behind(X, labels, params):
    """Each dA times the slope at the Z of the layer behind it, where the shapes are the same."""
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(activations.relu(Z[-1]))
    dZ, found = softmax_crossentropy_backward(labels, Z[-1]), []
    for l in reversed(range(len(params))):
        dA, dW, db = dense_backward(dZ, A[l], params[l][0])
        found.insert(0, (dW, db))
        if l:
            dZ = relu_backward(dA, Z[l])
    return found


# ---- data


def _smooth(x):
    return np.sum(x**3) / 3 + np.sum(np.sin(x)) * x.flat[0]


def _weighted(rng, shape):
    C = rng.normal(size=shape)
    return lambda x: np.sum(C * np.exp(x / 2) + x**3)


def _neighbours(x):
    return np.sum(x[1:] * x[:-1] ** 2)


def _numerical_cases(rng):
    return [
        (_smooth, rng.normal(size=(3, 3))),
        (_weighted(rng, (4,)), rng.normal(size=4), 0.1),
        (_neighbours, rng.normal(size=(4, 2)), 1e-3),
        (_weighted(rng, (2, 3)), rng.normal(size=(2, 3))),
    ]


def _dense_arguments(rng, n, d, m):
    return rng.normal(size=(n, m)), rng.normal(size=(n, d)), rng.normal(size=(d, m))


def _pair(rng, shape):
    return rng.normal(size=shape), 2 * rng.normal(size=shape)


def _outputs(rng, shape):
    return rng.normal(size=shape), rng.uniform(0.05, 0.95, size=shape)


def _labelled(rng, n, K):
    return rng.integers(K, size=n), 2 * rng.normal(size=(n, K))


def _network(rng, n, *sizes):
    params = [(rng.normal(size=(d, m)), rng.normal(size=m)) for d, m in pairwise(sizes)]
    return rng.normal(size=(n, sizes[0])), rng.integers(sizes[-1], size=n), params


def _misfit_network(rng):
    X, labels, ((W1, b1), _) = _network(rng, 3, 4, 5, 2)
    return X, labels, [(W1, b1), (rng.normal(size=(6, 2)), np.zeros(2))]


def _refuses_other_shapes(name):
    return (
        refuses(f"dA has shape (3, 4) and {name} (3, 3)", lambda rng: (np.ones((3, 4)), np.ones((3, 3)))),
        refuses(f"dA has shape (3, 4) and {name} (4,)", lambda rng: (np.ones((3, 4)), np.ones(4)), STRETCHED),
        refuses(
            f"dA has shape (3, 1) and {name} (3, 4)",
            lambda rng: (np.ones((3, 1)), np.ones((3, 4))),
            STRETCHED,
        ),
    )


def _elementwise_edges(name, make):
    return (
        *_refuses_other_shapes(name),
        accepts("three axes, shape (2, 3, 4)", lambda rng: make(rng, (2, 3, 4))),
        accepts("one row only", lambda rng: make(rng, (1, 4))),
        is_fast("many numbers, shape (2000, 100)", lambda rng: make(rng, (2000, 100)), 10_000, LOOP),
    )


ASSIGNMENT = Assignment(
    slug="backprop",
    modules=("numpy",),
    functions=(
        Function(
            name="numerical_gradient",
            reference=numerical_gradient,
            cases=_numerical_cases,
            returns="an array of x's shape",
            mistakes={
                "the one-sided quotient (f(x + ε) − f(x)) / ε: move the entry both ways.": _quotient(
                    lambda up, middle, down, eps: (up - middle) / eps
                ),
                "the one-sided quotient (f(x) − f(x − ε)) / ε: move the entry both ways.": _quotient(
                    lambda up, middle, down, eps: (middle - down) / eps
                ),
                "division by ε: how far apart are the two points?": _quotient(
                    lambda up, middle, down, eps: (up - down) / eps
                ),
                "`/ 2 * eps`, which multiplies by ε: are there brackets around the denominator?": _quotient(
                    lambda up, middle, down, eps: (up - down) / 2 * eps
                ),
                "the difference before it is divided.": _quotient(lambda up, middle, down, eps: up - down),
                "the opposite sign: which value is taken away from which?": _quotient(
                    lambda up, middle, down, eps: (down - up) / (2 * eps)
                ),
                "entries that are not put back before the next one is moved.": _quotient(
                    lambda up, middle, down, eps: (up - down) / (2 * eps), restore=False
                ),
                "all entries moved at once: each has a slope of its own, so move one at a time.": (
                    lambda f, x, eps=1e-5: np.full(x.shape, (f(x + eps) - f(x - eps)) / (2 * eps))
                ),
                "a single slope with all entries moved at once: return one for each entry.": (
                    lambda f, x, eps=1e-5: (f(x + eps) - f(x - eps)) / (2 * eps)
                ),
                "ε fixed at 10⁻⁵: use the argument `eps`.": lambda f, x, eps=1e-5: numerical_gradient(f, x),
                "half of the distance, ε/2 both ways: move by `eps`.": lambda f, x, eps=1e-5: (
                    numerical_gradient(f, x, eps / 2)
                ),
                "the values of f in place of its slopes.": _quotient(lambda up, middle, down, eps: middle),
            },
            edges=(
                accepts("one entry only", lambda rng: (_smooth, rng.normal(size=1))),
                accepts("three axes, shape (2, 1, 3)", lambda rng: (_smooth, rng.normal(size=(2, 1, 3)))),
                accepts("a larger step, eps = 0.5", lambda rng: (_smooth, rng.normal(size=(2, 2)), 0.5)),
                accepts(
                    "the kink of |x| at 0",
                    lambda rng: (lambda x: np.abs(x).sum(), np.array([0.0, 1.0, -2.0])),
                ),
                accepts("f returns an array without axes", lambda rng: (np.sum, rng.normal(size=(2, 3)))),
                refuses("f returns an array", lambda rng: (np.sin, np.ones(3))),
            ),
            variants=ARRAYS,
        ),
        Function(
            name="dense_backward",
            reference=dense_backward,
            cases=lambda rng: [_dense_arguments(rng, *s) for s in ((4, 4, 4), (5, 4, 3), (2, 3, 6))],
            returns="a tuple (dX, dW, db) of arrays (n, d), (d, m), (m,)",
            parts=("dX", "dW", "db"),
            mistakes={
                "dW and db divided by n: the 1/n of the mean is in dZ already.": _dense(
                    lambda dZ, X, W, dX, dW, db: (dX, dW / len(X), db / len(X))
                ),
                "dW divided by n: the 1/n of the mean is in dZ already.": _dense(
                    lambda dZ, X, W, dX, dW, db: (dX, dW / len(X), db)
                ),
                "everything divided by n: the 1/n of the mean is in dZ already.": _dense(
                    lambda dZ, X, W, dX, dW, db: (dX / len(X), dW / len(X), db / len(X))
                ),
                "db averaged over the examples: paths add, and the 1/n is in dZ already.": _dense(
                    lambda dZ, X, W, dX, dW, db: (dX, dW, db / len(X))
                ),
                "db not summed: it must have the shape of b, one entry for each unit.": _dense(
                    lambda dZ, X, W, dX, dW, db: (dX, dW, dZ)
                ),
                "db summed along the rows: which axis of dZ holds the examples?": _dense(
                    lambda dZ, X, W, dX, dW, db: (dX, dW, dZ.sum(axis=1))
                ),
                "db with the axis of the examples kept: b has one axis.": _dense(
                    lambda dZ, X, W, dX, dW, db: (dX, dW, db[None])
                ),
                "db as one number: each unit has its own.": _dense(
                    lambda dZ, X, W, dX, dW, db: (dX, dW, dZ.sum())
                ),
                "db of the first example alone: every row of dZ is a path to b.": _dense(
                    lambda dZ, X, W, dX, dW, db: (dX, dW, dZ[0])
                ),
                "dX divided by n: the 1/n of the mean is in dZ already.": _dense(
                    lambda dZ, X, W, dX, dW, db: (dX / len(X), dW, db)
                ),
                "dX made with W itself: write the indices under dX, dZ and W.": _dense(
                    lambda dZ, X, W, dX, dW, db: (dZ @ W, dW, db)
                ),
                "dW transposed: it must have the shape of W.": _dense(
                    lambda dZ, X, W, dX, dW, db: (dX, dW.T, db)
                ),
                "dW made with X itself: write the indices under dW, X and dZ.": _dense(
                    lambda dZ, X, W, dX, dW, db: (dX, X @ dZ, db)
                ),
                "dX transposed: it must have the shape of X.": _dense(
                    lambda dZ, X, W, dX, dW, db: (dX.T, dW, db)
                ),
                "the three in another order: dX comes first, then dW, then db.": _dense(
                    lambda dZ, X, W, dX, dW, db: (dW, db, dX)
                ),
                "dW and dX in each other's place.": _dense(lambda dZ, X, W, dX, dW, db: (dW, dX, db)),
                "db before dW: the order is dX, dW, db.": _dense(lambda dZ, X, W, dX, dW, db: (dX, db, dW)),
                "dW and db alone: the layer before needs dX.": _dense(lambda dZ, X, W, dX, dW, db: (dW, db)),
                "the opposite sign of all three.": _dense(lambda dZ, X, W, dX, dW, db: (-dX, -dW, -db)),
                "X in the place of dX.": _dense(lambda dZ, X, W, dX, dW, db: (X, dW, db)),
                "W in the place of dW.": _dense(lambda dZ, X, W, dX, dW, db: (dX, W, db)),
            },
            edges=(
                accepts("one example only", lambda rng: _dense_arguments(rng, 1, 4, 3)),
                accepts("one unit only", lambda rng: _dense_arguments(rng, 5, 4, 1)),
                accepts("one input only", lambda rng: _dense_arguments(rng, 5, 1, 3)),
                refuses(
                    "dZ has 4 rows and X has 5",
                    lambda rng: (np.ones((4, 3)), np.ones((5, 2)), np.ones((2, 3))),
                ),
                refuses(
                    "dZ has 3 columns and W has 4",
                    lambda rng: (np.ones((5, 3)), np.ones((5, 2)), np.ones((2, 4))),
                ),
                refuses(
                    "X has 3 columns and W has 2 rows",
                    lambda rng: (np.ones((5, 4)), np.ones((5, 3)), np.ones((2, 4))),
                    "Both products exist, and yet no such layer does: compare the shapes yourself.",
                ),
                is_fast("2000 examples", lambda rng: _dense_arguments(rng, 2000, 50, 20), 20_000, LOOP),
                accepts(
                    "X of whole numbers, dZ and W with decimals",
                    lambda rng: (
                        rng.normal(size=(5, 3)),
                        rng.integers(-3, 4, size=(5, 4)),
                        rng.normal(size=(4, 3)),
                    ),
                    "An array of integers cuts off decimals that are written into it.",
                ),
            ),
            variants=ARRAYS,
        ),
        Function(
            name="relu_backward",
            reference=relu_backward,
            cases=lambda rng: [_pair(rng, shape) for shape in ((3, 4), (5, 2), (6,))],
            returns="an array of dA's shape",
            mistakes={
                "the slopes alone: multiply them by what arrives, dA.": lambda dA, Z: (Z > 0) * 1.0,
                "True and False for the slopes: multiply them by what arrives, dA.": lambda dA, Z: Z > 0,
                "relu of dA: whether a unit is on depends on Z.": lambda dA, Z: np.maximum(dA, 0),
                "dA times relu(Z): the derivative is asked for, a step.": lambda dA, Z: dA * np.maximum(Z, 0),
                "relu(Z): that is the forward pass.": lambda dA, Z: np.maximum(Z, 0),
                "dA times Z.": lambda dA, Z: dA * Z,
                "dA itself: where the unit is off nothing passes.": lambda dA, Z: dA,
                "the units that are off let the gradient pass: look at the comparison.": lambda dA, Z: (
                    dA * (Z < 0)
                ),
                "the slope −1 where z < 0, as of |z|: there it is 0.": lambda dA, Z: dA * np.sign(Z),
                "leaky relu: where z < 0 the slope is exactly 0.": lambda dA, Z: np.where(
                    Z > 0, dA, 0.01 * dA
                ),
                "only the entries that pass: the others stay in their places as zeros.": lambda dA, Z: dA[
                    Z > 0
                ],
                "a comparison with 1: the bend of relu is at 0.": lambda dA, Z: dA * (Z > 1),
                "both conditions at once, on dA and on Z: only Z matters.": lambda dA, Z: (
                    dA * (Z > 0) * (dA > 0)
                ),
                "Z where dA is positive: the two arrays have changed places.": lambda dA, Z: Z * (dA > 0),
                "the opposite sign.": lambda dA, Z: -dA * (Z > 0),
            },
            edges=(
                accepts(
                    "z exactly 0",
                    lambda rng: (np.ones((2, 3)), np.array([[0.0, 1.0, -1.0], [0.0, -0.0, 2.0]])),
                    "At 0 relu has no derivative. By convention it is 0, as in Keras.",
                ),
                *_elementwise_edges("Z", _pair),
                stays_finite(
                    "very large z",
                    lambda rng: (rng.normal(size=(1, 4)), np.array([[1e300, -1e300, 1e5, -1e5]])),
                    "Nothing has to be divided or raised to a power here.",
                ),
            ),
            variants=ARRAYS,
        ),
        Function(
            name="sigmoid_backward",
            reference=sigmoid_backward,
            cases=lambda rng: [_outputs(rng, shape) for shape in ((3, 4), (5, 2), (6,))],
            returns="an array of dA's shape",
            mistakes={
                "the slope at σ(A): A is the sigmoid's result already.": lambda dA, A: (
                    dA * activations.sigmoid(A) * (1 - activations.sigmoid(A))
                ),
                "the slopes alone: multiply them by what arrives, dA.": lambda dA, A: A * (1 - A),
                "dA times a: a factor is missing.": lambda dA, A: dA * A,
                "dA times (1 − a): a factor is missing.": lambda dA, A: dA * (1 - A),
                "1 − a², the slope of tanh.": lambda dA, A: dA * (1 - A**2),
                "a − 1: look at the sign of the second factor.": lambda dA, A: dA * A * (A - 1),
                "1 + a: look at the sign of the second factor.": lambda dA, A: dA * A * (1 + A),
                "dA · a · 1 − a: brackets are missing around the second factor.": lambda dA, A: (
                    dA * A * 1 - A
                ),
                "dA(1 − dA): the slope belongs to A.": lambda dA, A: dA * (1 - dA),
                "a (1 − dA): the two arrays have changed places.": lambda dA, A: A * dA * (1 - dA),
                "dA times σ(A): that is a value, the slope is asked for.": lambda dA, A: (
                    dA * activations.sigmoid(A)
                ),
                "dA divided by the slope: the chain rule multiplies.": lambda dA, A: dA / (A * (1 - A)),
                "a slope plus dA: the chain rule multiplies.": lambda dA, A: dA + A * (1 - A),
                "dA itself: multiply it by the slope.": lambda dA, A: dA,
            },
            edges=(
                accepts(
                    "a exactly 0 or 1",
                    lambda rng: (np.ones((1, 4)), np.array([[0.0, 1.0, 0.5, 1.0]])),
                    "A saturated unit passes no gradient.",
                ),
                *_elementwise_edges("A", _outputs),
            ),
            variants=ARRAYS,
        ),
        Function(
            name="softmax_crossentropy_backward",
            reference=softmax_crossentropy_backward,
            cases=lambda rng: [_labelled(rng, *s) for s in ((4, 4), (5, 3), (3, 6))],
            returns="an array (n, K)",
            mistakes={
                "P − Y without the 1/n: your gradient is n times the correct one, for the loss is a mean "
                "over the batch.": lambda labels, logits: (
                    activations.softmax(logits) - _one_hot(labels, logits)
                ),
                "Y − P: look at the sign.": lambda labels, logits: (
                    -softmax_crossentropy_backward(labels, logits)
                ),
                "a mean over all n·K entries: the loss has one value a row.": lambda labels, logits: (
                    softmax_crossentropy_backward(labels, logits) / logits.shape[1]
                ),
                "division by the number of classes: the loss is a mean over the examples.": (
                    lambda labels, logits: (
                        softmax_crossentropy_backward(labels, logits) * len(logits) / logits.shape[1]
                    )
                ),
                "P alone: the labels are not used.": lambda labels, logits: (
                    activations.softmax(logits) / len(logits)
                ),
                "P alone, and without the 1/n: the labels are not used.": lambda labels, logits: (
                    activations.softmax(logits)
                ),
                "logits minus Y: softmax is missing.": lambda labels, logits: (
                    (logits - _one_hot(labels, logits)) / len(logits)
                ),
                "softmax down the columns: each row must sum to 1.": _probabilities(0),
                "softmax over the whole array: each row must sum to 1.": _probabilities(None),
                "one-hot rows shifted by one class: labels begin at 0.": _off_by_one,
                "the gradient by P, −Y/P: go on through softmax to the logits.": lambda labels, logits: (
                    -_one_hot(labels, logits) / activations.softmax(logits) / len(logits)
                ),
                "the gradient by P, −Y/P, and without the 1/n: go on through softmax to the logits.": (
                    lambda labels, logits: -_one_hot(labels, logits) / activations.softmax(logits)
                ),
                "the loss itself: its gradient is asked for.": lambda labels, logits: float(
                    -np.log(activations.softmax(logits)[np.arange(len(labels)), labels]).mean()
                ),
                "the entries at the labels alone: every logit of a row has a gradient.": (
                    lambda labels, logits: softmax_crossentropy_backward(labels, logits)[
                        np.arange(len(labels)), labels
                    ]
                ),
                "P (1 − P), the slope of softmax: go on to the loss, which needs the labels.": (
                    lambda labels, logits: (
                        activations.softmax(logits) * (1 - activations.softmax(logits)) / len(logits)
                    )
                ),
                "−Y alone: P is missing.": lambda labels, logits: -_one_hot(labels, logits) / len(logits),
                "a 1 taken away from whole columns: each row has one label of its own.": (
                    lambda labels, logits: (
                        (activations.softmax(logits) - np.isin(np.arange(logits.shape[1]), labels))
                        / len(logits)
                    )
                ),
                "the gradient of a squared error, 2 (P − Y).": lambda labels, logits: (
                    2 * softmax_crossentropy_backward(labels, logits)
                ),
            },
            edges=(
                accepts("one example only", lambda rng: _labelled(rng, 1, 4)),
                accepts("the same label in every row", lambda rng: (np.full(3, 2), rng.normal(size=(3, 4)))),
                accepts(
                    "labels of dtype uint8, as MNIST has them",
                    lambda rng: (np.array([0, 3, 1], dtype=np.uint8), rng.normal(size=(3, 4))),
                ),
                accepts(
                    "logits of dtype float32",
                    lambda rng: (np.array([1, 0, 2]), rng.normal(size=(3, 3)).astype(np.float32)),
                ),
                accepts(
                    "logits that are whole numbers",
                    lambda rng: (np.array([1, 0, 2]), rng.integers(-3, 4, size=(3, 3))),
                    "An array of integers cuts off decimals that are written into it.",
                ),
                stays_finite(
                    "very large and very small logits",
                    lambda rng: (np.array([0, 1]), np.array([[1000.0, 999.0, 0.0], [-1000.0, 800.0, -1e5]])),
                    "Is your softmax the stable one?",
                ),
                refuses(
                    "a label equal to K",
                    lambda rng: (np.array([0, 3]), np.ones((2, 3))),
                    "Labels run from 0 to K − 1.",
                ),
                refuses(
                    "a negative label",
                    lambda rng: (np.array([0, -1]), np.ones((2, 3))),
                    "NumPy counts negative positions from the end: compare the labels yourself.",
                ),
                refuses(
                    "one label for two rows",
                    lambda rng: (np.array([1]), np.ones((2, 3))),
                    STRETCHED,
                ),
                is_fast("2000 examples", lambda rng: _labelled(rng, 2000, 50), 20_000, LOOP),
            ),
            variants=LABELLED,
        ),
        Function(
            name="mlp_gradients",
            reference=mlp_gradients,
            cases=lambda rng: [
                _network(rng, 6, 4, 4, 4, 4),
                _network(rng, 5, 4, 6, 3),
                _network(rng, 4, 5, 4, 6, 2),
                _network(rng, 3, 4, 3),
            ],
            returns="a list of (dW, db), one pair for each layer",
            parts=[("dW", "db")],
            mistakes={
                "P − Y without the 1/n: your gradients are n times the correct ones, for the loss is a mean "
                "over the batch.": lambda X, labels, params: [
                    (len(X) * dW, len(X) * db) for dW, db in mlp_gradients(X, labels, params)
                ],
                "gradients divided by n twice: the 1/n belongs to the start, once.": (
                    lambda X, labels, params: [
                        (dW / len(X), db / len(X)) for dW, db in mlp_gradients(X, labels, params)
                    ]
                ),
                "the opposite sign of all gradients: is it P − Y?": lambda X, labels, params: [
                    (-dW, -db) for dW, db in mlp_gradients(X, labels, params)
                ],
                "the last layer first: the list begins with the first layer.": lambda X, labels, params: (
                    mlp_gradients(X, labels, params)[::-1]
                ),
                "pairs (db, dW): dW comes first.": lambda X, labels, params: [
                    (db, dW) for dW, db in mlp_gradients(X, labels, params)
                ],
                "a backward pass without relu's slope: hidden layers have f′(Z).": (
                    lambda X, labels, params: mlp_gradients(X, labels, params, gate=_no_gate)
                ),
                "the slope of a sigmoid, A (1 − A), in the hidden layers: they have relu.": (
                    lambda X, labels, params: mlp_gradients(X, labels, params, gate=_gate_of_sigmoid)
                ),
                "the slope at the Z of the layer behind: dA is that of this layer, and so is the Z.": (
                    lambda X, labels, params: _slope_behind(X, labels, params)
                ),
                "A in place of the slope of relu: the slope is 1 or 0.": lambda X, labels, params: (
                    mlp_gradients(X, labels, params, gate=lambda dA, Z: dA * activations.relu(Z))
                ),
                "relu of the gradient: whether a unit is on depends on Z.": lambda X, labels, params: (
                    mlp_gradients(X, labels, params, gate=lambda dA, Z: np.maximum(dA, 0))
                ),
                "W where its transpose belongs: write the indices under dX, dZ and W.": (
                    lambda X, labels, params: mlp_gradients(X, labels, params, through=_transposed)
                ),
                "X as the input of every layer: dW needs what the layer was given, A of the one before.": (
                    lambda X, labels, params: mlp_gradients(X, labels, params, below=lambda A, Z, l: X)
                ),
                "the layer's own output where its input belongs: count the layers.": (
                    lambda X, labels, params: mlp_gradients(X, labels, params, below=lambda A, Z, l: A[l + 1])
                ),
                "Z where A belongs: the layer was given relu(Z).": lambda X, labels, params: mlp_gradients(
                    X, labels, params, below=lambda A, Z, l: Z[l - 1] if l else X
                ),
                "a forward pass without relu.": lambda X, labels, params: mlp_gradients(
                    X, labels, params, hidden=lambda Z: Z
                ),
                "no relu at all, forwards or backwards.": lambda X, labels, params: mlp_gradients(
                    X, labels, params, hidden=lambda Z: Z, gate=_no_gate
                ),
                "sigmoid in the forward pass: the hidden layers have relu.": lambda X, labels, params: (
                    mlp_gradients(X, labels, params, hidden=activations.sigmoid)
                ),
                "a forward pass without biases.": lambda X, labels, params: mlp_gradients(
                    X, labels, [(W, 0 * b) for W, b in params]
                ),
                "relu in the output layer as well: softmax takes Z itself.": lambda X, labels, params: (
                    mlp_gradients(
                        X,
                        labels,
                        params,
                        end=lambda y, Z: relu_backward(
                            softmax_crossentropy_backward(y, activations.relu(Z)), Z
                        ),
                    )
                ),
                "softmax of relu(Z) in the output layer: softmax takes Z itself.": lambda X, labels, params: (
                    mlp_gradients(
                        X,
                        labels,
                        params,
                        end=lambda y, Z: softmax_crossentropy_backward(y, activations.relu(Z)),
                    )
                ),
                "relu's slope at the output layer, which has no relu.": lambda X, labels, params: (
                    mlp_gradients(
                        X,
                        labels,
                        params,
                        end=lambda y, Z: relu_backward(softmax_crossentropy_backward(y, Z), Z),
                    )
                ),
                "softmax down the columns: each row must sum to 1.": lambda X, labels, params: mlp_gradients(
                    X, labels, params, end=_probabilities(0)
                ),
                "db not summed: it must have the shape of b.": lambda X, labels, params: mlp_gradients(
                    X,
                    labels,
                    params,
                    through=_dense(lambda dZ, X, W, dX, dW, db: (dX, dW, dZ)),
                ),
                "db averaged over the examples: paths add, and the 1/n is in dZ already.": (
                    lambda X, labels, params: [
                        (dW, db / len(X)) for dW, db in mlp_gradients(X, labels, params)
                    ]
                ),
                "the gradients of the weights alone: biases have one, too.": lambda X, labels, params: [
                    dW for dW, _ in mlp_gradients(X, labels, params)
                ],
                "the last layer's gradients alone: go on to the layers before.": lambda X, labels, params: (
                    mlp_gradients(X, labels, params)[-1:]
                ),
                "updated parameters: return the gradients.": lambda X, labels, params: [
                    (W - dW, b - db)
                    for (W, b), (dW, db) in zip(params, mlp_gradients(X, labels, params), strict=True)
                ],
            },
            edges=(
                accepts("one example only", lambda rng: _network(rng, 1, 4, 5, 3)),
                accepts("one layer only", lambda rng: _network(rng, 3, 4, 2)),
                accepts("five layers", lambda rng: _network(rng, 3, 4, 3, 5, 4, 6, 2)),
                accepts(
                    "inputs and biases of zero, so that hidden sums are exactly 0",
                    lambda rng: (
                        np.zeros((2, 3)),
                        np.array([0, 1]),
                        [(np.ones((3, 4)), np.zeros(4)), (np.ones((4, 2)), np.array([0.5, -1.0]))],
                    ),
                    "At 0 relu's slope is 0 by convention.",
                ),
                accepts(
                    "images and weights of dtype float32",
                    lambda rng: (
                        rng.random(size=(3, 4)).astype(np.float32),
                        np.array([0, 2, 1], dtype=np.uint8),
                        [(rng.normal(size=(4, 3)).astype(np.float32), np.zeros(3, np.float32))],
                    ),
                ),
                refuses(
                    "X has 5 columns for a layer of 4 inputs",
                    lambda rng: (np.ones((3, 5)), np.array([0, 1, 0]), _network(rng, 3, 4, 5, 2)[2]),
                ),
                refuses("the second layer does not fit the first", _misfit_network),
                refuses(
                    "a label outside the classes",
                    lambda rng: (np.ones((2, 4)), np.array([0, 2]), _network(rng, 2, 4, 5, 2)[2]),
                ),
                stays_finite(
                    "very large inputs",
                    lambda rng: (
                        1e3 * rng.normal(size=(3, 4)),
                        np.array([0, 1, 2]),
                        _network(rng, 3, 4, 5, 3)[2],
                    ),
                    "Is your softmax the stable one?",
                ),
                is_fast("2000 examples", lambda rng: _network(rng, 2000, 20, 16, 5), 40_000, LOOP),
            ),
            variants=LABELLED,
            uses=("dense_backward", "relu_backward", "softmax_crossentropy_backward"),
        ),
    ),
)
