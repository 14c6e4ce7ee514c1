# ruff: noqa

# %% wrong: swapped | 0 | precision and recall in each other's place
def precision_recall_f1(cm):
    TP = np.diag(cm)
    precision, recall = TP / cm.sum(axis=1), TP / cm.sum(axis=0)
    return precision, recall, 2 * precision * recall / (precision + recall)


# %% wrong: arithmetic mean | 0 | the harmonic one is asked for
def precision_recall_f1(cm):
    TP = np.diag(cm)
    precision, recall = TP / cm.sum(axis=0), TP / cm.sum(axis=1)
    return precision, recall, (precision + recall) / 2


# %% wrong: accuracy in F1 | 0 | made from accuracy and recall
def precision_recall_f1(cm):
    TP = np.diag(cm)
    precision, recall, accuracy = TP / cm.sum(axis=0), TP / cm.sum(axis=1), TP.sum() / cm.sum()
    return precision, recall, 2 * accuracy * recall / (accuracy + recall)


# %% wrong: factor 2 forgotten | 0 | without its factor 2
def precision_recall_f1(cm):
    TP = np.diag(cm)
    precision, recall = TP / cm.sum(axis=0), TP / cm.sum(axis=1)
    return precision, recall, precision * recall / (precision + recall)


# %% wrong: means | 0 | return the value of each class
def precision_recall_f1(cm):
    TP = np.diag(cm)
    p, r = TP / cm.sum(axis=0), TP / cm.sum(axis=1)
    return p.mean(), r.mean(), (2 * p * r / (p + r)).mean()


# %% wrong: divided by FP and FN | 0 | TP belongs in the denominators
def precision_recall_f1(cm):
    TP = np.diag(cm)
    FP, FN = cm.sum(axis=0) - TP, cm.sum(axis=1) - TP
    return TP / FP, TP / FN, TP / (FP + FN)


# %% wrong: shares of all | 0 | divide by a row or a column
def precision_recall_f1(cm):
    share = np.diag(cm) / cm.sum()
    return share, share, share


# %% wrong: specificity | 0 | in the place of recall
def precision_recall_f1(cm):
    TP = np.diag(cm)
    FP, FN = cm.sum(axis=0) - TP, cm.sum(axis=1) - TP
    TN = cm.sum() - TP - FP - FN
    p, r = TP / (TP + FP), TN / (TN + FP)
    return p, r, 2 * p * r / (p + r)


# %% wrong: NaN for an empty column | 2 | 0/0 gives NaN
def precision_recall_f1(cm):
    if cm.ndim != 2 or len(set(cm.shape)) != 1:
        raise ValueError("not square")
    TP = np.diag(cm)
    p, r = TP / cm.sum(axis=0), TP / cm.sum(axis=1)
    return p, r, 2 * p * r / (p + r)


# %% wrong: NaN mended, the warning not | 2 | NumPy warns
def precision_recall_f1(cm):
    if cm.ndim != 2 or len(set(cm.shape)) != 1:
        raise ValueError("not square")
    TP = np.diag(cm)
    p, r = np.nan_to_num(TP / cm.sum(axis=0)), np.nan_to_num(TP / cm.sum(axis=1))
    return p, r, np.nan_to_num(2 * p * r / (p + r))


# %% wrong: any shape | 2 | it must raise ValueError
def precision_recall_f1(cm):
    cm = np.atleast_2d(cm)[:, : len(cm)]
    TP = np.diag(cm).astype(float)
    c, t = cm.sum(axis=0)[: len(TP)], cm.sum(axis=1)
    p, r = TP / np.maximum(c, 1e-300), TP / np.maximum(t, 1e-300)
    return p, r, 2 * TP / np.maximum(c + t, 1e-300)


# %% wrong: glassnet does it | 0 | not your own work
import glassnet.metrics


def precision_recall_f1(cm):
    i, j = np.indices(cm.shape)
    t, p = np.repeat(i, cm.ravel()), np.repeat(j, cm.ravel())
    M = glassnet.metrics
    return M.precision(t, p, None), M.recall(t, p, None), M.f1(t, p, None)


# %% right: class by class
def precision_recall_f1(cm):
    if np.ndim(cm) != 2 or cm.shape[0] != cm.shape[1]:
        raise ValueError(f"square matrix expected, got {np.shape(cm)}")
    rows = []
    for c in range(len(cm)):
        TP = float(cm[c, c])
        FP = sum(float(cm[i, c]) for i in range(len(cm)) if i != c)
        FN = sum(float(cm[c, j]) for j in range(len(cm)) if j != c)
        precision = TP / (TP + FP) if TP + FP else 0.0
        recall = TP / (TP + FN) if TP + FN else 0.0
        rows.append((precision, recall, 2 * TP / (2 * TP + FP + FN) if TP + FP + FN else 0.0))
    return tuple(np.array(rows).T.copy())


# %% right: divide where, as a list
def precision_recall_f1(cm):
    K, L = cm.shape
    if K != L:
        raise ValueError("square matrix expected")
    TP = np.einsum("ii->i", cm).astype(float)
    sums = [cm.sum(0), cm.sum(1), (cm.sum(0) + cm.sum(1)) / 2]
    return [np.divide(TP, s, out=np.zeros(K), where=s > 0) for s in sums]


# %% right: harmonic mean by reciprocals
def precision_recall_f1(cm):
    if cm.ndim != 2 or cm.shape != cm.T.shape:
        raise ValueError("square matrix expected")
    TP = np.diag(cm)
    p = np.where(TP > 0, TP / np.where(TP > 0, cm.sum(0), 1), 0.0)
    r = np.where(TP > 0, TP / np.where(TP > 0, cm.sum(1), 1), 0.0)
    f = np.where(TP > 0, 2 / (1 / np.where(p > 0, p, 1) + 1 / np.where(r > 0, r, 1)), 0.0)
    return p, r, f


# %% wrong: weighed by class size | 0 | values weighed by the size of the class
def precision_recall_f1(cm):
    tp = np.diag(cm)
    w = cm.sum(1) / cm.sum()
    p, r = tp / cm.sum(0), tp / cm.sum(1)
    return p * w, r * w, 2 * p * r / (p + r) * w


# %% wrong: one accuracy for all classes | 0 | the accuracy, the same for every class
def precision_recall_f1(cm):
    a = np.trace(cm) / cm.sum()
    return np.full(len(cm), a), np.full(len(cm), a), np.full(len(cm), a)


# %% wrong: 1 where there is nothing | 2 | a class that is never answered
def precision_recall_f1(cm):
    if cm.ndim != 2 or cm.shape[0] != cm.shape[1]:
        raise ValueError
    tp = np.diag(cm)
    c, t = cm.sum(0), cm.sum(1)
    return (
        np.where(c == 0, 1, tp / np.maximum(c, 1)),
        np.where(t == 0, 1, tp / np.maximum(t, 1)),
        2 * tp / np.maximum(c + t, 1),
    )
