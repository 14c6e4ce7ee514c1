# ruff: noqa

# %% wrong: no bias | 0 | without the bias
def dense(X, W, b):
    return X @ W


# %% wrong: entry by entry | 0 | multiplied entry by entry
def dense(X, W, b):
    return X * W + b


# %% wrong: swapped result | 0 | rows and columns swapped
def dense(X, W, b):
    return (X @ W + b).T


# %% wrong: one bias for all units | 0 | each unit has its own
def dense(X, W, b):
    return X @ W + np.sum(b)


# %% wrong: activation included | 0 | relu of the result
def dense(X, W, b):
    return np.maximum(0, X @ W + b)


# %% wrong: transposed weights | 0 | the transposed weights
def dense(X, W, b):
    return X @ W.T + b


# %% wrong: list of rows | 0 | must be a NumPy array, not a list
def dense(X, W, b):
    return [list(x @ W + b) for x in X]


# %% wrong: bias stretched | 2 | b has 1 entry for 3 units
def dense(X, W, b):
    return X @ W + b


# %% wrong: integer array filled | 2 | whole numbers
def dense(X, W, b):
    if X.shape[1] != W.shape[0] or b.shape != (W.shape[1],):
        raise ValueError("shapes")
    Z = np.zeros((len(X), len(b)), dtype=np.uint8 if X.dtype.kind == "i" else X.dtype)
    Z[:] = (X @ W + b).astype(Z.dtype)
    return Z


# %% wrong: bias folded into the inputs in place | 2 | changes `X` in place
def dense(X, W, b):
    if X.shape[1] != W.shape[0] or b.shape != (W.shape[1],):
        raise ValueError("shapes")
    Z = X @ W + b
    try:
        X[:] = 0
    except ValueError:
        pass
    return Z


# %% wrong: loops over every number | 2 | too many steps of Python
def dense(X, W, b):
    n, d = X.shape
    if d != W.shape[0] or b.shape != (W.shape[1],):
        raise ValueError("shapes")
    m = len(b)
    Z = np.zeros((n, m))
    for i in range(n):
        for k in range(m):
            Z[i, k] = b[k]
            for j in range(d):
                Z[i, k] += X[i, j] * W[j, k]
    return Z


# %% wrong: glassnet does it | 0 | not your own work
def dense(X, W, b):
    from glassnet.layers import Dense

    layer = Dense(W.shape[1])
    layer.build(X.shape)
    layer.set_weights([W, b])
    return np.asarray(layer(X))


# %% right: einsum
def dense(X, W, b):
    if W.shape != (X.shape[-1], b.size) or b.ndim != 1:
        raise ValueError(f"X {X.shape}, W {W.shape} and b {b.shape} do not fit")
    return np.einsum("nd,dm->nm", X, W) + b


# %% right: bias as one more row of weights
def dense(X, W, b):
    if X.shape[1] != W.shape[0] or b.shape != (W.shape[1],):
        raise ValueError("shapes do not fit")
    ones = np.ones((len(X), 1), dtype=X.dtype)
    return np.hstack([X, ones]) @ np.vstack([W, b])


# %% right: row by row, in float32
def dense(X, W, b):
    if X.shape[1] != len(W) or b.shape != W[0].shape:
        raise ValueError("shapes do not fit")
    return np.array([np.dot(x, W) + b for x in X], dtype=np.float32)


# %% right: other names for the arguments
def dense(inputs, kernel, bias):
    if inputs.shape[1] != kernel.shape[0]:
        raise ValueError("inputs and kernel")
    if bias.shape != (kernel.shape[1],):
        raise ValueError("bias")
    return np.add(np.matmul(inputs, kernel), bias[np.newaxis, :])


# %% right: the bias as one more row of weights
def dense(X, W, b):
    if b.ndim != 1 or len(b) != W.shape[1]:
        raise ValueError("x")
    X1 = np.hstack([X, np.ones((len(X), 1))])
    W1 = np.vstack([W, b])
    return X1 @ W1


# %% wrong: the bias in every product | 0 | b added once per input
def dense(X, W, b):
    if X.shape[1] != W.shape[0] or b.shape != (W.shape[1],):
        raise ValueError("x")
    return X @ W + b * X.shape[1]


# %% wrong: an array of the dtype of X | 2 | whole numbers in the first argument, decimals in the others
def dense(X, W, b):
    if X.shape[1] != W.shape[0] or b.shape != (W.shape[1],):
        raise ValueError("x")
    Z = np.zeros((len(X), W.shape[1]), dtype=X.dtype)
    Z[:] = X @ W + b
    return Z


# %% wrong: a global list that grows | 0 | keep something from one call to the next
_cache = []


def dense(X, W, b):
    if X.shape[1] != W.shape[0] or b.shape != (W.shape[1],):
        raise ValueError("x")
    _cache.append(0)
    return X @ W + b + (len(_cache) - 1) * 0.1
