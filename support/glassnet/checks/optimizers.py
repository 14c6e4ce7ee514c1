"""The assignment `optimizers`: one step of SGD with momentum, Adagrad, RMSprop and Adam.

Each reference takes and returns a state, so that a check can begin at any step: the keyword arguments after
the star make the known mistakes.
"""

import numpy as np

from .spec import Assignment, Function, accepts, is_fast, refuses, stays_finite

ARRAYS = ("integers", "float32", "read_only", "strided")
LOOP = "A network has millions of weights: compute with whole arrays instead of number by number."
DEFAULTS = "Compare the default arguments with the table of the task."
STRETCHED = "NumPy would stretch it over all weights: compare the shapes yourself."


def _fitting(w, g, state, *names):
    """Raise ValueError unless the gradient and the arrays of the state have the weights' shape."""
    if g.shape != w.shape:
        raise ValueError(f"g must have the shape of w, {w.shape}, got {g.shape}")
    for name in names if state is not None else ():
        if state[name].shape != w.shape:
            raise ValueError(f"state[{name!r}] must have the shape of w, {w.shape}, got {state[name].shape}")


def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    """V ← μ v − η g, w ← w + v."""
    _fitting(w, g, state, "v")
    v = _old(state, "v", w) * momentum - learning_rate * g
    return w + v, {"v": v}


def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7, *, add=None):
    """V ← v + g², w ← w − η g / √(v + ε); `add(v, g)` makes the known mistakes."""
    _fitting(w, g, state, "v")
    v = _old(state, "v", w, initial_accumulator_value)
    v = add(v, g) if add else v + g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7, *, average=None):
    """V ← ρ v + (1 − ρ) g², w ← w − η g / √(v + ε); `average(v, g, rho)` makes the known mistakes."""
    _fitting(w, g, state, "v")
    v = _old(state, "v", w)
    v = average(v, g, rho) if average else _average(v, g**2, rho)
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


def _average(old, new, share):
    return share * old + (1 - share) * new


def _adam_move(m, v, t, beta_1, beta_2, epsilon):
    return m / (1 - beta_1**t) / (np.sqrt(v / (1 - beta_2**t)) + epsilon)


def adam_step(
    w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, *, move=_adam_move, first=1
):
    """Adam with bias correction; `move` and the number of the first step make the known mistakes."""
    _fitting(w, g, state, "m", "v")
    t = first if state is None else state["t"] + 1
    m = _average(_old(state, "m", w), g, beta_1)
    v = _average(_old(state, "v", w), g**2, beta_2)
    return w - learning_rate * move(m, v, t, beta_1, beta_2, epsilon), {"t": t, "m": m, "v": v}


def _old(state, name, w, start=0.0):
    """What the state remembers, or what it begins with."""
    return np.full(w.shape, start, np.result_type(w, np.float32)) if state is None else state[name]


# ------------------------------------------------------------------ data


def _normal(rng, *shape):
    return rng.normal(size=shape)


def _record(rng, *shape):
    return 0.2 + rng.random(shape)


def _sgd_cases(rng):
    return [
        (_normal(rng, 3, 4), _normal(rng, 3, 4), {"v": _normal(rng, 3, 4)}, 0.2, 0.7),
        (_normal(rng, 3, 4), _normal(rng, 3, 4), None, 0.1, 0.9),
        (_normal(rng, 5), _normal(rng, 5), {"v": _normal(rng, 5)}, 0.03, 0.0),
    ]


def _record_cases(*numbers):
    """Cases of Adagrad and RMSprop: in a first step many mistakes look alike, so a later one leads."""

    def cases(rng):
        return [
            (_normal(rng, 3, 4), _normal(rng, 3, 4), {"v": _record(rng, 3, 4)}, 0.3, *numbers),
            (_normal(rng, 3, 4), _normal(rng, 3, 4), None, 0.1, *numbers),
            (_normal(rng, 5), _normal(rng, 5), {"v": _record(rng, 5)}, 0.02, *numbers),
        ]

    return cases


def _adam_state(rng, t, *shape):
    return {"t": t, "m": 0.3 * _normal(rng, *shape), "v": 0.1 * _record(rng, *shape)}


