# ruff: noqa

# %% wrong: only the first term | 0 | which term do the examples with y = 0 have
def binary_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(y_true * np.log(p))


# %% wrong: no sign | 0 | the opposite sign
def binary_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))


# %% wrong: a sum | 0 | a sum over the batch
def binary_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.sum(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))


# %% wrong: the terms exchanged | 0 | p and 1 − p exchanged
def binary_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(y_true * np.log(1 - p) + (1 - y_true) * np.log(p))


# %% wrong: arguments exchanged | 0 | y_true and y_pred exchanged
def binary_crossentropy(y_true, y_pred):
    y = np.clip(y_true, 1e-7, 1 - 1e-7)
    return -np.mean(y_pred * np.log(y) + (1 - y_pred) * np.log(1 - y))


# %% wrong: a minus between the terms | 0 | both terms have the same sign
def binary_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(y_true * np.log(p) - (1 - y_true) * np.log(1 - p))


# %% wrong: summed over the row | 0 | the entries summed along one axis
def binary_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(np.sum(y_true * np.log(p) + (1 - y_true) * np.log(1 - p), axis=-1))


# %% wrong: base 2 | 0 | a logarithm to base 2
def binary_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(y_true * np.log2(p) + (1 - y_true) * np.log2(1 - p))


# %% wrong: sigmoid again | 0 | a sigmoid applied to y_pred
def binary_crossentropy(y_true, y_pred):
    p = 1 / (1 + np.exp(-y_pred))
    return -np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))


# %% wrong: adds instead of clipping | 0 | 1e-7 added to the probability
def binary_crossentropy(y_true, y_pred):
    e = 1e-7
    return -np.mean(y_true * np.log(y_pred + e) + (1 - y_true) * np.log(1 - y_pred + e))


# %% wrong: not clipped | 2 | The logarithm of 0 is minus infinity
def binary_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return -np.mean(y_true * np.log(y_pred) + (1 - y_true) * np.log(1 - y_pred))


# %% wrong: clipped below only | 2 | clip on both sides
def binary_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    p = np.maximum(y_pred, 1e-7)
    return -np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))


# %% wrong: clipped to 1e-2 | 2 | It is clipped to the range from 1e-7
def binary_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    p = np.clip(y_pred, 0.01, 0.99)
    return -np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))


# %% wrong: infinities swept away | 2 | sure and wrong, p = 0 where y = 1
def binary_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    with np.errstate(all="ignore"):
        values = y_true * np.log(y_pred) + (1 - y_true) * np.log(1 - y_pred)
    return -np.mean(np.nan_to_num(values))


# %% wrong: shapes not compared | 2 | Together they make (5, 5) numbers
def binary_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))


# %% wrong: clips the caller's array | 2 | changes `y_pred` in place
def binary_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    y_pred[y_pred < 1e-7] = 1e-7
    y_pred[y_pred > 1 - 1e-7] = 1 - 1e-7
    return -np.mean(y_true * np.log(y_pred) + (1 - y_true) * np.log(1 - y_pred))


# %% wrong: a comparison in place of the formula | 2 | is a comparison in its place
def binary_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(np.log(np.where(y_true == 1, p, 1 - p)))


# %% wrong: a loop over the examples | 2 | 20 000 examples: too many steps
def binary_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    total = 0.0
    for y, p in zip(y_true.ravel(), np.clip(y_pred, 1e-7, 1 - 1e-7).ravel()):
        total -= y * np.log(p) + (1 - y) * np.log(1 - p)
    return total / y_true.size


# %% right: clipped by minimum and maximum
def binary_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    p = np.minimum(np.maximum(y_pred, 1e-7), 1 - 1e-7)
    return np.average(-y_true * np.log(p) - (1 - y_true) * np.log1p(-p))


# %% right: from the log-odds
def binary_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    p = np.where(y_pred < 1e-7, 1e-7, np.where(y_pred > 1 - 1e-7, 1 - 1e-7, y_pred))
    return -np.mean(y_true * np.log(p / (1 - p)) + np.log(1 - p))


# %% right: a sum of dot products
def binary_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    y, p = y_true.reshape(-1), y_pred.reshape(-1).clip(1e-7, 1 - 1e-7)
    return float(-(y @ np.log(p) + (1 - y) @ np.log(1 - p)) / len(y))


# %% right: as two classes
def binary_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    P = np.stack([p, 1 - p], -1)
    Y = np.stack([y_true, 1 - y_true], -1)
    return -(Y * np.log(P)).sum(-1).mean()


# %% wrong: NaN replaced afterwards | 2 | sure and wrong, p = 0 where y = 1
def binary_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError
    return -np.mean(np.nan_to_num(y_true * np.log(y_pred)) + np.nan_to_num((1 - y_true) * np.log(1 - y_pred)))


# %% wrong: a bracket forgotten | 0 | 1 − y log(1 − p)
def binary_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(y_true * np.log(p) + 1 - y_true * np.log(1 - p))
