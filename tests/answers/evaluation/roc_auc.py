# ruff: noqa

# %% wrong: ties not counted | 0 | ties not counted
def roc_auc(y_true, scores):
    a, b = scores[y_true == 1], scores[y_true == 0]
    return np.mean(a[:, None] > b[None, :])


# %% wrong: ties in full | 0 | ties counted in full
def roc_auc(y_true, scores):
    a, b = scores[y_true == 1], scores[y_true == 0]
    return np.mean(a[:, None] >= b[None, :])


# %% wrong: the wrong way round | 0 | the negative scores higher
def roc_auc(y_true, scores):
    a, b = scores[y_true == 1], scores[y_true == 0]
    return np.mean(a[:, None] < b) + 0.5 * np.mean(a[:, None] == b)


# %% wrong: not divided | 0 | divide by how many there are
def roc_auc(y_true, scores):
    a, b = scores[y_true == 1][:, None], scores[y_true == 0]
    return (a > b).sum() + 0.5 * (a == b).sum()


# %% wrong: divided by n squared | 0 | a division by n²
def roc_auc(y_true, scores):
    a, b = scores[y_true == 1][:, None], scores[y_true == 0]
    return ((a > b).sum() + 0.5 * (a == b).sum()) / len(scores) ** 2


# %% wrong: accuracy | 0 | AUC uses no threshold
def roc_auc(y_true, scores):
    return np.mean((scores > 0.5) == (y_true == 1))


# %% wrong: Gini | 0 | AUC itself is asked for
def roc_auc(y_true, scores):
    a, b = scores[y_true == 1][:, None], scores[y_true == 0]
    return np.mean(a > b) - np.mean(a < b)


# %% wrong: ranks that break ties by place | 0 | It is the wrong number
def roc_auc(y_true, scores):
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind="stable")] = np.arange(1, len(scores) + 1)
    n = np.sum(y_true == 1)
    return (ranks[y_true == 1].sum() - n * (n + 1) / 2) / (n * (len(scores) - n))


# %% wrong: one class passes as NaN | 2 | it must raise ValueError
def roc_auc(y_true, scores):
    if y_true.shape != scores.shape or not np.isin(y_true, [0, 1]).all():
        raise ValueError("labels 0 and 1 expected")
    a, b = scores[y_true == 1][:, None], scores[y_true == 0]
    return np.mean((a > b) + 0.5 * (a == b))


# %% wrong: every other label is negative | 2 | a label 2: it must raise
def roc_auc(y_true, scores):
    if y_true.shape != scores.shape:
        raise ValueError("shapes differ")
    a, b = scores[y_true == 1][:, None], scores[y_true != 1]
    if not a.size or not b.size:
        raise ValueError("both classes must occur")
    return np.mean((a > b) + 0.5 * (a == b))


# %% wrong: loop over pairs | 2 | too many steps of Python
def roc_auc(y_true, scores):
    if y_true.shape != scores.shape or set(y_true.tolist()) != {0, 1}:
        raise ValueError("labels 0 and 1 expected")
    total = pairs = 0
    for i in range(len(scores)):
        for j in range(len(scores)):
            if y_true[i] == 1 and y_true[j] == 0:
                pairs += 1
                if scores[i] > scores[j]:
                    total += 1
                elif scores[i] == scores[j]:
                    total += 0.5
    return total / pairs


# %% wrong: sorts in place | 2 | changes `scores` in place
def roc_auc(y_true, scores):
    if y_true.shape != scores.shape or set(y_true.tolist()) != {0, 1}:
        raise ValueError("labels 0 and 1 expected")
    y = y_true[np.argsort(scores)]
    scores.sort()
    a, b = scores[y == 1][:, None], scores[y == 0]
    return np.mean((a > b) + 0.5 * (a == b))


# %% wrong: scikit-learn does it | 0 | not your own work
def roc_auc(y_true, scores):
    from sklearn.metrics import roc_auc_score

    return roc_auc_score(y_true, scores)


# %% right: sorted negatives and searchsorted
def roc_auc(y_true, scores):
    if y_true.shape != scores.shape:
        raise ValueError("shapes differ")
    positives, negatives = scores[y_true == 1], np.sort(scores[y_true == 0])
    if not len(positives) or not len(negatives) or len(positives) + len(negatives) < len(scores):
        raise ValueError("labels 0 and 1 expected, both of them")
    ahead = np.searchsorted(negatives, positives) + np.searchsorted(negatives, positives, side="right")
    return ahead.mean() / 2 / len(negatives)


# %% right: mean ranks
def roc_auc(y_true, scores):
    if len(y_true) != len(scores) or sorted(set(y_true.tolist())) != [0, 1]:
        raise ValueError("labels 0 and 1 expected, both of them")
    _, where, counts = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    rank = (last - (counts - 1) / 2)[where.ravel()]
    n = int((y_true == 1).sum())
    return float((rank[y_true == 1].sum() - n * (n + 1) / 2) / (n * (len(y_true) - n)))


# %% right: trapezoids under the curve
def roc_auc(y_true, scores):
    if y_true.shape != scores.shape or not np.isin(y_true, (0, 1)).all() or len(np.unique(y_true)) < 2:
        raise ValueError("labels 0 and 1 expected, both of them")
    thresholds = np.unique(scores)[::-1]
    TPR = [0.0] + [np.mean(scores[y_true == 1] >= t) for t in thresholds]
    FPR = [0.0] + [np.mean(scores[y_true == 0] >= t) for t in thresholds]
    return np.trapezoid(TPR, FPR)


# %% right: by searchsorted
def roc_auc(y_true, scores):
    if y_true.shape != scores.shape:
        raise ValueError
    pos, neg = scores[y_true == 1], np.sort(scores[y_true == 0])
    if len(pos) * len(neg) == 0 or len(pos) + len(neg) != len(scores):
        raise ValueError
    return (np.searchsorted(neg, pos, "left") + np.searchsorted(neg, pos, "right")).mean() / 2 / len(neg)


# %% wrong: ranks that do not know ties | 0 | ranks that give ties the order in which they happen to stand
def roc_auc(y_true, scores):
    r = np.argsort(np.argsort(scores)) + 1
    p = int(y_true.sum())
    n = len(y_true) - p
    return (r[y_true == 1].sum() - p * (p + 1) / 2) / (p * n)


# %% wrong: the better of both directions | 2 | scores that are worse than chance
def roc_auc(y_true, scores):
    if y_true.shape != scores.shape or set(np.unique(y_true).tolist()) != {0, 1}:
        raise ValueError
    p, n = scores[y_true == 1][:, None], scores[y_true == 0]
    a = np.mean((p > n) + 0.5 * (p == n))
    return max(a, 1 - a)
