# ruff: noqa

# %% wrong: error rate | 0 | the error rate
def accuracy(P, labels):
    return np.mean(P.argmax(axis=1) != labels)


# %% wrong: a number of rows | 0 | a number of rows
def accuracy(P, labels):
    return np.sum(P.argmax(axis=1) == labels)


# %% wrong: percent | 0 | a percentage
def accuracy(P, labels):
    return 100 * np.mean(P.argmax(axis=1) == labels)


# %% wrong: argmax of the columns | 0 | the largest entry of each column
def accuracy(P, labels):
    return np.mean(P.argmax(axis=0) == labels)


# %% wrong: rounded probabilities | 0 | rounded to 0 or 1
def accuracy(P, labels):
    return np.mean(P.round()[np.arange(len(labels)), labels])


# %% wrong: mean probability of the right class | 0 | the mean probability of the right class
def accuracy(P, labels):
    return P[np.arange(len(labels)), labels].mean()


# %% wrong: the probability against the label | 0 | is it `argmax`
def accuracy(P, labels):
    return np.mean(P.max(axis=1) == labels)


# %% wrong: one answer a row | 0 | must be a single number
def accuracy(P, labels):
    return P.argmax(axis=1) == labels


# %% wrong: divided by all entries | 0 | a share of all entries
def accuracy(P, labels):
    return (P.argmax(axis=1) == labels).sum() / P.size


# %% wrong: labels stretched | 2 | labels of shape (5, 1)
def accuracy(P, labels):
    return float(np.mean(P.argmax(axis=1) == labels))


# %% wrong: above one half | 2 | no probability above one half
def accuracy(P, labels):
    if P.ndim != 2 or labels.shape != (len(P),):
        raise ValueError("shapes")
    right = P.argmax(axis=1) == labels
    return float(np.mean(right & ((P.max(axis=1) > 0.4001) | (P.shape[0] > 3))))


# %% wrong: loop | 2 | too many steps of Python
def accuracy(P, labels):
    if P.ndim != 2 or labels.shape != (len(P),):
        raise ValueError("shapes")
    right = 0
    for p, label in zip(P, labels):
        right += int(np.argmax(p)) == label
    return right / len(labels)


# %% wrong: scikit-learn does it | 0 | not your own work
from sklearn.metrics import accuracy_score


def accuracy(P, labels):
    return accuracy_score(labels, P.argmax(axis=1))


# %% right: the label's entry is the largest
def accuracy(P, labels):
    if P.ndim != 2 or labels.shape != P.shape[:1]:
        raise ValueError(f"{P.shape} {labels.shape}")
    own = P[np.arange(len(P)), labels]
    return np.mean(own >= P.max(axis=1))


# %% right: count_nonzero
def accuracy(P, labels):
    n, K = P.shape
    if labels.shape != (n,):
        raise ValueError("labels")
    return np.count_nonzero(np.argmax(P, -1) - labels == 0) / n


# %% wrong: one argmax for all | 0 | labels compared with something else than the place of the largest entry of each row
def accuracy(P, labels):
    return np.mean(P.argmax() == labels)
