# ruff: noqa

# %% wrong: slopes alone | 0 | multiply them by what arrives
def relu_backward(dA, Z):
    return (Z > 0).astype(float)


# %% wrong: relu of dA | 0 | whether a unit is on depends on Z
def relu_backward(dA, Z):
    return np.maximum(dA, 0)


# %% wrong: value for slope | 0 | the derivative is asked for
def relu_backward(dA, Z):
    return dA * np.maximum(Z, 0)


# %% wrong: the other half | 0 | look at the comparison
def relu_backward(dA, Z):
    return np.where(Z < 0, dA, 0)


# %% wrong: passes everything | 0 | where the unit is off nothing passes
def relu_backward(dA, Z):
    return dA.copy()


# %% wrong: selects | 0 | stay in their places as zeros
def relu_backward(dA, Z):
    return dA[Z > 0]


# %% wrong: leaky | 0 | leaky relu
def relu_backward(dA, Z):
    return np.where(Z > 0, dA, 0.01 * dA)


# %% wrong: booleans | 0 | True and False for the slopes
def relu_backward(dA, Z):
    return Z > 0


# %% wrong: slope 1 at 0 | 2 | By convention it is 0
def relu_backward(dA, Z):
    if dA.shape != Z.shape:
        raise ValueError("shapes differ")
    return dA * (Z >= 0)


# %% wrong: stretches | 2 | compare the shapes yourself
def relu_backward(dA, Z):
    return dA * (Z > 0)


# %% wrong: in place | 2 | changes `dA` in place
def relu_backward(dA, Z):
    if dA.shape != Z.shape:
        raise ValueError("shapes differ")
    dA[Z <= 0] = 0
    return dA


# %% wrong: loops | 2 | too many steps of Python
def relu_backward(dA, Z):
    if dA.shape != Z.shape:
        raise ValueError("shapes differ")
    dZ = np.zeros_like(dA)
    for i in np.ndindex(dA.shape):
        if Z[i] > 0:
            dZ[i] = dA[i]
    return dZ


# %% wrong: glassnet does it | 0 | not your own work
import glassnet


def relu_backward(dA, Z):
    return dA * glassnet.activations.derivative("relu", Z)


# %% right: where
def relu_backward(dA, Z):
    if np.shape(dA) != np.shape(Z):
        raise ValueError(f"{dA.shape} and {Z.shape} differ")
    return np.where(Z <= 0, 0.0, dA)


# %% right: heaviside
def relu_backward(dA, Z):
    if dA.shape != Z.shape:
        raise ValueError(f"{dA.shape} and {Z.shape} differ")
    return np.multiply(np.heaviside(Z, 0), dA)


# %% right: a copy with zeros written into it
def relu_backward(dA, Z):
    if dA.shape != Z.shape:
        raise ValueError(f"{dA.shape} and {Z.shape} differ")
    dZ = np.array(dA, copy=True)
    np.putmask(dZ, ~(Z > 0), 0)
    return dZ
