# ruff: noqa

# %% wrong: one half | 0 | there is no ½
def l2_penalty(W, lam):
    return 0.5 * lam * np.sum(W**2)


# %% wrong: mean | 0 | a mean: here the squares are summed
def l2_penalty(W, lam):
    return lam * np.mean(W**2)


# %% wrong: divided by the rows | 0 | nothing is averaged here
def l2_penalty(W, lam):
    return lam * np.sum(W**2) / W.shape[0]


# %% wrong: L1 | 0 | an L1 penalty
def l2_penalty(W, lam):
    return lam * np.abs(W).sum()


# %% wrong: square of the sum | 0 | square each weight first
def l2_penalty(W, lam):
    return lam * np.sum(W) ** 2


# %% wrong: the norm | 0 | the penalty is its square
def l2_penalty(W, lam):
    return lam * np.linalg.norm(W)


# %% wrong: lambda squared | 0 | λ squared
def l2_penalty(W, lam):
    return np.sum((lam * W) ** 2)


# %% wrong: matrix product | 0 | square entry by entry
def l2_penalty(W, lam):
    return lam * np.sum(W @ W)


# %% wrong: the gradient | 0 | one number
def l2_penalty(W, lam):
    return 2 * lam * W


# %% wrong: one penalty a weight | 0 | add them up
def l2_penalty(W, lam):
    return lam * W**2


# %% wrong: one penalty a column | 0 | one penalty for each column
def l2_penalty(W, lam):
    return lam * np.sum(W**2, axis=0)


# %% wrong: printed instead of returned | 0 | It returns None
def l2_penalty(W, lam):
    print(lam * np.sum(W**2))


# %% wrong: a negative lambda passes | 2 | lam is -0.1
def l2_penalty(W, lam):
    return lam * np.sum(W**2)


# %% wrong: matrices only | 2 | one axis
def l2_penalty(W, lam):
    if lam < 0 or W.ndim != 2:
        raise ValueError("lam must not be negative, W a matrix")
    return lam * np.trace(W.T @ W)


# %% wrong: loop over the weights | 2 | too many steps of Python
def l2_penalty(W, lam):
    if lam < 0:
        raise ValueError("lam must not be negative")
    total = 0.0
    for w in W.ravel():
        total += w**2
    return lam * total


# %% wrong: squares in place | 2 | in place
def l2_penalty(W, lam):
    if lam < 0:
        raise ValueError("lam must not be negative")
    if W.dtype.kind == "f" and W.flags.writeable:
        W *= W
        return lam * W.sum()
    return lam * np.sum(W * W)


# %% wrong: Keras does it | 0 | not your own work
def l2_penalty(W, lam):
    import keras

    return float(keras.regularizers.L2(lam)(W))


# %% right: einsum
def l2_penalty(W, lam):
    if lam < 0:
        raise ValueError(f"lam {lam}")
    w = np.ravel(W)
    return float(lam * np.einsum("i,i->", w, w))


# %% right: a dot product of the weights with themselves
def l2_penalty(W, lam):
    if not lam >= 0:
        raise ValueError("negative")
    flat = W.reshape(-1).astype("float64")
    return flat @ flat * lam


# %% right: square of the norm
def l2_penalty(W, lam):
    if lam < 0:
        raise ValueError(lam)
    return lam * np.linalg.norm(W.ravel()) ** 2


# %% right: row by row
def l2_penalty(W, lam):
    if lam < 0:
        raise ValueError(lam)
    total = 0.0
    for row in np.atleast_1d(W):
        total += np.sum(np.power(row, 2))
    return lam * total
