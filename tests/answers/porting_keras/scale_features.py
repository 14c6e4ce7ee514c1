# ruff: noqa

# %% wrong: as it stands | 0 | test rows leak
def scale_features(X_train, X_test):
    X = np.concatenate([X_train, X_test])
    X = (X - X.mean()) / X.std()
    return X[: len(X_train)], X[len(X_train) :]


# %% wrong: by columns, of both parts | 0 | a leak
def scale_features(X_train, X_test):
    if X_train.shape[1] != X_test.shape[1]:
        raise ValueError("columns differ")
    X = np.concatenate([X_train, X_test])
    mean, std = X.mean(axis=0), X.std(axis=0)
    return (X_train - mean) / std, (X_test - mean) / std


# %% wrong: one mean for all columns | 0 | each column has its own
def scale_features(X_train, X_test):
    if X_train.shape[1] != X_test.shape[1]:
        raise ValueError("columns differ")
    mean, std = X_train.mean(), X_train.std()
    return (X_train - mean) / std, (X_test - mean) / std


# %% wrong: each part by itself | 0 | the same house would get other numbers
def scale_features(X_train, X_test):
    if X_train.shape[1] != X_test.shape[1]:
        raise ValueError("columns differ")
    return tuple((X - X.mean(axis=0)) / X.std(axis=0) for X in (X_train, X_test))


# %% wrong: by the test part | 0 | taken from the test part
def scale_features(X_train, X_test):
    if X_train.shape[1] != X_test.shape[1]:
        raise ValueError("columns differ")
    mean, std = X_test.mean(axis=0), X_test.std(axis=0)
    return (X_train - mean) / std, (X_test - mean) / std


# %% wrong: the variance | 0 | divide by its root
def scale_features(X_train, X_test):
    if X_train.shape[1] != X_test.shape[1]:
        raise ValueError("columns differ")
    mean, std = X_train.mean(axis=0), X_train.var(axis=0)
    return (X_train - mean) / std, (X_test - mean) / std


# %% wrong: n - 1 | 0 | deviations with n − 1
def scale_features(X_train, X_test):
    if X_train.shape[1] != X_test.shape[1]:
        raise ValueError("columns differ")
    mean, std = X_train.mean(axis=0), X_train.std(axis=0, ddof=1)
    return (X_train - mean) / std, (X_test - mean) / std


# %% wrong: from 0 to 1 | 0 | a scaling from 0 to 1
def scale_features(X_train, X_test):
    if X_train.shape[1] != X_test.shape[1]:
        raise ValueError("columns differ")
    low, width = X_train.min(axis=0), np.ptp(X_train, axis=0)
    return (X_train - low) / width, (X_test - low) / width


# %% wrong: the test part forgotten | 0 | left as it was
def scale_features(X_train, X_test):
    if X_train.shape[1] != X_test.shape[1]:
        raise ValueError("columns differ")
    return (X_train - X_train.mean(axis=0)) / X_train.std(axis=0), X_test


# %% wrong: only the training part returned | 0 | must be a tuple
def scale_features(X_train, X_test):
    if X_train.shape[1] != X_test.shape[1]:
        raise ValueError("columns differ")
    return (X_train - X_train.mean(axis=0)) / X_train.std(axis=0)


# %% wrong: a Keras layer does it | 0 | uses `keras`
def scale_features(X_train, X_test):
    if X_train.shape[1] != X_test.shape[1]:
        raise ValueError("columns differ")
    layer = keras.layers.Normalization()
    layer.adapt(X_train)
    return np.asarray(layer(X_train)), np.asarray(layer(X_test))


# %% wrong: a constant column | 2 | divide by 1 instead
def scale_features(X_train, X_test):
    if X_train.shape[1] != X_test.shape[1]:
        raise ValueError("columns differ")
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    return (X_train - mean) / std, (X_test - mean) / std


# %% wrong: columns not compared | 2 | NumPy would stretch a single column
def scale_features(X_train, X_test):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    std = np.where(std == 0, 1, std)
    return (X_train - mean) / std, (X_test - mean) / std


# %% wrong: something added to the deviation | 0 | are off; the worst at
def scale_features(X_train, X_test):
    if X_train.shape[1] != X_test.shape[1]:
        raise ValueError("columns differ")
    mean, std = X_train.mean(axis=0), X_train.std(axis=0) + 1e-3
    return (X_train - mean) / std, (X_test - mean) / std


# %% right: a loop over the columns
def scale_features(X_train, X_test):
    if X_train.shape[1] != X_test.shape[1]:
        raise ValueError("columns differ")
    A, B = np.empty(X_train.shape), np.empty(X_test.shape)
    for k in range(X_train.shape[1]):
        m, s = np.mean(X_train[:, k]), np.std(X_train[:, k])
        A[:, k], B[:, k] = (X_train[:, k] - m) / (s or 1), (X_test[:, k] - m) / (s or 1)
    return A, B


# %% right: variances by hand, both parts at once
def scale_features(X_train, X_test):
    if X_train.shape[1] != X_test.shape[1]:
        raise ValueError("columns differ")
    n = len(X_train)
    mean = X_train.sum(axis=0) / n
    variance = ((X_train - mean) ** 2).sum(axis=0) / n
    scale = np.sqrt(variance + (variance == 0))
    both = (np.vstack([X_train, X_test]) - mean) / scale
    return [both[:n], both[n:]]
