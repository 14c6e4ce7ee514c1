# ruff: noqa

# %% wrong: 1/n missing | 0 | your gradient is n times the correct one
def softmax_crossentropy_backward(labels, logits):
    E = np.exp(logits - logits.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    P[np.arange(len(labels)), labels] -= 1
    return P


# %% wrong: sign | 0 | Y − P: look at the sign
def softmax_crossentropy_backward(labels, logits):
    E = np.exp(logits - logits.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return (np.eye(logits.shape[1])[labels] - P) / len(labels)


# %% wrong: mean over everything | 0 | a mean over all n·K entries
def softmax_crossentropy_backward(labels, logits):
    E = np.exp(logits - logits.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return (P - np.eye(logits.shape[1])[labels]) / logits.size


# %% wrong: softmax down the columns | 0 | softmax down the columns
def softmax_crossentropy_backward(labels, logits):
    E = np.exp(logits)
    P = E / E.sum(axis=0)
    return (P - np.eye(logits.shape[1])[labels]) / len(labels)


# %% wrong: without softmax | 0 | softmax is missing
def softmax_crossentropy_backward(labels, logits):
    return (logits - np.eye(logits.shape[1])[labels]) / len(labels)


# %% wrong: by the probabilities | 0 | go on through softmax to the logits
def softmax_crossentropy_backward(labels, logits):
    E = np.exp(logits - logits.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return -np.eye(logits.shape[1])[labels] / P / len(labels)


# %% wrong: labels off by one | 0 | shifted by one class
def softmax_crossentropy_backward(labels, logits):
    E = np.exp(logits - logits.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    P[np.arange(len(labels)), labels - 1] -= 1
    return P / len(labels)


# %% wrong: whole columns | 0 | each row has one label of its own
def softmax_crossentropy_backward(labels, logits):
    E = np.exp(logits - logits.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    P[:, labels] -= 1
    return P / len(labels)


# %% wrong: negative labels pass | 2 | a negative label
def softmax_crossentropy_backward(labels, logits):
    if labels.shape != logits.shape[:1]:
        raise ValueError("one label a row")
    if labels.max() >= logits.shape[1]:
        raise ValueError("label too large")
    E = np.exp(logits - logits.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    P[np.arange(len(labels)), labels] -= 1
    return P / len(labels)


# %% wrong: IndexError for a label too large | 2 | ValueError is the right one
def softmax_crossentropy_backward(labels, logits):
    if labels.shape != logits.shape[:1] or (labels < 0).any():
        raise ValueError("one label a row")
    E = np.exp(logits - logits.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    P[np.arange(len(labels)), labels] -= 1
    return P / len(labels)


# %% wrong: unstable | 2 | Is your softmax the stable one
def softmax_crossentropy_backward(labels, logits):
    if labels.shape != logits.shape[:1] or labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError("labels do not fit")
    P = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    P[np.arange(len(labels)), labels] -= 1
    return P / len(labels)


# %% wrong: one label for all rows | 2 | one label for two rows
def softmax_crossentropy_backward(labels, logits):
    if labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError("labels do not fit")
    E = np.exp(logits - logits.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return (P - np.eye(logits.shape[1])[labels]) / len(logits)


# %% wrong: into the logits | 2 | changes `logits` in place
def softmax_crossentropy_backward(labels, logits):
    if labels.shape != logits.shape[:1] or labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError("labels do not fit")
    if logits.dtype.kind != "f":
        logits = logits.astype(float)
    logits -= logits.max(axis=1, keepdims=True)
    E = np.exp(logits)
    P = E / E.sum(axis=1, keepdims=True)
    P[np.arange(len(labels)), labels] -= 1
    return P / len(labels)


# %% wrong: glassnet's loss | 0 | not your own work
from glassnet.losses import SparseCategoricalCrossentropy as Loss


def softmax_crossentropy_backward(labels, logits):
    return Loss(from_logits=True).gradient(labels, logits)


# %% right: by logarithms, one-hot rows by comparison
def softmax_crossentropy_backward(labels, logits):
    n, K = logits.shape
    if labels.shape != (n,) or not np.isin(labels, np.arange(K)).all():
        raise ValueError(f"labels {labels.shape} do not fit logits {logits.shape}")
    P = np.exp(logits - np.logaddexp.reduce(logits.astype(float), axis=1)[:, None])
    Y = labels[:, None] == np.arange(K)
    return (P - Y) / n


# %% right: row by row
def softmax_crossentropy_backward(labels, logits):
    if len(labels) != len(logits):
        raise ValueError("one label a row")
    rows = []
    for y, z in zip(labels, logits):
        if not 0 <= y < len(z):
            raise ValueError(f"label {y} is none of {len(z)} classes")
        e = np.exp(z - max(z))
        p = e / e.sum()
        p[y] -= 1
        rows.append(p / len(labels))
    return np.array(rows)


# %% right: subtract.at, labels as a list of places
def softmax_crossentropy_backward(labels, logits):
    n, K = logits.shape
    if labels.ndim != 1 or labels.size != n or sorted(labels)[0] < 0 or sorted(labels)[-1] > K - 1:
        raise ValueError("labels do not fit")
    G = np.exp(logits - np.amax(logits, 1)[..., None])
    G = G / (n * np.sum(G, 1)[..., None])
    np.subtract.at(G, (range(n), labels.tolist()), 1 / n)
    return G


# %% right: by logaddexp and subtract.at
def softmax_crossentropy_backward(labels, logits):
    n, K = logits.shape
    if labels.shape != (n,) or labels.min() < 0 or labels.max() >= K:
        raise ValueError
    G = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    np.subtract.at(G, (np.arange(n), labels), 1)
    return G / n


# %% wrong: the slope of softmax | 0 | P (1 − P), the slope of softmax
def softmax_crossentropy_backward(labels, logits):
    n, K = logits.shape
    E = np.exp(logits - logits.max(1, keepdims=True))
    P = E / E.sum(1, keepdims=True)
    return P * (1 - P) / n


# %% wrong: without P | 0 | −Y alone
def softmax_crossentropy_backward(labels, logits):
    n, K = logits.shape
    return -np.eye(K)[labels] / n
