"""Optimizers: how a gradient dW changes a weight W; each is one ``update`` of a few lines."""

import math

import numpy as np

from glassnet.config import rounded
from glassnet.utils import lookup, require


class Optimizer:
    """What all optimizers share: clipping, weight decay, the step count, and state kept for every weight.

    A step does, in this order: clip the gradients, decay the weights, ``update`` each weight in place.

    Args:
        learning_rate: η.
        weight_decay: λ: before the update W shrinks by η λ W.
        clipnorm: scales each weight's gradient down to at most this Euclidean norm.
        clipvalue: cuts every entry to ± this value.
        global_clipnorm: scales all gradients together down to at most this norm. At most one of the three.
        name: for display.
    """

    slots = ()  # names of the arrays kept for every weight, such as the momentum
    initial_accumulator_value = 0.0  # what they hold at first

    def __init__(
        self, learning_rate, weight_decay=None, clipnorm=None, clipvalue=None, global_clipnorm=None, **other
    ):
        self.name = other.pop("name", None)
        if other:
            hint = ": did you mean learning_rate?" if "lr" in other else ""
            raise TypeError(f"{type(self).__name__} has no argument {', '.join(other)}{hint}")
        clips = [clip for clip in (clipnorm, clipvalue, global_clipnorm) if clip is not None]
        require(len(clips) < 2, "only one of clipnorm, clipvalue and global_clipnorm can be set")
        require(
            all(clip >= 0 for clip in clips), f"gradients are clipped at a number from 0 upwards, got {clips}"
        )
        self.learning_rate, self.weight_decay = learning_rate, weight_decay
        self.clipnorm, self.clipvalue, self.global_clipnorm = clipnorm, clipvalue, global_clipnorm
        self.iterations, self.state, self.weights = 0, None, []

    @property
    def learning_rate(self):
        """η, a number that callbacks may change between steps."""
        return self._learning_rate

    @learning_rate.setter
    def learning_rate(self, value):
        fits = isinstance(value, (int, float, np.number)) and 0 <= value < math.inf
        require(fits, f"learning_rate must be a finite number from 0 upwards, got {value!r}")
        self._learning_rate = float(value)

    def build(self, weights):
        """Make the state: an array for every slot of every weight."""
        value = rounded(self.initial_accumulator_value)
        self.state = [{slot: np.full_like(W, value) for slot in self.slots} for W in weights]
        self.weights = list(weights)

    def belongs_to(self, weights):
        """Whether the state belongs to these arrays: the very same ones, in this order."""
        return [id(W) for W in weights] == [id(W) for W in self.weights]

    def apply(self, gradients, weights):
        """One step: every array of ``weights`` is changed in place; the gradients are left as they are."""
        if self.state is None:
            self.build(weights)
        fits = [W.shape for W in weights] == [d.shape for d in gradients]
        require(
            fits and self.belongs_to(weights),
            "the optimizer was built for other weights: compile again, a new one for each model",
        )
        t = self.iterations + 1
        for W, dW, state in zip(weights, self.clip(gradients), self.state, strict=True):
            if self.weight_decay is not None:
                W -= W * (rounded(self.weight_decay) * self.learning_rate)
            for part in parts(W):
                slots = {slot: a[part] for slot, a in state.items()}
                self.update(W[part], dW[part], t, **slots)
                if t % 16 == 0:
                    for a in slots.values():
                        without_denormals(a)
        self.iterations = t

    def update(self, W, dW, t, **state):
        """Change W in place, given its gradient, the step t = 1, 2, … and the arrays named in ``slots``."""
        raise NotImplementedError

    def clip(self, gradients):
        """The gradients, cut or scaled down as the arguments say."""
        if self.clipvalue:
            return [np.clip(dW, -self.clipvalue, self.clipvalue) for dW in gradients]
        if self.clipnorm:
            return [dW * (self.clipnorm / max(norm([dW]), self.clipnorm)) for dW in gradients]
        if self.global_clipnorm:
            scale = self.global_clipnorm / max(norm(gradients), self.global_clipnorm)
            return [dW * scale for dW in gradients]
        return gradients

    def get_config(self):
        """The constructor's arguments."""
        hidden = ("iterations", "slots", "state", "weights")
        return {name.removeprefix("_"): value for name, value in vars(self).items() if name not in hidden}


class SGD(Optimizer):
    """Stochastic gradient descent, with momentum (Polyak, 1964) or Nesterov's (Sutskever et al., 2013).

    W ← W − η dW. With momentum μ: v ← μ v − η dW, W ← W + v. Nesterov looks ahead: W ← W + μ v − η dW.
    """

    def __init__(self, learning_rate=0.01, momentum=0.0, nesterov=False, **kwargs):
        super().__init__(learning_rate, **kwargs)
        require(0 <= momentum <= 1, f"momentum must lie from 0 to 1, got {momentum}")
        self.momentum, self.nesterov = momentum, nesterov
        self.slots = ("v",) if momentum else ()

    def update(self, W, dW, t, v=None):
        step = dW * -self.learning_rate
        if v is not None:
            momentum = rounded(self.momentum)
            v *= momentum
            v += step
            step = step + momentum * v if self.nesterov else v
        W += step


