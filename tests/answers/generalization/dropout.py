# ruff: noqa

# %% wrong: not rescaled | 0 | They are not scaled
def dropout(A, rate, rng, training):
    if not training:
        return A
    return A * (rng.random(A.shape) >= rate)


# %% wrong: multiplied instead of divided | 0 | multiplied where they must be divided
def dropout(A, rate, rng, training):
    if not training:
        return A
    return A * (rng.random(A.shape) >= rate) * (1 - rate)


# %% wrong: divided by the rate | 0 | divide by the share that is kept
def dropout(A, rate, rng, training):
    if not training:
        return A
    return A * (rng.random(A.shape) >= rate) / rate


# %% wrong: rate taken for the share kept | 0 | it is the share dropped
def dropout(A, rate, rng, training):
    if not training:
        return A
    return A * (rng.random(A.shape) < rate) / rate


# %% wrong: zeros where there should be values | 0 | it is the share dropped
def dropout(A, rate, rng, training):
    if not training:
        return A
    return A * (rng.random(A.shape) < rate) / (1 - rate)


# %% wrong: active in evaluation | 0 | nothing is dropped
def dropout(A, rate, rng, training):
    return A * (rng.random(A.shape) >= rate) / (1 - rate)


# %% wrong: only in evaluation | 0 | With training=True nothing became 0
def dropout(A, rate, rng, training):
    if training:
        return A
    return A * (rng.random(A.shape) >= rate) / (1 - rate)


# %% wrong: scaled in evaluation, as in the first paper | 0 | They are not scaled
def dropout(A, rate, rng, training):
    if not training:
        return A * (1 - rate)
    return A * (rng.random(A.shape) >= rate)


# %% wrong: scaled in training and in evaluation | 0 | the scaling of the first paper
def dropout(A, rate, rng, training):
    if not training:
        return A * (1 - rate)
    return A * (rng.random(A.shape) >= rate) / (1 - rate)


# %% wrong: evaluation divided, too | 0 | nothing is scaled
def dropout(A, rate, rng, training):
    if training:
        A = A * (rng.random(A.shape) >= rate)
    return A / (1 - rate)


# %% wrong: the same units for every row | 0 | the same units are dropped for every example
def dropout(A, rate, rng, training):
    if not training:
        return A
    return A * (rng.random(A.shape[1]) >= rate) / (1 - rate)


# %% wrong: whole rows | 0 | whole rows are dropped
def dropout(A, rate, rng, training):
    if not training:
        return A
    return A * (rng.random((len(A), 1)) >= rate) / (1 - rate)


# %% wrong: the smallest values | 0 | Which values are dropped depends on
def dropout(A, rate, rng, training):
    if not training:
        return A
    return np.where(A < np.quantile(A, rate), 0, A / (1 - rate))


# %% wrong: noise on the mask | 0 | scaled by one factor
def dropout(A, rate, rng, training):
    if not training:
        return A
    U = rng.random(A.shape)
    return A * U * (U >= rate) / (1 - rate)


# %% wrong: the mask itself | 0 | scaled by one factor
def dropout(A, rate, rng, training):
    if not training:
        return A
    return (rng.random(A.shape) >= rate) / (1 - rate)


# %% wrong: a seed of its own | 0 | Every generator drops the same values
def dropout(A, rate, rng, training):
    if not training:
        return A
    return A * (np.random.default_rng(0).random(A.shape) >= rate) / (1 - rate)


# %% wrong: the global generator | 0 | Two calls with equal generators differ
def dropout(A, rate, rng, training):
    if not training:
        return A
    return A * (np.random.random(A.shape) >= rate) / (1 - rate)


# %% wrong: normal numbers against the rate | 0 | Is each value dropped with probability
def dropout(A, rate, rng, training):
    if not training:
        return A
    return A * (rng.normal(size=A.shape) >= rate) / (1 - rate)


# %% wrong: scaled by what happened to be kept | 0 | happened to be kept
def dropout(A, rate, rng, training):
    if not training:
        return A
    mask = rng.random(A.shape) >= rate
    return A * mask / mask.mean()


