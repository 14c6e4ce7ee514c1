# ruff: noqa

# %% wrong: off by one | 0 | columns counted from 1
def one_hot(labels, num_classes):
    return np.eye(num_classes)[labels - 1]


# %% wrong: classes in rows | 0 | classes in rows
def one_hot(labels, num_classes):
    Y = np.zeros((num_classes, len(labels)))
    Y[labels, np.arange(len(labels))] = 1
    return Y


# %% wrong: width taken from the data | 0 | as many columns as the largest label asks for
def one_hot(labels, num_classes):
    return np.eye(labels.max() + 1)[labels]


# %% wrong: a column for class K | 0 | a column too many
def one_hot(labels, num_classes):
    return np.eye(num_classes + 1)[labels]


# %% wrong: the label instead of 1 | 0 | the label itself where a 1 belongs
def one_hot(labels, num_classes):
    Y = np.zeros((len(labels), num_classes))
    for i, label in enumerate(labels):
        Y[i, label] = label
    return Y


# %% wrong: a comparison | 0 | True and False are the answer to a comparison
def one_hot(labels, num_classes):
    if labels.ndim != 1 or labels.min() < 0 or labels.max() >= num_classes:
        raise ValueError("bad labels")
    return labels[:, None] == np.arange(num_classes)


# %% wrong: whole numbers | 0 | has dtype int64
def one_hot(labels, num_classes):
    return np.eye(num_classes, dtype=int)[labels]


# %% wrong: every row gets every label | 0 | each row has its own label
def one_hot(labels, num_classes):
    Y = np.zeros((len(labels), num_classes))
    Y[:, labels] = 1
    return Y


# %% wrong: a list of rows | 0 | must be a NumPy array, not a list
def one_hot(labels, num_classes):
    return [[1.0 if k == label else 0.0 for k in range(num_classes)] for label in labels]


# %% wrong: label K is an IndexError | 2 | stopped with IndexError where ValueError
def one_hot(labels, num_classes):
    return np.eye(num_classes)[labels]


# %% wrong: label −1 is the last class | 2 | NumPy takes index −1 for the last column
def one_hot(labels, num_classes):
    if labels.ndim != 1 or labels.max() >= num_classes:
        raise ValueError(f"labels must lie below {num_classes}")
    return np.eye(num_classes)[labels]


# %% wrong: unknown labels become rows of zeros | 2 | a label is K: it must raise ValueError
def one_hot(labels, num_classes):
    return (labels[:, None] == np.arange(num_classes)).astype(float)


# %% wrong: writes the corrected labels back | 2 | changes `labels` in place
def one_hot(labels, num_classes):
    if labels.ndim != 1 or labels.min() < 0 or labels.max() >= num_classes:
        raise ValueError("bad labels")
    labels -= 1
    return np.eye(num_classes)[labels + 1]


# %% wrong: a loop over the labels | 2 | 20 000 labels: too many steps
def one_hot(labels, num_classes):
    if labels.ndim != 1 or labels.min() < 0 or labels.max() >= num_classes:
        raise ValueError("bad labels")
    Y = np.zeros((len(labels), num_classes))
    for i in range(len(labels)):
        Y[i, labels[i]] = 1.0
    return Y


# %% wrong: keras does it | 0 | not your own work
def one_hot(labels, num_classes):
    import keras

    return keras.utils.to_categorical(labels, num_classes)


# %% wrong: glassnet does it | 0 | not your own work
from glassnet.utils import to_categorical


def one_hot(labels, num_classes):
    return to_categorical(labels, num_classes).astype(float)


# %% right: written by index
def one_hot(labels, num_classes):
    n = len(labels)
    if np.shape(labels) != (n,) or not np.isin(labels, range(num_classes)).all():
        raise ValueError("a label is not among the classes")
    Y = np.zeros(n * num_classes, dtype="float32")
    Y[np.arange(n) * num_classes + labels] = 1
    return Y.reshape(n, num_classes)


# %% right: put along an axis
def one_hot(labels, num_classes):
    if labels.ndim > 1:
        raise ValueError("labels must have one axis")
    wide = labels.astype(np.int64)[:, np.newaxis]
    if (wide < 0).any() or (wide > num_classes - 1).any():
        raise ValueError("label out of range")
    Y = np.zeros((len(labels), num_classes))
    np.put_along_axis(Y, wide, 1.0, axis=1)
    return Y


# %% right: differences that are zero
def one_hot(labels, num_classes):
    if labels.ndim != 1 or min(labels) < 0 or max(labels) >= num_classes:
        raise ValueError("labels")
    distance = np.subtract.outer(labels.astype(float), np.arange(float(num_classes)))
    return 1.0 - np.minimum(np.abs(distance), 1.0)


# %% right: by put_along_axis, in float32
def one_hot(labels, num_classes):
    if labels.ndim != 1:
        raise ValueError("x")
    if labels.size and not (0 <= int(labels.min()) and int(labels.max()) < num_classes):
        raise ValueError("x")
    Y = np.zeros((len(labels), num_classes), np.float32)
    np.put_along_axis(Y, labels.astype(int)[:, None], 1.0, axis=1)
    return Y


# %% wrong: without the first column | 0 | a column too few
def one_hot(labels, num_classes):
    return np.eye(num_classes)[labels][:, 1:]


# %% wrong: rows of ones | 0 | whole rows of ones, chosen by the labels
def one_hot(labels, num_classes):
    Y = np.zeros((len(labels), num_classes))
    Y[labels] = 1
    return Y
