# ruff: noqa

# %% wrong: logits taken for probabilities | 0 | the logits clipped like probabilities
def softmax_crossentropy(labels, logits):
    p = np.clip(logits, 1e-7, 1 - 1e-7)
    return -np.mean(np.log(p[np.arange(len(p)), labels]))


# %% wrong: softmax down the columns | 0 | softmax down the columns
def softmax_crossentropy(labels, logits):
    E = np.exp(logits)
    P = E / E.sum(axis=0)
    return -np.mean(np.log(P[np.arange(len(P)), labels]))


# %% wrong: softmax over everything | 0 | softmax over the whole array
def softmax_crossentropy(labels, logits):
    E = np.exp(logits)
    P = E / E.sum()
    return -np.mean(np.log(P[np.arange(len(P)), labels]))


# %% wrong: a sum | 0 | a sum over the batch
def softmax_crossentropy(labels, logits):
    lse = np.log(np.exp(logits).sum(axis=1))
    return np.sum(lse - logits[np.arange(len(labels)), labels])


# %% wrong: the true logit forgotten | 0 | the true logit is missing
def softmax_crossentropy(labels, logits):
    return np.mean(np.log(np.exp(logits).sum(axis=1)))


# %% wrong: the true logit added | 0 | the true logit added
def softmax_crossentropy(labels, logits):
    lse = np.log(np.exp(logits).sum(axis=1))
    return np.mean(lse + logits[np.arange(len(labels)), labels])


# %% wrong: the maximum does not come back | 0 | it comes back after the logarithm
def softmax_crossentropy(labels, logits):
    Z = logits - logits.max(axis=1, keepdims=True)
    lse = np.log(np.exp(Z).sum(axis=1))
    return np.mean(lse - logits[np.arange(len(labels)), labels])


# %% wrong: the largest logit for the sum | 0 | the largest logit in place of
def softmax_crossentropy(labels, logits):
    return np.mean(logits.max(axis=1) - logits[np.arange(len(labels)), labels])


