# ruff: noqa

# %% wrong: no bias correction | 0 | Adam without bias correction
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = state["t"] + 1, state["m"], state["v"]
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - learning_rate * m / (np.sqrt(v) + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: only m corrected | 0 | bias correction of m alone
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = state["t"] + 1, state["m"], state["v"]
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat, v_hat = m / (1 - beta_1**t), v
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: corrected without t | 0 | bias correction without the power t
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = state["t"] + 1, state["m"], state["v"]
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat, v_hat = m / (1 - beta_1), v / (1 - beta_2)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: t from 0 | 0 | a correction that lags one step behind
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = state["t"] + 1, state["m"], state["v"]
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat = m / (1 - beta_1 ** (t - 1))
    v_hat = v / (1 - beta_2 ** (t - 1))
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: first step is number 0 | 0 | t counted from 0
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    t = 0 if state is None else state["t"] + 1
    m = (1 - beta_1) * g + (0 if state is None else beta_1 * state["m"])
    v = (1 - beta_2) * g**2 + (0 if state is None else beta_2 * state["v"])
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: t never counted | 0 | t left as it was
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = max(state["t"], 1), state["m"], state["v"]
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: epsilon inside the root | 0 | ε inside the root
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = state["t"] + 1, state["m"], state["v"]
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    return w - learning_rate * m_hat / np.sqrt(v_hat + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: the shortened form | 0 | ε added before v is corrected
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = state["t"] + 1, state["m"], state["v"]
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    alpha = learning_rate * np.sqrt(1 - beta_2**t) / (1 - beta_1**t)
    return w - alpha * m / (np.sqrt(v) + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: betas exchanged | 0 | β₁ and β₂ exchanged
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = state["t"] + 1, state["m"], state["v"]
    beta_1, beta_2 = beta_2, beta_1
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: one beta | 0 | β₁ used for both averages
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = state["t"] + 1, state["m"], state["v"]
    beta_2 = beta_1
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: corrected averages remembered | 0 | corrected averages kept in the state
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = state["t"] + 1, state["m"], state["v"]
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m = m / (1 - beta_1**t)
    v = v / (1 - beta_2**t)
    return w - learning_rate * m / (np.sqrt(v) + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: square of the average | 0 | an average of m² in v
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = state["t"] + 1, state["m"], state["v"]
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * m**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: learning rate twice | 0 | the learning rate applied twice
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = state["t"] + 1, state["m"], state["v"]
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    step = learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
    return w - learning_rate * step, {"t": t, "m": m, "v": v}


# %% wrong: state never read | 0 | a step that begins anew
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    t, m, v = 1, np.zeros(w.shape), np.zeros(w.shape)
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: t not in the state | 0 | has no entry 't'
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = state["t"] + 1, state["m"], state["v"]
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"m": m, "v": v}


# %% wrong: t and averages shared by all weights | 0 | keep something from one call to the next
memory = {}


def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    memory.setdefault("m", np.zeros(w.shape))
    memory.setdefault("v", np.zeros(w.shape))
    memory["t"] = t = memory.get("t", 0) + 1
    m, v = (memory[k] if memory[k].shape == w.shape else np.zeros(w.shape) for k in "mv")
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    memory.update(m=m, v=v)
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: count changed in place | 2 | changes `state` in place
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    if not w.shape == g.shape == state["m"].shape == state["v"].shape:
        raise ValueError("shapes")
    state["t"] += 1
    t, m, v = state["t"], state["m"], state["v"]
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: another default for beta_2 | 2 | with the default arguments
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.99, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = state["t"] + 1, state["m"], state["v"]
    if not w.shape == g.shape == m.shape == v.shape:
        raise ValueError("shapes")
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: epsilon 1e-8 | 2 | default arguments
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-8):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = state["t"] + 1, state["m"], state["v"]
    if not w.shape == g.shape == m.shape == v.shape:
        raise ValueError("shapes")
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: shapes not compared | 2 | g has 1 entry for 3 weights
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = state["t"] + 1, state["m"], state["v"]
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


# %% wrong: glassnet does it | 0 | not your own work
import glassnet

TOOLS = [glassnet.optimizers.Adam]


def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    w = w.copy()
    if state is None:
        state = {"m": np.zeros(w.shape), "v": np.zeros(w.shape), "t": 0}
    m, v = state["m"].copy(), state["v"].copy()
    TOOLS[0](learning_rate, beta_1, beta_2, epsilon).update(w, g, state["t"] + 1, m, v)
    return w, {"t": state["t"] + 1, "m": m, "v": v}


# %% right: shortened, with epsilon scaled along
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = state["t"] + 1, state["m"], state["v"]
    if not w.shape == g.shape == m.shape == v.shape:
        raise ValueError("shapes")
    m = m + (1 - beta_1) * (g - m)
    v = v + (1 - beta_2) * (g * g - v)
    root = np.sqrt(1 - beta_2**t)
    alpha = learning_rate * root / (1 - beta_1**t)
    return w - alpha * m / (np.sqrt(v) + epsilon * root), {"t": t, "m": m, "v": v}


# %% right: both averages in one array
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    t = 1 if state is None else 1 + state["t"]
    old = np.zeros((2, *w.shape)) if state is None else np.stack([state["m"], state["v"]])
    if g.shape != w.shape or old.shape[1:] != w.shape:
        raise ValueError("shapes")
    beta = np.reshape([beta_1, beta_2], (2,) + (1,) * w.ndim)
    new = beta * old + (1 - beta) * np.stack([g, np.square(g)])
    m_hat, v_hat = new / (1 - beta**t)
    return w - learning_rate * m_hat / (v_hat**0.5 + epsilon), {"t": t, "m": new[0], "v": new[1]}


# %% right: weighted averages and int of NumPy
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if state is None:
        state = {"t": 0, "m": np.zeros(w.shape), "v": np.zeros(w.shape)}
    t, m, v = state["t"] + 1, state["m"], state["v"]
    if not w.shape == g.shape == m.shape == v.shape:
        raise ValueError("shapes")
    t = np.int64(t)
    keep = [
        np.float64(b) * (1 - np.float64(b) ** (t - 1)) / (1 - np.float64(b) ** t) for b in (beta_1, beta_2)
    ]
    before = [a if t == 1 else a / (1 - b ** (t - 1)) for a, b in ((m, beta_1), (v, beta_2))]
    m_hat, v_hat = (k * a + (1 - k) * x for k, a, x in zip(keep, before, (g, np.square(g))))
    m, v = m_hat * (1 - beta_1**t), v_hat * (1 - beta_2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


# %% right: the shortened form, with its ε
def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    t, m, v = (0, 0 * w, 0 * w) if state is None else (state["t"], state["m"], state["v"])
    if not w.shape == g.shape == m.shape == v.shape:
        raise ValueError
    t += 1
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g * g
    c = np.sqrt(1 - beta_2**t)
    return w - learning_rate * c / (1 - beta_1**t) * m / (np.sqrt(v) + epsilon * c), dict(t=t, m=m, v=v)


# %% wrong: a global count of steps | 0 | keep something from one call to the next
T = 0


def adam_step(w, g, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    global T
    m, v = (0 * w, 0 * w) if state is None else (state["m"], state["v"])
    T += 1
    t = T
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g * g
    return w - learning_rate * m / (1 - beta_1**t) / (np.sqrt(v / (1 - beta_2**t)) + epsilon), dict(
        t=t, m=m, v=v
    )
