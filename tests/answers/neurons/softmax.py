# ruff: noqa

# %% wrong: down the columns | 0 | softmax down the columns
def softmax(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum(axis=0)


# %% wrong: over everything | 0 | softmax over the whole array
def softmax(Z):
    E = np.exp(Z - np.max(Z))
    return E / np.sum(E)


# %% wrong: no exponential | 0 | the exponential is missing
def softmax(Z):
    return Z / Z.sum(axis=-1, keepdims=True)


# %% wrong: not divided | 0 | e^(z − max), not yet divided
def softmax(Z):
    return np.exp(Z - Z.max(axis=-1, keepdims=True))


# %% wrong: keepdims forgotten | 0 | entries divided by the sum of another row
def softmax(Z):
    E = np.exp(Z)
    return E / E.sum(axis=-1)


# %% wrong: hard maximum | 0 | a 1 for the largest entry
def softmax(Z):
    return (Z == Z.max(axis=-1, keepdims=True)).astype(float)


# %% wrong: logarithm | 0 | the logarithm of softmax
def softmax(Z):
    Z = Z - Z.max(axis=-1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=-1, keepdims=True))


# %% wrong: axis 1 | 0 | softmax over axis 1
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


# %% wrong: unstable | 2 | very large z: The result contains NaN
def softmax(Z):
    E = np.exp(Z)
    return E / E.sum(axis=-1, keepdims=True)


# %% wrong: one maximum for all rows | 2 | rows of very different size
def softmax(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum(axis=-1, keepdims=True)


# %% wrong: subtracted in place | 2 | changes `Z` in place
def softmax(Z):
    Z = Z.astype(float, copy=False)
    Z -= Z.max(axis=-1, keepdims=True)
    E = np.exp(Z)
    return E / E.sum(axis=-1, keepdims=True)


# %% wrong: glassnet in a container | 0 | not your own work
import glassnet.activations

TOOLS = {"softmax": [glassnet.activations.softmax]}


def softmax(Z):
    return TOOLS["softmax"][0](Z)


# %% wrong: keras does it | 0 | not your own work
import keras


def softmax(Z):
    return np.asarray(keras.ops.softmax(Z))


# %% right: by logarithms
def softmax(Z):
    return np.exp(Z - np.logaddexp.reduce(Z, axis=-1, keepdims=True))


# %% right: row by row
def softmax(Z):
    def row(z):
        e = np.exp(z - z.max())
        return e / e.sum()

    return np.apply_along_axis(row, -1, Z)


# %% right: transposed for broadcasting
def softmax(Z):
    E = np.exp(Z.T - Z.T.max(axis=0))
    return (E / E.sum(axis=0)).T if Z.ndim < 3 else np.stack([softmax(z) for z in Z])


# %% right: nothing imported and the result in float32
def softmax(Z):
    shifted = Z - np.amax(Z, axis=-1)[..., None]
    weights = np.exp(shifted.astype("float32"))
    return weights / np.einsum("...k->...", weights)[..., None]


# %% right: by logaddexp
def softmax(Z):
    return np.exp(Z - np.logaddexp.reduce(Z, axis=-1)[..., None])


# %% wrong: no keepdims at all | 0 | the largest entries of other rows subtracted
def softmax(Z):
    E = np.exp(Z - Z.max(axis=-1))
    return E / E.sum(axis=-1)


# %% wrong: no keepdims with the sum | 0 | entries divided by the sum of another row, once the largest is subtracted
def softmax(Z):
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1)


# %% wrong: the mean subtracted | 2 | very large and very small z in one row
def softmax(Z):
    E = np.exp(Z - Z.mean(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)