def _adam_cases(rng):
    return [
        (_normal(rng, 3, 4), _normal(rng, 3, 4), _adam_state(rng, 4, 3, 4), 0.2, 0.7, 0.98, 0.1),
        (_normal(rng, 3, 4), _normal(rng, 3, 4), None, 0.1, 0.8, 0.95, 0.05),
        (_normal(rng, 5), _normal(rng, 5), _adam_state(rng, 1, 5), 0.05, 0.9, 0.99, 0.02),
    ]


def _states(make):
    """A state of a given shape for each optimizer."""
    return {
        "sgd": lambda rng, *shape: {"v": _normal(rng, *shape)},
        "record": lambda rng, *shape: {"v": _record(rng, *shape)},
        "adam": lambda rng, *shape: _adam_state(rng, 2, *shape),
    }[make]


def _edges(make, zero=()):
    """Edge cases of every optimizer; `zero` holds arguments with which a gradient of 0 is delicate."""
    state = _states(make)

    def step(rng, *shape, size=1.0):
        return _normal(rng, *shape), size * _normal(rng, *shape), state(rng, *shape)

    def of_another(rng):
        return (_normal(rng, 4, 3), _normal(rng, 4, 3), state(rng, 1, 3))

    def nothing(rng):
        return (_normal(rng, 3, 2), np.zeros((3, 2)), None, *zero)

    return (
        accepts("first step with the default arguments", lambda rng: (*step(rng, 2, 3)[:2], None), DEFAULTS),
        accepts("a later step with the default arguments", lambda rng: step(rng, 2, 3), DEFAULTS),
        accepts(
            "default arguments and tiny gradients",
            lambda rng: (*step(rng, 6, size=1e-5)[:2], None),
            f"With gradients this small, ε and what v begins with decide. {DEFAULTS}",
        ),
        refuses("w has shape (4, 3) and g (3, 4)", lambda rng: (np.ones((4, 3)), np.ones((3, 4)), None)),
        refuses("g has 1 entry for 3 weights", lambda rng: (np.ones(3), np.ones(1), None), STRETCHED),
        refuses(
            "the state belongs to a weight of shape (1, 3), w has shape (4, 3)",
            of_another,
            "Each array of weights has a state of its own: compare the shapes yourself.",
        ),
        accepts("one weight only", lambda rng: step(rng, 1)),
        accepts("three axes, shape (2, 3, 4)", lambda rng: step(rng, 2, 3, 4)),
        accepts(
            "first step on weights that are whole numbers",
            lambda rng: (rng.integers(-5, 6, size=(2, 3)), rng.integers(1, 4, size=(2, 3)), None),
            "An array made like w is one of integers then, and cuts off decimals.",
        ),
        stays_finite("a gradient of zeros", nothing, "0 divided by 0 is not a number: what is ε for?"),
        is_fast("many weights, shape (2000, 50)", lambda rng: step(rng, 2000, 50), 10_000, LOOP),
    )


# ------------------------------------------------------------------ mistakes


def _sgd(update):
    """Mistaken SGD: `update(w, g, v, eta, mu)` returns the new w and v."""

    def formula(w, g, state, learning_rate=0.01, momentum=0.0):
        w, v = update(w, g, _old(state, "v", w), learning_rate, momentum)
        return w, {"v": v}

    return formula


def _plain_average(w, g, v, eta, mu):
    v = mu * v - (1 - mu) * eta * g
    return w + v, v


def _torch(w, g, v, eta, mu):
    v = mu * v + g
    return w - eta * v, v


