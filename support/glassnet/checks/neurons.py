"""The assignment `neurons`: from one neuron to the forward pass of a whole network."""

from itertools import pairwise

import numpy as np

from .. import activations
from .spec import Assignment, Function, accepts, is_fast, refuses, stays_finite

ARRAYS = ("integers", "float32", "read_only", "strided")
OVERFLOW = "e to a large positive power overflows: for which z does your exponent become large?"
LOOP = "60 000 images would take minutes: compute with whole arrays instead of number by number."


def neuron(x, w, b, f):
    """f(w · x + b)."""
    if x.shape != w.shape:
        raise ValueError(f"x and w must have the same length, got {x.shape} and {w.shape}")
    return f(w @ x + b)


def dense(X, W, b):
    """Z = X W + b."""
    if X.shape[-1] != W.shape[0] or b.shape != W.shape[1:]:
        raise ValueError(f"shapes do not fit: X {X.shape}, W {W.shape}, b {b.shape}")
    return X @ W + b


def relu(Z):
    """max(z, 0)."""
    return activations.relu(Z)


def sigmoid(Z):
    """1 / (1 + e⁻ᶻ)."""
    return activations.sigmoid(Z)


def tanh(Z):
    """(eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ)."""
    return activations.tanh(Z)


def softmax(Z):
    """e^zₖ / Σⱼ e^zⱼ along the last axis."""
    return activations.softmax(Z)


def mlp_forward(X, params, *, hidden=relu, output=softmax):
    """Dense layers, relu between them, softmax at the end; the other activations make the known mistakes."""
    A = X
    for l, (W, b) in enumerate(params, start=1):
        Z = dense(A, W, b)
        A = output(Z) if l == len(params) else hidden(Z)
    return A


def count_parameters(sizes):
    """Σ (dᵢ + 1) dᵢ₊₁."""
    return sum((d + 1) * m for d, m in pairwise(sizes))


def _same(Z):
    return Z


def _square_plus_one(z):
    return z * z + 1.0


def _positive_part(z):
    return max(0.0, z)  # a single number only, as the text promises f gets


def _neuron_cases(rng):
    def case(d, f):
        return rng.normal(size=d), rng.normal(size=d), float(rng.normal()), f

    return [case(3, _square_plus_one), case(5, np.tanh), case(4, _positive_part), case(4, _square_plus_one)]


def _dense_arguments(rng, n, d, m):
    return rng.normal(size=(n, d)), rng.normal(size=(d, m)), rng.normal(size=m)


def _activation_cases(rng):
    return [2 * rng.normal(size=shape) for shape in ((3, 4), (5, 2), (6,))]


def _one_argument(make):
    return lambda rng: [(Z,) for Z in make(rng)]


def _mlp_arguments(rng, n, *sizes):
    layers = pairwise(sizes)
    return rng.normal(size=(n, sizes[0])), [(rng.normal(size=(d, m)), rng.normal(size=m)) for d, m in layers]


def _misfit_mlp(rng):
    X, ((W1, b1), _) = _mlp_arguments(rng, 3, 4, 5, 2)
    return X, [(W1, b1), (rng.normal(size=(6, 2)), rng.normal(size=2))]


def _elementwise_edges(name):
    return (
        accepts("three axes, shape (2, 3, 4)", lambda rng: (rng.normal(size=(2, 3, 4)),)),
        accepts("one row only", lambda rng: (rng.normal(size=(1, 4)),)),
        stays_finite(
            "very large and very small z",
            lambda rng: (np.array([[-1000.0, -30.0, 0.0], [30.0, 800.0, -1e5]]),),
            "" if name == "relu" else OVERFLOW,
        ),
        is_fast("many numbers, shape (2000, 100)", lambda rng: (rng.normal(size=(2000, 100)),), 10_000, LOOP),
    )


def _shifted(Z):
    return np.exp(Z - Z.max(axis=-1, keepdims=True))


def _keeping_no_axis(Z):
    E = np.exp(Z - Z.max(axis=-1))
    return E / E.sum(axis=-1)


def _softmax_over(axis):
    def formula(Z):
        E = np.exp(Z)
        return E / E.sum(axis=axis, keepdims=True)

    return formula


