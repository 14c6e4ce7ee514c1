# ruff: noqa

# %% wrong: squared | 0 | the mean squared error
def mean_absolute_error(y_true, y_pred):
    return np.mean((y_true - y_pred) ** 2)


# %% wrong: root of the squares | 0 | the root of the mean squared error
def mean_absolute_error(y_true, y_pred):
    return np.sqrt(np.mean((y_true - y_pred) ** 2))


# %% wrong: sum | 0 | a sum: divide
def mean_absolute_error(y_true, y_pred):
    return np.abs(y_true - y_pred).sum()


# %% wrong: without absolute value | 0 | errors that cancel
def mean_absolute_error(y_true, y_pred):
    return np.mean(y_pred - y_true)


# %% wrong: absolute value of the mean | 0 | before you average
def mean_absolute_error(y_true, y_pred):
    return abs(np.mean(y_pred - y_true))


# %% wrong: median | 0 | the median of the errors
def mean_absolute_error(y_true, y_pred):
    return np.median(np.abs(y_pred - y_true))


# %% wrong: relative | 0 | a relative error
def mean_absolute_error(y_true, y_pred):
    return np.mean(np.abs((y_true - y_pred) / y_true))


# %% wrong: accuracy | 0 | hit exactly says nothing
def mean_absolute_error(y_true, y_pred):
    return np.mean(y_true == y_pred)


# %% wrong: one error a row | 0 | average them
def mean_absolute_error(y_true, y_pred):
    return np.abs(y_true - y_pred)


# %% wrong: stretched | 2 | predictions of shape (5, 1)
def mean_absolute_error(y_true, y_pred):
    return np.abs(y_true - y_pred).mean()


# %% wrong: lengths only | 2 | predictions of shape (5, 1)
def mean_absolute_error(y_true, y_pred):
    if len(y_true) != len(y_pred):
        raise ValueError("lengths")
    return np.abs(y_true - y_pred).mean()


# %% wrong: loop | 2 | two columns of targets
def mean_absolute_error(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes")
    total = 0.0
    for a, b in zip(y_true, y_pred):
        total += abs(float(a) - float(b))
    return total / len(y_true)


# %% wrong: loop over rows | 2 | too many steps of Python
def mean_absolute_error(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes")
    total = 0.0
    for a, b in zip(y_true.ravel(), y_pred.ravel()):
        total += abs(a - b)
    return total / y_true.size


# %% wrong: difference in place | 2 | in place
def mean_absolute_error(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes")
    y_pred -= y_true
    return np.abs(y_pred).mean()


# %% wrong: Keras does it | 0 | not your own work
def mean_absolute_error(y_true, y_pred):
    import keras

    return float(keras.losses.mean_absolute_error(y_true, y_pred))


# %% right: norm
def mean_absolute_error(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes")
    return np.linalg.norm((y_true - y_pred).ravel(), ord=1) / y_true.size


# %% right: larger minus smaller
def mean_absolute_error(y_true, y_pred):
    if np.shape(y_true) != np.shape(y_pred):
        raise ValueError("shapes")
    return float((np.maximum(y_true, y_pred) - np.minimum(y_true, y_pred)).mean())
