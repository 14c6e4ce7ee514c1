# ruff: noqa

# %% wrong: factor inside forgotten | 0 | tanh(z/2)
def tanh(Z):
    return 2 * sigmoid(Z) - 1


# %% wrong: not stretched | 0 | stretch it to the range
def tanh(Z):
    return sigmoid(2 * Z)


# %% wrong: sinh | 0 | the denominator is eᶻ + e⁻ᶻ
def tanh(Z):
    return (np.exp(Z) - np.exp(-Z)) / 2


# %% wrong: upside down | 0 | the fraction upside down
def tanh(Z):
    return (np.exp(Z) + np.exp(-Z)) / (np.exp(Z) - np.exp(-Z))


# %% wrong: tan | 0 | the tangent of an angle
def tanh(Z):
    return np.tan(Z)


# %% wrong: derivative | 0 | the derivative 1 − tanh² z
def tanh(Z):
    return 1 - np.tanh(Z) ** 2


# %% wrong: overflows to NaN | 2 | contains NaN
def tanh(Z):
    return (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))


# %% wrong: own exponentials overflow | 2 | NumPy warns: overflow
def tanh(Z):
    return 2 / (1 + np.exp(-2 * Z)) - 1


# %% wrong: calls itself | 0 | calls itself without end
def tanh(Z):
    return tanh(Z)


# %% wrong: another name for glassnet's | 0 | not your own work
from glassnet.activations import tanh


# %% wrong: tensorflow does it | 0 | not your own work
def tanh(Z):
    import tensorflow as tf

    return tf.tanh(Z).numpy()


# %% right: NumPy's own
tanh = np.tanh


# %% right: by expm1
def tanh(Z):
    e = np.expm1(-2 * np.abs(Z))
    return np.sign(Z) * (-e / (e + 2))


# %% right: sinh by cosh, cut to where they differ from 1
def tanh(Z):
    Z = np.clip(Z, -20, 20)
    return np.sinh(Z) / np.cosh(Z)


# %% wrong: brackets forgotten | 0 | eᶻ − e⁻ᶻ / eᶻ + e⁻ᶻ
def tanh(Z):
    return np.exp(Z) - np.exp(-Z) / np.exp(Z) + np.exp(-Z)
