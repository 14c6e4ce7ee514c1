# ruff: noqa

# %% wrong: its own statistics | 0 | statistics computed from X itself
def standardize_apply(X, mean, std):
    return (X - X.mean(axis=0)) / X.std(axis=0)


# %% wrong: brackets missing | 0 | what is divided
def standardize_apply(X, mean, std):
    return X - mean / std


# %% wrong: multiplied | 0 | a product where the quotient belongs
def standardize_apply(X, mean, std):
    return (X - mean) * std


# %% wrong: only centred | 0 | not yet divided
def standardize_apply(X, mean, std):
    return X - mean


# %% wrong: only divided | 0 | the mean is still in it
def standardize_apply(X, mean, std):
    return X / std


# %% wrong: back again | 0 | the way back
def standardize_apply(X, mean, std):
    return X * std + mean


# %% wrong: variance | 0 | the square of std
def standardize_apply(X, mean, std):
    return (X - mean) / std**2


# %% wrong: sign | 0 | mean − X: look at the sign
def standardize_apply(X, mean, std):
    return (mean - X) / std


# %% wrong: along the rows | 0 | statistics laid along the rows
def standardize_apply(X, mean, std):
    return ((X.T - mean) / std).T


# %% wrong: shapes not compared | 2 | mean has 1 entry for 3 columns
def standardize_apply(X, mean, std):
    return (X - mean) / std


# %% wrong: in place | 2 | whole numbers
def standardize_apply(X, mean, std):
    if mean.shape != (X.shape[1],) or std.shape != (X.shape[1],):
        raise ValueError("shapes")
    Z = np.empty_like(X)
    Z[:] = (X - mean) / std
    return Z


# %% wrong: changes the caller's array | 2 | in place
def standardize_apply(X, mean, std):
    if mean.shape != (X.shape[1],) or std.shape != (X.shape[1],):
        raise ValueError("shapes")
    Z = (X - mean) / std
    if X.dtype == float and X.flags.writeable:
        X[:] = Z
    return Z


# %% wrong: a loop over all entries | 2 | too many steps of Python
def standardize_apply(X, mean, std):
    if mean.shape != (X.shape[1],) or std.shape != (X.shape[1],):
        raise ValueError("shapes")
    Z = np.zeros(X.shape)
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            Z[i, j] = (X[i, j] - mean[j]) / std[j]
    return Z


# %% right: column by column
def standardize_apply(X, mean, std):
    d = X.shape[1]
    if mean.shape != (d,) or std.shape != (d,):
        raise ValueError(f"expected ({d},), got {mean.shape} and {std.shape}")
    return np.column_stack([(X[:, j] - mean[j]) / std[j] for j in range(d)])


# %% right: as a product with a diagonal matrix
def standardize_apply(X, mean, std):
    if not mean.shape == std.shape == X.shape[1:]:
        raise ValueError("shapes do not fit")
    return (X - mean[None, :]) @ np.diag(1 / std)


# %% right: np.divide and np.subtract in float32
def standardize_apply(values, centre, width):
    if centre.shape != values.shape[1:] or width.shape != values.shape[1:]:
        raise ValueError("shapes do not fit")
    return np.divide(np.subtract(values, centre), width).astype(np.float32)


# %% right: a product and a shift
def standardize_apply(X, mean, std):
    if not mean.shape == std.shape == X.shape[1:]:
        raise ValueError
    return X * (1 / std) - mean / std


# %% wrong: its own mean | 0 | a mean computed from X itself
def standardize_apply(X, mean, std):
    return (X - X.mean(0)) / std


# %% wrong: its own deviations | 0 | deviations computed from X itself
def standardize_apply(X, mean, std):
    return (X - mean) / X.std(0)