SGD_MISTAKES = {
    "a step uphill: the loss falls against the gradient.": _sgd(
        lambda w, g, v, eta, mu: (w + mu * v + eta * g, mu * v + eta * g)
    ),
    "w − v: the minus is in the velocity already.": _sgd(
        lambda w, g, v, eta, mu: (w - (mu * v - eta * g), mu * v - eta * g)
    ),
    "a velocity that points uphill and is subtracted: the steps are right, and the state has the other sign "
    "than in the formula.": _sgd(lambda w, g, v, eta, mu: (w - (mu * v + eta * g), mu * v + eta * g)),
    "momentum with the opposite sign: the old velocity is kept, not taken away.": _sgd(
        lambda w, g, v, eta, mu: (w - mu * v - eta * g, -mu * v - eta * g)
    ),
    "a step without the learning rate.": _sgd(lambda w, g, v, eta, mu: (w + mu * v - g, mu * v - g)),
    "the learning rate applied twice: v holds it already.": _sgd(
        lambda w, g, v, eta, mu: (w + eta * (mu * v - eta * g), mu * v - eta * g)
    ),
    "the learning rate outside of the velocity, as PyTorch has it: here η stands inside v.": _sgd(_torch),
    "an average, with (1 − μ) before the gradient: here the velocity is a sum.": _sgd(_plain_average),
    "the learning rate on the old velocity as well: η belongs to g alone.": _sgd(
        lambda w, g, v, eta, mu: (w + eta * (mu * v - g), eta * (mu * v - g))
    ),
    "the old velocity where the new one belongs: first v, then w.": _sgd(
        lambda w, g, v, eta, mu: (w + v, mu * v - eta * g)
    ),
    "Nesterov's step, which looks ahead: plain momentum adds v.": _sgd(
        lambda w, g, v, eta, mu: (w + mu * (mu * v - eta * g) - eta * g, mu * v - eta * g)
    ),
    "plain gradient descent with a velocity that is kept and not used: add v to w.": _sgd(
        lambda w, g, v, eta, mu: (w - eta * g, mu * v - eta * g)
    ),
    "a velocity without momentum: the old one is kept in full.": _sgd(
        lambda w, g, v, eta, mu: (w + v - eta * g, v - eta * g)
    ),
    "a velocity that begins anew: `state` holds the one of the last step.": _sgd(
        lambda w, g, v, eta, mu: (w - eta * g, -eta * g)
    ),
    "the right step with the old velocity in the state: return the new one.": _sgd(
        lambda w, g, v, eta, mu: (w + mu * v - eta * g, v)
    ),
    "the velocity in the place of w: add it to w.": _sgd(
        lambda w, g, v, eta, mu: (mu * v - eta * g, mu * v - eta * g)
    ),
    "μ on the wrong term: it belongs to the old velocity.": _sgd(
        lambda w, g, v, eta, mu: (w + v - mu * eta * g, v - mu * eta * g)
    ),
}


