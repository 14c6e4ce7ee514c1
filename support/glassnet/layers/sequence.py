"""Layers for sequences: word vectors and recurrent networks."""

from dataclasses import dataclass

import numpy as np

from glassnet import activations
from glassnet.layers.base import Layer
from glassnet.utils import require, whole_numbers


@dataclass(eq=False)
class Embedding(Layer):
    """A = W[X]: each whole number 0 … input_dim − 1, such as a word's index, becomes a learned vector.

    Shapes: X (n, ...) whole numbers; W (input_dim, output_dim); A (n, ..., output_dim).
    Backward: each row of dW sums ∂L/∂A over the places where its number stood; X has no gradient, zeros
    are passed. (Keras on TensorFlow keeps those summands apart: its adaptive optimizers and clipping square
    them one by one when a number repeats within a batch. Here, and in Keras on JAX, the sum is squared.)

    Args:
        input_dim: how many numbers there are.
        output_dim: length of a vector.
        embeddings_initializer: name or object from ``initializers``.
    """

    input_dim: int
    output_dim: int
    embeddings_initializer: str = "uniform"

    def build(self, input_shape):
        self.W = self.add_weight("W", (self.input_dim, self.output_dim), self.embeddings_initializer)

    def compute_output_shape(self, input_shape):
        return (*input_shape, self.output_dim)

    def forward(self, X, training=False):
        self.index = whole_numbers("index", X, self.input_dim)
        return self.W[self.index]

    def backward(self, dA):
        self.dW[...] = 0
        np.add.at(self.dW, self.index.ravel(), dA.reshape(-1, self.output_dim))
        return np.zeros(self.index.shape, dA.dtype)


class Recurrent(Layer):
    """What recurrent layers share: weights W for the input and U for the state before; time is axis 1.

    The input's part X W + b of all steps is one product ahead of the loop over time, and the weights'
    gradients are one product after it; the loop holds only what depends on the step before. A layer overrides
    ``step(t)``: Hₜ from Zₜ, each (n, ...), and ``step_back(t, dH)``: ∂L/∂Zₜ from ∂L/∂Hₜ; and ``begin``, if
    it remembers more than Z, (time, n, columns), and H, (time + 1, n, units).
    """

    gates = 1  # how many blocks of ``units`` columns W, U and b have

    def build(self, input_shape):
        columns = self.gates * self.units
        self.W = self.add_weight("W", (input_shape[-1], columns), self.kernel_initializer)
        self.U = self.add_weight("U", (self.units, columns), self.recurrent_initializer)
        if self.use_bias:
            self.b = self.add_weight("b", (columns,), self.bias_initializer)

    def compute_output_shape(self, input_shape):
        require(len(input_shape) == 3, self.shape_error(input_shape, ("batch", "time", "features")))
        n, time, _ = input_shape
        return (n, time, self.units) if self.return_sequences else (n, self.units)

    def begin(self):
        """Make the arrays that a layer keeps besides Z and H."""

    def forward(self, X, training=False):
        self.X = np.ascontiguousarray(X.transpose(1, 0, 2))  # (time, n, d): a step is one block of memory
        self.Z = Z = self.X @ self.W
        if self.use_bias:
            Z += self.b
        self.H = np.zeros((len(Z) + 1, Z.shape[1], self.units), Z.dtype)  # H[t] is the state before step t
        self.begin()
        for t in range(len(Z)):
            Z[t] += self.H[t] @ self.U
            self.H[t + 1] = self.step(t)
        return self.H[1:].transpose(1, 0, 2) if self.return_sequences else self.H[-1]

    def backward(self, dA):
        dH = np.zeros_like(self.H[1:])
        shown = dH.transpose(1, 0, 2) if self.return_sequences else dH[-1]  # what forward returned of H
        shown[...] = dA
        dZ = np.empty_like(self.Z)
        for t in reversed(range(len(dZ))):
            if t + 1 < len(dZ):
                dH[t] += dZ[t + 1] @ self.U.T
            dZ[t] = self.step_back(t, dH[t])
        rows = dZ.reshape(-1, dZ.shape[-1])
        np.matmul(self.X.reshape(len(rows), -1).T, rows, out=self.dW)
        np.matmul(self.H[:-1].reshape(len(rows), -1).T, rows, out=self.dU)
        if self.use_bias:
            np.sum(rows, axis=0, out=self.db)
        if self.needs_dX:
            return (dZ @ self.W.T).transpose(1, 0, 2)


