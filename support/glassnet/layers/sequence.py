"""Layers for sequences: word vectors and recurrent networks."""

from dataclasses import dataclass

import numpy as np

from glassnet import activations
from glassnet.layers.base import Layer
from glassnet.utils import whole_numbers


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
    ``run(Z)``, which fills H[1:] given the input's part of Z, (time, n, columns), and ``run_back(dH)``: ∂L/∂Z
    of all steps from what reaches each state from the layers above, (time, n, units).
    """

    gates = 1  # how many blocks of ``units`` columns W, U and b have

    def build(self, input_shape):
        columns = self.gates * self.units
        self.W = self.add_weight("W", (input_shape[-1], columns), self.kernel_initializer)
        self.U = self.add_weight("U", (self.units, columns), self.recurrent_initializer)
        if self.use_bias:
            self.b = self.add_weight("b", (columns,), self.bias_initializer)

    def compute_output_shape(self, input_shape):
        if len(input_shape) != 3:
            raise ValueError(self.shape_error(input_shape, ("batch", "time", "features")))
        n, time, _ = input_shape
        return (n, time, self.units) if self.return_sequences else (n, self.units)

    def forward(self, X, training=False):
        self.X = np.ascontiguousarray(X.transpose(1, 0, 2))  # (time, n, d): a step is one block of memory
        Z = self.X @ self.W
        if self.use_bias:
            Z += self.b
        self.H = np.zeros((len(Z) + 1, Z.shape[1], self.units), Z.dtype)  # H[t] is the state before step t
        self.run(Z)
        return self.H[1:].transpose(1, 0, 2) if self.return_sequences else self.H[-1]

    def backward(self, dA):
        dH = np.zeros_like(self.H[1:])
        if self.return_sequences:
            dH += dA.transpose(1, 0, 2)
        else:
            dH[-1] = dA
        dZ = self.run_back(dH)
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

    def run(self, Z):
        self.Z = Z
        for t in range(len(Z)):
            Z[t] += self.H[t] @ self.U
            self.H[t + 1] = self.activation(Z[t])

    def run_back(self, dH):
        dZ = np.empty_like(self.Z)
        for t in reversed(range(len(dZ))):
            if t + 1 < len(dZ):
                dH[t] += dZ[t + 1] @ self.U.T
            dZ[t] = activations.BACKWARD[self.activation](dH[t], self.Z[t], self.H[t + 1])
        return dZ


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

    def run(self, Z):
        u, f, gate = self.units, self.activation, self.recurrent_activation
        self.Z, self.G = Z, np.empty_like(Z)  # G holds i, f, g, o of every step
        self.C = np.zeros_like(self.H)  # C[t] is the memory before step t, as H[t]
        self.fC = np.empty_like(self.H[1:])
        for t in range(len(Z)):
            Z[t] += self.H[t] @ self.U
            self.G[t] = gate(Z[t])
            self.G[t, :, 2 * u : 3 * u] = f(Z[t, :, 2 * u : 3 * u])
            i, forget, g, o = np.split(self.G[t], 4, axis=1)
            self.C[t + 1] = forget * self.C[t] + i * g
            self.fC[t] = f(self.C[t + 1])
            self.H[t + 1] = o * self.fC[t]

    def run_back(self, dH):
        f_backward = activations.BACKWARD[self.activation]
        gate_backward = activations.BACKWARD[self.recurrent_activation]
        dZ, dC = np.empty_like(self.Z), np.zeros_like(self.C[0])
        g_columns = slice(2 * self.units, 3 * self.units)
        for t in reversed(range(len(dZ))):
            if t + 1 < len(dZ):
                dH[t] += dZ[t + 1] @ self.U.T
            i, forget, g, o = np.split(self.G[t], 4, axis=1)
            dC = dC + f_backward(dH[t] * o, self.C[t + 1], self.fC[t])
            dG = np.concatenate([dC * g, dC * self.C[t], dC * i, dH[t] * self.fC[t]], axis=1)
            dZ[t] = gate_backward(dG, self.Z[t], self.G[t])
            dZ[t, :, g_columns] = f_backward(dC * i, self.Z[t, :, g_columns], g)
            dC = dC * forget
        return dZ
