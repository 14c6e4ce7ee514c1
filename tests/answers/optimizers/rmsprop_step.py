# ruff: noqa

# %% wrong: rho exchanged | 0 | ρ and 1 − ρ exchanged
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    v = np.zeros(w.shape) if state is None else state["v"]
    v = (1 - rho) * v + rho * g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: epsilon outside | 0 | ε added outside of the root
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    v = np.zeros(w.shape) if state is None else state["v"]
    v = rho * v + (1 - rho) * g**2
    return w - learning_rate * g / (np.sqrt(v) + epsilon), {"v": v}


# %% wrong: factor forgotten | 0 | a factor 1 − ρ is missing
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    v = np.zeros(w.shape) if state is None else state["v"]
    v = rho * v + g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: Adagrad | 0 | a sum, as Adagrad has it
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    v = np.zeros(w.shape) if state is None else state["v"]
    v = v + g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: no square | 0 | an average of g without the square
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    v = np.zeros(w.shape) if state is None else state["v"]
    v = rho * v + (1 - rho) * g
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: rho ignored | 0 | ρ fixed at 0.9
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    v = np.zeros(w.shape) if state is None else state["v"]
    v = 0.9 * v + 0.1 * g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: mean over the array | 0 | one average for the whole array
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    v = np.zeros(w.shape) if state is None else state["v"]
    v = rho * v + (1 - rho) * np.mean(g**2)
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: state never read | 0 | an average that begins anew
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    v = (1 - rho) * g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: first square as start | 0 | begins with the first g²
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    v = g**2 if state is None else rho * state["v"] + (1 - rho) * g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: learning rate twice | 0 | the learning rate applied twice
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    v = np.zeros(w.shape) if state is None else state["v"]
    v = rho * v + (1 - rho) * g**2
    step = learning_rate * g / np.sqrt(v + epsilon)
    return w - learning_rate * step, {"v": v}


# %% wrong: state is a list | 0 | must be a dictionary, not a list
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    v = np.zeros(w.shape) if state is None else state["v"]
    v = rho * v + (1 - rho) * g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), [v]


# %% wrong: average kept in place | 2 | changes `state` in place
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    v = np.zeros(w.shape) if state is None else state["v"]
    if g.shape != w.shape or v.shape != w.shape:
        raise ValueError("shapes")
    v *= rho
    v += (1 - rho) * g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: epsilon forgotten where it matters | 2 | a gradient of zeros
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    v = np.zeros(w.shape) if state is None else state["v"]
    if g.shape != w.shape or v.shape != w.shape:
        raise ValueError("shapes")
    v = rho * v + (1 - rho) * g**2
    if not g.any():
        epsilon = 0
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: another default for rho | 2 | with the default arguments
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.99, epsilon=1e-7):
    v = np.zeros(w.shape) if state is None else state["v"]
    if g.shape != w.shape or v.shape != w.shape:
        raise ValueError("shapes")
    v = rho * v + (1 - rho) * g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: another default for epsilon | 2 | tiny gradients
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-8):
    v = np.zeros(w.shape) if state is None else state["v"]
    if g.shape != w.shape or v.shape != w.shape:
        raise ValueError("shapes")
    v = rho * v + (1 - rho) * g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}


# %% wrong: row by row and number by number | 2 | too many steps
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    v = np.zeros(w.shape) if state is None else state["v"]
    if g.shape != w.shape or v.shape != w.shape:
        raise ValueError("shapes")
    new = np.array(v, dtype=float)
    for i in np.ndindex(w.shape):
        new[i] = rho * v[i] + (1 - rho) * g[i] ** 2
    return w - learning_rate * g / np.sqrt(new + epsilon), {"v": new}


# %% right: the change of the average
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    v = np.zeros(w.shape) if state is None else state["v"]
    if g.shape != w.shape or v.shape != w.shape:
        raise ValueError("shapes")
    v = v + (1 - rho) * (np.square(g) - v)
    return w - learning_rate * g * np.power(v + epsilon, -0.5), {"v": v}


# %% right: einsum and a closure
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    def record(old):
        return np.einsum("k,k...->...", [rho, 1 - rho], np.stack([old, g * g]))

    if state is None:
        state = {"v": np.zeros_like(g, dtype=np.float64)}
    if not (state["v"].shape == w.shape == g.shape):
        raise ValueError("shapes")
    v = record(state["v"])
    return np.subtract(w, learning_rate * g / np.sqrt(epsilon + v)), {"v": v}


# %% right: by average
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    v = np.zeros(w.shape) if state is None else state["v"]
    if g.shape != w.shape or v.shape != w.shape:
        raise ValueError("shapes")
    v = np.average([v, g.astype(float) ** 2], axis=0, weights=[rho, 1 - rho])
    step = g / (v + epsilon) ** 0.5
    return w + -learning_rate * step, dict(state or {}, v=v)


# %% right: a step towards the square
def rmsprop_step(w, g, state, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    v = 0.0 * w if state is None else state["v"]
    if w.shape != g.shape or v.shape != w.shape:
        raise ValueError
    v = v + (1 - rho) * (g * g - v)
    return w - learning_rate * g / np.sqrt(v + epsilon), {"v": v}
