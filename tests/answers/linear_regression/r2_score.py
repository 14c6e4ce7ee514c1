# ruff: noqa

# %% wrong: the unexplained share | 0 | the share that is *not* explained
def r2_score(y_true, y_pred):
    return np.sum((y_true - y_pred) ** 2) / np.sum((y_true - y_true.mean()) ** 2)


# %% wrong: arguments swapped | 0 | in the other order
def r2_score(y_true, y_pred):
    return 1 - np.sum((y_true - y_pred) ** 2) / np.sum((y_pred - y_pred.mean()) ** 2)


# %% wrong: squared correlation | 0 | the squared correlation
def r2_score(y_true, y_pred):
    return np.corrcoef(y_true, y_pred)[0, 1] ** 2


# %% wrong: mean squared error | 0 | the mean squared error
def r2_score(y_true, y_pred):
    return np.mean((y_true - y_pred) ** 2)


# %% wrong: mean not taken away | 0 | whose mean is not taken away
def r2_score(y_true, y_pred):
    return 1 - np.sum((y_true - y_pred) ** 2) / np.sum(y_true**2)


# %% wrong: sum over mean | 0 | a sum divided by a mean
def r2_score(y_true, y_pred):
    return 1 - np.sum((y_true - y_pred) ** 2) / np.var(y_true)


# %% wrong: absolute errors | 0 | absolute errors
def r2_score(y_true, y_pred):
    return 1 - np.abs(y_true - y_pred).sum() / np.abs(y_true - y_true.mean()).sum()


# %% wrong: accuracy | 0 | exact hits
def r2_score(y_true, y_pred):
    return np.mean(y_true == y_pred)


# %% wrong: percent | 0 | a percentage
def r2_score(y_true, y_pred):
    return 100 * (1 - np.var(y_true - y_pred) / np.var(y_true)) + 100 * (
        np.var(y_true - y_pred) - np.mean((y_true - y_pred) ** 2)
    ) / np.var(y_true)


# %% wrong: one for each target | 0 | not an array of shape
def r2_score(y_true, y_pred):
    return 1 - (y_true - y_pred) ** 2 / np.sum((y_true - y_true.mean()) ** 2)


# %% wrong: never below zero | 2 | R² is negative
def r2_score(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes")
    return max(0.0, 1 - np.sum((y_true - y_pred) ** 2) / np.sum((y_true - y_true.mean()) ** 2))


# %% wrong: shapes not compared | 2 | y_pred of shape (5, 1)
def r2_score(y_true, y_pred):
    return 1 - np.mean((y_true - y_pred) ** 2) / np.var(y_true)


# %% wrong: loop | 2 | too many steps of Python
def r2_score(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes")
    mean = y_true.mean()
    above = below = 0.0
    for t, p in zip(y_true, y_pred):
        above += (t - p) ** 2
        below += (t - mean) ** 2
    return 1 - above / below


# %% wrong: scikit-learn does it | 0 | not your own work
def r2_score(y_true, y_pred):
    from sklearn.metrics import r2_score as score

    return score(y_true, y_pred)


# %% right: means in both places
def r2_score(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes")
    return float(1 - np.mean(np.square(y_pred - y_true)) / np.var(y_true))


# %% right: dot products
def r2_score(y_true, y_pred):
    if np.shape(y_true) != np.shape(y_pred):
        raise ValueError("shapes")
    e, c = y_true - y_pred, y_true - np.average(y_true)
    return 1 - (e @ e) / (c @ c)


# %% wrong: explained variance | 0 | the variance of the errors above the line
def r2_score(t, p):
    if t.shape != p.shape:
        raise ValueError
    return 1 - np.var(t - p) / np.var(t)


# %% wrong: mean of the predictions | 0 | the mean of the predictions below the line
def r2_score(t, p):
    if t.shape != p.shape:
        raise ValueError
    return 1 - np.sum((t - p) ** 2) / np.sum((t - p.mean()) ** 2)


# %% wrong: brackets in the wrong place | 0 | (1 − errors) / spread
def r2_score(t, p):
    return (1 - np.sum((t - p) ** 2)) / np.sum((t - t.mean()) ** 2)
