# ruff: noqa

# %% wrong: rows instead of columns | 0 | statistics of the rows
def standardize_fit(X):
    return X.mean(axis=1), X.std(axis=1)


# %% wrong: one number for the whole array | 0 | statistics of the whole array
def standardize_fit(X):
    return X.mean(), X.std()


# %% wrong: n minus one | 0 | division by n − 1
def standardize_fit(X):
    std = X.std(axis=0, ddof=1)
    std[std == 0] = 1
    return X.mean(axis=0), std


# %% wrong: variance | 0 | the standard deviation is its root
def standardize_fit(X):
    var = X.var(axis=0)
    return X.mean(axis=0), np.where(var == 0, 1, var)


# %% wrong: order swapped | 0 | order of what you return
def standardize_fit(X):
    std = X.std(axis=0)
    return np.where(std == 0, 1, std), X.mean(axis=0)


# %% wrong: mean never taken away | 0 | the root of the mean square
def standardize_fit(X):
    return np.mean(X, axis=0), np.sqrt(np.mean(X**2, axis=0))


# %% wrong: smallest and range | 0 | another way of scaling
def standardize_fit(X):
    return X.min(axis=0), X.max(axis=0) - X.min(axis=0)


# %% wrong: the scaled data | 0 | This looks like the scaled data
def standardize_fit(X):
    return (X - X.mean(axis=0)) / X.std(axis=0)


# %% wrong: lists | 0 | must be a NumPy array, not a list
def standardize_fit(X):
    return list(X.mean(axis=0)), list(X.std(axis=0))


# %% wrong: constant column gets zero | 2 | a constant column
def standardize_fit(X):
    if X.ndim != 2:
        raise ValueError("two axes")
    return X.mean(axis=0), X.std(axis=0)


# %% wrong: constant column gets a small number | 2 | a constant column
def standardize_fit(X):
    if X.ndim != 2:
        raise ValueError("two axes")
    return X.mean(axis=0), X.std(axis=0) + 1e-12


# %% wrong: everything constant forgotten | 2 | X of shape (5,)
def standardize_fit(X):
    std = X.std(axis=0)
    return X.mean(axis=0), np.where(std == 0, 1.0, std)


# %% wrong: centres the caller's array | 2 | in place
def standardize_fit(X):
    if X.ndim != 2:
        raise ValueError("two axes")
    mean, std = X.mean(axis=0), X.std(axis=0)
    if X.flags.writeable:
        X[...] = X - mean
    return mean, np.where(std == 0, 1.0, std)


# %% wrong: mean of squares minus square of the mean | 2 | large beside their spread
def standardize_fit(X):
    if X.ndim != 2:
        raise ValueError("two axes")
    X = X.astype("float64")
    mean = X.mean(axis=0)
    std = np.sqrt(np.maximum((X**2).mean(axis=0) - mean**2, 0))
    return mean, np.where(std == 0, 1.0, std)


# %% wrong: loops over every number | 2 | too many steps of Python
def standardize_fit(X):
    n, d = X.shape
    mean, std = np.zeros(d), np.zeros(d)
    for j in range(d):
        for i in range(n):
            mean[j] += X[i, j] / n
        for i in range(n):
            std[j] += (X[i, j] - mean[j]) ** 2 / n
        std[j] = np.sqrt(std[j]) if std[j] > 1e-20 else 1.0
    return mean, std


# %% wrong: scikit-learn does it | 0 | not your own work
def standardize_fit(X):
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(X)
    return scaler.mean_, scaler.scale_


# %% right: from the deviations
def standardize_fit(X):
    n, d = X.shape
    mean = np.sum(X, axis=0) / n
    D = X - mean
    std = np.sqrt(np.einsum("nd,nd->d", D, D) / n)
    std[std == 0] = 1
    return mean, std


# %% right: transposed and as a list of columns
def standardize_fit(X):
    if np.ndim(X) != 2:
        raise ValueError(f"expected (n, d), got {np.shape(X)}")
    columns = list(X.T)
    mean = np.array([np.mean(c) for c in columns])
    std = np.array([np.std(c) if np.ptp(c) > 0 else 1 for c in columns], dtype=float)
    return [mean, std]


# %% right: norm of the centred columns
def standardize_fit(X):
    if X.ndim != 2:
        raise ValueError("expected (n, d)")
    mean = np.average(X, axis=0)
    length = np.linalg.norm(X - mean, axis=0) / np.sqrt(len(X))
    return mean, length + (length == 0)


# %% wrong: deviations of the rows | 0 | a right mean with deviations of the rows
def standardize_fit(X):
    return X.mean(0), X.std(1)
