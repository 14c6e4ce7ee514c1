"""What all layers share: weights and their names, reused buffers, shape checks."""

import math
from dataclasses import dataclass, fields

import numpy as np

from glassnet import activations, config, initializers
from glassnet.utils import require, require_one_of, snake_case


class Weighted:
    """What layers and models share: ``weights``, a list of arrays, to count, to read and to set."""

    def count_params(self):
        """The number of entries in all weight arrays."""
        return sum(w.size for w in self.weights)

    def get_weights(self):
        """Copies of all weight arrays, in Keras' order."""
        return [w.copy() for w in self.weights]

    def set_weights(self, weights):
        """Copy new values into all weight arrays; number and shapes must fit, or nothing is changed."""
        expected, got = [w.shape for w in self.weights], [np.shape(w) for w in weights]
        owner = f"{type(self).__name__} {self.name!r}"
        require(expected == got, f"{owner} expected weights of shapes {expected}, got {got}")
        for target, source in zip(self.weights, weights, strict=True):
            target[...] = source


@dataclass(eq=False, kw_only=True)
class Layer(Weighted):
    """One step of a network: ``forward`` turns X into A, ``backward`` turns ∂L/∂A into ∂L/∂X.

    A layer is written by overriding four methods: ``build`` creates the weights, ``compute_output_shape``
    says what comes out, ``forward`` computes it and remembers what ``backward`` needs, ``backward`` stores
    the gradient of every weight ``W`` in ``dW`` and returns that of the input.

    Arrays that ``forward`` and ``backward`` return may be reused by the next call: copy what must last.
    Calling the layer, ``layer(x)``, builds it if need be, checks the shape and returns an array of its own.

    Args:
        name: the layer's name; by default its class' name, in small letters, numbered within a model.
        trainable: False keeps the weights as they are.
        dtype: ``"float32"`` or ``"float64"``; the default is ``config.floatx()`` when the layer is built.
    """

    name: str | None = None
    trainable: bool = True
    dtype: str | None = None

    def __new__(cls, *args, **kwargs):
        if old := kwargs.keys() & {"input_shape", "input_dim"} - set(cls.arguments()):
            hint = "begin the model with Input(shape=...)"
            raise TypeError(f"{cls.__name__} has no argument {', '.join(old)}: {hint}")
        return super().__new__(cls)

    def __post_init__(self):
        for name in self.arguments():  # one place where names become functions and objects
            value = getattr(self, name)
            if name.endswith("activation"):
                setattr(self, name, activations.get(value))
            elif name.endswith("initializer"):
                setattr(self, name, initializers.get(value))
            elif name in ("units", "filters", "input_dim", "output_dim"):
                setattr(self, name, positive(self, name, value))
        self.name = self.name or snake_case(type(self).__name__)
        self.built = False
        self.needs_dX = True  # a model sets it to False where nobody asks for ∂L/∂X: in its first layer
        self.trainable_names, self.fixed_names = [], []
        self._buffers = {}

    def build(self, input_shape):
        """Create the weights for inputs of ``input_shape``, whose first entry, the batch, is None."""

    def compute_output_shape(self, input_shape):
        """The shape of the output, with None for the batch, from that of the input."""
        return input_shape

    def forward(self, X, training=False):
        """The output A for a batch X; ``training`` matters to dropout and batch normalisation only."""
        raise NotImplementedError

    def backward(self, dA):
        """∂L/∂X from dA = ∂L/∂A at the last ``forward``; stores the weights' gradients beside them."""
        raise NotImplementedError

    @classmethod
    def arguments(cls):
        """Names of the constructor's arguments; each is kept in an attribute of that name."""
        return [field.name for field in fields(cls)]

    def get_config(self):
        """The constructor's arguments: ``type(layer)(**config)`` is the same layer, untrained."""
        return {name: plain(getattr(self, name)) for name in self.arguments()}

    def __call__(self, x, training=False):
        x = np.asarray(x)
        self.ensure_built((None, *x.shape[1:]))
        return np.array(self.forward(x.astype(self.dtype, copy=False), training))

    def ensure_built(self, input_shape):
        """Build once; afterwards ``input_shape``, ``output_shape`` and ``dtype`` are known, and must fit."""
        if self.built:
            self.check_input(input_shape)
        else:
            self.dtype = self.dtype or config.floatx()
            what = f"{type(self).__name__} expected dtype"
            require_one_of(what, self.dtype, ("float32", "float64"))
            self.input_shape = tuple(input_shape)
            self.output_shape = tuple(self.compute_output_shape(self.input_shape))
            self.build(self.input_shape)
            self.built = True

    def add_weight(self, name, shape, initializer, trainable=True):
        """A new array filled by ``initializer``; if it is trained, ``"d" + name`` will hold its gradient."""
        (self.trainable_names if trainable else self.fixed_names).append(name)
        if trainable:
            setattr(self, "d" + name, np.zeros(shape, self.dtype))
        return initializer(tuple(shape), dtype=self.dtype)

    def buffer(self, name, shape, dtype=None):
        """An array, zeros at first, that is kept from step to step as long as the shape stays the same."""
        if name not in self._buffers or self._buffers[name].shape != tuple(shape):
            self._buffers[name] = np.zeros(shape, dtype or self.dtype)
        return self._buffers[name]

    @property
    def trainable_weights(self):
        """The arrays that training changes: none if the layer is not ``trainable``."""
        return [getattr(self, name) for name in self.trainable_names] if self.trainable else []

    @property
    def weights(self):
        """All weight arrays in Keras' order: those that can be trained, then statistics."""
        return [getattr(self, name) for name in self.trainable_names + self.fixed_names]

    @property
    def gradients(self):
        """∂L/∂W of each of ``trainable_weights``, left by the last ``backward``."""
        return [getattr(self, "d" + name) for name in self.trainable_names] if self.trainable else []

    def check_input(self, shape):
        """Raise ValueError if a batch of this shape does not fit what the layer was built for."""
        fits = [e in (None, s) for e, s in zip(self.input_shape, shape, strict=False)]
        require(all(fits) and len(shape) == len(self.input_shape), self.shape_error(shape))

    def shape_error(self, got, expected=None):
        """The sentence that says what came, what was expected and, where it is plain, what to do."""
        expected = tuple(expected or ("batch", *self.input_shape[1:]))
        sizes = [e for e in expected[1:] if isinstance(e, int)]
        fix = ""
        if len(sizes) == len(expected) - 1 and math.prod(sizes) == math.prod(got[1:]):
            fix = ": add Flatten() first" if len(sizes) == 1 else f": add Reshape({tuple(sizes)}) first"
        elif len(got) == len(expected) - 1 and len(got) == 3:
            fix = f": add Reshape({(*got[1:], 1)}) first"
        if len(got) == 1 and expected[1:] == (1,):
            fix = ": use x[:, None]"
        elif len(got) == len(expected) - 1 and tuple(got) == expected[1:]:
            fix = ": that is one example without a batch axis, use x[None]"
        return f"{type(self).__name__} expected input of shape {_show(expected)}, got {_show(got)}{fix}"


def positive(layer, name, value):
    """``value`` if it is a whole number above 0; otherwise a ValueError that names the argument."""
    kind, whole = type(layer).__name__, isinstance(value, (int, np.integer)) and value > 0
    require(whole, f"{kind} expected a positive whole number as {name}, got {value!r}")
    return int(value)


def plain(value):
    """An argument in a form for files: a function's name, an initializer's description."""
    if isinstance(value, initializers.Initializer):
        return initializers.serialize(value)
    return value.__name__ if callable(value) else value


def _show(shape):
    entries = [str("any" if s is None else s) for s in shape]
    return f"({', '.join(entries)}{',' if len(entries) == 1 else ''})"
