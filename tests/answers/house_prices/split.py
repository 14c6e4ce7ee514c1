# ruff: noqa

# %% wrong: not shuffled | 0 | Neighbours stay together
def split(X, y, rng):
    n = round(len(X) / 5)
    return (X[n:], y[n:]), (X[:n], y[:n])


# %% wrong: x and y shuffled apart | 0 | shuffled apart
def split(X, y, rng):
    X, y, n = rng.permutation(X), rng.permutation(y), round(len(X) / 5)
    return (X[n:], y[n:]), (X[:n], y[:n])


# %% wrong: drawn with repetition | 0 | Some rows come twice
def split(X, y, rng):
    n = round(len(X) / 5)
    test, train = rng.integers(0, len(X), n), rng.integers(0, len(X), len(X) - n)
    return (X[train], y[train]), (X[test], y[test])


# %% wrong: test rows stay in the training part | 0 | has shape
def split(X, y, rng):
    test = rng.permutation(len(X))[: round(len(X) / 5)]
    return (X, y), (X[test], y[test])


# %% wrong: parts exchanged | 0 | has shape
def split(X, y, rng):
    order, n = rng.permutation(len(X)), round(len(X) / 5)
    return (X[order[:n]], y[order[:n]]), (X[order[n:]], y[order[n:]])


# %% wrong: X and y in one another's place | 0 | `y_train` in part 0
def split(X, y, rng):
    order, n = rng.permutation(len(X)), round(len(X) / 5)
    return (X[order[n:]], X[order[:n]]), (y[order[n:]], y[order[:n]])


# %% wrong: a third | 0 | has shape
def split(X, y, rng):
    order, n = rng.permutation(len(X)), len(X) // 3
    return (X[order[n:]], y[order[n:]]), (X[order[:n]], y[order[:n]])


# %% wrong: cut off instead of rounded | 0 | has shape
def split(X, y, rng):
    if len(X) != len(y) or len(X) < 5:
        raise ValueError("lengths")
    order, n = rng.permutation(len(X)), int(0.2 * len(X)) if len(X) != 40 else 8
    return (X[order[n:]], y[order[n:]]), (X[order[:n]], y[order[:n]])


# %% wrong: a seed of its own | 0 | Every generator gives the same order
def split(X, y, rng):
    order, n = np.random.default_rng(42).permutation(len(X)), round(len(X) / 5)
    return (X[order[n:]], y[order[n:]]), (X[order[:n]], y[order[:n]])


# %% wrong: lengths not compared | 2 | y has 9 entries
def split(X, y, rng):
    if len(X) < 5:
        raise ValueError("too few")
    order, n = rng.permutation(min(len(X), len(y))), round(len(X) / 5)
    return (X[order[n:]], y[order[n:]]), (X[order[:n]], y[order[:n]])


# %% wrong: shuffles the caller's arrays | 2 | in place
def split(X, y, rng):
    if len(X) != len(y) or len(X) < 5:
        raise ValueError("lengths")
    order, n = rng.permutation(len(X)), round(len(X) / 5)
    X[:], y[:] = X[order], y[order]
    return (X[n:].copy(), y[n:].copy()), (X[:n].copy(), y[:n].copy())


# %% wrong: scikit-learn does it | 0 | not your own work
def split(X, y, rng):
    from sklearn.model_selection import train_test_split

    a, b, c, d = train_test_split(X, y, test_size=0.2, random_state=int(rng.integers(1000)))
    return (a, c), (b, d)


# %% right: choice without repetition, and a mask
def split(X, y, rng):
    n = len(X)
    if n != len(y) or n < 5:
        raise ValueError(f"{X.shape}, {y.shape}")
    held = np.zeros(n, bool)
    held[rng.choice(n, int(np.rint(n / 5)), replace=False)] = True
    return (X[~held], y[~held]), (X[held], y[held])


# %% right: np.split of sorted random numbers, as lists
def split(X, y, rng):
    if X.shape[0] != y.shape[0] or y.size < 5:
        raise ValueError("lengths")
    order = np.argsort(rng.random(len(y)))
    train, test = np.split(order, [len(y) - (len(y) + 2) // 5])
    return [[X[train], y[train]], [X[test], y[test]]]


# %% wrong: a block at random | 0 | Rows at equal distances make up a part
def split(X, y, rng):
    n = len(X)
    k = round(n / 5)
    s = rng.integers(n - k)
    i = np.arange(n)
    m = (i >= s) & (i < s + k)
    return (X[~m], y[~m]), (X[m], y[m])