# %% wrong: the gradient | 0 | the loss itself is asked for
def softmax_crossentropy(labels, logits):
    E = np.exp(logits - logits.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return (P - one_hot(labels, logits.shape[1])) / len(labels)


# %% wrong: labels counted from 1 | 0 | the column before the label's
def softmax_crossentropy(labels, logits):
    lse = np.log(np.exp(logits).sum(axis=1))
    return np.mean(lse - logits[np.arange(len(labels)), labels - 1])


# %% wrong: all columns of all labels | 0 | pair each row with its own label
def softmax_crossentropy(labels, logits):
    E = np.exp(logits - logits.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return -np.mean(np.log(P[:, labels]))


# %% wrong: overflows | 2 | e to a large power overflows
def softmax_crossentropy(labels, logits):
    one_hot(labels, logits.shape[1])
    lse = np.log(np.exp(logits).sum(axis=1))
    return np.mean(lse - logits[np.arange(len(labels)), labels])


# %% wrong: one maximum for all rows | 2 | Edge case
def softmax_crossentropy(labels, logits):
    m = logits.max()
    lse = m + np.log(np.exp(logits - m).sum(axis=1))
    return np.mean(lse - logits[np.arange(len(labels)), labels])


# %% wrong: stable softmax, clipped | 2 | From logits nothing is clipped
def softmax_crossentropy(labels, logits):
    E = np.exp(logits - logits.max(axis=1, keepdims=True))
    P = np.clip(E / E.sum(axis=1, keepdims=True), 1e-7, 1 - 1e-7)
    return -np.mean(np.log(P[np.arange(len(P)), labels]))


# %% wrong: stable softmax, then its logarithm | 2 | Softmax returns 0 here
def softmax_crossentropy(labels, logits):
    one_hot(labels, logits.shape[1])
    E = np.exp(logits - logits.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return -np.mean(np.log(P[np.arange(len(P)), labels]))


# %% wrong: logits clipped to ±500 | 2 | Edge case, very large logits
def softmax_crossentropy(labels, logits):
    Z = np.clip(logits, -500, 500)
    lse = np.log(np.exp(Z).sum(axis=1))
    return np.mean(lse - Z[np.arange(len(labels)), labels])


# %% wrong: labels not checked | 2 | a label is K: it stopped with IndexError
def softmax_crossentropy(labels, logits):
    m = logits.max(axis=1)
    lse = m + np.log(np.exp(logits - m[:, None]).sum(axis=1))
    return np.mean(lse - logits[np.arange(len(labels)), labels])


# %% wrong: subtracts in place | 2 | `logits` in place
def softmax_crossentropy(labels, logits):
    if labels.shape != logits.shape[:1]:
        raise ValueError("labels do not fit")
    one_hot(labels, logits.shape[1])
    if logits.dtype.kind == "i":
        logits = logits.astype(float)
    logits -= logits.max(axis=1, keepdims=True)
    lse = np.log(np.exp(logits).sum(axis=1))
    return np.mean(lse - logits[np.arange(len(labels)), labels])


# %% wrong: a loop over the rows | 2 | 20 000 rows: too many steps
def softmax_crossentropy(labels, logits):
    if labels.shape != logits.shape[:1]:
        raise ValueError("labels do not fit")
    one_hot(labels, logits.shape[1])
    total = 0.0
    for c, z in zip(labels, logits):
        m = z.max()
        total += m + np.log(np.exp(z - m).sum()) - z[c]
    return total / len(labels)


# %% wrong: scipy does the hard part | 0 | not your own work
def softmax_crossentropy(labels, logits):
    from scipy.special import logsumexp

    return np.mean(logsumexp(logits, axis=1) - logits[np.arange(len(labels)), labels])


# %% right: logaddexp does the sum
def softmax_crossentropy(labels, logits):
    n, K = logits.shape
    if labels.shape != (n,) or (labels < 0).any() or (labels >= K).any():
        raise ValueError("labels do not fit")
    lse = np.logaddexp.reduce(logits.astype(float), axis=1)
    return np.mean(lse) - np.mean(logits[np.arange(n), labels])


# %% right: differences to the true logit
def softmax_crossentropy(labels, logits):
    n, K = logits.shape
    if labels.shape != (n,) or labels.min() < 0 or labels.max() >= K:
        raise ValueError("labels do not fit")
    D = logits - logits[np.arange(n), labels][:, None]
    top = D.max(axis=1)
    return float(np.mean(top + np.log(np.exp(D - top[:, None]).sum(axis=1))))


# %% right: log-softmax and one-hot rows
def softmax_crossentropy(labels, logits):
    if len(labels) != len(logits):
        raise ValueError("lengths differ")
    Y = one_hot(labels, logits.shape[1])
    Z = logits - np.amax(logits, axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return -np.einsum("nk,nk->", Y, log_p) / len(Y)


# %% right: by logaddexp
def softmax_crossentropy(labels, logits):
    n, K = logits.shape
    if labels.shape != (n,) or labels.min() < 0 or labels.max() >= K:
        raise ValueError
    return np.mean(np.logaddexp.reduce(logits, axis=1) - logits[np.arange(n), labels])


# %% wrong: the true logit taken out | 2 | sure and wrong, p too small for a number
def softmax_crossentropy(labels, logits):
    n, K = logits.shape
    if labels.shape != (n,) or labels.min() < 0 or labels.max() >= K:
        raise ValueError
    return np.log(np.exp(logits - logits[np.arange(n), labels][:, None]).sum(1)).mean()


# %% wrong: the mean taken out | 2 | very large and very small logits in one row
def softmax_crossentropy(labels, logits):
    n, K = logits.shape
    if labels.shape != (n,) or labels.min() < 0 or labels.max() >= K:
        raise ValueError
    m = logits.mean(1)
    return np.mean(m + np.log(np.exp(logits - m[:, None]).sum(1)) - logits[np.arange(n), labels])


# %% wrong: logits clipped at 500 | 2 | very large logits
def softmax_crossentropy(labels, logits):
    n, K = logits.shape
    if labels.shape != (n,) or labels.min() < 0 or labels.max() >= K:
        raise ValueError
    logits = np.clip(logits, -500, 500)
    return np.mean(np.log(np.exp(logits).sum(1)) - logits[np.arange(n), labels])


# %% wrong: the sum down the columns | 0 | the sum down the columns
def softmax_crossentropy(labels, logits):
    n, K = logits.shape
    return np.mean(np.log(np.exp(logits).sum(0))) - np.mean(logits[np.arange(n), labels])
