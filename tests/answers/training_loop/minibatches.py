# ruff: noqa

# %% wrong: last batch dropped | 0 | the short last batch included
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for k in range(len(X) // batch_size):
        rows = order[k * batch_size : (k + 1) * batch_size]
        yield X[rows], y[rows]


# %% wrong: not shuffled | 0 | The rows come as they stand
def minibatches(X, y, batch_size, rng):
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size], y[start : start + batch_size]


# %% wrong: x and y shuffled apart | 0 | shuffled apart
def minibatches(X, y, batch_size, rng):
    X, y = rng.permutation(X), rng.permutation(y)
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size], y[start : start + batch_size]


# %% wrong: only the order of the batches | 0 | Neighbours stay together
def minibatches(X, y, batch_size, rng):
    starts = np.arange(0, len(X), batch_size)
    k = len(starts) - 1 if len(X) % batch_size else len(starts)
    starts[:k] = rng.permutation(starts[:k])
    return [(X[s : s + batch_size], y[s : s + batch_size]) for s in starts]


# %% wrong: drawn with repetition | 0 | Some rows come twice
def minibatches(X, y, batch_size, rng):
    for start in range(0, len(X), batch_size):
        rows = rng.integers(0, len(X), min(batch_size, len(X) - start))
        yield X[rows], y[rows]


# %% wrong: batch size taken for the number of batches | 0 | parts
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    return [(X[rows], y[rows]) for rows in np.array_split(order, batch_size + 1)]


# %% wrong: batches of equal size | 0 | has shape
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    return [(X[rows], y[rows]) for rows in np.array_split(order, -(-len(X) // batch_size))]


# %% wrong: last batch filled up | 0 | has shape
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = np.take(order, range(start, start + batch_size), mode="wrap")
        yield X[rows], y[rows]


# %% wrong: the first batch only | 0 | parts, not 2
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        return X[rows], y[rows]


# %% wrong: the same order for everyone | 0 | Every generator gives the same order
def minibatches(X, y, batch_size, rng):
    order = np.random.default_rng(0).permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


# %% wrong: lengths not compared | 2 | y has 9 entries
def minibatches(X, y, batch_size, rng):
    if batch_size < 1:
        raise ValueError("batch_size")
    order = rng.permutation(min(len(X), len(y)))
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


# %% wrong: fails for large batches | 2 | a batch larger than the data
def minibatches(X, y, batch_size, rng):
    if len(X) != len(y) or not 1 <= batch_size <= len(X):
        raise ValueError("lengths or batch_size")
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


# %% wrong: row by row | 2 | too many steps of Python
def minibatches(X, y, batch_size, rng):
    if len(X) != len(y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    left, done = list(rng.permutation(len(X))), []
    while left:
        rows = []
        while left and len(rows) < batch_size:
            rows.append(left.pop())
        done.append((X[rows], y[rows]))
    return done


# %% wrong: shuffles the caller's arrays | 2 | in place
def minibatches(X, y, batch_size, rng):
    if len(X) != len(y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    order = rng.permutation(len(X))
    if X.flags.writeable and y.flags.writeable:
        X[:], y[:] = X[order], y[order]
        order = np.arange(len(X))
    return [
        (X[r].copy(), y[r].copy()) for r in (order[s : s + batch_size] for s in range(0, len(X), batch_size))
    ]


# %% right: split at every batch_size
def minibatches(X, y, batch_size, rng):
    if len(X) != len(y) or batch_size < 1:
        raise ValueError(f"{X.shape}, {y.shape}, {batch_size}")
    order = rng.permutation(len(X))
    cuts = np.arange(batch_size, len(X), batch_size)
    return [(X[rows], y[rows]) for rows in np.split(order, cuts)]


# %% right: zip of two splits, from random numbers
def minibatches(X, y, batch_size, rng):
    if X.shape[0] != y.shape[0]:
        raise ValueError("lengths")
    if batch_size <= 0:
        raise ValueError("batch_size")
    order = rng.random(len(y)).argsort()
    cuts = range(batch_size, len(X), batch_size)
    return zip(np.split(X[order], cuts), np.split(y[order], cuts))


# %% right: a class that iterates
class Epoch:
    def __init__(self, X, y, size, rng):
        self.X, self.y, self.size, self.rows = X, y, size, list(rng.permutation(len(X)))

    def __iter__(self):
        return self

    def __next__(self):
        if not self.rows:
            raise StopIteration
        rows, self.rows = self.rows[: self.size], self.rows[self.size :]
        return self.X[rows], self.y[rows]


def minibatches(X, y, batch_size, rng):
    if len(X) != len(y) or batch_size < 1:
        raise ValueError("lengths or batch_size")
    return Epoch(X, y, batch_size, rng)


# %% right: an iterator of its own
class Batches:
    def __init__(self, X, y, k, rng):
        self.X, self.y, self.k, self.i = X, y, k, list(rng.permutation(len(X)))

    def __iter__(self):
        return self

    def __next__(self):
        if not self.i:
            raise StopIteration
        j, self.i = self.i[: self.k], self.i[self.k :]
        return self.X[j], self.y[j]


def minibatches(X, y, batch_size, rng):
    if len(X) != len(y) or batch_size < 1:
        raise ValueError
    return Batches(X, y, batch_size, rng)
