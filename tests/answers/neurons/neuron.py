# ruff: noqa

# %% wrong: no bias | 0 | without its bias
def neuron(x, w, b, f):
    if x.shape != w.shape:
        raise ValueError("shapes differ")
    return f(np.dot(x, w))


# %% wrong: activation forgotten | 0 | f is never applied
def neuron(x, w, b, f):
    if x.shape != w.shape:
        raise ValueError("shapes differ")
    return np.dot(x, w) + b


# %% wrong: bias after the activation | 0 | before the bias is added
def neuron(x, w, b, f):
    if x.shape != w.shape:
        raise ValueError("shapes differ")
    return f(np.dot(x, w)) + b


# %% wrong: products not added up | 0 | must be a single number
def neuron(x, w, b, f):
    if x.shape != w.shape:
        raise ValueError("shapes differ")
    return np.tanh(x * w + b)


# %% wrong: bias added once per input | 0 | b added once per input
def neuron(x, w, b, f):
    if x.shape != w.shape:
        raise ValueError("shapes differ")
    total = 0
    for xj, wj in zip(x, w):
        total += xj * wj + b
    return f(total)


# %% wrong: mean instead of sum | 0 | a mean where the sum stands
def neuron(x, w, b, f):
    if x.shape != w.shape:
        raise ValueError("shapes differ")
    return f(np.mean(x * w) + b)


# %% wrong: printed, not returned | 0 | returns None
def neuron(x, w, b, f):
    if x.shape != w.shape:
        raise ValueError("shapes differ")
    print(f(np.dot(x, w) + b))


# %% wrong: shapes not compared | 2 | x has 3 numbers and w has 1: it must raise ValueError
def neuron(x, w, b, f):
    return f(np.sum(x * w) + b)


# %% wrong: assert instead of ValueError | 2 | it stopped with AssertionError where ValueError is the right one
def neuron(x, w, b, f):
    assert x.shape == w.shape
    return f(x @ w + b)


# %% right: a plain loop
def neuron(x, w, b, f):
    if len(x) != len(w):
        raise ValueError(f"{len(x)} inputs but {len(w)} weights")
    z = b
    for j in range(len(x)):
        z = z + x[j] * w[j]
    return f(z)


# %% right: einsum
def neuron(x, w, b, f):
    if x.shape != w.shape:
        raise ValueError("shapes differ")
    return f(np.einsum("j,j->", x, w) + b)


# %% right: bias as one more weight
def neuron(x, w, b, f):
    if np.shape(x) != np.shape(w):
        raise ValueError("shapes differ")
    return f(np.append(w, b).dot(np.append(x, 1)))


# %% right: prints and warns on the way
def neuron(x, w, b, f):
    import warnings

    print("shapes", x.shape, w.shape)
    warnings.warn("just looking")
    if x.shape != w.shape:
        raise ValueError("shapes differ")
    return float(f((x * w).sum() + b))


# %% right: a partial of a helper
import functools


def _n(kind, x, w, b, f):
    if x.shape != w.shape:
        raise ValueError("no")
    return f(kind(x, w) + b)


neuron = functools.partial(_n, np.dot)


# %% right: by recursion
def neuron(x, w, b, f):
    if x.shape != w.shape:
        raise ValueError("shape")

    def total(i):
        return 0.0 if i == len(x) else x[i] * w[i] + total(i + 1)

    return f(total(0) + b)


# %% wrong: an assert in place of ValueError | 2 | x has 4 numbers and w has 3
def neuron(x, w, b, f):
    assert x.shape == w.shape
    return f(x @ w + b)