ASSIGNMENT = Assignment(
    slug="neurons",
    modules=("numpy",),
    functions=(
        Function(
            name="neuron",
            reference=neuron,
            cases=_neuron_cases,
            returns="a single number",
            mistakes={
                "a neuron without its bias: what is b for?": lambda x, w, b, f: f(w @ x),
                "the weighted sum before the activation: f is never applied.": lambda x, w, b, f: w @ x + b,
                "f applied before the bias is added: f takes the whole sum.": lambda x, w, b, f: f(w @ x) + b,
                "b subtracted: look at the sign of the bias.": lambda x, w, b, f: f(w @ x - b),
                "f times the bias: b is added inside f.": lambda x, w, b, f: f(w @ x) * b,
                "w + x summed: each input is multiplied by its weight.": lambda x, w, b, f: f(
                    (w + x).sum() + b
                ),
                "the sum of w times the sum of x: multiply pair by pair.": lambda x, w, b, f: f(
                    w.sum() * x.sum() + b
                ),
                "a mean where the sum stands in the formula.": lambda x, w, b, f: f(np.mean(w * x) + b),
                "b added once per input: it is added once, after the sum.": lambda x, w, b, f: f(
                    np.sum(w * x + b)
                ),
                "f applied to each product before the sum: sum first.": lambda x, w, b, f: (
                    sum(f(v) for v in w * x) + b
                ),
                "one output per input: a neuron adds its weighted inputs up first.": lambda x, w, b, f: (
                    np.array([f(v) for v in w * x + b])
                ),
            },
            edges=(
                refuses("x has 4 numbers and w has 3", lambda rng: (np.ones(4), np.ones(3), 0.5, np.tanh)),
                refuses(
                    "x has 3 numbers and w has 1",
                    lambda rng: (rng.normal(size=3), np.ones(1), 0.5, np.tanh),
                    "NumPy would stretch the one weight over all inputs: compare the shapes yourself.",
                ),
                accepts(
                    "one input only", lambda rng: (np.array([2.0]), np.array([-1.5]), 0.25, _square_plus_one)
                ),
                accepts(
                    "b = 0 as a whole number",
                    lambda rng: (rng.normal(size=3), rng.normal(size=3), 0, np.tanh),
                ),
            ),
            variants=ARRAYS,
        ),
        Function(
            name="dense",
            reference=dense,
            cases=lambda rng: (
                [_dense_arguments(rng, *sizes) for sizes in ((4, 4, 4), (5, 4, 3), (2, 3, 6))]
            ),
            returns="an array (n, m)",
            mistakes={
                "X W without the bias: b is added to every row.": lambda X, W, b: X @ W,
                "b subtracted: look at its sign.": lambda X, W, b: X @ W - b,
                "Z with rows and columns swapped: examples are rows, units are columns.": lambda X, W, b: (
                    (X @ W + b).T
                ),
                "the transposed weights: the columns of W are the units.": lambda X, W, b: X @ W.T + b,
                "W X in place of X W: the order of a matrix product counts.": lambda X, W, b: W @ X + b,
                "X and W multiplied entry by entry: a layer takes the matrix product.": lambda X, W, b: (
                    X * W + b
                ),
                "a bias for each row: b has one for each unit, a column.": lambda X, W, b: X @ W + b[:, None],
                "the sum of b added everywhere: each unit has its own.": lambda X, W, b: X @ W + b.sum(),
                "b added twice.": lambda X, W, b: X @ W + 2 * b,
                "(X + b) W: the bias is added after the product.": lambda X, W, b: (X + b) @ W,
                "b times the product: the bias is added.": lambda X, W, b: X @ W * b,
                "relu of the result: this layer has no activation yet.": lambda X, W, b: np.maximum(
                    X @ W + b, 0
                ),
                "the first example only: every row of X is one.": lambda X, W, b: X[0] @ W + b,
                "a mean over the examples: every row of X has a row in the result.": lambda X, W, b: (
                    X @ W + b
                ).mean(axis=0),
                "the product divided by the number of inputs: it is a sum, no mean.": lambda X, W, b: (
                    X @ W / len(W) + b
                ),
                "b added once per input: it is added once, after the sum.": lambda X, W, b: (
                    X @ W + len(W) * b
                ),
            },
            edges=(
                accepts("one row only", lambda rng: _dense_arguments(rng, 1, 4, 3)),
                accepts("one unit only", lambda rng: _dense_arguments(rng, 5, 4, 1)),
                refuses(
                    "X has 5 columns and W has 4 rows",
                    lambda rng: (np.ones((2, 5)), np.ones((4, 3)), np.ones(3)),
                ),
                refuses(
                    "b has 4 entries for 3 units", lambda rng: (np.ones((2, 5)), np.ones((5, 3)), np.ones(4))
                ),
                refuses(
                    "b has 1 entry for 3 units",
                    lambda rng: (np.ones((2, 5)), np.ones((5, 3)), np.ones(1)),
                    "NumPy would stretch it over all units: compare the shapes yourself.",
                ),
                is_fast("2000 rows", lambda rng: _dense_arguments(rng, 2000, 50, 20), 20_000, LOOP),
            ),
            variants=("integer_inputs", *ARRAYS),
        ),
        Function(
            name="relu",
            reference=relu,
            cases=_one_argument(_activation_cases),
            returns="an array of Z's shape",
            mistakes={
                "the absolute value: what becomes of negative numbers?": np.abs,
                "min(z, 0): the negative part is kept, the positive dropped.": lambda Z: np.minimum(Z, 0),
                "relu with the opposite sign.": lambda Z: -np.maximum(Z, 0),
                "a step, 0 or 1: positive numbers stay as they are.": lambda Z: (Z > 0) * 1.0,
                "a step, True or False: positive numbers stay as they are.": lambda Z: Z > 0,
                "leaky relu: negative numbers become exactly 0.": lambda Z: np.where(Z > 0, Z, 0.01 * Z),
                "leaky relu with slope 0.1: negative numbers become exactly 0.": lambda Z: np.where(
                    Z > 0, Z, 0.1 * Z
                ),
                "relu capped at 1: there is no upper limit.": lambda Z: np.clip(Z, 0, 1),
                "softplus, the smooth relative of relu.": lambda Z: np.log1p(np.exp(Z)),
                "only the positive numbers: the others stay in their places as zeros.": lambda Z: Z[Z > 0],
                "Z itself: nothing is cut off.": lambda Z: Z,
                "the largest entry of the whole array: relu works entry by entry.": lambda Z: np.maximum(
                    Z.max(), 0
                ),
                "the largest entry of each column: relu works entry by entry; compare `np.max` and "
                "`np.maximum`.": lambda Z: np.max(Z, 0),
            },
            edges=_elementwise_edges("relu"),
            variants=ARRAYS,
        ),
        Function(
            name="sigmoid",
            reference=sigmoid,
            cases=_one_argument(_activation_cases),
            returns="an array of Z's shape",
            mistakes={
                "σ(−z): look at the sign in the exponent.": lambda Z: 1 / (1 + np.exp(Z)),
                "1 + e⁻ᶻ alone: is the whole denominator in brackets?": lambda Z: 1 + np.exp(-Z),
                "1/e⁻ᶻ: the 1 in the denominator is missing.": lambda Z: np.exp(Z),
                "1/1 + e⁻ᶻ or 1/(1 − e⁻ᶻ): look at brackets and signs of the denominator.": lambda Z: (
                    1 / (1 - np.exp(-Z))
                ),
                "the derivative σ(z)(1 − σ(z)).": lambda Z: sigmoid(Z) * (1 - sigmoid(Z)),
                "tanh, whose values lie between −1 and 1.": np.tanh,
                "σ(2z): there is a factor in the exponent.": lambda Z: sigmoid(2 * Z),
                "softmax: sigmoid looks at each entry by itself.": lambda Z: softmax(Z),
                "a hard sigmoid, made of straight pieces.": lambda Z: np.clip(0.2 * Z + 0.5, 0, 1),
                "σ rounded to 0 or 1.": lambda Z: np.round(sigmoid(Z)),
                "2⁻ᶻ in place of e⁻ᶻ.": lambda Z: 1 / (1 + 2.0**-Z),
                "10⁻ᶻ in place of e⁻ᶻ.": lambda Z: 1 / (1 + 10.0**-Z),
            },
            edges=_elementwise_edges("sigmoid"),
            variants=ARRAYS,
        ),
        Function(
            name="tanh",
            reference=tanh,
            cases=_one_argument(_activation_cases),
            returns="an array of Z's shape",
            mistakes={
                "sigmoid: tanh lies between −1 and 1.": lambda Z: sigmoid(Z),
                "2σ(z) − 1, which is tanh(z/2): look at the factor inside σ.": lambda Z: 2 * sigmoid(Z) - 1,
                "σ(2z): stretch it to the range from −1 to 1.": lambda Z: sigmoid(2 * Z),
                "tanh(2z): look at the exponents.": lambda Z: np.tanh(2 * Z),
                "eᶻ − e⁻ᶻ: the denominator is missing.": lambda Z: np.exp(Z) - np.exp(-Z),
                "sinh: the denominator is eᶻ + e⁻ᶻ.": np.sinh,
                "the fraction upside down.": lambda Z: 1 / np.tanh(Z),
                "tanh(−z): look at the sign of the exponents.": lambda Z: -np.tanh(Z),
                "the derivative 1 − tanh² z.": lambda Z: 1 - np.tanh(Z) ** 2,
                "tan: the tangent of an angle, not of a hyperbola.": np.tan,
                "arctan: similar in shape, but another function.": np.arctan,
                "tanh cut to values between 0 and 1.": lambda Z: np.maximum(np.tanh(Z), 0),
                "eᶻ − e⁻ᶻ / eᶻ + e⁻ᶻ: are numerator and denominator in brackets?": lambda Z: (
                    np.exp(Z) - np.exp(-Z) / np.exp(Z) + np.exp(-Z)
                ),
                "σ(2z) − 1: it is stretched by 2 before the 1 is taken away.": lambda Z: sigmoid(2 * Z) - 1,
            },
            edges=_elementwise_edges("tanh"),
            variants=ARRAYS,
            uses=("sigmoid",),
        ),
        Function(
            name="softmax",
            reference=softmax,
            cases=lambda rng: [
                (2 * rng.normal(size=shape),) for shape in ((3, 3), (4, 3), (2, 5), (2, 3, 4), (6,))
            ],
            returns="an array of Z's shape",
            mistakes={
                "softmax down the columns: the classes stand in a row.": _softmax_over(0),
                "softmax over axis 1: the last axis is meant, however many there are.": _softmax_over(1),
                "softmax over the whole array: each row must sum to 1.": _softmax_over(None),
                "entries divided by the sum of another row: which shape has the sum, and what does "
                "`keepdims` do?": lambda Z: np.exp(Z) / np.exp(Z).sum(axis=-1),
                "entries divided by the sum of another row, once the largest is subtracted: which shape has "
                "the sum, and what does `keepdims` do?": lambda Z: _shifted(Z) / _shifted(Z).sum(axis=-1),
                "the largest entries of other rows subtracted: which shape have they, and what does "
                "`keepdims` do?": lambda Z: _keeping_no_axis(Z),
                "eᶻ before it is divided by the sum.": np.exp,
                "e^(z − max), not yet divided by the sum.": lambda Z: np.exp(
                    Z - Z.max(axis=-1, keepdims=True)
                ),
                "z divided by the sum of z: the exponential is missing.": lambda Z: (
                    Z / Z.sum(axis=-1, keepdims=True)
                ),
                "softmax of −z: look at the sign in the exponent.": lambda Z: softmax(-Z),
                "sigmoid: softmax divides by the sum over all classes.": lambda Z: sigmoid(Z),
                "the logarithm of softmax.": lambda Z: np.log(softmax(Z)),
                "a 1 for the largest entry and 0 elsewhere: softmax is its soft version.": lambda Z: (
                    (Z.max(axis=-1, keepdims=True) == Z) * 1.0
                ),
                "the index of the largest entry: return the probabilities.": lambda Z: Z.argmax(axis=-1),
                "eᶻ divided by a length: the plain sum is meant.": lambda Z: (
                    np.exp(Z) / np.linalg.norm(np.exp(Z), axis=-1, keepdims=True)
                ),
                "a mean in the denominator: the sum is meant.": lambda Z: (
                    np.exp(Z) / np.exp(Z).mean(axis=-1, keepdims=True)
                ),
                "the sums themselves.": lambda Z: np.exp(Z).sum(axis=-1),
            },
            edges=(
                accepts("one row only", lambda rng: (rng.normal(size=(1, 4)),)),
                accepts("square, shape (3, 3)", lambda rng: (rng.normal(size=(3, 3)),)),
                accepts("one class only", lambda rng: (rng.normal(size=(3, 1)),)),
                stays_finite(
                    "very large z",
                    lambda rng: (np.array([[1000.0, 999.0, 0.0], [800.0, -800.0, 800.0]]),),
                    "e to a large power overflows: which number may be subtracted from a whole row?",
                ),
                stays_finite(
                    "very small z",
                    lambda rng: (np.array([[-1000.0, -999.0, -1001.0]]),),
                    "All exponentials become 0: which number may be subtracted from a whole row?",
                ),
                stays_finite(
                    "rows of very different size",
                    lambda rng: (np.array([[1000.0, 999.0, 998.0], [-1.0, -2.0, -3.0]]),),
                    "Each row needs a number of its own to be subtracted.",
                ),
                stays_finite(
                    "very large and very small z in one row",
                    lambda rng: (np.array([[1000.0, -1000.0, -1000.0], [-900.0, -900.0, 900.0]]),),
                    "e to a large power overflows: which number leaves no exponent above 0?",
                ),
                is_fast("2000 rows of 100", lambda rng: (rng.normal(size=(2000, 100)),), 20_000, LOOP),
            ),
            variants=ARRAYS,
        ),
        Function(
            name="mlp_forward",
            reference=mlp_forward,
            cases=lambda rng: [
                _mlp_arguments(rng, 4, 4, 4, 4, 4),
                _mlp_arguments(rng, 5, 4, 6, 3),
                _mlp_arguments(rng, 3, 5, 4, 6, 2),
                _mlp_arguments(rng, 2, 3, 4),
            ],
            returns="an array (n, classes)",
            mistakes={
                "the output layer without softmax: probabilities of an example sum to 1.": lambda X, params: (
                    mlp_forward(X, params, output=_same)
                ),
                "hidden layers without relu: they melt into one.": lambda X, params: mlp_forward(
                    X, params, hidden=_same
                ),
                "no activation at all.": lambda X, params: mlp_forward(X, params, hidden=_same, output=_same),
                "relu in the output layer as well: softmax takes Z itself.": lambda X, params: mlp_forward(
                    X, params, output=lambda Z: softmax(relu(Z))
                ),
                "relu in the output layer where softmax belongs.": lambda X, params: mlp_forward(
                    X, params, output=relu
                ),
                "softmax after every layer: the hidden ones have relu.": lambda X, params: mlp_forward(
                    X, params, hidden=softmax
                ),
                "sigmoid in the hidden layers: relu is asked for.": lambda X, params: mlp_forward(
                    X, params, hidden=sigmoid
                ),
                "tanh in the hidden layers: relu is asked for.": lambda X, params: mlp_forward(
                    X, params, hidden=tanh
                ),
                "sigmoid in the output layer: softmax is asked for.": lambda X, params: mlp_forward(
                    X, params, output=sigmoid
                ),
                "layers without their biases.": lambda X, params: mlp_forward(
                    X, [(W, 0 * b) for W, b in params]
                ),
                "softmax down the columns: each row must sum to 1.": lambda X, params: mlp_forward(
                    X, params, output=_softmax_over(0)
                ),
                "softmax over the whole array: each row must sum to 1.": lambda X, params: mlp_forward(
                    X, params, output=_softmax_over(None)
                ),
                "softmax of the last hidden layer: count how often the loop runs.": lambda X, params: softmax(
                    mlp_forward(X, params[:-1], output=relu)
                ),
                "all layers but the last: count how often the loop runs.": lambda X, params: mlp_forward(
                    X, params[:-1], output=relu
                ),
                "the last layer alone, fed with X: feed it with the layer before.": lambda X, params: (
                    mlp_forward(X, params[-1:])
                ),
                "the first layer alone: the next one takes its result.": lambda X, params: mlp_forward(
                    X, params[:1]
                ),
                "softmax applied twice.": lambda X, params: mlp_forward(
                    X, params, output=lambda Z: softmax(softmax(Z))
                ),
                "the class of each example: return the probabilities.": lambda X, params: mlp_forward(
                    X, params
                ).argmax(axis=-1),
                "a list of all layers' outputs: return the last one.": lambda X, params: [X],
                "each layer fed with X: a layer takes what the one before it gave.": lambda X, params: (
                    mlp_forward(relu(dense(X, *params[-2])), params[-1:])
                ),
                "the layers in the opposite order: the first of the list comes first.": lambda X, params: (
                    mlp_forward(X, params[::-1])
                ),
            },
            edges=(
                accepts("one row only", lambda rng: _mlp_arguments(rng, 1, 4, 5, 3)),
                accepts("one layer only", lambda rng: _mlp_arguments(rng, 3, 4, 2)),
                accepts("five layers", lambda rng: _mlp_arguments(rng, 3, 4, 3, 5, 4, 6, 2)),
                refuses(
                    "X has 5 columns for a layer of 4 inputs",
                    lambda rng: (np.ones((3, 5)), _mlp_arguments(rng, 3, 4, 5, 2)[1]),
                ),
                refuses("the second layer does not fit the first", _misfit_mlp),
                stays_finite(
                    "very large inputs",
                    lambda rng: (1e3 * rng.normal(size=(3, 4)), _mlp_arguments(rng, 3, 4, 5, 3)[1]),
                    "Is your softmax the stable one?",
                ),
                is_fast("2000 rows", lambda rng: _mlp_arguments(rng, 2000, 20, 16, 5), 40_000, LOOP),
            ),
            variants=("integer_inputs", *ARRAYS),
            uses=("dense", "relu", "softmax"),
        ),
        Function(
            name="count_parameters",
            reference=count_parameters,
            cases=lambda rng: (
                [*(([int(n) for n in rng.integers(2, 50, size=k)],) for k in (4, 3, 2)), ([784, 512, 10],)]
            ),
            returns="a whole number",
            mistakes={
                "the weights alone: each unit has a bias, too.": lambda s: sum(d * m for d, m in pairwise(s)),
                "a bias for each input as well: inputs are no units.": lambda s: count_parameters(s) + s[0],
                "the biases alone.": lambda s: sum(s[1:]),
                "the number of units: count weights and biases.": sum,
                "one bias a layer: each unit has its own.": lambda s: sum(d * m + 1 for d, m in pairwise(s)),
                "a bias for each input of a layer: each unit, that is each output, has one.": lambda s: sum(
                    d * m + d for d, m in pairwise(s)
                ),
                "all layers but the output layer: count how often the loop runs.": lambda s: count_parameters(
                    s[:-1]
                ),
                "the last layer alone: add up all layers.": lambda s: count_parameters(s[-2:]),
                "the first layer alone: does `return` stand inside the loop?": lambda s: count_parameters(
                    s[:2]
                ),
                "all sizes multiplied: each layer connects two neighbours only.": lambda s: int(np.prod(s)),
                "the biases counted twice.": lambda s: count_parameters(s) + sum(s[1:]),
            },
            edges=(
                accepts("two sizes only", lambda rng: ([3, 2],)),
                accepts("sizes as a tuple", lambda rng: ((8, 16, 16, 4),)),
                accepts("layers of one unit", lambda rng: ([1, 1, 1, 1],)),
                accepts(
                    "a network of ten layers", lambda rng: ([int(n) for n in rng.integers(1, 9, size=11)],)
                ),
                accepts("sizes in the thousands", lambda rng: ([100_000, 50_000, 20_000],)),
            ),
        ),
    ),
)
