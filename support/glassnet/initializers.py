"""Where training starts: rules that fill a new weight array, all seeded."""

import inspect
from dataclasses import dataclass

import numpy as np

from glassnet.utils import lookup, require, rng, snake_case


class Initializer:
    """A rule for the first values of a weight array; called with a shape, it returns the array.

    A rule with a ``seed`` gives the same values on every call, as in Keras; without one it draws from the
    generator that ``utils.set_random_seed`` seeds.
    """

    def get_config(self):
        """The constructor's arguments."""
        return dict(vars(self))


class Zeros(Initializer):
    """All zeros: right for biases, wrong for weights, whose units would then stay equal for ever."""

    def __call__(self, shape, dtype="float32"):
        return np.zeros(shape, dtype)


class Ones(Initializer):
    """All ones."""

    def __call__(self, shape, dtype="float32"):
        return np.ones(shape, dtype)


@dataclass(eq=False)
class Constant(Initializer):
    """All ``value``."""

    value: float = 0.0

    def __call__(self, shape, dtype="float32"):
        return np.full(shape, self.value, dtype)


@dataclass(eq=False)
class RandomNormal(Initializer):
    """Normal with the given mean and standard deviation."""

    mean: float = 0.0
    stddev: float = 0.05
    seed: int | None = None

    def __call__(self, shape, dtype="float32"):
        return rng(self.seed).normal(self.mean, self.stddev, shape).astype(dtype)


@dataclass(eq=False)
class RandomUniform(Initializer):
    """Uniform between ``minval`` and ``maxval``."""

    minval: float = -0.05
    maxval: float = 0.05
    seed: int | None = None

    def __call__(self, shape, dtype="float32"):
        return rng(self.seed).uniform(self.minval, self.maxval, shape).astype(dtype)


@dataclass(eq=False)
class Seeded(Initializer):
    """A rule whose only argument is its seed."""

    seed: int | None = None


class GlorotUniform(Seeded):
    """Uniform on ±√(6 / (fan_in + fan_out)), so that variances stay alike (Glorot and Bengio, 2010)."""

    def __call__(self, shape, dtype="float32"):
        limit = np.sqrt(6 / sum(fans(shape)))
        return rng(self.seed).uniform(-limit, limit, shape).astype(dtype)


class GlorotNormal(Seeded):
    """Truncated normal with variance 2 / (fan_in + fan_out) (Glorot and Bengio, 2010)."""

    def __call__(self, shape, dtype="float32"):
        return truncated_normal(np.sqrt(2 / sum(fans(shape))), shape, rng(self.seed)).astype(dtype)


class HeUniform(Seeded):
    """Uniform on ±√(6 / fan_in), made for relu (He, Zhang, Ren and Sun, 2015)."""

    def __call__(self, shape, dtype="float32"):
        limit = np.sqrt(6 / fans(shape)[0])
        return rng(self.seed).uniform(-limit, limit, shape).astype(dtype)


class HeNormal(Seeded):
    """Truncated normal with variance 2 / fan_in, made for relu (He, Zhang, Ren and Sun, 2015)."""

    def __call__(self, shape, dtype="float32"):
        return truncated_normal(np.sqrt(2 / fans(shape)[0]), shape, rng(self.seed)).astype(dtype)


@dataclass(eq=False)
class Orthogonal(Initializer):
    """``gain`` times orthonormal rows or columns, from a QR factorisation (Saxe et al., 2013)."""

    gain: float = 1.0
    seed: int | None = None

    def __call__(self, shape, dtype="float32"):
        require(len(shape) > 1, f"Orthogonal needs at least two dimensions, got shape {tuple(shape)}")
        rows, columns = int(np.prod(shape[:-1])), shape[-1]
        Q, R = np.linalg.qr(rng(self.seed).normal(size=(max(rows, columns), min(rows, columns))))
        Q *= np.sign(np.diag(R))  # makes the factorisation unique, hence Q uniformly distributed
        return (self.gain * (Q if rows >= columns else Q.T)).reshape(shape).astype(dtype)


def fans(shape):
    """(fan_in, fan_out): how many inputs and outputs a unit of a weight array of this shape has."""
    if len(shape) < 2:
        size = int(np.prod(shape))
        return size, size
    receptive_field = int(np.prod(shape[:-2]))  # kernel height × width in a convolution, 1 in a dense layer
    return shape[-2] * receptive_field, shape[-1] * receptive_field


def truncated_normal(stddev, shape, generator):
    """Normal values redrawn until all lie within two deviations, then widened to have ``stddev`` again."""
    x = generator.normal(size=shape)
    while (outside := np.abs(x) > 2).any():
        x[outside] = generator.normal(size=int(outside.sum()))
    return x * (stddev / 0.87962566103423978)  # the deviation of a standard normal cut off at ±2


PLAIN = (Zeros, Ones, Constant, RandomNormal, RandomUniform, Orthogonal)
BY_FANS = (GlorotUniform, GlorotNormal, HeUniform, HeNormal)
INITIALIZERS = {snake_case(cls.__name__): cls for cls in PLAIN + BY_FANS} | {"uniform": RandomUniform}


def get(identifier):
    """The initializer called ``identifier``: a name, an object, or ``{"class_name": …, "config": …}``."""
    if callable(identifier):
        return identifier
    if isinstance(identifier, dict):
        cls = lookup("initializer", identifier["class_name"], {c.__name__: c for c in INITIALIZERS.values()})
        taken = inspect.signature(cls).parameters  # Keras writes more than it reads, such as axes of a fan
        return cls(**{k: v for k, v in identifier["config"].items() if k in taken})
    return lookup("initializer", identifier, INITIALIZERS)()


def serialize(initializer):
    """What ``get`` turns back into the same initializer."""
    return {"class_name": type(initializer).__name__, "config": initializer.get_config()}
