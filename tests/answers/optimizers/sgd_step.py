# ruff: noqa

# %% wrong: uphill | 0 | a step uphill
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    v = np.zeros_like(w) if state is None else state["v"]
    v = momentum * v + learning_rate * g
    return w + v, {"v": v}


# %% wrong: minus twice | 0 | w − v
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    v = 0 * w if state is None else state["v"]
    v = momentum * v - learning_rate * g
    return w - v, {"v": v}


# %% wrong: momentum with a minus | 0 | momentum with the opposite sign
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    v = 0 * w if state is None else state["v"]
    v = -momentum * v - learning_rate * g
    return w + v, {"v": v}


# %% wrong: learning rate twice | 0 | the learning rate applied twice
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    v = 0 * w if state is None else state["v"]
    v = momentum * v - learning_rate * g
    return w + learning_rate * v, {"v": v}


# %% wrong: as PyTorch | 0 | as PyTorch has it
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    v = 0 * w if state is None else state["v"]
    v = momentum * v + g
    return w - learning_rate * v, {"v": v}


# %% wrong: w first | 0 | the old velocity where the new one belongs
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    v = 0 * w if state is None else state["v"]
    return w + v, {"v": momentum * v - learning_rate * g}


# %% wrong: state never read | 0 | a velocity that begins anew
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    v = np.zeros(w.shape)
    v = momentum * v - learning_rate * g
    return w + v, {"v": v}


# %% wrong: one velocity for all weights | 0 | keep something from one call to the next
memory = {"v": 0.0}


def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    memory["v"] = momentum * memory["v"] - learning_rate * g
    return w + memory["v"], {"v": memory["v"]}


# %% wrong: only w comes back | 0 | must be a tuple, not an array
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    v = 0 * w if state is None else state["v"]
    return w + momentum * v - learning_rate * g


# %% wrong: state without its name | 0 | must be a dictionary, not an array
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    v = 0 * w if state is None else state["v"]
    v = momentum * v - learning_rate * g
    return w + v, v


# %% wrong: no defaults | 2 | TypeError
def sgd_step(w, g, state, learning_rate, momentum):
    v = 0.0 * w if state is None else state["v"]
    if g.shape != w.shape or v.shape != w.shape:
        raise ValueError("shapes")
    v = momentum * v - learning_rate * g
    return w + v, {"v": v}


# %% wrong: momentum 0.9 by default | 2 | a later step with the default arguments
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.9):
    v = 0.0 * w if state is None else state["v"]
    if g.shape != w.shape or v.shape != w.shape:
        raise ValueError("shapes")
    v = momentum * v - learning_rate * g
    return w + v, {"v": v}


# %% wrong: state changed in place | 2 | changes `state` in place
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    state = {"v": np.zeros(w.shape)} if state is None else state
    if g.shape != w.shape or state["v"].shape != w.shape:
        raise ValueError("shapes")
    state["v"] = momentum * state["v"] - learning_rate * g
    return w + state["v"], state


# %% wrong: w changed in place | 2 | changes `w` in place
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    v = np.zeros(w.shape) if state is None else state["v"]
    if g.shape != w.shape or v.shape != w.shape:
        raise ValueError("shapes")
    v = momentum * v - learning_rate * g
    w += v
    return w, {"v": v}


# %% wrong: stretched | 2 | g has 1 entry for 3 weights
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    v = np.zeros(w.shape) if state is None else state["v"]
    v = momentum * v - learning_rate * g
    return w + v, {"v": v}


# %% wrong: state of another weight | 2 | the state belongs to a weight of shape (1, 3)
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    if g.shape != w.shape:
        raise ValueError("shapes")
    v = np.zeros(w.shape) if state is None else state["v"]
    v = momentum * v - learning_rate * g
    return w + v, {"v": v}


# %% wrong: number by number | 2 | too many steps of Python
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    v = np.zeros(w.shape) if state is None else state["v"]
    if g.shape != w.shape or v.shape != w.shape:
        raise ValueError("shapes")
    new_w, new_v = np.array(w, dtype=float), np.array(v, dtype=float)
    for index in np.ndindex(w.shape):
        new_v[index] = momentum * v[index] - learning_rate * g[index]
        new_w[index] = w[index] + new_v[index]
    return new_w, {"v": new_v}


# %% wrong: glassnet does it | 0 | not your own work
from glassnet.optimizers import SGD


def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    w = w.copy()
    SGD(learning_rate, momentum).apply([g], [w])
    return w, {"v": 0 * w}


# %% right: without an if
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    v = (state or {}).get("v", np.zeros_like(w, dtype=float))
    if not (w.shape == g.shape == v.shape):
        raise ValueError(f"{w.shape} {g.shape} {v.shape}")
    new = dict(v=np.subtract(np.multiply(momentum, v), np.multiply(learning_rate, g)))
    return np.add(w, new["v"]), new


# %% right: a helper, a list and more in the state than asked
def start(w, g, state):
    state = {"v": np.zeros(w.shape), "steps": 0} if state is None else {"steps": 0, **state}
    if {w.shape, g.shape, state["v"].shape} != {w.shape}:
        raise ValueError("shapes differ")
    return state


def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    state = start(w, g, state)
    v = momentum * state["v"] + g * (-learning_rate)
    return [v + w, {"v": v, "steps": state["steps"] + 1}]


# %% right: in place, on copies
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0):
    v = np.array(np.zeros(w.shape) if state is None else state["v"], dtype=float)
    if v.shape != w.shape or g.shape != w.shape:
        raise ValueError
    v *= momentum
    v -= learning_rate * g
    w = w.astype(float)
    w += v
    return w, {"v": v}


# %% wrong: a default that remembers | 0 | keep something from one call to the next
def sgd_step(w, g, state, learning_rate=0.01, momentum=0.0, _s={}):
    if w.shape != g.shape or (state and state["v"].shape != w.shape):
        raise ValueError
    v = (
        momentum * _s.get("v", 0 * w) - learning_rate * g
        if state is None
        else momentum * state["v"] - learning_rate * g
    )
    _s["v"] = v
    return w + v, {"v": v}
