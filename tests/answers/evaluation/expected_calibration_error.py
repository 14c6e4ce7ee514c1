# ruff: noqa

# %% wrong: bins not weighted | 0 | a plain mean over the bins that hold anything
def expected_calibration_error(y_true, proba, bins):
    c, right = proba.max(axis=1), proba.argmax(axis=1) == y_true
    gaps = []
    for b in range(bins):
        inside = (c > b / bins) & (c <= (b + 1) / bins)
        if inside.any():
            gaps.append(abs(right[inside].mean() - c[inside].mean()))
    return np.mean(gaps)


# %% wrong: the largest gap | 0 | the largest gap of all bins
def expected_calibration_error(y_true, proba, bins):
    c, right = proba.max(axis=1), proba.argmax(axis=1) == y_true
    gaps = [0.0]
    for b in range(bins):
        inside = (c > b / bins) & (c <= (b + 1) / bins)
        if inside.any():
            gaps.append(abs(right[inside].mean() - c[inside].mean()))
    return max(gaps)


# %% wrong: signs cancel | 0 | take the absolute value bin by bin
def expected_calibration_error(y_true, proba, bins):
    c, right = proba.max(axis=1), proba.argmax(axis=1) == y_true
    error = 0.0
    for b in range(bins):
        inside = (c > b / bins) & (c <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * (right[inside].mean() - c[inside].mean())
    return error


# %% wrong: no bins | 0 | the gap of all examples together
def expected_calibration_error(y_true, proba, bins):
    c, right = proba.max(axis=1), proba.argmax(axis=1) == y_true
    return abs(right.mean() - c.mean())


# %% wrong: probability of the truth | 0 | the probability of the true class
def expected_calibration_error(y_true, proba, bins):
    c, right = proba[np.arange(len(y_true)), y_true], proba.argmax(axis=1) == y_true
    error = 0.0
    for b in range(bins):
        inside = (c > b / bins) & (c <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - c[inside].mean())
    return error


# %% wrong: ten bins always | 0 | ten bins whatever `bins` says
def expected_calibration_error(y_true, proba, bins):
    c, right = proba.max(axis=1), proba.argmax(axis=1) == y_true
    error = 0.0
    for b in range(10):
        inside = (c > b / 10) & (c <= (b + 1) / 10)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - c[inside].mean())
    return error


# %% wrong: edges miscounted | 0 | one bin too few
def expected_calibration_error(y_true, proba, bins):
    c, right = proba.max(axis=1), proba.argmax(axis=1) == y_true
    edges = np.linspace(0, 1, bins)
    error = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (c > low) & (c <= high)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - c[inside].mean())
    return error


# %% wrong: squared | 0 | squared gaps
def expected_calibration_error(y_true, proba, bins):
    c, right = proba.max(axis=1), proba.argmax(axis=1) == y_true
    error = 0.0
    for b in range(bins):
        inside = (c > b / bins) & (c <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * (right[inside].mean() - c[inside].mean()) ** 2
    return error


# %% wrong: NaN of empty bins | 0 | contains NaN
def expected_calibration_error(y_true, proba, bins):
    c, right = proba.max(axis=1), proba.argmax(axis=1) == y_true
    error = 0.0
    for b in range(bins):
        inside = (c > b / bins) & (c <= (b + 1) / bins)
        error += inside.mean() * abs(right[inside].mean() - c[inside].mean())
    return error


# %% wrong: confidence 1 falls out | 2 | It belongs to the last bin
def expected_calibration_error(y_true, proba, bins):
    if proba.ndim != 2 or y_true.shape != (len(proba),) or bins < 1:
        raise ValueError("shapes do not fit")
    c, right = proba.max(axis=1), proba.argmax(axis=1) == y_true
    error = 0.0
    for b in range(bins):
        inside = (c >= b / bins) & (c < (b + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - c[inside].mean())
    return error


# %% wrong: borders go up | 2 | belongs to the lower of the two bins
def expected_calibration_error(y_true, proba, bins):
    if proba.ndim != 2 or y_true.shape != (len(proba),) or bins < 1:
        raise ValueError("shapes do not fit")
    c, right = proba.max(axis=1), proba.argmax(axis=1) == y_true
    where = np.minimum((c * bins).astype(int), bins - 1)
    error = 0.0
    for b in range(bins):
        inside = where == b
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - c[inside].mean())
    return error


# %% wrong: one label for all | 2 | 1 label for 2 rows
def expected_calibration_error(y_true, proba, bins):
    if proba.ndim != 2 or bins < 1:
        raise ValueError("shapes do not fit")
    c, right = proba.max(axis=1), proba.argmax(axis=1) == y_true
    right = np.broadcast_to(right, c.shape)
    error = 0.0
    for b in range(bins):
        inside = (c > b / bins) & (c <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - c[inside].mean())
    return error


# %% wrong: scikit-learn's curve | 0 | not your own work
from sklearn.calibration import calibration_curve


def expected_calibration_error(y_true, proba, bins):
    right, sure = calibration_curve(proba.argmax(1) == y_true, proba.max(1), n_bins=bins)
    return np.abs(right - sure).mean()


# %% right: bincount
def expected_calibration_error(y_true, proba, bins):
    if proba.ndim != 2 or y_true.shape != proba.shape[:1] or bins < 1:
        raise ValueError("shapes do not fit")
    c = proba.max(axis=1).astype(float)
    gap = (proba.argmax(axis=1) == y_true) - c
    where = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], c)
    return np.abs(np.bincount(where, weights=gap, minlength=bins)).sum() / len(c)


