# ruff: noqa

# %% wrong: blocks | 0 | a block of neighbours
def k_fold_indices(n, k, rng):
    parts = np.array_split(np.arange(n), k)
    return [(np.concatenate(parts[:i] + parts[i + 1 :]), parts[i]) for i in range(k)]


# %% wrong: every k-th row | 0 | every k-th row
def k_fold_indices(n, k, rng):
    rows = np.arange(n)
    return [(rows[rows % k != i], rows[rows % k == i]) for i in range(k)]


# %% wrong: remainder dropped | 0 | remainder of n / k
def k_fold_indices(n, k, rng):
    order, size = rng.permutation(n), n // k
    folds = []
    for i in range(k):
        held = order[i * size : (i + 1) * size]
        folds.append((np.setdiff1d(order, held), held))
    return folds


# %% wrong: remainder in the last fold | 0 | the sizes may differ by one
def k_fold_indices(n, k, rng):
    order, size = rng.permutation(n), n // k
    cuts = [i * size for i in range(k)] + [n]
    return [
        (np.setdiff1d(order, order[cuts[i] : cuts[i + 1]]), order[cuts[i] : cuts[i + 1]]) for i in range(k)
    ]


# %% wrong: drawn anew for every fold | 0 | held out more than once
def k_fold_indices(n, k, rng):
    folds = []
    for _ in range(k):
        order = rng.permutation(n)
        folds.append((order[n // k :], order[: n // k]))
    return folds


# %% wrong: trained on everything | 0 | has shape
def k_fold_indices(n, k, rng):
    return [(np.arange(n), part) for part in np.array_split(rng.permutation(n), k)]


# %% wrong: parts exchanged | 0 | has shape
def k_fold_indices(n, k, rng):
    parts = np.array_split(rng.permutation(n), k)
    return [(parts[i], np.concatenate(parts[:i] + parts[i + 1 :])) for i in range(k)]


# %% wrong: the neighbour is held out as well | 0 | stand in the training part
def k_fold_indices(n, k, rng):
    order = rng.permutation(n)
    parts = np.array_split(order, k)
    return [(np.roll(np.concatenate(parts[:i] + parts[i + 1 :]), 1), parts[i - 1]) for i in range(k)]


# %% wrong: rows from 1 | 0 | from 0 to n − 1
def k_fold_indices(n, k, rng):
    parts = np.array_split(rng.permutation(n) + 1, k)
    return [(np.concatenate(parts[:i] + parts[i + 1 :]), parts[i]) for i in range(k)]


# %% wrong: the first fold only | 0 | parts, not 2
def k_fold_indices(n, k, rng):
    parts = np.array_split(rng.permutation(n), k)
    for i in range(k):
        return np.concatenate(parts[:i] + parts[i + 1 :]), parts[i]


# %% wrong: masks | 0 | has shape
def k_fold_indices(n, k, rng):
    fold = rng.permutation(n) % k
    return [(fold != i, fold == i) for i in range(k)]


# %% wrong: a seed of its own | 0 | Every generator gives the same folds
def k_fold_indices(n, k, rng):
    parts = np.array_split(np.random.default_rng(0).permutation(n), k)
    return [(np.concatenate(parts[:i] + parts[i + 1 :]), parts[i]) for i in range(k)]


# %% wrong: the global generator | 0 | Two calls with equal generators differ
def k_fold_indices(n, k, rng):
    parts = np.array_split(np.random.permutation(n), k)
    return [(np.concatenate(parts[:i] + parts[i + 1 :]), parts[i]) for i in range(k)]


# %% wrong: k is not looked at | 2 | k is 1
def k_fold_indices(n, k, rng):
    fold = rng.permutation(n) % k
    return [(np.flatnonzero(fold != i), np.flatnonzero(fold == i)) for i in range(k)]


# %% wrong: too slow | 2 | too many steps of Python
def k_fold_indices(n, k, rng):
    if not 2 <= k <= n:
        raise ValueError("k")
    order, folds = rng.permutation(n), []
    for i in range(k):
        train, held = [], []
        for place, row in enumerate(order):
            (held if place % k == i else train).append(row)
        folds.append((np.array(train), np.array(held)))
    return folds


# %% wrong: scikit-learn does it | 0 | not your own work
def k_fold_indices(n, k, rng):
    from sklearn.model_selection import KFold

    return list(KFold(k, shuffle=True, random_state=int(rng.integers(100))).split(np.arange(n)))


# %% right: a generator, smaller folds first
def k_fold_indices(n, k, rng):
    if k < 2 or k > n:
        raise ValueError(f"k = {k}")
    return folds_of(rng.permutation(n), n, k)


def folds_of(order, n, k):
    for i in range(k):
        a, b = i * n // k, (i + 1) * n // k
        yield np.concatenate([order[:a], order[b:]]), order[a:b]


# %% right: a random number of a fold for each row
def k_fold_indices(n, k, rng):
    if not 1 < k <= n:
        raise ValueError("k")
    fold = rng.permutation(np.arange(n) % k)
    return [[np.flatnonzero(fold != i), np.flatnonzero(fold == i)] for i in range(k)]


# %% right: every k-th of a shuffled order
def k_fold_indices(n, k, rng):
    if not 2 <= k <= n:
        raise ValueError("k")
    order = np.argsort(rng.random(n))
    return tuple((np.setdiff1d(order, order[i::k]), order[i::k]) for i in range(k))


# %% right: remainders
def k_fold_indices(n, k, rng):
    if k < 2 or k > n:
        raise ValueError
    fold = np.empty(n, int)
    fold[rng.permutation(n)] = np.arange(n) % k
    for j in range(k):
        yield np.flatnonzero(fold != j), np.flatnonzero(fold == j)


# %% wrong: a fold drawn for each row | 0 | `train` in part 0 of the result has shape (15,), expected (16,)
def k_fold_indices(n, k, rng):
    f = rng.integers(0, k, n)
    return [(np.flatnonzero(f != j), np.flatnonzero(f == j)) for j in range(k)]
