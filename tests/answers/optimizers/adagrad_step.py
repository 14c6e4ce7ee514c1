# ruff: noqa

# %% wrong: epsilon outside | 0 | ε added outside of the root
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = np.full(w.shape, initial_accumulator_value) if state is None else state["v"]
    v = v + g**2
    return w - learning_rate * g / (np.sqrt(v) + epsilon), {"v": v}


# %% wrong: begins at zero | 0 | a record that begins at 0
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = np.zeros(w.shape) if state is None else state["v"]
    v = v + g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: begins in every step | 0 | added in every step
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = 0 if state is None else state["v"]
    v = initial_accumulator_value + v + g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: no root | 0 | the root is missing
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = np.full(w.shape, initial_accumulator_value) if state is None else state["v"]
    v = v + g**2
    return w - learning_rate * g / (v + epsilon), {"v": v}


# %% wrong: no square | 0 | a sum of gradients without the square
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = np.full(w.shape, initial_accumulator_value) if state is None else state["v"]
    v = v + g
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: one sum for all | 0 | one record for the whole array
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = np.full(w.shape, initial_accumulator_value) if state is None else state["v"]
    v = v + np.sum(g**2)
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: step before record | 0 | the old record in the denominator
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = np.full(w.shape, initial_accumulator_value) if state is None else state["v"]
    w = w - learning_rate * g / np.sqrt(v + epsilon)
    return w, {"v": v + g**2}


# %% wrong: multiplied | 0 | the step multiplied by the root
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = np.full(w.shape, initial_accumulator_value) if state is None else state["v"]
    v = v + g**2
    return w - learning_rate * g * np.sqrt(v + epsilon), {"v": v}


# %% wrong: old state returned | 0 | the right step with the old record
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    if state is None:
        state = {"v": np.full(w.shape, initial_accumulator_value)}
    v = state["v"] + g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), state


# %% wrong: no first step | 0 | TypeError
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = state["v"] + g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: record added to in place | 2 | changes `state` in place
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = np.full(w.shape, float(initial_accumulator_value)) if state is None else state["v"]
    if g.shape != w.shape or v.shape != w.shape:
        raise ValueError("shapes")
    v += g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: 0.1 cut off to 0 | 2 | whole numbers
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = np.full_like(w, initial_accumulator_value) if state is None else state["v"]
    if g.shape != w.shape or v.shape != w.shape:
        raise ValueError("shapes")
    new = np.zeros_like(w)
    v = v + g**2
    new[...] = w - learning_rate * g / np.sqrt(v + epsilon)
    return new, {"v": v}


# %% wrong: defaults of another library | 2 | default arguments
def adagrad_step(w, g, state, learning_rate=0.01, initial_accumulator_value=0.0, epsilon=1e-10):
    v = np.full(w.shape, float(initial_accumulator_value)) if state is None else state["v"]
    if g.shape != w.shape or v.shape != w.shape:
        raise ValueError("shapes")
    v = v + g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: shapes not compared | 2 | g has 1 entry for 3 weights
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = np.full(w.shape, float(initial_accumulator_value)) if state is None else state["v"]
    v = v + g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: keras does it | 0 | not your own work
import keras


def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = np.full(w.shape, initial_accumulator_value) if state is None else state["v"]
    v = v + np.asarray(keras.ops.square(g))
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% right: a power of minus a half
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = initial_accumulator_value * np.ones(w.shape) if state is None else state["v"]
    if (g.shape, v.shape) != (w.shape, w.shape):
        raise ValueError("shapes")
    v = g * g + v
    rate = learning_rate * (v + epsilon) ** -0.5
    return w - rate * g, {"v": v}


# %% right: the root by hypot
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    old = initial_accumulator_value + np.zeros(w.shape) if state is None else state["v"]
    for a in (g, old):
        if a.shape != w.shape:
            raise ValueError(a.shape)
    divisor = np.hypot(g, np.sqrt(old + epsilon))
    return w - learning_rate * np.divide(g, divisor), {"v": np.square(g) + old}


# %% right: float32 throughout
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = np.full(w.shape, initial_accumulator_value, "float32") if state is None else state["v"]
    if not w.shape == g.shape == v.shape:
        raise ValueError("shapes")
    v = (v + np.square(g.astype("float64"))).astype("float32")
    return (w - learning_rate * g / np.sqrt(v + epsilon)).astype("float32"), {"v": v}


# %% right: a power of minus one half
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = state["v"] if state else initial_accumulator_value * np.ones(w.shape)
    if w.shape != g.shape or v.shape != w.shape:
        raise ValueError
    v = v + np.square(g)
    return w - learning_rate * g * (v + epsilon) ** -0.5, {"v": v}


# %% wrong: full_like of w | 2 | first step on weights that are whole numbers
def adagrad_step(w, g, state, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    v = state["v"] if state else np.full_like(w, initial_accumulator_value)
    if w.shape != g.shape or v.shape != w.shape:
        raise ValueError
    v = v + g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}
