"""Layers that look at small windows of images (n, height, width, channels): convolution and pooling.

Inside, images are kept in the order (height, width, n, channels): then one row of windows of the whole batch
lies in one piece of memory, which NumPy is quick at. From outside they look as always: a transposed view.
"""

from dataclasses import dataclass

import numpy as np

from glassnet import activations
from glassnet.layers.base import Layer, positive
from glassnet.utils import require


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
        kind, self.padding = type(self).__name__, str(self.padding).lower()
        known = self.padding in ("valid", "same")
        require(known, f"{kind} expected padding 'valid' or 'same', got {self.padding!r}")

    def compute_output_shape(self, input_shape):
        if len(input_shape) != 4 or None in input_shape[1:]:
            raise ValueError(self.shape_error(input_shape, ("batch", "height", "width", "channels")))
        image, same = input_shape[1:3], self.padding == "same"
        lengths = [
            -(-length // stride) if same else (length - size) // stride + 1
            for length, size, stride in zip(image, self.size, self.strides, strict=True)
        ]
        message = f"{type(self).__name__}: windows of {self.size} do not fit images of {image}"
        require(min(lengths) > 0, message)
        return (input_shape[0], *lengths, input_shape[3])

    def pad(self, V, value=0.0):
        """V (h, w, n, c) with the border that "same" needs, which ``crop`` takes off again."""
        self.border = []
        for out, size, stride, length in zip(
            self.output_shape[1:3], self.size, self.strides, V.shape[:2], strict=True
        ):
            missing = max((out - 1) * stride + size - length, 0) if self.padding == "same" else 0
            self.border.append((missing // 2, missing - missing // 2))
        return np.pad(V, (*self.border, (0, 0), (0, 0)), constant_values=value) if np.any(self.border) else V

    def crop(self, V):
        """V without the border."""
        (top, bottom), (left, right) = self.border
        return V[top : len(V) - bottom, left : V.shape[1] - right]

    def windows(self, V, axis):
        """For every row (axis 0) or column (axis 1) of a window, the view of V with that of all windows."""
        stride = self.strides[axis]
        reach = (self.output_shape[1 + axis] - 1) * stride + 1
        places = [slice(k, k + reach, stride) for k in range(self.size[axis])]
        return [V[place] if axis == 0 else V[:, place] for place in places]


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
        shape = (*self.output_shape[1:3], len(X), self.filters)
        self.P = self.patches(self.pad(planes(X)))
        W = self.W.reshape(-1, self.filters)
        W = np.vstack([W, self.b]) if self.use_bias else W
        self.Z = images(
            np.matmul(self.P.T, W, out=self.buffer("Z", (self.P.shape[1], self.filters))).reshape(shape)
        )
        self.A = self.activation(self.Z)
        return self.A

    def backward(self, dA):
        return self.backward_from_Z(activations.BACKWARD[self.activation](dA, self.Z, self.A))

    def backward_from_Z(self, dZ):
        """The linear half of ``backward``."""
        dZ = np.ascontiguousarray(planes(dZ)).reshape(-1, self.filters)
        dW = self.P @ dZ
        self.dW[...] = dW[: self.dW.size // self.filters].reshape(self.dW.shape)
        if self.use_bias:
            self.db[...] = dW[-1]
        if self.needs_dX:
            dV = np.zeros(self.padded_shape, dZ.dtype)
            for rows, W_row in zip(self.windows(dV, 0), self.W, strict=True):
                for view, W in zip(self.windows(rows, 1), W_row, strict=True):
                    view += (dZ @ W.T).reshape(view.shape)
            return images(self.crop(dV))

    def patches(self, V):
        """One column for every window: (kh·kw·c, oh·ow·n), and with a bias a last row of ones."""
        self.padded_shape, (oh, ow), (n, c) = V.shape, self.output_shape[1:3], V.shape[2:]
        K = self.W.size // self.filters
        P = self.buffer("P", (K + self.use_bias, oh * ow * n))
        V, places = np.ascontiguousarray(V.transpose(3, 0, 1, 2)), P[:K].reshape(*self.size, c, oh, ow, n)
        for u, rows in enumerate(self.windows(V.transpose(1, 2, 3, 0), 0)):
            for v, view in enumerate(self.windows(rows, 1)):
                places[u, v] = view.transpose(3, 0, 1, 2)
        P[K:] = 1
        return P


@dataclass(eq=False)
class Pooling(Windows):
    """What both kinds of pooling share: windows that by default do not overlap."""

    pool_size: int | tuple = (2, 2)
    strides: int | tuple | None = None
    padding: str = "valid"


class MaxPooling2D(Pooling):
    """A: the largest value in each window, channel by channel. X (n, h, w, c), A (n, oh, ow, c).

    Backward: ∂L/∂A goes to the place of the maximum; of equal maxima the first, row by row, gets it.

    Args:
        pool_size: (height, width) of a window, or one number for both.
        strides: steps between windows; ``pool_size`` by default, so that they do not overlap.
        padding: "valid" or "same".
    """

    def forward(self, X, training=False):
        V = self.pad(planes(X), -np.inf)
        R, self.column = largest(self.windows(V, 1))  # the largest of each row of a window, then of these
        A, self.row = largest(self.windows(R, 0))
        self.shapes = R.shape, V.shape
        return images(A)

    def backward(self, dA):
        dR = self.send_back(np.ascontiguousarray(planes(dA)), self.row, 0, self.shapes[0])
        return images(self.crop(self.send_back(dR, self.column, 1, self.shapes[1])))

    def send_back(self, dA, place, axis, shape):
        """An array of ``shape`` with each entry of dA where the maximum stood; overlaps add up."""
        dV, apart = self.buffer(f"dV{axis}", shape), self.strides[axis] >= self.size[axis]
        if not apart:  # otherwise each entry is either written below or stays 0 for ever
            dV.fill(0)
        for k, view in enumerate(self.windows(dV, axis)):
            mine = np.multiply(dA, place == k, out=view if apart else None)
            if not apart:
                view += mine
        return dV


class AveragePooling2D(Pooling):
    """A: the mean of each window, channel by channel; a border added by "same" does not count.

    Shapes and arguments as in ``MaxPooling2D``. Backward: each place of a window gets its share of ∂L/∂A.
    """

    def forward(self, X, training=False):
        V = self.pad(planes(X))
        inside = self.pad(np.ones((*X.shape[1:3], 1, 1), X.dtype))
        self.V_shape, self.counts = V.shape, self.total(inside)
        return images(self.total(V) / self.counts)

    def total(self, V):
        """Sums over windows: over the columns of each row, then over rows."""
        return sum(self.windows(sum(self.windows(V, 1)), 0))

    def backward(self, dA):
        dV, share = np.zeros(self.V_shape, dA.dtype), planes(dA) / self.counts
        for rows in self.windows(dV, 0):
            for view in self.windows(rows, 1):
                view += share
        return images(self.crop(dV))


@dataclass(eq=False)
class GlobalAveragePooling2D(Layer):
    """A: the mean of each channel. X (n, h, w, c), A (n, c), or (n, 1, 1, c) with ``keepdims``."""

    keepdims: bool = False

    def compute_output_shape(self, input_shape):
        if len(input_shape) != 4:
            raise ValueError(self.shape_error(input_shape, ("batch", "height", "width", "channels")))
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


def largest(views):
    """The largest of several arrays, entry by entry, and the index of the (first) one that holds it."""
    best, place = views[0], np.zeros(views[0].shape, np.min_scalar_type(len(views)))
    for k, view in enumerate(views[1:], start=1):
        place = np.maximum(place, (view > best) * place.dtype.type(k))
        best = np.maximum(best, view)
    return best, place


def pair(layer, name, value):
    """One whole number or two as a tuple of two."""
    values = tuple(value) if isinstance(value, (tuple, list)) else (value, value)
    require(len(values) == 2, f"{type(layer).__name__} expected one or two numbers as {name}, got {value!r}")
    return tuple(positive(layer, name, v) for v in values)
