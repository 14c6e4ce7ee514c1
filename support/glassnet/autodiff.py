"""Reverse-mode automatic differentiation: arithmetic that remembers its steps and can run them back."""

import numpy as np


class Tensor:
    """An array of numbers that knows which operation made it from which tensors.

    Every operation states its value and, next to it, its local derivative: a function that turns the
    gradient of the result into those of the operands. ``backward`` on a single number walks the graph from
    the end to the start and leaves ∂result/∂t in ``t.grad`` of every tensor t on the way.

    Args:
        data: numbers, kept as float64 unless they are float32.

    Example:
        >>> x = Tensor([1.0, 2.0, 3.0])
        >>> loss = (x * x).sum()
        >>> loss.backward()
        >>> x.grad
        array([2., 4., 6.])
    """

    __array_priority__ = 1000  # array + Tensor is a Tensor, not an array of Tensors

    def __init__(self, data, parents=(), local=None):
        data = np.asarray(data)
        self.data = data if data.dtype in (np.float32, np.float64) else data.astype(np.float64)
        self.grad = None
        self.parents = parents
        self.local = local  # gradient of the result → gradients of the parents

    def __repr__(self):
        return f"Tensor({self.data!r})"

    @property
    def shape(self):
        """The shape of ``data``."""
        return self.data.shape

    # ---- operations: value, then local derivative

    def __add__(self, other):
        a, b = self, tensor(other)
        return Tensor(a.data + b.data, (a, b), lambda g: (g, g))

    def __mul__(self, other):
        a, b = self, tensor(other)
        return Tensor(a.data * b.data, (a, b), lambda g: (g * b.data, g * a.data))

    def __truediv__(self, other):
        a, b = self, tensor(other)
        return Tensor(a.data / b.data, (a, b), lambda g: (g / b.data, -g * a.data / b.data**2))

    def __pow__(self, n):
        if not isinstance(n, (int, float)):
            raise TypeError("the exponent must be a plain number: write a ** b as (b * a.log()).exp()")
        return Tensor(self.data**n, (self,), lambda g: (g * n * self.data ** (n - 1),))

    def __matmul__(self, other):
        a, b = self, tensor(other)
        if a.data.ndim != 2 or b.data.ndim != 2:
            raise ValueError(f"@ expects two matrices, got shapes {a.shape} and {b.shape}")
        return Tensor(a.data @ b.data, (a, b), lambda g: (g @ b.data.T, a.data.T @ g))

    def exp(self):
        """eᵃ; its derivative is itself."""
        value = np.exp(self.data)
        return Tensor(value, (self,), lambda g: (g * value,))

    def log(self):
        """Log a; derivative 1/a."""
        return Tensor(np.log(self.data), (self,), lambda g: (g / self.data,))

    def relu(self):
        """max(a, 0); derivative 1 where a > 0, else 0."""
        return Tensor(np.maximum(self.data, 0), (self,), lambda g: (g * (self.data > 0),))

    def tanh(self):
        """Tanh a; derivative 1 − tanh² a."""
        value = np.tanh(self.data)
        return Tensor(value, (self,), lambda g: (g * (1 - value**2),))

    def sigmoid(self):
        """σ(a) = ½ (1 + tanh(a/2)), which cannot overflow; derivative σ (1 − σ)."""
        value = 0.5 * (1 + np.tanh(0.5 * self.data))
        return Tensor(value, (self,), lambda g: (g * value * (1 - value),))

    def sum(self, axis=None, keepdims=False):
        """Sum over ``axis``; each summand gets the gradient of the sum."""
        value = self.data.sum(axis=axis, keepdims=keepdims)
        kept = self.data.sum(axis=axis, keepdims=True).shape
        return Tensor(value, (self,), lambda g: (np.broadcast_to(g.reshape(kept), self.shape),))

    def max(self, axis=None, keepdims=False):
        """Largest entry over ``axis``; equal ones share the gradient equally."""
        top = self.data.max(axis=axis, keepdims=True)
        hit = (self.data == top).astype(self.data.dtype)
        share = hit / hit.sum(axis=axis, keepdims=True)
        value = self.data.max(axis=axis, keepdims=keepdims)
        return Tensor(value, (self,), lambda g: (share * g.reshape(top.shape),))

    def reshape(self, *shape):
        """The same entries in another shape."""
        return Tensor(self.data.reshape(*shape), (self,), lambda g: (g.reshape(self.shape),))

    @property
    def T(self):
        """The transposed matrix."""
        return Tensor(self.data.T, (self,), lambda g: (g.T,))

    def __getitem__(self, index):
        def local(g):
            whole = np.zeros_like(self.data)
            np.add.at(whole, index, g)  # an entry picked twice gets both gradients
            return (whole,)

        return Tensor(self.data[index], (self,), local)

    # ---- what follows from those

    def mean(self, axis=None, keepdims=False):
        """Mean over ``axis``."""
        total = self.sum(axis, keepdims)
        return total * (total.data.size / self.data.size)

    def log_softmax(self):
        """zₖ − log Σⱼ e^zⱼ along the last axis; the largest z is taken out as a constant."""
        z = self - self.data.max(axis=-1, keepdims=True)
        return z - z.exp().sum(axis=-1, keepdims=True).log()

    def softmax(self):
        """e^zₖ / Σⱼ e^zⱼ along the last axis."""
        return self.log_softmax().exp()

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -tensor(other)

    def __rsub__(self, other):
        return tensor(other) - self

    def __rtruediv__(self, other):
        return tensor(other) / self

    def __rmatmul__(self, other):
        return tensor(other) @ self

    __radd__ = __add__
    __rmul__ = __mul__

    # ---- the chain rule

    def backward(self):
        """Leave ∂self/∂t in ``grad`` of every tensor t that self was made from; self must be one number."""
        if self.data.size != 1:
            raise ValueError(f"backward() starts at a single number, got shape {self.shape}: sum() first")
        order = self.topological_order()
        for t in order:
            t.grad = np.zeros_like(t.data)
        self.grad = np.ones_like(self.data)
        for t in reversed(order):  # when t's turn comes, all paths to it have been added up
            if t.local is not None:
                for parent, gradient in zip(t.parents, t.local(t.grad), strict=True):
                    parent.grad = parent.grad + unbroadcast(gradient, parent.shape)

    def topological_order(self):
        """All tensors self depends on, each after its parents; no recursion, so depth has no limit."""
        order, done, stack = [], set(), [(self, False)]
        while stack:
            t, parents_done = stack.pop()
            if parents_done:
                order.append(t)
            elif id(t) not in done:
                done.add(id(t))
                stack.append((t, True))
                stack.extend((parent, False) for parent in t.parents)
        return order


def tensor(value):
    """``value`` as a Tensor."""
    return value if isinstance(value, Tensor) else Tensor(value)


def unbroadcast(gradient, shape):
    """Sum over the axes along which an operand of ``shape`` was repeated to fit the other one."""
    gradient = np.asarray(gradient)
    gradient = gradient.sum(axis=tuple(range(gradient.ndim - len(shape))))
    repeated = tuple(i for i, n in enumerate(shape) if n == 1 and gradient.shape[i] != 1)
    return gradient.sum(axis=repeated, keepdims=True) if repeated else gradient
