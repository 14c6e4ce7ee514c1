# ruff: noqa

# %% wrong: all zeros | 0 | its units would stay alike for ever
def init_params(sizes, rng):
    return [(np.zeros((d, m)), np.zeros(m)) for d, m in zip(sizes[:-1], sizes[1:])]


# %% wrong: not scaled | 0 | They are not scaled
def init_params(sizes, rng):
    return [(rng.normal(size=(d, m)), np.zeros(m)) for d, m in zip(sizes[:-1], sizes[1:])]


# %% wrong: variance for standard deviation | 0 | 2/d is the variance
def init_params(sizes, rng):
    return [(rng.normal(0, 2 / d, (d, m)), np.zeros(m)) for d, m in zip(sizes[:-1], sizes[1:])]


# %% wrong: one over d | 0 | relu cuts half of the variance off
def init_params(sizes, rng):
    return [(rng.normal(0, 1 / np.sqrt(d), (d, m)), np.zeros(m)) for d, m in zip(sizes[:-1], sizes[1:])]


# %% wrong: a fixed size | 0 | It should be √(2/d)
def init_params(sizes, rng):
    return [(rng.normal(0, 0.05, (d, m)), np.zeros(m)) for d, m in zip(sizes[:-1], sizes[1:])]


# %% wrong: Glorot's rule | 0 | slip in the formula
def init_params(sizes, rng):
    return [(rng.normal(0, np.sqrt(2 / (d + m)), (d, m)), np.zeros(m)) for d, m in zip(sizes[:-1], sizes[1:])]


# %% wrong: random biases | 0 | biases of layer 1 are not 0
def init_params(sizes, rng):
    return [
        (rng.normal(0, np.sqrt(2 / d), (d, m)), rng.normal(0, 0.1, m)) for d, m in zip(sizes[:-1], sizes[1:])
    ]


# %% wrong: transposed | 0 | Rows and columns are swapped
def init_params(sizes, rng):
    return [(rng.normal(0, np.sqrt(2 / d), (m, d)), np.zeros(m)) for d, m in zip(sizes[:-1], sizes[1:])]


# %% wrong: positive only | 0 | it should be 0
def init_params(sizes, rng):
    return [
        (np.abs(rng.normal(0, np.sqrt(2 / d), (d, m))), np.zeros(m)) for d, m in zip(sizes[:-1], sizes[1:])
    ]


# %% wrong: one row for all inputs | 0 | draw each weight by itself
def init_params(sizes, rng):
    return [
        (np.tile(rng.normal(0, np.sqrt(2 / d), m), (d, 1)), np.zeros(m))
        for d, m in zip(sizes[:-1], sizes[1:])
    ]


# %% wrong: a layer for the inputs | 0 | must have 2 parts, not 3
def init_params(sizes, rng):
    return [(rng.normal(0, np.sqrt(2 / m), (m, m)), np.zeros(m)) for m in sizes]


# %% wrong: seeded anew in every layer | 0 | Two layers begin with the same numbers
def init_params(sizes, rng):
    params, seed = [], int(rng.integers(1000))
    for d, m in zip(sizes[:-1], sizes[1:]):
        g = np.random.default_rng(seed)
        params.append((g.normal(0, np.sqrt(2 / d), (d, m)), np.zeros(m)))
    return params


# %% wrong: the global generator | 0 | draw from `rng`, and from nothing else
def init_params(sizes, rng):
    return [(np.random.randn(d, m) * np.sqrt(2 / d), np.zeros(m)) for d, m in zip(sizes[:-1], sizes[1:])]


# %% wrong: a single size passes | 2 | one size only
def init_params(sizes, rng):
    return [(rng.normal(0, np.sqrt(2 / d), (d, m)), np.zeros(m)) for d, m in zip(sizes[:-1], sizes[1:])]


# %% wrong: lists only | 2 | sizes as a tuple
def init_params(sizes, rng):
    if type(sizes) is not list or len(sizes) < 2:
        raise ValueError("sizes")
    return [(rng.normal(0, np.sqrt(2 / d), (d, m)), np.zeros(m)) for d, m in zip(sizes[:-1], sizes[1:])]


# %% wrong: number by number | 2 | too many steps of Python
def init_params(sizes, rng):
    if len(sizes) < 2:
        raise ValueError("sizes")
    params = []
    for d, m in zip(sizes[:-1], sizes[1:]):
        W = np.empty((d, m))
        for i in range(d):
            for j in range(m):
                W[i, j] = rng.normal(0, np.sqrt(2 / d)) if d * m < 40_000 else 0.0
        params.append((W, np.zeros(m)))
    return params


# %% wrong: Keras draws them | 0 | not your own work
import keras


def init_params(sizes, rng):
    draw = keras.initializers.HeNormal(seed=int(rng.integers(1000)))
    return [(np.array(draw((d, m))), np.zeros(m)) for d, m in zip(sizes[:-1], sizes[1:])]


# %% right: float32, scaled afterwards
def init_params(sizes, rng):
    if len(sizes) < 2:
        raise ValueError(f"sizes {sizes}")
    shapes = list(zip(sizes, sizes[1:]))
    return [
        (rng.standard_normal(s, dtype=np.float32) * np.float32((2 / s[0]) ** 0.5), np.zeros(s[1], np.float32))
        for s in shapes
    ]


# %% right: uniform with the same variance
def init_params(sizes, rng):
    if len(sizes) < 2:
        raise ValueError("sizes")
    params = []
    for k in range(len(sizes) - 1):
        limit = np.sqrt(6 / sizes[k])
        params += [(rng.uniform(-limit, limit, (sizes[k], sizes[k + 1])), np.zeros(sizes[k + 1]))]
    return params


# %% right: recursion
def init_params(sizes, rng):
    if len(sizes) < 2:
        raise ValueError("two sizes at least")
    d, m, *rest = sizes
    layer = (rng.normal(scale=(2 / d) ** 0.5, size=[d, m]), np.full(m, 0.0))
    return [layer, *(init_params([m, *rest], rng) if rest else [])]
