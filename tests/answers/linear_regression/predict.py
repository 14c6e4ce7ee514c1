# ruff: noqa

# %% wrong: no bias | 0 | without the bias
def predict(X, w, b):
    return X @ w


# %% wrong: not added up | 0 | products that are not added up
def predict(X, w, b):
    return X * w + b


# %% wrong: a column | 0 | a column: it must have shape (n,)
def predict(X, w, b):
    return (X @ w.reshape(-1, 1)) + b


# %% wrong: transposed | 0 | weights of the rows
def predict(X, w, b):
    return X.T @ w + b


# %% wrong: bias once per feature | 0 | the bias added once per feature
def predict(X, w, b):
    return np.sum(X * w + b, axis=1)


# %% wrong: minus the bias | 0 | the bias subtracted
def predict(X, w, b):
    return X @ w - b


# %% wrong: mean of the products | 0 | the mean of the products
def predict(X, w, b):
    return (X * w).mean(axis=1) + b


# %% wrong: relu on top | 0 | relu
def predict(X, w, b):
    return np.maximum(0, X @ w + b)


# %% wrong: a list | 0 | must be a NumPy array, not a list
def predict(X, w, b):
    return [float(x @ w + b) for x in X]


# %% wrong: column of weights let through | 2 | w of shape (4, 1)
def predict(X, w, b):
    return X @ w + b


# %% wrong: one weight stretched | 2 | w has 1 entry
def predict(X, w, b):
    if X.ndim != 2 or w.ndim != 1 or len(w) not in (1, X.shape[1]):
        raise ValueError("shapes")
    return (X * w).sum(axis=1) + b


# %% wrong: TypeError for shapes | 2 | stopped with TypeError where ValueError
def predict(X, w, b):
    if X.ndim != 2 or w.shape != (X.shape[1],):
        raise TypeError("shapes")
    return X @ w + b


# %% wrong: whole numbers cut | 2 | whole numbers
def predict(X, w, b):
    if X.ndim != 2 or w.shape != (X.shape[1],):
        raise ValueError("shapes")
    y = np.zeros(len(X), dtype=X.dtype)
    y += (X @ w).astype(X.dtype)
    return y + (int(b) if X.dtype.kind == "i" else b)


# %% wrong: bias added into the features | 2 | in place
def predict(X, w, b):
    if X.ndim != 2 or w.shape != (X.shape[1],):
        raise ValueError("shapes")
    y = X @ w + b
    if w.flags.writeable:
        w += 1
    return y


# %% right: einsum
def predict(X, w, b):
    if X.ndim != 2 or X.shape[1:] != w.shape:
        raise ValueError(f"X {X.shape}, w {w.shape}")
    return np.einsum("nd,d->n", X, w) + b


# %% right: weights from the left
def predict(X, w, b):
    n, d = X.shape
    if w.shape != (d,):
        raise ValueError("w")
    return w @ X.T + np.full(n, b)


# %% right: bias as one more weight
def predict(X, w, b):
    if X.ndim != 2 or w.shape != (X.shape[1],):
        raise ValueError("shapes")
    return np.c_[X, np.ones(len(X))] @ np.append(w, b)


# %% right: row by row
def predict(X, w, b):
    if X.ndim != 2 or w.shape != X.shape[1:]:
        raise ValueError
    return np.array([np.dot(r, w) + b for r in X])


# %% right: a column of ones
def predict(X, w, b):
    if X.ndim != 2 or w.shape != X.shape[1:]:
        raise ValueError
    return np.c_[X, np.ones(len(X))] @ np.r_[w, b]
