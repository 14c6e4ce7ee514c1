# ruff: noqa

# %% wrong: not shuffled | 0 | The rows come as they stand
def train_val_split(X, y, val_fraction, rng):
    n = len(X) - round(val_fraction * len(X))
    return (X[:n], y[:n]), (X[n:], y[n:])


# %% wrong: x and y shuffled apart | 0 | shuffled apart
def train_val_split(X, y, val_fraction, rng):
    n = round(val_fraction * len(X))
    X, y = rng.permutation(X), rng.permutation(y)
    return (X[n:], y[n:]), (X[:n], y[:n])


# %% wrong: drawn with repetition | 0 | Some rows come twice
def train_val_split(X, y, val_fraction, rng):
    n = round(val_fraction * len(X))
    rows = rng.integers(0, len(X), len(X))
    return (X[rows[n:]], y[rows[n:]]), (X[rows[:n]], y[rows[:n]])


# %% wrong: validation rows stay in the training part | 0 | has shape
def train_val_split(X, y, val_fraction, rng):
    rows = rng.permutation(len(X))
    val = rows[: round(val_fraction * len(X))]
    return (X[rows], y[rows]), (X[val], y[val])


# %% wrong: parts swapped | 0 | has shape
def train_val_split(X, y, val_fraction, rng):
    n = round(val_fraction * len(X))
    rows = rng.permutation(len(X))
    return (X[rows[:n]], y[rows[:n]]), (X[rows[n:]], y[rows[n:]])


# %% wrong: four arrays | 0 | must have 2 parts, not 4
def train_val_split(X, y, val_fraction, rng):
    n = round(val_fraction * len(X))
    rows = rng.permutation(len(X))
    return X[rows[n:]], X[rows[:n]], y[rows[n:]], y[rows[:n]]


# %% wrong: the global generator | 0 | draw from `rng`, and from nothing else
def train_val_split(X, y, val_fraction, rng):
    n = round(val_fraction * len(X))
    rows = np.random.permutation(len(X))
    return (X[rows[n:]], y[rows[n:]]), (X[rows[:n]], y[rows[:n]])


# %% wrong: a seed of its own | 0 | Every generator gives the same order
def train_val_split(X, y, val_fraction, rng):
    rng = np.random.default_rng(42)
    n = round(val_fraction * len(X))
    rows = rng.permutation(len(X))
    return (X[rows[n:]], y[rows[n:]]), (X[rows[:n]], y[rows[:n]])


# %% wrong: a block at a random place | 0 | Neighbours stay together
def train_val_split(X, y, val_fraction, rng):
    n = round(val_fraction * len(X))
    X, y = np.roll(X, len(X) // 3, axis=0), np.roll(y, len(y) // 3)
    start = len(X) // 3
    rows = np.arange(len(X))
    val, train = rows[:n], rows[n:]
    order = np.argsort((rows - start) % len(X))
    X, y = X[order], y[order]
    return (X[n:], y[n:]), (X[:n], y[:n])


# %% wrong: rounded down | 2 | 15.6
def train_val_split(X, y, val_fraction, rng):
    if len(X) != len(y) or not 0 < val_fraction < 1:
        raise ValueError("lengths")
    n = int(val_fraction * len(X))
    rows = rng.permutation(len(X))
    return (X[rows[n:]], y[rows[n:]]), (X[rows[:n]], y[rows[:n]])


# %% wrong: lengths not compared | 2 | y has 9 entries
def train_val_split(X, y, val_fraction, rng):
    n = round(val_fraction * len(X))
    rows = rng.permutation(len(X)) % len(y)
    return (X[rows[n:]], y[rows[n:]]), (X[rows[:n]], y[rows[:n]])


# %% wrong: shuffles the caller's arrays | 2 | in place
def train_val_split(X, y, val_fraction, rng):
    if len(X) != len(y) or not 0 < val_fraction < 1:
        raise ValueError("lengths")
    n, rows = round(val_fraction * len(X)), rng.permutation(len(X))
    parts = (X[rows[n:]], y[rows[n:]]), (X[rows[:n]], y[rows[:n]])
    if X.flags.writeable:
        X[:] = X[rows]
    return parts


# %% wrong: scikit-learn does it | 0 | not your own work
def train_val_split(X, y, val_fraction, rng):
    from sklearn.model_selection import train_test_split

    a, b, c, d = train_test_split(X, y, test_size=val_fraction, random_state=int(rng.integers(1000)))
    return (a, c), (b, d)


# %% right: a mask
def train_val_split(X, y, val_fraction, rng):
    if len(X) != len(y) or val_fraction <= 0 or val_fraction >= 1:
        raise ValueError(f"got {X.shape}, {y.shape}, {val_fraction}")
    chosen = np.zeros(len(X), dtype=bool)
    chosen[rng.choice(len(X), round(val_fraction * len(X)), replace=False)] = True
    return (X[~chosen], y[~chosen]), (X[chosen], y[chosen])


# %% right: sorted by random numbers, the validation part last
def train_val_split(X, y, val_fraction, rng):
    n = len(X)
    if len(y) != n or not 0.0 < val_fraction < 1.0:
        raise ValueError("lengths or fraction")
    order = np.argsort(rng.random(n))
    n_train = n - int(np.rint(n * val_fraction))
    X, y = X[order], y[order]
    return [(X[:n_train], y[:n_train]), (X[n_train:], y[n_train:])]


# %% right: by rng.choice
def train_val_split(X, y, val_fraction, rng):
    n = len(X)
    if len(y) != n or not (val_fraction > 0 and val_fraction < 1):
        raise ValueError
    val = rng.choice(n, size=int(round(n * val_fraction)), replace=False)
    rest = np.setdiff1d(np.arange(n), val)
    rng.shuffle(rest)
    return [[X[rest], y[rest]], [X[val], y[val]]]
