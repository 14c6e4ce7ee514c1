# ruff: noqa

# %% wrong: a sum | 0 | a sum of squares
def mean_squared_error(y_true, y_pred):
    return np.sum((y_true - y_pred) ** 2)


# %% wrong: the factor one half | 0 | there is no ½ in this formula
def mean_squared_error(y_true, y_pred):
    return 0.5 * np.mean((y_true - y_pred) ** 2)


# %% wrong: half the sum | 0 | neither the ½ nor the sum
def mean_squared_error(y_true, y_pred):
    return 0.5 * np.sum((y_true - y_pred) ** 2)


# %% wrong: its root | 0 | the root of the mean
def mean_squared_error(y_true, y_pred):
    return np.sqrt(np.mean((y_true - y_pred) ** 2))


# %% wrong: absolute errors | 0 | the mean absolute error
def mean_squared_error(y_true, y_pred):
    return np.abs(y_true - y_pred).mean()


# %% wrong: averaged before squaring | 0 | the square of the mean error
def mean_squared_error(y_true, y_pred):
    return np.mean(y_pred - y_true) ** 2


# %% wrong: not squared | 0 | positive and negative ones cancel
def mean_squared_error(y_true, y_pred):
    return np.mean(y_pred - y_true)


# %% wrong: summed over the row | 0 | summed along one axis
def mean_squared_error(y_true, y_pred):
    return np.sum((y_true - y_pred) ** 2) / len(y_true)


# %% wrong: one value an example | 0 | one value for each example
def mean_squared_error(y_true, y_pred):
    return np.mean((y_true - y_pred) ** 2, axis=-1)


# %% wrong: difference of squares | 0 | the difference is squared, not its parts
def mean_squared_error(y_true, y_pred):
    return np.mean(y_pred**2 - y_true**2)


# %% wrong: n − 1 | 0 | divided by n − 1
def mean_squared_error(y_true, y_pred):
    return np.sum((y_pred - y_true) ** 2) / (y_pred.size - 1)


# %% wrong: forgets to return | 0 | It returns None
def mean_squared_error(y_true, y_pred):
    loss = np.mean((y_pred - y_true) ** 2)


# %% wrong: shapes not compared | 2 | Their difference has shape (5, 5)
def mean_squared_error(y_true, y_pred):
    return np.mean((y_pred - y_true) ** 2)


# %% wrong: compares the lengths only | 2 | compare the shapes yourself
def mean_squared_error(y_true, y_pred):
    if len(y_true) != len(y_pred):
        raise ValueError("lengths differ")
    return np.mean((y_pred - y_true) ** 2)


# %% wrong: flattens before it compares | 2 | y_true has shape (5,) and y_pred (5, 1)
def mean_squared_error(y_true, y_pred):
    y_true, y_pred = y_true.ravel(), y_pred.ravel()
    if y_true.shape != y_pred.shape:
        raise ValueError("sizes differ")
    return np.mean((y_pred - y_true) ** 2)


# %% wrong: an assertion | 2 | AssertionError where ValueError
def mean_squared_error(y_true, y_pred):
    assert y_true.shape == y_pred.shape
    return np.mean((y_pred - y_true) ** 2)


# %% wrong: changes the predictions | 2 | changes `y_pred` in place
def mean_squared_error(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    y_pred -= y_true
    return np.mean(y_pred * y_pred)


# %% wrong: a loop over the rows | 2 | 20 000 rows: too many steps
def mean_squared_error(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    total = 0.0
    for a, b in zip(y_true, y_pred):
        total += np.sum((a - b) ** 2)
    return total / y_true.size


# %% wrong: scikit-learn does it | 0 | not your own work
def mean_squared_error(y_true, y_pred):
    from sklearn.metrics import mean_squared_error

    return mean_squared_error(y_true, y_pred)


# %% right: a dot product
def mean_squared_error(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    e = (y_true - y_pred).ravel()
    return e @ e / e.size


# %% right: einsum
def mean_squared_error(y_true, y_pred):
    if np.shape(y_true) != np.shape(y_pred):
        raise ValueError("shapes differ")
    e = (np.asarray(y_true, float) - y_pred).flatten()
    return float(np.einsum("i,i->", e, e)) / e.size


# %% right: a norm and the mean of means
def mean_squared_error(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return np.linalg.norm(np.subtract(y_pred, y_true).reshape(-1)) ** 2 / np.prod(y_true.shape)


# %% right: multiplied out
def mean_squared_error(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    y, p = y_true.astype(float), y_pred.astype(float)
    return np.var(p - y) + np.mean(p - y) ** 2


# %% right: variance plus squared mean
def mean_squared_error(t, p):
    if t.shape != p.shape:
        raise ValueError
    d = (p - t).astype(float)
    return d.var() + d.mean() ** 2


# %% wrong: the standard deviation | 0 | the standard deviation of the errors
def mean_squared_error(t, p):
    return np.std(p - t)