# %% wrong: the rate is not looked at | 2 | rate is 1
def dropout(A, rate, rng, training):
    if not training:
        return A
    return A * (rng.random(A.shape) >= rate) / (1 - rate)


# %% wrong: the rate is looked at in training only | 2 | rate is 30
def dropout(A, rate, rng, training):
    if not training:
        return A
    if not 0 <= rate < 1:
        raise ValueError("rate")
    return A * (rng.random(A.shape) >= rate) / (1 - rate)


# %% wrong: two axes only | 2 | one axis
def dropout(A, rate, rng, training):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    n, m = A.shape
    return A * (rng.random((n, m)) >= rate) / (1 - rate) if training else A


# %% wrong: rate 0 refused | 2 | rate 0
def dropout(A, rate, rng, training):
    if not 0 < rate < 1:
        raise ValueError("rate")
    return A * (rng.random(A.shape) >= rate) / (1 - rate) if training else A


# %% wrong: value by value | 2 | too many steps of Python
def dropout(A, rate, rng, training):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    out = A.astype(float)
    if training:
        for i in range(out.size):
            out.flat[i] = 0 if rng.random() < rate else out.flat[i] / (1 - rate)
    return out


# %% wrong: into the array that was given | 2 | in place
def dropout(A, rate, rng, training):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    if training:
        A[rng.random(A.shape) < rate] = 0
        return A / (1 - rate)
    return A


# %% wrong: an array of integers keeps its dtype | 2 | whole numbers
def dropout(A, rate, rng, training):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    out = np.zeros_like(A)
    keep = rng.random(A.shape) >= rate if training else np.ones(A.shape, bool)
    out[keep] = A[keep] / (1 - rate if training else 1)
    return out


# %% wrong: Keras does it | 0 | not your own work
def dropout(A, rate, rng, training):
    import keras

    return np.array(keras.layers.Dropout(rate)(A, training=training))


# %% right: binomial numbers
def dropout(A, rate, rng, training):
    if rate < 0 or rate >= 1:
        raise ValueError(f"rate {rate}")
    if not training:
        return A.copy()
    return rng.binomial(1, 1 - rate, A.shape) * A / (1 - rate)


# %% right: choice of two factors
def dropout(A, rate, rng, training):
    if not 0 <= rate < 1:
        raise ValueError(f"rate {rate}")
    if training:
        A = A * rng.choice([0.0, 1 / (1 - rate)], size=A.shape, p=[rate, 1 - rate])
    return A


# %% right: on a copy, in place, row numbers of what is dropped
def dropout(A, rate, rng, training):
    if not 0.0 <= rate < 1.0:
        raise ValueError(f"rate {rate}")
    out = np.array(A, dtype=np.float64)
    if training and rate > 0:
        gone = np.flatnonzero(rng.uniform(size=out.size) > 1 - rate)
        out.reshape(-1)[gone] = 0
        out /= 1 - rate
    return out


# %% right: an exact share, at random places
def dropout(A, rate, rng, training):
    if not 0 <= rate < 1:
        raise ValueError(f"rate {rate}")
    if not training:
        return A
    mask = np.ones(A.size)
    mask[: round(rate * A.size)] = 0
    return A * rng.permutation(mask).reshape(A.shape) / (1 - rate)


# %% right: normal numbers and their quantile
def dropout(A, rate, rng, training):
    from statistics import NormalDist

    if not 0 <= rate < 1:
        raise ValueError(f"rate {rate}")
    if not training or rate == 0:
        return +A
    limit = NormalDist().inv_cdf(rate)
    return np.where(rng.standard_normal(A.shape) < limit, 0.0, A / (1 - rate))


# %% right: by rng.choice
def dropout(A, rate, rng, training):
    if not (0 <= rate < 1):
        raise ValueError
    if training is False:
        return A
    return A * rng.choice([0.0, 1 / (1 - rate)], size=A.shape, p=[rate, 1 - rate])