class Adagrad(Optimizer):
    """The step of each weight shrinks with the sum of its squared gradients (Duchi, Hazan and Singer, 2011).

    v ← v + dW², W ← W − η dW / √(v + ε); v begins at ``initial_accumulator_value``.
    """

    slots = ("v",)

    def __init__(self, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7, **kwargs):
        super().__init__(learning_rate, **kwargs)
        self.initial_accumulator_value, self.epsilon = initial_accumulator_value, epsilon

    def update(self, W, dW, t, v):
        v += dW * dW
        W -= self.learning_rate * dW / np.sqrt(v + self.epsilon)


class RMSprop(Optimizer):
    """The gradient divided by a moving root mean square of itself (Hinton, 2012, lecture 6e).

    v ← ρ v + (1 − ρ) dW², step η dW / √(v + ε). ``centered`` subtracts the squared moving mean of dW from v;
    ``momentum`` sums steps up: s ← μ s + step, W ← W − s.
    """

    def __init__(self, learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-7, centered=False, **kwargs):
        super().__init__(learning_rate, **kwargs)
        self.rho, self.momentum, self.epsilon, self.centered = rho, momentum, epsilon, centered
        self.slots = ("v", *(["s"] if momentum else []), *(["mean"] if centered else []))

    def update(self, W, dW, t, v, s=None, mean=None):
        v *= self.rho
        v += (1 - self.rho) * (dW * dW)
        variance = v
        if mean is not None:
            mean *= self.rho
            mean += (1 - self.rho) * dW
            variance = v - mean * mean
        step = self.learning_rate * dW / np.sqrt(variance + self.epsilon)
        if s is not None:
            s *= self.momentum
            s += step
            step = s
        W -= step


class Adam(Optimizer):
    """Moving means of gradient and squared gradient, corrected for their start at zero (Kingma and Ba, 2015).

    m ← β₁ m + (1 − β₁) dW, v ← β₂ v + (1 − β₂) dW², W ← W − α m / (√v + ε) with α = η √(1 − β₂ᵗ) / (1 − β₁ᵗ),
    the efficient order at the end of the paper's section 2. ``amsgrad`` divides by the largest v so far
    (Reddi, Kale and Kumar, 2018).
    """

    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, amsgrad=False, **kwargs):
        super().__init__(learning_rate, **kwargs)
        self.beta_1, self.beta_2, self.epsilon, self.amsgrad = beta_1, beta_2, epsilon, amsgrad
        self.slots = ("m", "v", "v_max") if amsgrad else ("m", "v")

    def update(self, W, dW, t, m, v, v_max=None):
        m += (dW - m) * (1 - self.beta_1)
        v += (dW * dW - v) * (1 - self.beta_2)
        if v_max is not None:
            v = np.maximum(v_max, v, out=v_max)
        beta_1, beta_2 = rounded(self.beta_1), rounded(self.beta_2)
        alpha = self.learning_rate * math.sqrt(1 - beta_2**t) / (1 - beta_1**t)
        W -= alpha * m / (np.sqrt(v) + self.epsilon)


class AdamW(Adam):
    """Adam with weight decay that is kept apart from the gradient (Loshchilov and Hutter, 2019)."""

    def __init__(self, learning_rate=0.001, weight_decay=0.004, **kwargs):
        super().__init__(learning_rate, weight_decay=weight_decay, **kwargs)


def parts(W):
    """Slices of the rows of W, about 32 000 entries each: what ``update`` makes of them fits caches."""
    rows = max(1, 2**15 * len(W) // max(W.size, 1))
    return [slice(start, start + rows) for start in range(0, len(W), rows)]


def without_denormals(a):
    """Round a in place to multiples of about 10⁻³⁴ (float32), far below any gradient's size.

    Where gradients stay 0, moving means shrink to numbers that processors are many times slower with.
    """
    info = np.finfo(a.dtype)
    large = a.dtype.type(1e4 * info.tiny / info.eps)
    a += large
    a -= large


def norm(arrays):
    """√(Σ of all squared entries of all arrays)."""
    return math.sqrt(sum(float(np.vdot(a, a)) for a in arrays))


OPTIMIZERS = {"sgd": SGD, "adagrad": Adagrad, "rmsprop": RMSprop, "adam": Adam, "adamw": AdamW}


def get(identifier):
    """The optimizer called ``identifier``: a name (any case), an ``Optimizer`` class or object."""
    name = identifier.lower() if isinstance(identifier, str) else identifier
    return lookup("optimizer", name, OPTIMIZERS, base=Optimizer)
