# ruff: noqa

# %% wrong: as it stands | 0 | an accuracy
def mean_error(model, X, y):
    model.compile(loss="mse", optimizer="sgd", metrics=["accuracy"])
    loss, accuracy = model.evaluate(X, y)
    return accuracy


# %% wrong: (n, 1) minus (n,) | 0 | a table of all differences
def mean_error(model, X, y):
    if len(X) != len(y):
        raise ValueError("lengths differ")
    p = model.predict(X, verbose=0)
    return float(np.mean(np.abs(p - y)))


# %% wrong: the loss | 0 | the mean squared error
def mean_error(model, X, y):
    model.compile(loss="mse", optimizer="sgd")
    return model.evaluate(X, y, verbose=0)


# %% wrong: its root | 0 | the root of the mean square
def mean_error(model, X, y):
    if len(X) != len(y):
        raise ValueError("lengths differ")
    p = model.predict(X, verbose=0)
    return float(np.sqrt(np.mean((p[:, 0] - y.ravel()) ** 2)))


# %% wrong: a sum | 0 | a sum in place of a mean
def mean_error(model, X, y):
    if len(X) != len(y):
        raise ValueError("lengths differ")
    p = model.predict(X, verbose=0)
    return float(np.sum(np.abs(p[:, 0] - y.ravel())))


# %% wrong: signs kept | 0 | errors with their signs
def mean_error(model, X, y):
    if len(X) != len(y):
        raise ValueError("lengths differ")
    p = model.predict(X, verbose=0)
    return float(np.mean(p[:, 0] - y.ravel()))


# %% wrong: the median | 0 | the median
def mean_error(model, X, y):
    if len(X) != len(y):
        raise ValueError("lengths differ")
    p = model.predict(X, verbose=0)
    return float(np.median(np.abs(p[:, 0] - y.ravel())))


# %% wrong: per cent | 0 | in per cent of the price
def mean_error(model, X, y):
    if len(X) != len(y):
        raise ValueError("lengths differ")
    p = model.predict(X, verbose=0)
    return float(np.mean(np.abs((p[:, 0] - y.ravel()) / y.ravel())))


# %% wrong: one metric that is not there | 0 | It stopped with TypeError
def mean_error(model, X, y):
    model.compile(loss="mean_absolute_error", optimizer="sgd")
    loss, mae = model.evaluate(X, y, verbose=0)
    return mae


# %% wrong: an error for each house | 0 | must be a single number
def mean_error(model, X, y):
    if len(X) != len(y):
        raise ValueError("lengths differ")
    p = model.predict(X, verbose=0)
    return np.abs(p[:, 0] - y.ravel())


# %% wrong: targets in a column trip it | 2 | bring both into the same
def mean_error(model, X, y):
    if len(X) != len(y):
        raise ValueError("lengths differ")
    p = model.predict(X, verbose=0)
    return float(np.mean(np.abs(p[:, 0] - y)))


# %% wrong: lengths not compared | 2 | compare the lengths yourself
def mean_error(model, X, y):
    p = model.predict(X, verbose=0)
    return float(np.mean(np.abs(p[:, 0] - y.reshape(-1))))


# %% right: the metric of Keras
def mean_error(model, X, y):
    model.compile(loss="mean_squared_error", optimizer="sgd", metrics=["mean_absolute_error"])
    return model.evaluate(X, y.reshape(-1, 1), verbose=0)[1]


# %% right: the loss of Keras
def mean_error(model, X, y):
    if X.shape[0] != y.shape[0]:
        raise ValueError("lengths differ")
    return float(np.mean(keras.losses.mean_absolute_error(y.reshape(-1, 1), model(X))))


# %% right: a dot product of signs
def mean_error(model, X, y):
    if len(X) != len(y):
        raise ValueError("lengths differ")
    p = model.predict(X, verbose=0)
    return (lambda d: np.sign(d) @ d / len(d))(
        p[:, 0].astype(float) - np.squeeze(y, axis=tuple(range(1, y.ndim)))
    )
