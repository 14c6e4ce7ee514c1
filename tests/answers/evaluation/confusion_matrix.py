# ruff: noqa

# %% wrong: truth in the columns | 0 | truth in the columns
def confusion_matrix(y_true, y_pred, num_classes):
    cm = np.zeros((num_classes, num_classes), int)
    for i, j in zip(y_true, y_pred):
        cm[j, i] += 1
    return cm


# %% wrong: whole arrays as places | 0 | adds once a place
def confusion_matrix(y_true, y_pred, num_classes):
    cm = np.zeros((num_classes, num_classes), int)
    cm[y_true, y_pred] += 1
    return cm


# %% wrong: shares of the rows | 0 | the rows divided by their sums
def confusion_matrix(y_true, y_pred, num_classes):
    cm = np.zeros((num_classes, num_classes))
    for i, j in zip(y_true, y_pred):
        cm[i, j] += 1
    return cm / np.maximum(cm.sum(axis=1, keepdims=True), 1)


# %% wrong: right answers alone | 0 | mistakes stand beside the diagonal
def confusion_matrix(y_true, y_pred, num_classes):
    cm = np.zeros((num_classes, num_classes), int)
    for i, j in zip(y_true, y_pred):
        if i == j:
            cm[i, i] += 1
    return cm


# %% wrong: accuracy | 0 | the accuracy
def confusion_matrix(y_true, y_pred, num_classes):
    return (y_true == y_pred).mean()


# %% wrong: starts at the second example | 0 | an example left out
def confusion_matrix(y_true, y_pred, num_classes):
    cm = np.zeros((num_classes, num_classes), int)
    for k in range(1, len(y_true)):
        cm[y_true[k], y_pred[k]] += 1
    return cm


# %% wrong: labels from 1 | 0 | labels begin at 0
def confusion_matrix(y_true, y_pred, num_classes):
    cm = np.zeros((num_classes, num_classes), int)
    for i, j in zip(y_true, y_pred):
        cm[i - 1, j - 1] += 1
    return cm


# %% wrong: size from the labels | 2 | The size is `num_classes`
def confusion_matrix(y_true, y_pred, num_classes):
    if y_true.shape != y_pred.shape or min(y_true.min(), y_pred.min()) < 0:
        raise ValueError("labels do not fit")
    K = int(max(y_true.max(), y_pred.max())) + 1
    if K > num_classes:
        raise ValueError("label too large")
    cm = np.zeros((K, K), int)
    np.add.at(cm, (y_true, y_pred), 1)
    return cm


# %% wrong: negative labels pass | 2 | a negative label
def confusion_matrix(y_true, y_pred, num_classes):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    if max(y_true.max(), y_pred.max()) >= num_classes:
        raise ValueError("label too large")
    cm = np.zeros((num_classes, num_classes), int)
    for i, j in zip(y_true, y_pred):
        cm[i, j] += 1
    return cm


# %% wrong: IndexError | 2 | it stopped with IndexError
def confusion_matrix(y_true, y_pred, num_classes):
    if y_true.shape != y_pred.shape or (y_true < 0).any() or (y_pred < 0).any():
        raise ValueError("labels do not fit")
    cm = np.zeros((num_classes, num_classes), int)
    for i, j in zip(y_true, y_pred):
        cm[i, j] += 1
    return cm


# %% wrong: zip stops early | 2 | 4 true labels and 3 answers
def confusion_matrix(y_true, y_pred, num_classes):
    cm = np.zeros((num_classes, num_classes), int)
    for i, j in zip(y_true, y_pred):
        if not (0 <= i < num_classes and 0 <= j < num_classes):
            raise ValueError("label")
        cm[i, j] += 1
    return cm


# %% wrong: uint8 wraps round | 2 | holds numbers up to 255 and starts again
def confusion_matrix(y_true, y_pred, num_classes):
    if y_true.shape != y_pred.shape or min(y_true.min(), y_pred.min()) < 0:
        raise ValueError("labels do not fit")
    if max(y_true.max(), y_pred.max()) >= num_classes:
        raise ValueError("label too large")
    places = y_true * num_classes + y_pred
    return np.bincount(places, minlength=num_classes**2).reshape(num_classes, num_classes)


# %% wrong: scikit-learn does it | 0 | not your own work
from sklearn import metrics as m


def confusion_matrix(y_true, y_pred, num_classes):
    return m.confusion_matrix(y_true, y_pred, labels=range(num_classes))


# %% right: product of one-hot rows
def confusion_matrix(y_true, y_pred, num_classes):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    classes = np.arange(num_classes)
    T, P = y_true[:, None] == classes, y_pred[:, None] == classes
    if not (T.any(axis=1).all() and P.any(axis=1).all()):
        raise ValueError(f"labels must lie from 0 to {num_classes - 1}")
    return T.T.astype(int) @ P.astype(int)


# %% right: bincount of places
def confusion_matrix(y_true, y_pred, num_classes):
    K = num_classes
    a, b = y_true.astype(int), y_pred.astype(int)
    if a.shape != b.shape or not set(a.tolist()) | set(b.tolist()) <= set(range(K)):
        raise ValueError("labels do not fit")
    return np.bincount(K * a + b, minlength=K * K).reshape(K, K)


# %% right: Counter, in float
from collections import Counter


def confusion_matrix(y_true, y_pred, num_classes):
    pairs = Counter(zip(y_true.tolist(), y_pred.tolist(), strict=True))
    for pair in pairs:
        if min(pair) < 0 or max(pair) >= num_classes:
            raise ValueError(f"no such class: {pair}")
    return np.array([[float(pairs[i, j]) for j in range(num_classes)] for i in range(num_classes)])


# %% right: a product of one-hot rows
def confusion_matrix(y_true, y_pred, num_classes):
    if y_true.shape != y_pred.shape:
        raise ValueError
    if min(y_true.min(), y_pred.min()) < 0 or max(y_true.max(), y_pred.max()) >= num_classes:
        raise ValueError
    I = np.eye(num_classes, dtype=int)
    return I[y_true].T @ I[y_pred]


# %% wrong: counts in a byte | 2 | more examples of a kind than a byte can count
def confusion_matrix(y_true, y_pred, num_classes):
    if (
        y_true.shape != y_pred.shape
        or np.any(y_true < 0)
        or np.any(y_pred < 0)
        or np.any(y_true >= num_classes)
        or np.any(y_pred >= num_classes)
    ):
        raise ValueError
    cm = np.zeros((num_classes,) * 2, np.int8)
    np.add.at(cm, (y_true, y_pred), 1)
    return cm