@dataclass(eq=False)
class SimpleRNN(Recurrent):
    """Hₜ = f(Xₜ W + Hₜ₋₁ U + b), H₀ = 0 (Elman, 1990).

    Shapes: X (n, time, d); W (d, units); U (units, units); b (units,); output (n, units), the last state, or
    (n, time, units) with ``return_sequences``. Backward runs from the last step to the first (Werbos, 1990):
    dZₜ = (∂L/∂Hₜ + dZₜ₊₁ Uᵀ) ⊙ f′(Zₜ).

    Args:
        units: length of the state.
        activation: name or function from ``activations``.
        use_bias: False leaves b out.
        kernel_initializer, recurrent_initializer, bias_initializer: for W, U and b.
        return_sequences: True returns the states of all steps.
    """

    units: int
    activation: str = "tanh"
    use_bias: bool = True
    kernel_initializer: str = "glorot_uniform"
    recurrent_initializer: str = "orthogonal"
    bias_initializer: str = "zeros"
    return_sequences: bool = False

    def step(self, t):
        return self.activation(self.Z[t])

    def step_back(self, t, dH):
        return activations.BACKWARD[self.activation](dH, self.Z[t], self.H[t + 1])


@dataclass(eq=False)
class LSTM(Recurrent):
    """Long short-term memory (Hochreiter and Schmidhuber, 1997; forget gate: Gers et al., 2000).

    Z = Xₜ W + Hₜ₋₁ U + b holds four blocks, in the order i, f, g, o: the gates i = σ(Zᵢ), f = σ(Z_f),
    o = σ(Zₒ) and the candidate g = tanh(Z_g). Cₜ = f ⊙ Cₜ₋₁ + i ⊙ g, Hₜ = o ⊙ tanh(Cₜ).
    W is (d, 4 units), U (units, 4 units), b (4 units,).

    Args:
        units: length of the state.
        activation: for g and Cₜ.
        recurrent_activation: for the gates i, f, o.
        use_bias, kernel_initializer, recurrent_initializer, bias_initializer: as in ``SimpleRNN``.
        return_sequences: as in ``SimpleRNN``.
        unit_forget_bias: b begins with 1 for the forget gate, so that memory lasts from the start.
    """

    units: int
    activation: str = "tanh"
    recurrent_activation: str = "sigmoid"
    use_bias: bool = True
    kernel_initializer: str = "glorot_uniform"
    recurrent_initializer: str = "orthogonal"
    bias_initializer: str = "zeros"
    unit_forget_bias: bool = True
    return_sequences: bool = False

    gates = 4

    def build(self, input_shape):
        super().build(input_shape)
        if self.use_bias and self.unit_forget_bias:
            self.b[self.units : 2 * self.units] = 1

    def begin(self):
        self.G = np.empty((*self.Z.shape[:2], 4, self.units), self.Z.dtype)  # i, f, g, o of every step
        self.C, self.dC = np.zeros_like(self.H), np.zeros_like(self.H)  # [t]: the memory before step t, as H
        self.fC = np.empty_like(self.H[1:])

    def step(self, t):
        Z = self.Z[t].reshape(self.G[t].shape)
        self.G[t] = self.recurrent_activation(Z)
        self.G[t, :, 2] = self.activation(Z[:, 2])
        i, forget, g, o = self.G[t].swapaxes(0, 1)
        self.C[t + 1] = forget * self.C[t] + i * g
        self.fC[t] = self.activation(self.C[t + 1])
        return o * self.fC[t]

    def step_back(self, t, dH):
        f_backward = activations.BACKWARD[self.activation]
        i, forget, g, o = self.G[t].swapaxes(0, 1)
        dC = self.dC[t + 1] + f_backward(dH * o, self.C[t + 1], self.fC[t])
        self.dC[t] = dC * forget
        dG = np.stack([dC * g, dC * self.C[t], dC * i, dH * self.fC[t]], axis=1)
        Z = self.Z[t].reshape(dG.shape)
        dZ = activations.BACKWARD[self.recurrent_activation](dG, Z, self.G[t])
        dZ[:, 2] = f_backward(dC * i, Z[:, 2], g)
        return dZ.reshape(len(dZ), -1)
