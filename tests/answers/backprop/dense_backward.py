# ruff: noqa

# %% wrong: db not summed | 0 | db not summed
def dense_backward(dZ, X, W):
    return dZ @ W.T, X.T @ dZ, dZ


# %% wrong: db over the wrong axis | 0 | db summed along the rows
def dense_backward(dZ, X, W):
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=1)


# %% wrong: db averaged | 0 | paths add, and the 1/n is in dZ already
def dense_backward(dZ, X, W):
    return dZ @ W.T, X.T @ dZ, dZ.mean(axis=0)


# %% wrong: divided by n again | 0 | dW and db divided by n
def dense_backward(dZ, X, W):
    n = len(X)
    return dZ @ W.T, X.T @ dZ / n, dZ.sum(axis=0) / n


# %% wrong: W not transposed | 0 | dX made with W itself
def dense_backward(dZ, X, W):
    return dZ @ W, X.T @ dZ, dZ.sum(axis=0)


# %% wrong: dW transposed | 0 | dW transposed: it must have the shape of W
def dense_backward(dZ, X, W):
    return dZ @ W.T, dZ.T @ X, dZ.sum(axis=0)


# %% wrong: another order | 0 | db before dW
def dense_backward(dZ, X, W):
    return dZ @ W.T, dZ.sum(axis=0), X.T @ dZ


# %% wrong: dX last | 0 | in another order
def dense_backward(dZ, X, W):
    return X.T @ dZ, dZ.sum(axis=0), dZ @ W.T


# %% wrong: db keeps its axis | 0 | the axis of the examples kept
def dense_backward(dZ, X, W):
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0, keepdims=True)


# %% wrong: no dX | 0 | the layer before needs dX
def dense_backward(dZ, X, W):
    return X.T @ dZ, dZ.sum(axis=0)


# %% wrong: db as one number | 0 | db as one number
def dense_backward(dZ, X, W):
    return dZ @ W.T, X.T @ dZ, np.sum(dZ)


# %% wrong: NumPy is trusted with the shapes | 2 | X has 3 columns and W has 2 rows
def dense_backward(dZ, X, W):
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


# %% wrong: example by example in Python | 2 | too many steps of Python
def dense_backward(dZ, X, W):
    if dZ.shape != (len(X), W.shape[1]) or X.shape[1] != len(W):
        raise ValueError("shapes do not fit")
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(W.shape[1])
    for k in range(len(X)):
        for j in range(W.shape[1]):
            db[j] += dZ[k, j]
            dW[:, j] += dZ[k, j] * X[k]
            dX[k] += dZ[k, j] * W[:, j]
    return dX, dW, db


# %% wrong: sums up in place | 2 | changes `dZ` in place
def dense_backward(dZ, X, W):
    if dZ.shape != (len(X), W.shape[1]) or X.shape[1] != len(W):
        raise ValueError("shapes do not fit")
    dX, dW = dZ @ W.T, X.T @ dZ
    for row in dZ[1:]:
        dZ[0] += row
    return dX, dW, dZ[0]


# %% wrong: glassnet's layer | 0 | not your own work
def dense_backward(dZ, X, W):
    from glassnet import layers

    layer = layers.Dense(W.shape[1])
    layer(X)
    return layer.backward(dZ), layer.dW, layer.db


# %% right: einsum with indices
def dense_backward(dZ, X, W):
    n, m = dZ.shape
    d = W.shape[0]
    if X.shape != (n, d) or W.shape != (d, m):
        raise ValueError(f"got dZ {dZ.shape}, X {X.shape}, W {W.shape}")
    return np.einsum("kj,ij->ki", dZ, W), np.einsum("ki,kj->ij", X, dZ), np.einsum("kj->j", dZ)


# %% right: bias as a column of ones, result a list
def dense_backward(dZ, X, W):
    assert_fits = X.shape[0] == dZ.shape[0] and X.shape[1] == W.shape[0] and W.shape[1] == dZ.shape[1]
    if not assert_fits:
        raise ValueError("shapes do not fit")
    whole = np.concatenate([X, np.ones((len(X), 1))], axis=1).T.dot(dZ)
    return [W.dot(dZ.T).T, whole[:-1], whole[-1]]


# %% right: outer products added up
def dense_backward(dZ, X, W):
    if (X.shape[0], W.shape[1]) != dZ.shape or X.shape[1] != W.shape[0]:
        raise ValueError("shapes do not fit")
    dW = (X[:, :, None] * dZ[:, None, :]).sum(0)
    return np.tensordot(dZ, W, axes=(1, 1)), dW, np.add.reduce(dZ)


# %% right: by add.at and tensordot
def dense_backward(dZ, X, W):
    n, m = dZ.shape
    d = X.shape[1]
    if X.shape != (n, d) or W.shape != (d, m):
        raise ValueError
    db = np.zeros(m)
    np.add.at(db, np.tile(np.arange(m), n), dZ.ravel())
    return np.tensordot(dZ, W, ([1], [1])), np.matmul(X.transpose(), dZ), db


# %% wrong: an array of the dtype of X | 2 | X of whole numbers, dZ and W with decimals
def dense_backward(dZ, X, W):
    if len(dZ) != len(X) or X.shape[1] != len(W) or dZ.shape[1] != W.shape[1]:
        raise ValueError
    dX = np.zeros_like(X)
    dX[...] = dZ @ W.T
    return dX, X.T @ dZ, dZ.sum(0)


# %% wrong: dX divided by n | 0 | dX divided by n
def dense_backward(dZ, X, W):
    return dZ @ W.T / len(X), X.T @ dZ, dZ.sum(0)
