# ruff: noqa

# %% wrong: sign of the exponent | 0 | look at the sign in the exponent
def sigmoid(Z):
    return 1 / (1 + np.exp(Z))


# %% wrong: brackets | 0 | is the whole denominator in brackets
def sigmoid(Z):
    return 1 / 1 + np.exp(-Z)


# %% wrong: derivative | 0 | the derivative σ(z)(1 − σ(z))
def sigmoid(Z):
    s = 1 / (1 + np.exp(-Z))
    return s * (1 - s)


# %% wrong: math.exp | 0 | TypeError
def sigmoid(Z):
    import math

    return 1 / (1 + math.exp(-Z))


# %% wrong: rounded | 0 | rounded to 3 digits
def sigmoid(Z):
    return np.round(1 / (1 + np.exp(-np.clip(Z, -500, 500))), 3)


# %% wrong: tanh | 0 | tanh, whose values lie between −1 and 1
def sigmoid(Z):
    return np.tanh(Z)


# %% wrong: overflows | 2 | NumPy warns: overflow encountered in exp
def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


# %% wrong: both branches computed | 2 | NumPy warns
def sigmoid(Z):
    return np.where(Z >= 0, 1 / (1 + np.exp(-Z)), np.exp(Z) / (1 + np.exp(Z)))


# %% wrong: not a number | 2 | contains NaN
def sigmoid(Z):
    return np.exp(Z) / (1 + np.exp(Z))


# %% wrong: zeros like the input | 2 | whole numbers
def sigmoid(Z):
    A = np.zeros_like(Z)
    e = np.exp(-np.abs(Z))
    A[...] = np.where(Z >= 0, 1, e) / (1 + e)
    return A


# %% wrong: scipy does it | 0 | not your own work
from scipy.special import expit


def sigmoid(Z):
    return expit(Z)


# %% right: by tanh
def sigmoid(Z):
    return 0.5 * (1 + np.tanh(Z / 2))


# %% right: two masks
def sigmoid(Z):
    A = np.empty(Z.shape)
    positive = Z >= 0
    A[positive] = 1 / (1 + np.exp(-Z[positive]))
    e = np.exp(Z[~positive])
    A[~positive] = e / (1 + e)
    return A


# %% right: exponent clipped
def sigmoid(Z):
    return 1.0 / (1.0 + np.exp(np.clip(-Z, -700, 700)))


# %% right: by logaddexp
def sigmoid(Z):
    return np.exp(-np.logaddexp(0, -Z))


# %% right: overflow known and silenced
def sigmoid(Z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-Z))


# %% right: a clipped exponent
def sigmoid(Z):
    return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))


# %% wrong: powers of ten | 0 | 10⁻ᶻ in place of e⁻ᶻ
def sigmoid(Z):
    return 1 / (1 + 10.0 ** (-Z))
