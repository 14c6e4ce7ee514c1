# ruff: noqa

# %% wrong: no biases | 0 | the weights alone
def count_parameters(sizes):
    return sum(sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1))


# %% wrong: biases for inputs | 0 | inputs are no units
def count_parameters(sizes):
    total = sum(sizes)
    for i in range(len(sizes) - 1):
        total += sizes[i] * sizes[i + 1]
    return total


# %% wrong: return inside the loop | 0 | does `return` stand inside the loop
def count_parameters(sizes):
    total = 0
    for d, m in zip(sizes, sizes[1:]):
        total += d * m + m
        return total


# %% wrong: one bias a layer | 0 | one bias a layer
def count_parameters(sizes):
    return sum(d * m + 1 for d, m in zip(sizes, sizes[1:]))


# %% wrong: bias for each input of a layer | 0 | each unit, that is each output, has one
def count_parameters(sizes):
    return sum((m + 1) * d for d, m in zip(sizes, sizes[1:]))


# %% wrong: last layer left out | 0 | all layers but the output layer
def count_parameters(sizes):
    total = 0
    for i in range(len(sizes) - 2):
        total += (sizes[i] + 1) * sizes[i + 1]
    return total


# %% wrong: a float | 0 | must be a whole number (int), not a float
def count_parameters(sizes):
    return float(sum((d + 1) * m for d, m in zip(sizes, sizes[1:])))


# %% wrong: one index too far | 0 | IndexError
def count_parameters(sizes):
    total = 0
    for i in range(len(sizes)):
        total += (sizes[i] + 1) * sizes[i + 1]
    return total


# %% wrong: uses the list up | 2 | changes `sizes` in place
def count_parameters(sizes):
    sizes = sizes if isinstance(sizes, list) else list(sizes)
    total = 0
    d = sizes.pop(0)
    while sizes:
        m = sizes.pop(0)
        total += (d + 1) * m
        d = m
    return total


# %% wrong: overflows | 2 | sizes in the thousands
def count_parameters(sizes):
    s = np.array(sizes, dtype=np.int32)
    return int(np.sum((s[:-1] + 1) * s[1:], dtype=np.int32))


# %% right: with NumPy
def count_parameters(sizes):
    s = np.array(sizes, dtype=np.int64)
    return np.sum((s[:-1] + 1) * s[1:])


# %% right: builds the network and counts
def count_parameters(sizes):
    sizes = [int(n) for n in sizes]
    shapes = [[(sizes[i], sizes[i + 1]), (1, sizes[i + 1])] for i in range(len(sizes) - 1)]
    return sum(rows * columns for layer in shapes for rows, columns in layer)


# %% right: recursion
def count_parameters(sizes):
    if len(sizes) < 2:
        return 0
    return (sizes[0] + 1) * sizes[1] + count_parameters(sizes[1:])
