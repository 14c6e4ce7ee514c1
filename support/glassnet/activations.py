"""Activation functions A = f(Z), each with its derivative beside it; stable for any finite input.

``f(x)`` is the value. ``f_backward(dA, Z, A)`` is the chain rule's step through it: from ∂L/∂A to ∂L/∂Z,
given the input Z and the output A = f(Z). For all but softmax that is dA · f′(Z), entry by entry.
"""

import math

import numpy as np

from glassnet.config import rounded
from glassnet.utils import lookup


def linear(x):
    """f(z) = z."""
    return np.asarray(x)


def linear_backward(dA, Z, A):
    """f′(z) = 1."""
    return dA


def relu(x):
    """f(z) = max(z, 0)."""
    return np.maximum(x, 0)


def relu_backward(dA, Z, A):
    """f′(z) = 1 for z > 0, otherwise 0. At the kink z = 0 it is 0, as in Keras."""
    return dA * (A > 0)


def leaky_relu(x, negative_slope=0.2):
    """f(z) = z for z > 0, otherwise negative_slope · z (Maas, Hannun and Ng, 2013)."""
    x = np.asarray(x)
    return np.where(x > 0, x, rounded(negative_slope) * x)


def leaky_relu_backward(dA, Z, A, negative_slope=0.2):
    """f′(z) = 1 for z > 0, otherwise negative_slope, also at the kink."""
    return np.where(Z > 0, dA, rounded(negative_slope) * dA)


def elu(x, alpha=1.0):
    """f(z) = z for z > 0, otherwise alpha · (eᶻ − 1) (Clevert, Unterthiner and Hochreiter, 2015)."""
    x = np.asarray(x)
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_backward(dA, Z, A, alpha=1.0):
    """f′(z) = 1 for z > 0, otherwise alpha · eᶻ = f(z) + alpha."""
    return np.where(Z > 0, dA, dA * (A + alpha))


def gelu(x, approximate=False):
    """f(z) = z Φ(z), Φ being the standard normal distribution function (Hendrycks and Gimpel, 2016).

    With ``approximate`` Φ(z) is replaced: f(z) = z · ½ (1 + tanh(√(2/π) (z + 0.044715 z³))).
    """
    x = np.asarray(x)
    return x * (_gelu_gate(x) if approximate else _normal_cdf(x * _ROOT_HALF_RATIO))


def gelu_backward(dA, Z, A, approximate=False):
    """f′(z) = Φ(z) + z φ(z), φ = Φ′ being the normal density."""
    if approximate:
        gate, inner = _gelu_gate(Z), math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * np.square(Z))
        return dA * (gate + Z * 2 * gate * (1 - gate) * inner)
    z = Z * _ROOT_HALF_RATIO
    return dA * (_normal_cdf(z) + z * _normal_pdf(z))


def softplus(x):
    """f(z) = log(1 + eᶻ), written so that eᶻ cannot overflow."""
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def softplus_backward(dA, Z, A):
    """f′(z) = σ(z)."""
    return dA * sigmoid(Z)


def sigmoid(x):
    """σ(z) = 1 / (1 + e⁻ᶻ), written with e^−|z| so that nothing overflows."""
    x = np.asarray(x)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def sigmoid_backward(dA, Z, A):
    """σ′(z) = σ(z) (1 − σ(z))."""
    return dA * (A * (1 - A))


def tanh(x):
    """f(z) = tanh z = 2σ(2z) − 1."""
    return np.tanh(x)


def tanh_backward(dA, Z, A):
    """f′(z) = 1 − tanh² z."""
    return dA * (1 - A * A)


def softmax(x, axis=-1):
    """f(z)ₖ = e^zₖ / Σⱼ e^zⱼ along ``axis``; subtracting the largest z first changes nothing but overflow."""
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def softmax_backward(dA, Z, A):
    """∂L/∂zₖ = aₖ (∂L/∂aₖ − Σⱼ aⱼ ∂L/∂aⱼ): each output depends on every input, hence the sum."""
    return A * (dA - (dA * A).sum(axis=-1, keepdims=True))


BACKWARD = {
    linear: linear_backward,
    relu: relu_backward,
    leaky_relu: leaky_relu_backward,
    elu: elu_backward,
    gelu: gelu_backward,
    softplus: softplus_backward,
    sigmoid: sigmoid_backward,
    tanh: tanh_backward,
    softmax: softmax_backward,
}
ACTIVATIONS = {f.__name__: f for f in BACKWARD}


def get(identifier):
    """The activation called ``identifier``: a name, a function of this module, or None for ``linear``.

    Raises:
        ValueError: an unknown name, or a function without a derivative in ``BACKWARD``.
    """
    if not callable(identifier):
        return lookup("activation", "linear" if identifier is None else identifier, ACTIVATIONS)
    if identifier not in BACKWARD:
        name = getattr(identifier, "__name__", identifier)
        raise ValueError(f"the derivative of activation {name} is unknown: add it to activations.BACKWARD")
    return identifier


def derivative(identifier, z):
    """f′(z) for an entrywise activation, such as ``derivative("tanh", z)``; shape and dtype of z."""
    f, Z = get(identifier), np.asarray(z)
    if f is softmax:
        raise ValueError("softmax has a Jacobian matrix, not one derivative an entry: use softmax_backward")
    return BACKWARD[f](np.ones_like(Z), Z, f(Z))


def _gelu_gate(x):
    return 0.5 * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def _normal_pdf(x):
    return np.exp(-0.5 * np.square(x)) * (1 / math.sqrt(2 * math.pi))


# TensorFlow computes Φ(z) from erf(z · √½) with √½ rounded to float32. So do we: 2e-8 from the exact value.
_ROOT_HALF_RATIO = rounded(math.sqrt(0.5)) / math.sqrt(0.5)

_STEP, _END = 1 / 256, 8.5
_GRID = np.arange(0, _END + _STEP, _STEP)
_TABLE = np.array([0.5 * (1 + math.erf(t / math.sqrt(2))) for t in _GRID])


def _normal_cdf(x):
    # NumPy has no erf: a table of Φ, and from the nearest entry a Taylor step (fourth order, error < 1e-14).
    t = np.minimum(np.abs(x), _END)
    i = np.rint(t / _STEP).astype(int)
    g, h = _GRID[i], t - _GRID[i]
    taylor = h * (1 - h / 2 * (g - h / 3 * ((g * g - 1) - h / 4 * (g**3 - 3 * g))))
    upper = _TABLE[i] + _normal_pdf(g) * taylor
    return np.where(np.asarray(x) >= 0, upper, 1 - upper).astype(np.result_type(x, np.float32), copy=False)
