# ruff: noqa

# %% wrong: one side only | 0 | the one-sided quotient (f(x + ε) − f(x)) / ε
def numerical_gradient(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    g = np.zeros_like(x)
    start = f(x)
    for i in np.ndindex(x.shape):
        moved = x.copy()
        moved[i] += eps
        g[i] = (f(moved) - start) / eps
    return g


# %% wrong: divided by ε | 0 | how far apart are the two points
def numerical_gradient(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = eps
        g[i] = (f(x + e) - f(x - e)) / eps
    return g


# %% wrong: brackets missing | 0 | brackets around the denominator
def numerical_gradient(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = eps
        g[i] = (f(x + e) - f(x - e)) / 2 * eps
    return g


# %% wrong: not put back | 0 | not put back before the next one
def numerical_gradient(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x[i] += eps
        above = f(x)
        x[i] -= 2 * eps
        below = f(x)
        g[i] = (above - below) / (2 * eps)
    return g


# %% wrong: all entries at once | 0 | move one at a time
def numerical_gradient(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        g[i] = (f(x + eps) - f(x - eps)) / (2 * eps)
    return g


# %% wrong: one number | 0 | return one for each entry
def numerical_gradient(f, x, eps=1e-5):
    return (f(x + eps) - f(x - eps)) / (2 * eps)


# %% wrong: sign | 0 | which value is taken away from which
def numerical_gradient(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = eps
        g[i] = (f(x - e) - f(x + e)) / (2 * eps)
    return g


# %% wrong: eps not used | 0 | use the argument `eps`
def numerical_gradient(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = 1e-5
        g[i] = (f(x + e) - f(x - e)) / 2e-5
    return g


# %% wrong: flattened | 0 | It stopped with
def numerical_gradient(f, x, eps=1e-5):
    flat = np.array(x, dtype=float).ravel()
    g = np.zeros_like(flat)
    for i in range(flat.size):
        e = np.zeros_like(flat)
        e[i] = eps
        g[i] = (f(flat + e) - f(flat - e)) / (2 * eps)
    return g.reshape(x.shape[0], x.shape[1])


# %% wrong: in the dtype of x | 2 | whole numbers
def numerical_gradient(f, x, eps=1e-5):
    x = x.copy()
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        kept = x[i]
        x[i] = kept + eps
        above = f(x)
        x[i] = kept - eps
        g[i] = (above - f(x)) / (2 * eps)
        x[i] = kept
        if np.ndim(above):
            raise ValueError("f must return a single number")
    return g


# %% wrong: moves the caller's array | 2 | changes `x` in place
def numerical_gradient(f, x, eps=1e-5):
    if x.dtype != float:
        x = x.astype(float)
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += eps
        above = f(x)
        x[i] -= 2 * eps
        below = f(x)
        x[i] += eps  # nearly where it was: rounding remains
        if np.ndim(above):
            raise ValueError("f must return a single number")
        g[i] = (above - below) / (2 * eps)
    return g


# %% wrong: takes any f | 2 | f returns an array: it must raise ValueError
def numerical_gradient(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = eps
        g[i] = np.sum(f(x + e) - f(x - e)) / (2 * eps)
    return g


# %% wrong: glassnet does it | 0 | not your own work
from glassnet import gradcheck


def numerical_gradient(f, x, eps=1e-5):
    return gradcheck.numerical_gradient(f, x, eps)


# %% wrong: scipy does it | 0 | not your own work
import scipy.optimize


def numerical_gradient(f, x, eps=1e-5):
    return scipy.optimize.approx_fprime(x.ravel(), lambda v: f(v.reshape(x.shape)), eps).reshape(x.shape)


# %% right: all moves in one list
def numerical_gradient(f, x, eps=1e-5):
    x = np.asarray(x, dtype=float)
    moves = eps * np.eye(x.size).reshape(x.size, *x.shape)
    values = [f(x + e) - f(x - e) for e in moves]
    if any(np.ndim(v) for v in values):
        raise ValueError("f must return a single number")
    return np.reshape(values, x.shape) / (2 * eps)


# %% right: iterator over places
def numerical_gradient(f, x, eps=1e-5):
    work = np.array(x, dtype="float64", order="C")
    if np.size(f(work)) != 1 or np.shape(f(work)) != ():
        raise ValueError(f"f must return a single number, got shape {np.shape(f(work))}")
    slopes = []
    with np.nditer(work, flags=["multi_index"]) as places:
        for _ in places:
            i = places.multi_index
            kept, pair = work[i], []
            for step in (eps, -eps):
                work[i] = kept + step
                pair.append(f(work))
            work[i] = kept
            slopes.append((pair[0] - pair[1]) / eps / 2)
    return np.array(slopes).reshape(work.shape)


# %% right: recursion over flat places
def numerical_gradient(f, x, eps=1e-5):
    def slope(k):
        up, down = (np.array(x, dtype=float) for _ in range(2))
        up.flat[k] += eps
        down.flat[k] -= eps
        d = f(up) - f(down)
        if np.ndim(d) != 0:
            raise ValueError("not a number")
        return float(d) / (2 * eps)

    return np.array([slope(k) for k in range(x.size)]).reshape(x.shape)


# %% right: rows of a unit matrix
def numerical_gradient(f, x, eps=1e-5):
    x = np.asarray(x, float)
    steps = eps * np.eye(x.size).reshape(x.size, *x.shape)
    if np.ndim(f(x)):
        raise ValueError
    return np.array([(f(x + s) - f(x - s)) for s in steps]).reshape(x.shape) / (2 * eps)


# %% wrong: half of the step | 0 | half of the distance, ε/2 both ways
def numerical_gradient(f, x, eps=1e-5):
    x = x.astype(float)
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        k = x[i]
        x[i] = k + eps / 2
        a = f(x)
        x[i] = k - eps / 2
        b = f(x)
        x[i] = k
        g[i] = (a - b) / eps
    return g
