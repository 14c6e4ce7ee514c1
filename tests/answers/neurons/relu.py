# ruff: noqa

# %% wrong: absolute value | 0 | the absolute value
def relu(Z):
    return np.abs(Z)


# %% wrong: the other half | 0 | min(z, 0)
def relu(Z):
    return np.minimum(0, Z)


# %% wrong: a step | 0 | a step, 0 or 1
def relu(Z):
    return (Z > 0).astype(float)


# %% wrong: a mask | 0 | a step, True or False
def relu(Z):
    return Z > 0


# %% wrong: leaky | 0 | leaky relu
def relu(Z):
    return np.where(Z > 0, Z, 0.01 * Z)


# %% wrong: np.max for np.maximum | 0 | the largest entry of each column
def relu(Z):
    return np.max(Z, 0)


# %% wrong: Python's max | 0 | ValueError: The truth value of an array
def relu(Z):
    return max(0, Z)


# %% wrong: negative numbers dropped | 0 | only the positive numbers
def relu(Z):
    return Z[Z > 0]


# %% wrong: written into the input | 2 | changes `Z` in place
def relu(Z):
    Z[Z < 0] = 0
    return Z


# %% wrong: number by number | 2 | too many steps of Python
def relu(Z):
    A = np.zeros(Z.shape)
    flat, out = Z.ravel(), A.ravel()
    for i in range(flat.size):
        if flat[i] > 0:
            out[i] = flat[i]
    return A


# %% wrong: two axes only | 0 | not enough values to unpack
def relu(Z):
    n, m = Z.shape
    return np.maximum(Z, np.zeros((n, m)))


# %% right: product with a mask
def relu(Z):
    return Z * (Z > 0)


# %% right: half of the sum with the absolute value
def relu(Z):
    return (Z + np.abs(Z)) / 2


# %% right: clip
def relu(Z):
    return np.clip(Z, 0, None)


# %% right: a lambda
relu = lambda Z: np.where(Z < 0, 0.0, Z)


# %% right: a copy, then in place
def relu(Z):
    A = np.array(Z)
    A[A < 0] = 0
    return A
