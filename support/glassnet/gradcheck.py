"""Gradient checking: ∂L/∂W from backprop is held against what the loss does when W changes a little."""

import copy
from dataclasses import dataclass

import numpy as np

from glassnet.utils import require


@dataclass
class Result:
    """What ``gradcheck`` found; printed, it is a table with one row an array, the worst entry named below.

    Attributes:
        passed: whether every error is at most ``tolerance``.
        errors: {array: its worst error}, such as ``{"dense.W": 2e-9, "x": 3e-10}``.
        worst: (array, index, gradient by backprop, gradient by differences) of the largest error.
        kinks: entries at which the loss bends, so that two one-sided derivatives exist (see ``gradcheck``).
        tolerance: as given.
    """

    passed: bool
    errors: dict
    worst: tuple
    kinks: list
    tolerance: float

    def __str__(self):
        width = max(len(name) for name in self.errors)
        rows = [f"{name:<{width}}  {error:.1e}" for name, error in self.errors.items()]
        name, index, backprop, numeric = self.worst
        verdict = "passed" if self.passed else "FAILED"
        at = f"{name}[{', '.join(map(str, index))}]"
        rows.append(f"{verdict}: worst at {at}: backprop {backprop:.9g}, differences {numeric:.9g}")
        return "\n".join(rows)


def numerical_gradient(f, x, epsilon=1e-5):
    """∂f/∂x of a function of one array, entry by entry: (f(x + ε) − f(x − ε)) / 2ε; x is left as it was."""
    x = np.array(x, dtype="float64")
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        above, below = moved(lambda: float(f(x)), x, index, (epsilon, -epsilon))
        gradient[index] = (above - below) / (2 * epsilon)
    return gradient


def moved(f, x, index, steps):
    """f() with x[index] moved by each of the steps; x is restored."""
    kept, values = x[index], []
    for step in steps:
        x[index] = kept + step
        values.append(f())
    x[index] = kept
    return values


def gradcheck(
    model, x, y, sample_weight=None, training=False, epsilon=1e-5, tolerance=1e-6, entries=50, seed=0
):
    """Compare backprop with central differences, for every weight array and for the input, in float64.

    The model is copied; it and the random state stay as they were. The error of an entry is |backprop −
    differences| divided by the larger of the two, or by a thousandth of the array's largest gradient if that
    is more. Where it exceeds the tolerance, other steps are tried, and what the rounding of the loss to 53
    bits makes of the difference is forgiven.

    Where the loss has a kink (relu at 0, ties in max-pooling), the derivative does not exist; the two
    one-sided ones do. A point is taken for a kink if they differ plainly; backprop is then right if it lies
    between them.

    Args:
        model: a built and compiled ``Sequential``.
        x: inputs of one batch.
        y: their targets.
        sample_weight: weights of the examples.
        training: True checks the training step: batch statistics in use, dropout with one fixed mask.
        epsilon: how far each entry is moved, both ways.
        tolerance: the largest error that passes.
        entries: how many entries of each array are tried, chosen with ``seed``; None tries all.
        seed: see entries.

    Returns:
        ``Result``.
    """
    x = np.array(x, dtype="float64")
    model._prepare("gradcheck", x, y)  # so that a misfit shows before anything is computed
    model = in_float64(model, x)
    y = model.loss.prepare(y, model.forward(x))[0]
    if training:
        fix_masks(model, x)

    def loss():
        return float(model.compute_loss(x, y, sample_weight, training)[0])

    _, _, dX = model.compute_gradients(x, y, sample_weight, training, input_gradient=True)
    arrays = [("x", x, np.array(dX))] if type(model.layers[0]).__name__ != "Embedding" else []
    for layer in model.layers:
        named = zip(layer.trainable_names, layer.trainable_weights, layer.gradients, strict=False)
        arrays += [(f"{layer.name}.{name}", W, np.array(dW)) for name, W, dW in named]

    rng, middle = np.random.default_rng(seed), loss()
    rounding = 8 * np.finfo("float64").eps * abs(middle)  # of a difference between two losses
    errors, kinks, worst = {}, [], (-1.0, None)
    for name, a, gradient in arrays:
        flat = rng.choice(a.size, a.size if entries is None else min(entries, a.size), replace=False)
        require(np.isfinite(gradient).all(), f"backprop's gradient of {name} contains NaN or infinity")
        errors[name] = 0.0
        floor = max(1e-3 * float(np.abs(gradient).max(initial=0)), 1e-6)
        for index in zip(*np.unravel_index(flat, a.shape), strict=True):
            above, below = moved(loss, a, index, (epsilon, -epsilon))
            right, left = (above - middle) / epsilon, (middle - below) / epsilon
            got, numeric = float(gradient[index]), (right + left) / 2
            if abs(right - left) > 1e-2 * max(abs(right), abs(left), floor) + 4 * rounding / epsilon:
                kinks.append((name, tuple(map(int, index))))
                slack = 1e-3 * max(abs(right), abs(left))
                if min(right, left) - slack <= got <= max(right, left) + slack:
                    continue
            error = distance(got, numeric, floor)
            # Rounding, a kink nearby, or a mistake? Wide steps round less, but may cross a kink.
            for h in (100 * epsilon, 10 * epsilon, 0.1 * epsilon):
                if error > tolerance:
                    p, m, pp, mm = moved(loss, a, index, (h, -h, 2 * h, -2 * h))
                    other = (8 * (p - m) - (pp - mm)) / (12 * h)
                    error, numeric = min((error, numeric), (distance(got, other, floor, rounding / h), other))
            errors[name] = max(errors[name], error)
            worst = max(worst, (error, (name, tuple(map(int, index)), got, numeric)), key=lambda w: w[0])
    require(worst[1] is not None, "there was nothing to check: every entry tried is a kink")
    return Result(max(errors.values()) <= tolerance, errors, worst[1], kinks, tolerance)


def distance(got, numeric, floor, slack=0.0):
    """The relative difference, without the slack: what rounding explains, a tenth of the floor at most."""
    apart = max(abs(got - numeric) - min(slack, 0.1 * floor), 0.0)
    return apart / max(abs(got), abs(numeric), floor)


def in_float64(model, x):
    """A copy of the model that computes in float64."""
    model = copy.deepcopy(model)
    model._build_for(np.asarray(x))
    for layer in model.layers:
        layer.dtype, layer._buffers = "float64", {}
        gradients = ["d" + name for name in layer.trainable_names]
        for name in layer.trainable_names + layer.fixed_names + gradients:
            setattr(layer, name, getattr(layer, name).astype("float64"))
    return model


def fix_masks(model, x):
    """Make every dropout layer of the copy keep the mask it draws first."""
    model.forward(x, training=True)
    for layer in model.layers:
        if hasattr(layer, "draw_mask"):
            layer.draw_mask = lambda shape, mask=layer.mask: mask
