"""The layers every network has: Input, Dense, Activation, Flatten, Reshape, Dropout."""

import math
from dataclasses import dataclass

import numpy as np

from glassnet import activations
from glassnet.layers.base import Layer
from glassnet.utils import require, rng


@dataclass(eq=False)
class Input(Layer):
    """The shape of one example, stated at the head of a model; it computes nothing.

    Args:
        shape: shape without the batch, such as ``(784,)``; None stands for any length.
        batch_size: part of Keras' signature; a fixed size is not needed here.
    """

    shape: tuple
    batch_size: int | None = None

    def __post_init__(self):
        super().__post_init__()
        fits = isinstance(self.shape, (tuple, list))
        require(fits, f"Input expected a tuple such as (784,) as shape, got {self.shape!r}")
        self.shape = tuple(self.shape)


@dataclass(eq=False)
class Dense(Layer):
    """A = f(Z) with Z = X W + b: every unit sees every feature.

    Shapes: X (n, d), or (n, ..., d), whose last axis is transformed; W (d, units); b (units,); A (n, units).
    Backward, given dA = ∂L/∂A: dZ = dA ⊙ f′(Z), dW = Xᵀ dZ, db = Σₙ dZ, dX = dZ Wᵀ.

    Args:
        units: number of outputs.
        activation: name or function from ``activations``; None is linear.
        use_bias: False leaves b out.
        kernel_initializer, bias_initializer: names or objects from ``initializers``, for W and b.
    """

    units: int
    activation: str | None = None
    use_bias: bool = True
    kernel_initializer: str = "glorot_uniform"
    bias_initializer: str = "zeros"

    def build(self, input_shape):
        self.W = self.add_weight("W", (input_shape[-1], self.units), self.kernel_initializer)
        if self.use_bias:
            self.b = self.add_weight("b", (self.units,), self.bias_initializer)

    def compute_output_shape(self, input_shape):
        known = len(input_shape) > 1 and input_shape[-1] is not None
        require(known, f"Dense expected input of shape (batch, features), got {input_shape}")
        return (*input_shape[:-1], self.units)

    def forward(self, X, training=False):
        self.X, n = X.reshape(-1, X.shape[-1]), math.prod(X.shape[:-1])
        Z = np.matmul(self.X, self.W, out=self.buffer("Z", (n, self.units)))
        if self.use_bias:
            Z += self.b
        self.Z = Z.reshape(*X.shape[:-1], self.units)
        self.A = self.activation(self.Z)
        return self.A

    def backward(self, dA):
        return self.backward_from_Z(activations.BACKWARD[self.activation](dA, self.Z, self.A))

    def backward_from_Z(self, dZ):
        """The linear half of ``backward``; a softmax joined with its loss begins here."""
        dZ, input_shape = dZ.reshape(-1, self.units), (*dZ.shape[:-1], len(self.W))
        np.matmul(self.X.T, dZ, out=self.dW)
        if self.use_bias:
            np.sum(dZ, axis=0, out=self.db)
        if self.needs_dX:
            return np.matmul(dZ, self.W.T, out=self.buffer("dX", self.X.shape)).reshape(input_shape)


@dataclass(eq=False)
class Activation(Layer):
    """A = f(X), an activation as a layer of its own; any shape."""

    activation: str

    def forward(self, X, training=False):
        self.Z, self.A = X, self.activation(X)
        return self.A

    def backward(self, dA):
        return activations.BACKWARD[self.activation](dA, self.Z, self.A)

    def backward_from_Z(self, dZ):
        """What is left of ``backward`` when a softmax is joined with its loss: nothing."""
        return dZ


class Flatten(Layer):
    """(n, a, b, ...) → (n, a·b·...): each example becomes one row."""

    def compute_output_shape(self, input_shape):
        rest = input_shape[1:]
        return (input_shape[0], None if None in rest else math.prod(rest))

    def forward(self, X, training=False):
        self.X_shape = X.shape
        return X.reshape(len(X), *(s or -1 for s in self.output_shape[1:]))

    def backward(self, dA):
        return dA.reshape(self.X_shape)


@dataclass(eq=False)
class Reshape(Flatten):
    """Each example takes the shape ``target_shape``; one entry may be −1 and is worked out."""

    target_shape: tuple

    def __post_init__(self):
        super().__post_init__()
        self.target_shape = tuple(self.target_shape)

    def compute_output_shape(self, input_shape):
        rest = input_shape[1:]
        if None in rest:
            return (input_shape[0], *(None if s == -1 else s for s in self.target_shape))
        size, known = math.prod(rest), math.prod(s for s in self.target_shape if s != -1)
        free = self.target_shape.count(-1)
        whole = min(self.target_shape, default=1) >= -1
        fits = whole and free < 2 and known > 0 and (size % known == 0 if free else size == known)
        require(fits, f"Reshape cannot turn examples of shape {tuple(rest)} into {self.target_shape}")
        return (input_shape[0], *(size // known if s == -1 else s for s in self.target_shape))


@dataclass(eq=False)
class Dropout(Layer):
    """While training, each entry is 0 with probability ``rate``, else divided by 1 − rate (Srivastava, 2014).

    The division ("inverted" dropout) keeps the expected value, so that prediction needs no change: A = X.

    Args:
        rate: from 0 (nothing is dropped) to below 1.
        noise_shape: shape of the mask, with 1 on axes that share it and None for "as the input".
        seed: makes this layer's masks repeat; by default they come from ``utils.set_random_seed``'s
            generator.
    """

    rate: float
    noise_shape: tuple | None = None
    seed: int | None = None

    def __post_init__(self):
        super().__post_init__()
        require(0 <= self.rate < 1, f"Dropout expected a rate from 0 to below 1, got {self.rate}")
        self._rng = None if self.seed is None else rng(self.seed)

    def draw_mask(self, shape):
        """A fresh mask with entries 0 and 1 / (1 − rate)."""
        if self.noise_shape is not None:
            fits = len(self.noise_shape) == len(shape)
            require(fits, f"noise_shape {self.noise_shape} does not fit an input of shape {shape}")
            shape = tuple(s if m is None else m for m, s in zip(self.noise_shape, shape, strict=True))
        kept = (self._rng or rng()).random(shape, dtype=self.dtype) >= self.rate
        return kept * np.asarray(1 / (1 - self.rate), self.dtype)

    def forward(self, X, training=False):
        self.mask = self.draw_mask(X.shape) if training and self.rate else None
        return X if self.mask is None else X * self.mask

    def backward(self, dA):
        return dA if self.mask is None else dA * self.mask