def _divided(divisor, sign=-1, power=1):
    """Mistaken last line of Adagrad: w and g with another divisor of v and ε."""

    def formula(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
        old = _old(state, "v", w, initial_accumulator_value)
        v = old + g**2
        return w + sign * learning_rate**power * g / divisor(v, epsilon, old), {"v": v}

    return formula


def _adagrad(add):
    return lambda *arguments: adagrad_step(*arguments, add=add)


def _adagrad_begun(start):
    """Adagrad whose record begins with another value."""

    def formula(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
        begin = start(initial_accumulator_value)
        return adagrad_step(w, g, state, learning_rate, begin, epsilon)

    return formula


def _adagrad_anew(w, g, state, *numbers):
    return adagrad_step(w, g, None, *numbers)


def _adagrad_stale(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    new, _ = adagrad_step(w, g, state, learning_rate, initial_accumulator_value, epsilon)
    return new, {"v": _old(state, "v", w, initial_accumulator_value)}


def _adagrad_adding_start(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = _old(state, "v", w) + initial_accumulator_value + g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


ADAGRAD_MISTAKES = {
    "a step uphill: look at the sign.": _divided(lambda v, e, old: np.sqrt(v + e), sign=1),
    "ε added outside of the root: here it stands beside v, under the root.": _divided(
        lambda v, e, old: np.sqrt(v) + e
    ),
    "the root is missing in the denominator.": _divided(lambda v, e, old: v + e),
    "ε forgotten.": _divided(lambda v, e, old: np.sqrt(v)),
    "ε squared: it is added as it is.": _divided(lambda v, e, old: np.sqrt(v + e**2)),
    "the old record in the denominator: first v, then w.": _divided(lambda v, e, old: np.sqrt(old + e)),
    "the step multiplied by the root: large records make small steps.": _divided(
        lambda v, e, old: 1 / np.sqrt(v + e)
    ),
    "the learning rate applied twice.": _divided(lambda v, e, old: np.sqrt(v + e), power=2),
    "a record that begins at 0: see `initial_accumulator_value`.": _adagrad_begun(lambda start: 0.0),
    "a record that begins at 0.1 always: use the argument `initial_accumulator_value`.": _adagrad_begun(
        lambda start: 0.1
    ),
    "`initial_accumulator_value` added in every step: the record only begins with it.": _adagrad_adding_start,
    "a sum of gradients without the square: signs cancel.": _adagrad(lambda v, g: v + g),
    "a sum of |g| in place of g².": _adagrad(lambda v, g: v + np.abs(g)),
    "one record for the whole array: each weight has its own.": _adagrad(lambda v, g: v + (g**2).sum()),
    "one record for the whole array, the mean of g²: each weight has its own.": _adagrad(
        lambda v, g: v + (g**2).mean()
    ),
    "one record for each column: each weight has its own.": _adagrad(lambda v, g: v + (g**2).sum(axis=0)),
    "a moving average, as RMSprop has it: Adagrad adds up.": _adagrad(lambda v, g: 0.9 * v + 0.1 * g**2),
    "the squared gradient of this step alone: v is added to.": _adagrad(lambda v, g: g**2),
    "half of the squares: there is no factor in the sum.": _adagrad(lambda v, g: v + g**2 / 2),
    "a record that begins anew: `state` holds the one of the last step.": _adagrad_anew,
    "the right step with the old record in the state: return the new one.": _adagrad_stale,
}


def _rms_divided(divisor, sign=-1, power=1):
    """Mistaken last line of RMSprop."""

    def formula(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
        old = _old(state, "v", w)
        v = _average(old, g**2, rho)
        return w + sign * learning_rate**power * g / divisor(v, epsilon, old, rho), {"v": v}

    return formula


def _rms(average):
    return lambda *arguments: rmsprop_step(*arguments, average=average)


def _rms_anew(w, g, state, *numbers):
    return rmsprop_step(w, g, None, *numbers)


def _rms_stale(w, g, state, *numbers):
    return rmsprop_step(w, g, state, *numbers)[0], {"v": _old(state, "v", w)}


def _rms_from_first(w, g, state, *numbers):
    return rmsprop_step(w, g, {"v": g**2} if state is None else state, *numbers)


def _rms_from_one(w, g, state, *numbers):
    return rmsprop_step(w, g, {"v": np.ones(w.shape)} if state is None else state, *numbers)


RMSPROP_MISTAKES = {
    "an average that begins with the first g²: here it begins at 0.": _rms_from_first,
    "an average that begins at 1: here it begins at 0.": _rms_from_one,
    "a step uphill: look at the sign.": _rms_divided(lambda v, e, old, rho: np.sqrt(v + e), sign=1),
    "ε added outside of the root: here it stands beside v, under the root.": _rms_divided(
        lambda v, e, old, rho: np.sqrt(v) + e
    ),
    "the root is missing in the denominator.": _rms_divided(lambda v, e, old, rho: v + e),
    "ε forgotten.": _rms_divided(lambda v, e, old, rho: np.sqrt(v)),
    "the old average in the denominator: first v, then w.": _rms_divided(
        lambda v, e, old, rho: np.sqrt(old + e)
    ),
    "the learning rate applied twice.": _rms_divided(lambda v, e, old, rho: np.sqrt(v + e), power=2),
    "an average divided by 1 − ρ, as if for bias correction: RMSprop has none.": _rms_divided(
        lambda v, e, old, rho: np.sqrt(v / (1 - rho) + e)
    ),
    "ρ and 1 − ρ exchanged: ρ is what is kept of the past.": _rms(
        lambda v, g, rho: _average(v, g**2, 1 - rho)
    ),
    "a sum, as Adagrad has it: the past must fade.": _rms(lambda v, g, rho: v + g**2),
    "a factor 1 − ρ is missing before g².": _rms(lambda v, g, rho: rho * v + g**2),
    "a factor ρ is missing before the old average.": _rms(lambda v, g, rho: v + (1 - rho) * g**2),
    "ρ fixed at 0.9: use the argument `rho`.": _rms(lambda v, g, rho: _average(v, g**2, 0.9)),
    "ρ fixed at 0.99: use the argument `rho`.": _rms(lambda v, g, rho: _average(v, g**2, 0.99)),
    "an average of g without the square: signs cancel.": _rms(lambda v, g, rho: _average(v, g, rho)),
    "an average of |g| in place of g².": _rms(lambda v, g, rho: _average(v, np.abs(g), rho)),
    "(1 − ρ) squared along with g: only g is.": _rms(lambda v, g, rho: rho * v + ((1 - rho) * g) ** 2),
    "one average for the whole array: each weight has its own.": _rms(
        lambda v, g, rho: _average(v, (g**2).mean(), rho)
    ),
    "one average for each column: each weight has its own.": _rms(
        lambda v, g, rho: _average(v, (g**2).mean(axis=0), rho)
    ),
    "the squared gradient of this step alone: where is the past?": _rms(lambda v, g, rho: g**2),
    "an average that begins anew: `state` holds the one of the last step.": _rms_anew,
    "the right step with the old average in the state: return the new one.": _rms_stale,
}


def _adam(move=_adam_move, **options):
    return lambda *arguments: adam_step(*arguments, move=move, **options)


def _adam_hats_kept(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    new, state = adam_step(w, g, state, learning_rate, beta_1, beta_2, epsilon)
    t, m, v = state["t"], state["m"], state["v"]
    return new, {"t": t, "m": m / (1 - beta_1**t), "v": v / (1 - beta_2**t)}


def _adam_changed(change):
    """Adam with its arguments exchanged or fixed: `change(eta, beta_1, beta_2, epsilon)`."""

    def formula(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        return adam_step(w, g, state, *change(learning_rate, beta_1, beta_2, epsilon))

    return formula


def _adam_averages(first, second):
    """Adam whose averages are formed by other formulas, of (old, g or m, β)."""

    def formula(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        t = 1 if state is None else state["t"] + 1
        m = first(_old(state, "m", w), g, beta_1)
        v = second(_old(state, "v", w), g, beta_2, m)
        return w - learning_rate * _adam_move(m, v, t, beta_1, beta_2, epsilon), {"t": t, "m": m, "v": v}

    return formula


def _adam_stale(w, g, state, *numbers):
    new, _ = adam_step(w, g, state, *numbers)
    return new, {"t": 1, "m": np.zeros(w.shape), "v": np.zeros(w.shape)} if state is None else state


def _adam_t_kept(w, g, state, *numbers):
    """The count stays where it was."""
    counted = None if state is None else {**state, "t": state["t"] - 1}
    return adam_step(w, g, counted, *numbers)


def _adam_anew(w, g, state, *numbers):
    return adam_step(w, g, None, *numbers)


def _averages_anew(w, g, state, *numbers):
    empty = state and {"t": state["t"], "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    return adam_step(w, g, empty, *numbers)


def _m(old, g, beta):
    return _average(old, g, beta)


def _v(old, g, beta, m):
    return _average(old, g**2, beta)


ADAM_MISTAKES = {
    "Adam without bias correction: both averages begin at 0 and are too small at first.": _adam(
        lambda m, v, t, b1, b2, e: m / (np.sqrt(v) + e)
    ),
    "bias correction of m alone: v begins at 0 as well.": _adam(
        lambda m, v, t, b1, b2, e: m / (1 - b1**t) / (np.sqrt(v) + e)
    ),
    "bias correction of v alone: m begins at 0 as well.": _adam(
        lambda m, v, t, b1, b2, e: m / (np.sqrt(v / (1 - b2**t)) + e)
    ),
    "bias correction by multiplying: averages that are too small are divided by 1 − βᵗ.": _adam(
        lambda m, v, t, b1, b2, e: m * (1 - b1**t) / (np.sqrt(v * (1 - b2**t)) + e)
    ),
    "bias correction without the power t: 1 − β is right in the first step only.": _adam(
        lambda m, v, t, b1, b2, e: m / (1 - b1) / (np.sqrt(v / (1 - b2)) + e)
    ),
    "bias correction with β · t in place of βᵗ.": _adam(
        lambda m, v, t, b1, b2, e: m / (1 - b1 * t) / (np.sqrt(v / (1 - b2 * t)) + e)
    ),
    "the two bias corrections exchanged: β₁ goes with m, β₂ with v.": _adam(
        lambda m, v, t, b1, b2, e: m / (1 - b2**t) / (np.sqrt(v / (1 - b1**t)) + e)
    ),
    "t counted from 0: then 1 − βᵗ is 0, and the first step has t = 1.": _adam(first=0),
    "a correction that lags one step behind: add 1 to t before you use it.": _adam(
        lambda m, v, t, b1, b2, e: _adam_move(m, v, t - 1, b1, b2, e)
    ),
    "a correction one step ahead: t is 1 in the first step, not 2.": _adam(
        lambda m, v, t, b1, b2, e: _adam_move(m, v, t + 1, b1, b2, e)
    ),
    "t counted from 2: the first step has t = 1.": _adam(first=2),
    "t left as it was: each step counts.": _adam_t_kept,
    "ε inside the root: here it is added to the root.": _adam(
        lambda m, v, t, b1, b2, e: m / (1 - b1**t) / np.sqrt(v / (1 - b2**t) + e)
    ),
    "ε added before v is corrected, as in Keras' shortened form: take the root of v̂ first.": _adam(
        lambda m, v, t, b1, b2, e: np.sqrt(1 - b2**t) / (1 - b1**t) * m / (np.sqrt(v) + e)
    ),
    "ε forgotten.": _adam(lambda m, v, t, b1, b2, e: _adam_move(m, v, t, b1, b2, 0)),
    "the root is missing in the denominator.": _adam(
        lambda m, v, t, b1, b2, e: m / (1 - b1**t) / (v / (1 - b2**t) + e)
    ),
    "a step uphill: look at the sign.": _adam(lambda *numbers: -_adam_move(*numbers)),
    "corrected averages kept in the state: keep m and v, correct them for the step only.": _adam_hats_kept,
    "β₁ and β₂ exchanged.": _adam_changed(lambda eta, b1, b2, e: (eta, b2, b1, e)),
    "β₁ and β₂ fixed at 0.9 and 0.999: use the arguments.": _adam_changed(
        lambda eta, b1, b2, e: (eta, 0.9, 0.999, e)
    ),
    "β₁ used for both averages.": _adam_changed(lambda eta, b1, b2, e: (eta, b1, b1, e)),
    "β₂ used for both averages.": _adam_changed(lambda eta, b1, b2, e: (eta, b2, b2, e)),
    "the learning rate applied twice.": _adam_changed(lambda eta, b1, b2, e: (eta**2, b1, b2, e)),
    "β and 1 − β exchanged in m: β is what is kept of the past.": _adam_averages(
        lambda old, g, b: _average(old, g, 1 - b), _v
    ),
    "β and 1 − β exchanged in both averages: β is what is kept of the past.": _adam_averages(
        lambda old, g, b: _average(old, g, 1 - b), lambda old, g, b, m: _average(old, g**2, 1 - b)
    ),
    "a factor 1 − β is missing before g and g².": _adam_averages(
        lambda old, g, b: b * old + g, lambda old, g, b, m: b * old + g**2
    ),
    "an average of g without the square in v.": _adam_averages(_m, lambda old, g, b, m: _average(old, g, b)),
    "an average of |g| in place of g² in v.": _adam_averages(
        _m, lambda old, g, b, m: _average(old, np.abs(g), b)
    ),
    "an average of m² in v: the square of the gradient itself is meant.": _adam_averages(
        _m, lambda old, g, b, m: _average(old, m**2, b)
    ),
    "one v for the whole array: each weight has its own.": _adam_averages(
        _m, lambda old, g, b, m: _average(old, (g**2).mean(), b)
    ),
    "a step that begins anew: `state` holds t, m and v of the last one.": _adam_anew,
    "averages that begin anew: `state` holds m and v of the last step.": _averages_anew,
    "the right step with the old state: return the new one.": _adam_stale,
}


ASSIGNMENT = Assignment(
    slug="optimizers",
    modules=("numpy",),
    functions=(
        Function(
            name="sgd_step",
            reference=sgd_step,
            cases=_sgd_cases,
            returns='two things: the new w, an array of its shape, and the state, {"v": v}',
            parts=("w", "state"),
            mistakes=SGD_MISTAKES,
            edges=_edges("sgd", zero=(0.1, 0.9)),
            variants=ARRAYS,
        ),
        Function(
            name="adagrad_step",
            reference=adagrad_step,
            cases=_record_cases(0.3, 0.05),
            returns='two things: the new w, an array of its shape, and the state, {"v": v}',
            parts=("w", "state"),
            mistakes=ADAGRAD_MISTAKES,
            edges=_edges("record", zero=(0.1, 0.0)),
            variants=ARRAYS,
        ),
        Function(
            name="rmsprop_step",
            reference=rmsprop_step,
            cases=_record_cases(0.8, 0.05),
            returns='two things: the new w, an array of its shape, and the state, {"v": v}',
            parts=("w", "state"),
            mistakes=RMSPROP_MISTAKES,
            edges=_edges("record"),
            variants=ARRAYS,
        ),
        Function(
            name="adam_step",
            reference=adam_step,
            cases=_adam_cases,
            returns='two things: the new w, an array of its shape, and the state, {"t": t, "m": m, "v": v}',
            parts=("w", "state"),
            mistakes=ADAM_MISTAKES,
            edges=_edges("adam"),
            variants=ARRAYS,
        ),
    ),
)
