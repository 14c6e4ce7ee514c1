"""Layers that look at small windows of images (n, height, width, channels): convolution and pooling.

Inside, images are kept in the order (height, width, n, channels): then one row of windows of the whole batch
lies in one piece of memory, which NumPy is quick at. From outside images look as always: a transposed view.
"""

from dataclasses import dataclass

import numpy as np

from glassnet import activations
from glassnet.layers.base import Layer, positive
from glassnet.utils import require, require_one_of

AXES = ("batch", "height", "width", "channels")


class Windows(Layer):
    """What convolution and pooling share: how windows of one size lie on an image.

    Padding "valid" uses whole windows only: ⌊(h − kernel) / stride⌋ + 1 rows of them. "same" surrounds the
    image so that there are ⌈h / stride⌉; an odd line of padding goes to the bottom and the right.
    """

    def __post_init__(self):
        super().__post_init__()
        name = "kernel_size" if isinstance(self, Conv2D) else "pool_size"
        self.size = pair(self, name, getattr(self, name))
        setattr(self, name, self.size)
        self.strides = self.size if self.strides is None else pair(self, "strides", self.strides)
        self.padding = str(self.padding).lower()
        require_one_of(f"{type(self).__name__} expected padding", self.padding, ("valid", "same"))

    def compute_output_shape(self, input_shape):
        require(len(input_shape) == 4 and None not in input_shape[1:], self.shape_error(input_shape, AXES))
        image, size, stride = np.array([input_shape[1:3], self.size, self.strides])  # each: down, right
        lengths = -(-image // stride) if self.padding == "same" else (image - size) // stride + 1
        message = f"{type(self).__name__}: windows of {self.size} do not fit images of {input_shape[1:3]}"
        require(lengths.min() > 0, message)
        return (input_shape[0], *lengths.tolist(), input_shape[3])

    def pad(self, X, value=0.0):
        """X (n, h, w, c) as (h, w, n, c), with the border that "same" needs and ``crop`` takes off again."""
        V = planes(X)
        reach = (np.array(self.output_shape[1:3]) - 1) * self.strides + self.size
        missing = np.maximum(reach - V.shape[:2], 0) if self.padding == "same" else np.zeros_like(reach)
        self.border = np.stack([missing // 2, missing - missing // 2], axis=1)
        if self.border.any():
            V = np.pad(V, (*self.border, (0, 0), (0, 0)), constant_values=value)
        self.padded_shape = V.shape
        return V

    def crop(self, V):
        """V (h, w, n, c) without the border, as (n, h, w, c)."""
        (top, bottom), (left, right) = self.border
        return images(V[top : len(V) - bottom, left : V.shape[1] - right])

    def windows(self, V):
        """V (h, w, ·, ·) seen as (oh, ow, kh, kw, ·, ·): [:, :, u, v] is place (u, v) of every window."""
        every = np.lib.stride_tricks.sliding_window_view(V, self.size, axis=(0, 1), writeable=True)
        return every[:: self.strides[0], :: self.strides[1]].transpose(0, 1, 4, 5, 2, 3)


@dataclass(eq=False)
class Conv2D(Windows):
    """A = f(Z): each of the ``filters`` kernels slides over the image and is multiplied with what it sees.

    Z[n, i, j, m] = b[m] + Σ_{u,v,c} X[n, i·s + u, j·s + v, c] W[u, v, c, m]: cross-correlation, as
    everywhere in deep learning. The windows are written as rows of one matrix P, and the layer is Dense:
    Z = P W + b, dW = Pᵀ dZ; dX adds dP = dZ Wᵀ up where windows overlap.

    Shapes: X (n, h, w, c); W (kh, kw, c, filters); b (filters,); A (n, oh, ow, filters).

    Args:
        filters: number of kernels, which is the number of output channels.
        kernel_size: (kh, kw), or one number for both.
        strides: steps down and right between windows, or one number for both.
        padding: "valid" or "same".
        activation: name or function from ``activations``; None is linear.
        use_bias: False leaves b out.
        kernel_initializer, bias_initializer: names or objects from ``initializers``, for W and b.
    """

    filters: int
    kernel_size: int | tuple
    strides: int | tuple = (1, 1)
    padding: str = "valid"
    activation: str | None = None
    use_bias: bool = True
    kernel_initializer: str = "glorot_uniform"
    bias_initializer: str = "zeros"

    def build(self, input_shape):
        self.W = self.add_weight("W", (*self.size, input_shape[-1], self.filters), self.kernel_initializer)
        if self.use_bias:
            self.b = self.add_weight("b", (self.filters,), self.bias_initializer)

    def compute_output_shape(self, input_shape):
        return (*super().compute_output_shape(input_shape)[:3], self.filters)

    def forward(self, X, training=False):
        V = np.ascontiguousarray(self.pad(X).transpose(0, 1, 3, 2))  # (h, w, c, n)
        windows = self.windows(V).transpose(0, 2, 3, 4, 1, 5)  # (oh, kh, kw, c, ow, n)
        oh, ow, n, W = len(windows), windows.shape[4], len(X), self.W.reshape(-1, self.filters)
        K, W = len(W), np.vstack([W, self.b]) if self.use_bias else W  # b meets a row of ones in P
        # P is kept transposed, row of windows by row: so it is made of runs of n.
        P, Z = self.buffer("P", (oh, len(W), ow * n)), self.buffer("Z", (oh, ow, n, self.filters))
        relu = self.activation is activations.relu  # takes the place of Z: its derivative asks for the sign
        A = Z if relu else self.buffer("A", Z.shape)
        self.P, self.Z, self.A = P, images(Z), images(A)
        self.positive = self.buffer("positive", Z.shape, bool) if relu else None

        for i in range(oh):
            P[i, K:] = 1
            P[i, :K].reshape(windows[i].shape)[...] = windows[i]
            np.matmul(P[i].T, W, out=Z[i].reshape(ow * n, -1))
            if relu:
                np.greater(np.clip(Z[i], 0, np.inf, out=Z[i]), 0, out=self.positive[i])
            else:
                A[i] = self.activation(Z[i])
        return self.A

    def backward(self, dA):
        return self.backward_from_Z(dA, activations.BACKWARD[self.activation])

    def backward_from_Z(self, dZ, f_backward=activations.linear_backward):
        """dW, db and dX from dZ; or, with the derivative of f, from ∂L/∂A, whose dZ is made row by row."""
        dA, Z, A, dV = planes(dZ), planes(self.Z), planes(self.A), np.zeros(self.padded_shape, self.dtype)
        dW, windows = np.zeros((self.P.shape[1], self.filters), self.dtype), self.windows(dV)
        relu = f_backward is activations.relu_backward
        for i, P in enumerate(self.P):
            dZ = dA[i] * self.positive[i] if relu else f_backward(dA[i], Z[i], A[i])
            dW += P @ dZ.reshape(-1, self.filters)
            if self.needs_dX:
                for u, v in np.ndindex(*self.size):
                    windows[i, :, u, v] += dZ @ self.W[u, v].T
        self.dW[...] = dW[: self.dW.size // self.filters].reshape(self.dW.shape)
        if self.use_bias:
            self.db[...] = dW[-1]
        return self.crop(dV) if self.needs_dX else None


@dataclass(eq=False)
class Pooling(Windows):
    """What both kinds of pooling share: windows that by default do not overlap."""

    pool_size: int | tuple = (2, 2)
    strides: int | tuple | None = None
    padding: str = "valid"

    def output_buffer(self, X):
        """An array for the output, (oh, ow, n, c)."""
        return self.buffer("A", (*self.output_shape[1:3], len(X), X.shape[3]))


class MaxPooling2D(Pooling):
    """A: the largest value in each window, channel by channel. X (n, h, w, c), A (n, oh, ow, c).

    Backward: ∂L/∂A goes to the place of the maximum; of equal maxima the first, row by row, gets it.

    Args:
        pool_size: (height, width) of a window, or one number for both.
        strides: steps between windows; ``pool_size`` by default, so that they do not overlap.
        padding: "valid" or "same".
    """

    def forward(self, X, training=False):
        windows, A = self.windows(self.pad(X, -np.inf)), self.output_buffer(X)
        # A byte, or two if the window is that large.
        self.place = self.buffer("place", A.shape, np.min_scalar_type(self.size[0] * self.size[1]))
        others = list(np.ndindex(*self.size))[1:] or [(0, 0)]  # a window of one place is compared with itself

        for row, place, row_of_A in zip(windows, self.place, A, strict=True):
            largest = row[:, 0, 0]
            place[...] = 0
            for k, (u, v) in enumerate(others, 1):
                np.maximum(place, (row[:, u, v] > largest) * place.dtype.type(k), out=place)
                largest = np.maximum(largest, row[:, u, v], out=row_of_A)
        return images(A)

    def backward(self, dA):
        dA, dV = planes(dA), self.buffer("dV", self.padded_shape)
        windows, apart = self.windows(dV), np.all(np.greater_equal(self.strides, self.size))
        if not apart:  # otherwise each entry is either written below or stays 0 for ever
            dV.fill(0)

        for row, place, row_of_dA in zip(windows, self.place, dA, strict=True):
            row_of_dA = np.ascontiguousarray(row_of_dA)
            for k, (u, v) in enumerate(np.ndindex(*self.size)):
                view = row[:, u, v]
                mine = np.multiply(row_of_dA, place == k, out=view if apart else None)
                if not apart:
                    view += mine
        return self.crop(dV)


class AveragePooling2D(Pooling):
    """A: the mean of each window, channel by channel; a border added by "same" does not count.

    Shapes and arguments as in ``MaxPooling2D``. Backward: each place of a window gets its share of ∂L/∂A.
    (Where a window of "same" is larger than the image, as 7 × 7 on 7 × 5, TensorFlow 2.21's gradient fails
    finite differences; this one passes.)
    """

    def forward(self, X, training=False):
        self.counts = self.windows(self.pad(np.ones((1, *X.shape[1:3], 1), self.dtype))).sum(axis=(2, 3))
        windows, A = self.windows(self.pad(X)), self.output_buffer(X)

        for i, row in enumerate(windows):
            A[i] = row.sum(axis=(1, 2)) / self.counts[i]
        return images(A)

    def backward(self, dA):
        dA, dV = planes(dA), self.buffer("dV", self.padded_shape)
        windows = self.windows(dV)
        dV.fill(0)

        for row, share in zip(windows, dA / self.counts, strict=True):
            for u, v in np.ndindex(*self.size):
                row[:, u, v] += share
        return self.crop(dV)


@dataclass(eq=False)
class GlobalAveragePooling2D(Layer):
    """A: the mean of each channel. X (n, h, w, c), A (n, c), or (n, 1, 1, c) with ``keepdims``."""

    keepdims: bool = False

    def compute_output_shape(self, input_shape):
        require(len(input_shape) == 4, self.shape_error(input_shape, AXES))
        n, _, _, c = input_shape
        return (n, 1, 1, c) if self.keepdims else (n, c)

    def forward(self, X, training=False):
        self.X_shape = X.shape
        return X.mean(axis=(1, 2), keepdims=self.keepdims)

    def backward(self, dA):
        n, h, w, c = self.X_shape
        return np.broadcast_to(dA.reshape(n, 1, 1, c) / (h * w), self.X_shape).copy()


def planes(X):
    """(n, h, w, c) → (h, w, n, c), a view."""
    return X.transpose(1, 2, 0, 3)


def images(V):
    """(h, w, n, c) → (n, h, w, c), a view."""
    return V.transpose(2, 0, 1, 3)


def pair(layer, name, value):
    """One whole number or two as a tuple of two."""
    values = tuple(value) if isinstance(value, (tuple, list)) else (value, value)
    require(len(values) == 2, f"{type(layer).__name__} expected one or two numbers as {name}, got {value!r}")
    return tuple(positive(layer, name, v) for v in values)