# %% right: a dictionary of bins
import math


def expected_calibration_error(y_true, proba, bins):
    if np.ndim(proba) != 2 or len(y_true) != len(proba) or not bins >= 1:
        raise ValueError("shapes do not fit")
    groups = {}
    for y, p in zip(y_true, proba):
        k = int(np.argmax(p))
        b = math.ceil(round(float(p[k]) * bins, 6))
        groups.setdefault(b, []).append((float(k == y), float(p[k])))
    n = len(proba)
    return sum(abs(sum(r - c for r, c in group)) for group in groups.values()) / n


# %% right: a table of bins
def expected_calibration_error(y_true, proba, bins):
    if proba.ndim != 2 or y_true.shape != (proba.shape[0],):
        raise ValueError(f"got {y_true.shape} and {proba.shape}")
    if bins < 1:
        raise ValueError("no bin")
    c = np.max(proba, axis=-1)
    upper = np.arange(1, bins + 1) / bins
    inside = (c[:, None] <= upper) & (c[:, None] > upper - 1 / bins)
    inside = inside & (np.cumsum(inside, axis=1) == 1)
    gap = (np.argmax(proba, axis=-1) == y_true) - c
    return float(np.abs(gap @ inside).sum() / c.size)


# %% wrong: bins of equal size | 0 | bins of equally many examples
def expected_calibration_error(y_true, proba, bins):
    c = proba.max(1)
    r = proba.argmax(1) == y_true
    o = np.argsort(c)
    return sum(len(g) / len(c) * abs(r[g].mean() - c[g].mean()) for g in np.array_split(o, bins))


# %% wrong: bins from 1/K | 0 | bins from 1/K to 1
def expected_calibration_error(y_true, proba, bins):
    c = proba.max(1)
    r = proba.argmax(1) == y_true
    e = np.linspace(1 / proba.shape[1], 1, bins + 1)
    b = np.digitize(c, e[1:-1], right=True)
    return sum(np.mean(b == k) * abs(r[b == k].mean() - c[b == k].mean()) for k in np.unique(b))


# %% wrong: bins between least and largest | 0 | bins between the confidences at hand
def expected_calibration_error(y_true, proba, bins):
    c = proba.max(1)
    r = proba.argmax(1) == y_true
    e = np.linspace(c.min(), c.max(), bins + 1)
    b = np.digitize(c, e[1:-1], right=True)
    return sum(np.mean(b == k) * abs(r[b == k].mean() - c[b == k].mean()) for k in np.unique(b))


# %% wrong: the middle of the bin | 0 | the middle of each bin in place of its mean confidence
def expected_calibration_error(y_true, proba, bins):
    c = proba.max(1)
    r = proba.argmax(1) == y_true
    s = 0
    for b in range(bins):
        i = (c > b / bins) & (c <= (b + 1) / bins)
        if i.any():
            s += i.mean() * abs(r[i].mean() - (b + 0.5) / bins)
    return s
