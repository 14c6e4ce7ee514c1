# ruff: noqa

# %% wrong: scaled with all rows | 0 | leak into the scaling
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X.mean(axis=0), X.std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = model.predict((X[held] - mean) / std, verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors


# %% wrong: held-out rows scaled by themselves | 0 | by their own mean
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = model.predict((X[held] - X[held].mean(axis=0)) / X[held].std(axis=0), verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors


# %% wrong: not scaled | 0 | They are not scaled
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit(X[train], y[train], epochs=30, verbose=0)
        y_pred = model.predict(X[held], verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors


# %% wrong: held-out rows not scaled | 0 | asked about unscaled ones
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = model.predict(X[held], verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors


# %% wrong: one mean for the whole table | 0 | one mean for the whole table
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(), X[train].std()
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = model.predict((X[held] - mean) / std, verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors


# %% wrong: centred only | 0 | not divided by the standard deviation
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit(X[train] - mean, y[train], epochs=30, verbose=0)
        y_pred = model.predict(X[held] - mean, verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors


# %% wrong: one model for all folds | 0 | Every fold needs a new model
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors, model = [], build(X.shape[1])
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = model.predict((X[held] - mean) / std, verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors


# %% wrong: trained on all rows | 0 | those that are held out included
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X - mean) / std, y, epochs=30, verbose=0)
        y_pred = model.predict((X[held] - mean) / std, verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors


# %% wrong: trained on the held-out rows | 0 | what the models are trained on
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for held, train in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = model.predict((X[held] - mean) / std, verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors


# %% wrong: asked about the training rows | 0 | the rows it was trained on
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = model.predict((X[train] - mean) / std, verbose=0)
        errors.append(mean_absolute_error(y[train], y_pred[:, 0]))
    return errors


# %% wrong: not trained | 0 | not trained yet
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        y_pred = model.predict((X[held] - mean) / std, verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors


# %% wrong: predictions stretched | 0 | makes (n, n) of it
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = model.predict((X[held] - mean) / std, verbose=0)
        errors.append(np.mean(np.abs(y[held] - y_pred)))
    return errors


# %% wrong: squared error | 0 | the mean squared error
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = model.predict((X[held] - mean) / std, verbose=0)
        errors.append(np.mean((y[held] - y_pred[:, 0]) ** 2))
    return errors


# %% wrong: shape of predict forgotten | 0 | It stopped with ValueError
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = model.predict((X[held] - mean) / std, verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred))
    return errors


# %% wrong: the mean of the folds | 0 | must be a list
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = model.predict((X[held] - mean) / std, verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return float(np.mean(errors))


# %% wrong: the last fold only | 0 | must have 5 parts
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = model.predict((X[held] - mean) / std, verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors[-1:]


# %% wrong: targets scaled as well | 0 | take them as they are
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit(
            (X[train] - mean) / std, (y[train] - y[train].mean()) / y[train].std(), epochs=30, verbose=0
        )
        y_pred = model.predict((X[held] - mean) / std, verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0] * y[train].std() + y[train].mean()))
    return errors


# %% wrong: rows of X and y apart | 0 | no longer belong together
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[np.sort(train)[::-1]], epochs=30, verbose=0)
        y_pred = model.predict((X[held] - mean) / std, verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors


# %% wrong: the remainder dropped | 0 | in no fold
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in folds(len(X), k, rng.permutation(len(X))):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = model.predict((X[held] - mean) / std, verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors


def folds(n, k, order):
    size = n // k
    for i in range(k):
        held = order[i * size : (i + 1) * size]
        yield np.setdiff1d(order, held), held


# %% wrong: folds of its own without the generator | 0 | Every generator makes the same folds
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, np.random.default_rng(0)):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = model.predict((X[held] - mean) / std, verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors


# %% wrong: constant column divided by zero | 2 | a constant column
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = model.predict((X[held] - mean) / std, verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors


# %% wrong: lengths not compared | 2 | y has 9 entries
def cross_validate(build, X, y, k, rng):
    errors = []
    for train, held in k_fold_indices(min(len(X), len(y)), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = model.predict((X[held] - mean) / std, verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors


# %% wrong: scaled in place | 2 | in place
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors, original = [], X.copy()
    for train, held in k_fold_indices(len(X), k, rng):
        std = original[train].std(axis=0)
        X[:] = (original - original[train].mean(axis=0)) / np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit(X[train].copy(), y[train], epochs=30, verbose=0)
        errors.append(mean_absolute_error(y[held], model.predict(X[held], verbose=0)[:, 0]))
    return errors


# %% wrong: scikit-learn scales | 0 | not your own work
def cross_validate(build, X, y, k, rng):
    from sklearn.preprocessing import StandardScaler

    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        scaler, model = StandardScaler().fit(X[train]), build(X.shape[1])
        model.fit(scaler.transform(X[train]), y[train], epochs=30, verbose=0)
        y_pred = model.predict(scaler.transform(X[held]), verbose=0)
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors


# %% right: a comprehension of folds, scaling in a helper
def cross_validate(build, X, y, k, rng):
    if X.shape[0] != y.shape[0]:
        raise ValueError(f"{X.shape} and {y.shape}")
    return [one_fold(build, X, y, *pair) for pair in k_fold_indices(len(y), k, rng)]


def one_fold(build, X, y, train, held):
    centre = np.mean(X[train], axis=0)
    width = np.sqrt(np.mean((X[train] - centre) ** 2, axis=0))
    width[width == 0] = 1
    Z = (X - centre) / width
    model = build(n_features=X.shape[1])
    model.fit(x=Z[train], y=y[train], batch_size=16, epochs=30, verbose=0)
    return float(np.abs(np.squeeze(model.predict(Z[held]), axis=1) - y[held]).mean())


# %% right: folds of its own, epoch by epoch, row by row, ddof 1
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y) or not 2 <= k <= len(X):
        raise ValueError("lengths or k")
    order, errors = rng.permutation(len(X)), []
    for i in range(k):
        held = order[i::k]
        train = order[~np.isin(order, held)]
        std = X[train].std(axis=0, ddof=1)
        Z = (X - X[train].mean(axis=0)) / np.where(std > 0, std, 1)
        model = build(X.shape[1])
        for _ in range(3):
            again = rng.permutation(train)
            model.fit(Z[again], y[again][:, None], epochs=10, verbose=0)
        errors.append(np.mean([abs(model.predict(Z[[row]])[0, 0] - y[row]) for row in held]))
    return errors


# %% right: predicts all rows, keeps those held out
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError("lengths")
    errors = []
    for train, held in k_fold_indices(len(X), k, rng):
        mean, std = X[train].mean(axis=0), X[train].std(axis=0)
        std = np.where(std == 0, 1, std)
        model = build(X.shape[1])
        model.fit((X[train] - mean) / std, y[train], epochs=30, verbose=0)
        y_pred = model.predict((X - mean) / std, verbose=0)[held]
        errors.append(mean_absolute_error(y[held], y_pred[:, 0]))
    return errors


# %% right: predicts all rows
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError
    errs = []
    for tr, te in k_fold_indices(len(X), k, rng):
        mu, sd = np.mean(X[tr], 0), np.std(X[tr], 0)
        sd = np.where(sd == 0, 1, sd)
        m = build(X.shape[1])
        m.fit((X[tr] - mu) / sd, y[tr].reshape(-1, 1), epochs=30, verbose=0)
        p = np.squeeze(m.predict((X - mu) / sd, verbose=0), axis=1)
        errs.append(np.mean(np.abs(p - y)[te]))
    return errs


# %% wrong: errors sorted | 0 | The errors are right, and stand in another order than the folds
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError
    out = []
    for tr, te in k_fold_indices(len(X), k, rng):
        mu, sd = X[tr].mean(0), X[tr].std(0)
        sd = np.where(sd == 0, 1, sd)
        m = build(X.shape[1])
        m.fit((X[tr] - mu) / sd, y[tr], epochs=30, verbose=0)
        out.append(mean_absolute_error(y[te], m.predict((X[te] - mu) / sd, verbose=0)[:, 0]))
    return sorted(out)


# %% wrong: a little training on the rows held out | 0 | A model is trained on the rows that are held out, too
def cross_validate(build, X, y, k, rng):
    out = []
    for tr, te in k_fold_indices(len(X), k, rng):
        mu, sd = X[tr].mean(0), X[tr].std(0)
        m = build(X.shape[1])
        m.fit((X[tr] - mu) / sd, y[tr], epochs=30, verbose=0)
        m.fit((X[te] - mu) / sd, y[te], epochs=1, verbose=0)
        out.append(mean_absolute_error(y[te], m.predict((X[te] - mu) / sd, verbose=0)[:, 0]))
    return out


# %% wrong: one epoch | 0 | A model is trained for 1 epoch; 30 are asked for
def cross_validate(build, X, y, k, rng):
    if len(X) != len(y):
        raise ValueError
    out = []
    for tr, te in k_fold_indices(len(X), k, rng):
        mu, sd = X[tr].mean(0), X[tr].std(0)
        sd = np.where(sd == 0, 1, sd)
        m = build(X.shape[1])
        m.fit((X[tr] - mu) / sd, y[tr], verbose=0)
        out.append(mean_absolute_error(y[te], m.predict((X[te] - mu) / sd, verbose=0)[:, 0]))
    return out
