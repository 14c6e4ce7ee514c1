# ruff: noqa

# %% wrong: mean over the classes, too | 0 | a mean over all entries
def categorical_crossentropy(y_true, y_pred):
    return -np.mean(y_true * np.log(np.clip(y_pred, 1e-7, 1 - 1e-7)))


# %% wrong: a sum | 0 | a sum over the batch
def categorical_crossentropy(y_true, y_pred):
    return -np.sum(y_true * np.log(np.clip(y_pred, 1e-7, 1 - 1e-7)))


# %% wrong: summed down the columns | 0 | divided by the number of classes
def categorical_crossentropy(y_true, y_pred):
    return -np.mean(np.sum(y_true * np.log(np.clip(y_pred, 1e-7, 1 - 1e-7)), axis=0))


# %% wrong: no sign | 0 | the opposite sign
def categorical_crossentropy(y_true, y_pred):
    return np.mean(np.sum(y_true * np.log(np.clip(y_pred, 1e-7, 1 - 1e-7)), axis=1))


# %% wrong: not averaged | 0 | one value for each example
def categorical_crossentropy(y_true, y_pred):
    return -np.sum(y_true * np.log(np.clip(y_pred, 1e-7, 1 - 1e-7)), axis=1)


# %% wrong: the binary formula | 0 | only the true class counts
def categorical_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))


# %% wrong: arguments exchanged | 0 | y_true and y_pred exchanged
def categorical_crossentropy(y_true, y_pred):
    return -np.mean(np.sum(y_pred * np.log(np.clip(y_true, 1e-7, 1 - 1e-7)), axis=1))


# %% wrong: softmax of probabilities | 0 | a softmax applied to y_pred
def categorical_crossentropy(y_true, y_pred):
    E = np.exp(y_pred)
    P = E / E.sum(axis=1, keepdims=True)
    return -np.mean(np.sum(y_true * np.log(P), axis=1))


# %% wrong: no logarithm | 0 | no logarithm
def categorical_crossentropy(y_true, y_pred):
    return 1 - np.mean(np.sum(y_true * y_pred, axis=1))


# %% wrong: half | 0 | half the loss
def categorical_crossentropy(y_true, y_pred):
    return -0.5 * np.mean(np.sum(y_true * np.log(np.clip(y_pred, 1e-7, 1 - 1e-7)), axis=1))


# %% wrong: adds instead of clipping | 0 | 1e-7 added to the probability
def categorical_crossentropy(y_true, y_pred):
    return -np.mean(np.sum(y_true * np.log(y_pred + 1e-7), axis=1))


# %% wrong: not clipped | 2 | The logarithm of 0 is minus infinity
def categorical_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return -np.mean(np.sum(y_true * np.log(y_pred), axis=1))


# %% wrong: picks the class and forgets the formula | 2 | targets that share their 1 out
def categorical_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(np.log(p[np.arange(len(p)), y_true.argmax(axis=1)]))


# %% wrong: clipped to 1e-3 | 2 | It is clipped to the range from 1e-7
def categorical_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return -np.mean(np.sum(y_true * np.log(np.clip(y_pred, 1e-3, 1)), axis=1))


# %% wrong: the loss is clipped, not p | 2 | sure and wrong
def categorical_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    with np.errstate(all="ignore"):
        values = np.where(y_true > 0, -y_true * np.log(y_pred), 0).sum(axis=1)
    return np.mean(np.clip(values, 0, 100))


# %% wrong: labels stretched | 2 | labels in place of one-hot rows
def categorical_crossentropy(y_true, y_pred):
    return -np.mean(np.sum(y_true * np.log(np.clip(y_pred, 1e-7, 1 - 1e-7)), axis=1))


# %% wrong: divides the caller's rows | 2 | changes `y_pred` in place
def categorical_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    np.clip(y_pred, 1e-7, 1 - 1e-7, out=y_pred)
    return -np.mean(np.sum(y_true * np.log(y_pred), axis=1))


# %% wrong: a loop over the rows | 2 | 20 000 rows: too many steps
def categorical_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    values = []
    for y, p in zip(y_true, np.clip(y_pred, 1e-7, 1 - 1e-7)):
        values.append(-np.sum(y * np.log(p)))
    return np.mean(values)


# %% wrong: keras does it | 0 | not your own work
from keras.losses import CategoricalCrossentropy


def categorical_crossentropy(y_true, y_pred):
    return float(CategoricalCrossentropy(dtype="float64")(y_true, y_pred))


# %% right: one sum, divided by the rows
def categorical_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return -np.sum(y_true * np.log(np.clip(y_pred, 1e-7, 1 - 1e-7))) / len(y_true)


# %% right: einsum
def categorical_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return np.einsum("nk,nk->n", y_true, -np.log(y_pred.clip(1e-7, 1 - 1e-7))).mean()


# %% right: the trace of a product, class by class
def categorical_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    surprise = -np.log(np.maximum(np.minimum(y_pred, 1 - 1e-7), 1e-7))
    return np.trace(y_true.T @ surprise) / y_true.shape[0]


# %% right: clipped from below only, the rest is rounding
def categorical_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return float(np.mean((-y_true * np.log(np.maximum(y_pred, 1e-7))).sum(axis=-1)))


# %% right: by einsum
def categorical_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError
    return -np.einsum("nk,nk->", y_true, np.log(np.clip(y_pred, 1e-7, 1 - 1e-7))) / len(y_true)


# %% wrong: made to sum to 1 again | 2 | p = 0 for a wrong class
def categorical_crossentropy(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    p = p / p.sum(1, keepdims=True)
    return -np.mean(np.sum(y_true * np.log(p), 1))
