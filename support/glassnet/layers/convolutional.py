"""Layers that look at small windows of images (n, height, width, channels): convolution and pooling."""

import math

import numpy as np

from glassnet import activations, initializers
from glassnet.layers.base import Layer
from glassnet.layers.core import positive


class Windows(Layer):
    """What convolution and pooling share: how windows of one size lie on an image.

    Padding "valid" uses whole windows only: ⌊(h − kernel) / stride⌋ + 1 rows of them. "same" surrounds the
    image so that there are ⌈h / stride⌉; an odd line of padding goes to the bottom and the right.
    """

    def __init__(self, size, strides, padding, name_of_size, **kwargs):
        super().__init__(**kwargs)
        self.size = pair(self, name_of_size, size)
        self.strides = pair(self, "strides", strides)
        if str(padding).lower() not in ("valid", "same"):
            raise ValueError(f"{type(self).__name__} expected padding 'valid' or 'same', got {padding!r}")
        self.padding = str(padding).lower()

    def compute_output_shape(self, input_shape):
        if len(input_shape) != 4 or None in input_shape[1:]:
            raise ValueError(self.shape_error(input_shape, ("batch", "height", "width", "channels")))
        image, same = input_shape[1:3], self.padding == "same"
        lengths = [
            -(-length // stride) if same else (length - size) // stride + 1
            for length, size, stride in zip(image, self.size, self.strides, strict=True)
        ]
        if min(lengths) < 1:
            raise ValueError(f"{type(self).__name__}: windows of {self.size} do not fit images of {image}")
        return (input_shape[0], *lengths, input_shape[3])

    def pad(self, X, value=0.0):
        """X with the border that "same" needs, and that border, ((top, bottom), (left, right))."""
        border = []
        for axis in (0, 1):
            out, size, stride = self.output_shape[1 + axis], self.size[axis], self.strides[axis]
            missing = max((out - 1) * stride + size - X.shape[1 + axis], 0) if self.padding == "same" else 0
            border.append((missing // 2, missing - missing // 2))
        if border == [(0, 0), (0, 0)]:
            return X, border
        return np.pad(X, ((0, 0), *border, (0, 0)), constant_values=value), border

    def offsets(self, X):
        """For every place in a window, the view of X that holds that place of all windows: (n, oh, ow, c)."""
        (_, oh, ow, _), (sh, sw) = self.output_shape, self.strides
        for i in range(self.size[0]):
            for j in range(self.size[1]):
                yield X[:, i : i + (oh - 1) * sh + 1 : sh, j : j + (ow - 1) * sw + 1 : sw, :]


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

    def __init__(
        self,
        filters,
        kernel_size,
        strides=(1, 1),
        padding="valid",
        activation=None,
        use_bias=True,
        kernel_initializer="glorot_uniform",
        bias_initializer="zeros",
        **kwargs,
    ):
        super().__init__(kernel_size, strides, padding, "kernel_size", **kwargs)
        self.kernel_size = self.size
        self.filters = positive(self, "filters", filters)
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)

    def build(self, input_shape):
        self.W = self.add_weight("W", (*self.size, input_shape[-1], self.filters), self.kernel_initializer)
        if self.use_bias:
            self.b = self.add_weight("b", (self.filters,), self.bias_initializer)

    def compute_output_shape(self, input_shape):
        return (*super().compute_output_shape(input_shape)[:3], self.filters)

    def forward(self, X, training=False):
        X, self.border = self.pad(X)
        self.padded_shape, shape = X.shape, (len(X), *self.output_shape[1:])
        self.P = self.patches(X)
        Z = np.matmul(self.P, self.matrix(), out=self.buffer("Z", (math.prod(shape[:3]), self.filters)))
        if self.use_bias:
            Z += self.b
        self.Z = Z.reshape(shape)
        self.A = self.activation(self.Z)
        return self.A

    def backward(self, dA):
        return self.backward_from_Z(activations.BACKWARD[self.activation](dA, self.Z, self.A))

    def backward_from_Z(self, dZ):
        """The linear half of ``backward``."""
        dZ = dZ.reshape(-1, self.filters)
        np.matmul(self.P.T, dZ, out=self.dW.reshape(-1, self.filters))
        if self.use_bias:
            np.matmul(np.ones(len(dZ), self.dtype), dZ, out=self.db)  # Σ over windows; a product is quicker
        if self.needs_dX:
            dP = dZ @ self.matrix().T
            return self.add_patches(dP.reshape(-1, *self.output_shape[1:3], *self.size, self.W.shape[2]))

    def matrix(self):
        """W as a matrix with one column a filter."""
        return self.W.reshape(-1, self.filters)

    def patches(self, X):
        """One row for every window: (n·oh·ow, kh·kw·c)."""
        P = self.buffer("P", (len(X), *self.output_shape[1:3], *self.size, X.shape[3]))
        for view, (u, v) in zip(self.offsets(X), np.ndindex(self.size), strict=True):
            P[:, :, :, u, v] = view
        return P.reshape(-1, math.prod(P.shape[3:]))

    def add_patches(self, dP):
        """The reverse of ``patches``: every pixel sums up the gradients of the windows it is in."""
        dX = np.zeros(self.padded_shape, dP.dtype)
        for view, (u, v) in zip(self.offsets(dX), np.ndindex(self.size), strict=True):
            view += dP[:, :, :, u, v]
        return crop(dX, self.border)


class Pooling(Windows):
    """What both kinds of pooling share: windows that by default do not overlap."""

    def __init__(self, pool_size=(2, 2), strides=None, padding="valid", **kwargs):
        super().__init__(pool_size, pool_size if strides is None else strides, padding, "pool_size", **kwargs)
        self.pool_size = self.size


class MaxPooling2D(Pooling):
    """A: the largest value in each window, channel by channel. X (n, h, w, c), A (n, oh, ow, c).

    Backward: ∂L/∂A goes to the place of the maximum; of equal maxima the first, row by row, gets it.

    Args:
        pool_size: (height, width) of a window, or one number for both.
        strides: steps between windows; ``pool_size`` by default, so that they do not overlap.
        padding: "valid" or "same".
    """

    def forward(self, X, training=False):
        X, self.border = self.pad(X, -np.inf)
        self.padded_shape, views = X.shape, self.offsets(X)
        A = self.buffer("A", (len(X), *self.output_shape[1:]))
        A[...] = next(views)
        # which place of its window each maximum stands at: the last that beat all before it
        self.place = np.zeros(A.shape, np.min_scalar_type(math.prod(self.size)))
        for k, view in enumerate(views, start=1):
            np.maximum(self.place, (view > A) * self.place.dtype.type(k), out=self.place)
            np.maximum(A, view, out=A)
        return A

    def backward(self, dA):
        dX = self.buffer("dX", self.padded_shape)
        dX.fill(0)
        overlap = any(stride < size for stride, size in zip(self.strides, self.size, strict=True))
        for k, dx in enumerate(self.offsets(dX)):
            mine = np.multiply(dA, self.place == k, out=None if overlap else dx)
            if overlap:
                dx += mine
        return crop(dX, self.border)


class AveragePooling2D(Pooling):
    """A: the mean of each window, channel by channel; a border added by "same" does not count.

    Shapes and arguments as in ``MaxPooling2D``. Backward: each place of a window gets its share of ∂L/∂A.
    """

    def forward(self, X, training=False):
        padded, self.border = self.pad(X)
        inside, _ = self.pad(np.ones((1, *X.shape[1:3], 1), X.dtype))
        self.counts, self.padded_shape = sum(self.offsets(inside)), padded.shape
        return sum(self.offsets(padded)) / self.counts

    def backward(self, dA):
        dX, share = np.zeros(self.padded_shape, dA.dtype), dA / self.counts
        for dx in self.offsets(dX):
            dx += share
        return crop(dX, self.border)


class GlobalAveragePooling2D(Layer):
    """A: the mean of each channel. X (n, h, w, c), A (n, c), or (n, 1, 1, c) with ``keepdims``."""

    def __init__(self, keepdims=False, **kwargs):
        super().__init__(**kwargs)
        self.keepdims = keepdims

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


def pair(layer, name, value):
    """One whole number or two as a tuple of two."""
    values = tuple(value) if isinstance(value, (tuple, list)) else (value, value)
    if len(values) != 2:
        raise ValueError(f"{type(layer).__name__} expected one or two numbers as {name}, got {value!r}")
    return tuple(positive(layer, name, v) for v in values)


def crop(X, border):
    """X without its border: the reverse of padding."""
    (top, bottom), (left, right) = border
    return X[:, top : X.shape[1] - bottom, left : X.shape[2] - right]
