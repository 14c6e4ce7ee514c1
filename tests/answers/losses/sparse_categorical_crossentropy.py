# ruff: noqa

# %% wrong: all columns of all labels | 0 | pair each row with its own label
def sparse_categorical_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(np.log(p[:, y_true]))


# %% wrong: labels counted from 1 | 0 | the column before the label's
def sparse_categorical_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(np.log(p[np.arange(len(p)), y_true - 1]))


# %% wrong: rows and columns exchanged | 0 | rows chosen by the labels
def sparse_categorical_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(np.log(p[y_true, np.arange(len(y_true))]))


# %% wrong: a sum | 0 | a sum over the batch
def sparse_categorical_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.sum(np.log(p[np.arange(len(p)), y_true]))


# %% wrong: no sign | 0 | the opposite sign
def sparse_categorical_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return np.mean(np.log(p[np.arange(len(p)), y_true]))


# %% wrong: the largest probability | 0 | the true class counts, found or not
def sparse_categorical_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(np.log(p.max(axis=1)))


# %% wrong: divided by K as well | 0 | a mean over all classes as well
def sparse_categorical_crossentropy(y_true, y_pred):
    return categorical_crossentropy(one_hot(y_true, y_pred.shape[1]), y_pred) / y_pred.shape[1]


# %% wrong: not averaged | 0 | one value for each example
def sparse_categorical_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.log(p[np.arange(len(p)), y_true])


# %% wrong: the logarithm of the mean | 0 | a mean taken before the logarithm
def sparse_categorical_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.log(np.mean(p[np.arange(len(p)), y_true]))


# %% wrong: labels multiplied as if one-hot | 0 | the label chooses a column
def sparse_categorical_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(np.sum(y_true[:, None] * np.log(p), axis=1))


# %% wrong: base 10 | 0 | a logarithm to base 10
def sparse_categorical_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(np.log10(p[np.arange(len(p)), y_true]))


# %% wrong: not clipped | 2 | The logarithm of 0 is minus infinity
def sparse_categorical_crossentropy(y_true, y_pred):
    one_hot(y_true, y_pred.shape[1])
    if len(y_true) != len(y_pred):
        raise ValueError("lengths differ")
    return -np.mean(np.log(y_pred[np.arange(len(y_pred)), y_true]))


# %% wrong: label K is an IndexError | 2 | stopped with IndexError where ValueError
def sparse_categorical_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(np.log(p[np.arange(len(p)), y_true]))


# %% wrong: label −1 is the last class | 2 | NumPy takes index −1 for the last column
def sparse_categorical_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape[:1] or y_true.max() >= y_pred.shape[1]:
        raise ValueError("labels do not fit")
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(np.log(p[np.arange(len(p)), y_true]))


# %% wrong: a column of labels accepted | 2 | labels as a column, shape (4, 1)
def sparse_categorical_crossentropy(y_true, y_pred):
    if y_true.min() < 0 or y_true.max() >= y_pred.shape[1] or len(y_true) != len(y_pred):
        raise ValueError("labels do not fit")
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(np.log(p[np.arange(len(p)), y_true.ravel()]))


# %% wrong: sorts the labels | 0 | It is the wrong number
def sparse_categorical_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(np.log(p[np.arange(len(p)), np.sort(y_true)]))


# %% wrong: clips the caller's array | 2 | changes `y_pred` in place
def sparse_categorical_crossentropy(y_true, y_pred):
    one_hot(y_true, y_pred.shape[1])
    if len(y_true) != len(y_pred):
        raise ValueError("lengths differ")
    y_pred[y_pred < 1e-7] = 1e-7
    return -np.mean(np.log(y_pred[np.arange(len(y_pred)), y_true]))


# %% wrong: a loop over the rows | 2 | 20 000 rows: too many steps
def sparse_categorical_crossentropy(y_true, y_pred):
    one_hot(y_true, y_pred.shape[1])
    if len(y_true) != len(y_pred):
        raise ValueError("lengths differ")
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -sum(np.log(p[i, y_true[i]]) for i in range(len(p))) / len(p)


# %% wrong: glassnet does it | 0 | not your own work
import glassnet.losses as gl


def sparse_categorical_crossentropy(y_true, y_pred):
    return np.mean(gl.sparse_categorical_crossentropy(y_true, y_pred))


# %% right: by one-hot rows
def sparse_categorical_crossentropy(y_true, y_pred):
    return categorical_crossentropy(one_hot(y_true, y_pred.shape[1]), y_pred)


# %% right: taken along the axis
def sparse_categorical_crossentropy(y_true, y_pred):
    n, K = y_pred.shape
    if y_true.shape != (n,) or not ((y_true >= 0) & (y_true < K)).all():
        raise ValueError("labels do not fit")
    picked = np.take_along_axis(y_pred, y_true.astype(int)[:, None], axis=1)
    return float(np.mean(-np.log(picked.clip(1e-7, 1 - 1e-7))))


# %% right: by flat positions
def sparse_categorical_crossentropy(y_true, y_pred):
    n, K = y_pred.shape
    if y_true.shape != (n,) or set(y_true.tolist()) - set(range(K)):
        raise ValueError("labels do not fit")
    picked = y_pred.reshape(-1)[K * np.arange(n) + y_true]
    return -np.log(np.maximum(picked, 1e-7)).sum() / n


# %% right: chosen by comparison
def sparse_categorical_crossentropy(y_true, y_pred):
    if y_true.ndim != 1 or len(y_true) != len(y_pred):
        raise ValueError("labels do not fit")
    chosen = y_true[:, None] == np.arange(y_pred.shape[1])
    if chosen.sum() != len(y_true):
        raise ValueError("a label is none of the classes")
    return np.mean(-np.log(np.clip(y_pred, 1e-7, 1 - 1e-7)), where=chosen)


# %% right: by np.choose
def sparse_categorical_crossentropy(y_true, y_pred):
    n, K = y_pred.shape
    if y_true.shape != (n,):
        raise ValueError
    if np.any(y_true >= K) or np.any(y_true < 0):
        raise ValueError
    return -np.log(np.clip(np.choose(y_true, y_pred.T), 1e-7, 1 - 1e-7)).sum() / n
