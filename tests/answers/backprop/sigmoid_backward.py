# ruff: noqa

# %% wrong: sigmoid of A again | 0 | A is the sigmoid's result already
def sigmoid_backward(dA, A):
    s = 1 / (1 + np.exp(-A))
    return dA * s * (1 - s)


# %% wrong: slopes alone | 0 | multiply them by what arrives
def sigmoid_backward(dA, A):
    return A * (1 - A)


# %% wrong: slope of tanh | 0 | the slope of tanh
def sigmoid_backward(dA, A):
    return dA * (1 - A**2)


# %% wrong: a factor missing | 0 | a factor is missing
def sigmoid_backward(dA, A):
    return dA * (1 - A)


# %% wrong: sign | 0 | the sign of the second factor
def sigmoid_backward(dA, A):
    return dA * A * (A - 1)


# %% wrong: brackets | 0 | brackets are missing around the second factor
def sigmoid_backward(dA, A):
    return dA * A * 1 - A


# %% wrong: divided | 0 | the chain rule multiplies
def sigmoid_backward(dA, A):
    return dA / (A * (1 - A))


# %% wrong: arrays changed places | 0 | the two arrays have changed places
def sigmoid_backward(dA, A):
    return A * dA * (1 - dA)


# %% wrong: stretches | 2 | compare the shapes yourself
def sigmoid_backward(dA, A):
    return dA * A * (1 - A)


# %% wrong: in place | 2 | changes `A` in place
def sigmoid_backward(dA, A):
    if dA.shape != A.shape:
        raise ValueError("shapes differ")
    if A.dtype == float:
        A *= 1 - A
        return dA * A
    return dA * A * (1 - A)


# %% wrong: undefined at 0 and 1 | 2 | A saturated unit passes no gradient
def sigmoid_backward(dA, A):
    if dA.shape != A.shape:
        raise ValueError("shapes differ")
    Z = np.log(A) - np.log(1 - A)
    return dA * A**2 * np.exp(-Z)


# %% wrong: tensorflow does it | 0 | not your own work
import tensorflow as tf


def sigmoid_backward(dA, A):
    return dA * tf.constant(A * (1 - A)).numpy()


# %% right: multiplied out
def sigmoid_backward(dA, A):
    if dA.shape != A.shape:
        raise ValueError("shapes differ")
    return dA * A - dA * A * A


# %% right: a quarter minus a square
def sigmoid_backward(dA, A):
    if not np.shape(dA) == np.shape(A):
        raise ValueError("shapes differ")
    return np.multiply(dA, 0.25 - np.square(A - 0.5))


# %% right: einsum
def sigmoid_backward(dA, A):
    if dA.shape != A.shape:
        raise ValueError("shapes differ")
    return np.einsum("...,...,...->...", dA, A, 1 - A)


# %% right: a quarter less a square
def sigmoid_backward(dA, A):
    if dA.shape != A.shape:
        raise ValueError
    return dA * (0.25 - (A - 0.5) ** 2)
