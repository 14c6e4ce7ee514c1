# ruff: noqa

# %% wrong: sum instead of mean | 0 | n times the correct gradient
def gradients(X, y, w, b):
    e = predict(X, w, b) - y
    return 2 * X.T @ e, 2 * e.sum()


# %% wrong: no factor two | 0 | ½ of the loss
def gradients(X, y, w, b):
    e = predict(X, w, b) - y
    return X.T @ e / len(X), e.mean()


# %% wrong: sign | 0 | opposite sign
def gradients(X, y, w, b):
    e = y - predict(X, w, b)
    return 2 / len(X) * X.T @ e, 2 * e.mean()


# %% wrong: bias forgotten in the prediction | 0 | errors of a prediction without the bias
def gradients(X, y, w, b):
    e = X @ w - y
    return 2 / len(X) * X.T @ e, 2 * e.mean()


# %% wrong: db summed | 0 | a db that is a sum
def gradients(X, y, w, b):
    e = predict(X, w, b) - y
    return 2 / len(X) * X.T @ e, 2 * e.sum()


# %% wrong: db not summed | 0 | a db that is not added up
def gradients(X, y, w, b):
    e = predict(X, w, b) - y
    return 2 / len(X) * X.T @ e, 2 / len(X) * e


# %% wrong: db without the two | 0 | without the factor 2
def gradients(X, y, w, b):
    e = predict(X, w, b) - y
    return 2 / len(X) * X.T @ e, e.mean()


# %% wrong: order | 0 | db before dw
def gradients(X, y, w, b):
    e = predict(X, w, b) - y
    return 2 * e.mean(), 2 / len(X) * X.T @ e


# %% wrong: not transposed | 0 | X e where Xᵀ e belongs
def gradients(X, y, w, b):
    e = predict(X, w, b) - y
    return 2 / len(X) * X @ e, 2 * e.mean()


# %% wrong: divided by the features | 0 | a mean over the features
def gradients(X, y, w, b):
    n, d = X.shape
    e = predict(X, w, b) - y
    return 2 / d * X.T @ e, 2 / d * e.sum()


# %% wrong: one for each example | 0 | a gradient for each example
def gradients(X, y, w, b):
    e = predict(X, w, b) - y
    return 2 / len(X) * X * e[:, None], 2 * e.mean()


# %% wrong: absolute error | 0 | the mean absolute error
def gradients(X, y, w, b):
    e = np.sign(predict(X, w, b) - y)
    return X.T @ e / len(X), e.mean()


# %% wrong: column of targets | 2 | y of shape (5, 1)
def gradients(X, y, w, b):
    e = (predict(X, w, b) - y).reshape(-1)[: len(X)]
    return 2 / len(X) * X.T @ e, 2 * e.mean()


# %% wrong: one target for all | 2 | y has 1 entry for 5 rows
def gradients(X, y, w, b):
    if y.ndim != 1 or X.shape[1] != len(w):
        raise ValueError("shapes")
    e = predict(X, w, b) - y
    return 2 / len(X) * X.T @ e, 2 * e.mean()


# %% wrong: errors written into y | 2 | in place
def gradients(X, y, w, b):
    if y.shape != (len(X),):
        raise ValueError("shapes")
    e = predict(X, w, b) - y
    if y.flags.writeable:
        y[:] = e
    return 2 / len(X) * X.T @ e, 2 * e.mean()


# %% wrong: row by row | 2 | too many steps of Python
def gradients(X, y, w, b):
    n, d = X.shape
    if y.shape != (n,) or w.shape != (d,):
        raise ValueError("shapes")
    dw, db = np.zeros(d), 0.0
    for i in range(n):
        e = b - y[i]
        for j in range(d):
            e += X[i, j] * w[j]
        for j in range(d):
            dw[j] += 2 / n * e * X[i, j]
        db += 2 / n * e
    return dw, db


# %% wrong: glassnet does it | 0 | not your own work
import glassnet


def gradients(X, y, w, b):
    model = glassnet.Sequential([glassnet.Input((X.shape[1],)), glassnet.layers.Dense(1)])
    model.set_weights([w[:, None], np.array([b])])
    model.compile("sgd", "mse")
    model.compute_gradients(X, y[:, None])
    dW, db = model.gradients
    return dW[:, 0], db[0]


# %% right: the column of ones
def gradients(X, y, w, b):
    n = len(X)
    if y.shape != (n,) or w.shape != (X.shape[1],):
        raise ValueError("shapes do not fit")
    ones = np.column_stack([X, np.ones(n)])
    g = 2 * ones.T @ (ones @ np.append(w, b) - y) / n
    return g[:-1], g[-1]


# %% right: means of products
def gradients(X, y, w, b):
    if y.shape != X.shape[:1]:
        raise ValueError(f"y {y.shape} does not fit X {X.shape}")
    e = predict(X, w, b) - y
    return np.array([2 * np.mean(e * x) for x in X.T]), float(2 * np.average(e))


# %% right: by central differences
def gradients(X, y, w, b):
    if y.shape != (len(X),) or w.shape != X.shape[1:]:
        raise ValueError("shapes")
    theta = np.append(w.astype(float), b)

    def loss(theta):
        return np.mean((X @ theta[:-1] + theta[-1] - y) ** 2)

    h = 0.5  # exact: the loss is a quadratic
    g = np.array([(loss(theta + h * k) - loss(theta - h * k)) / (2 * h) for k in np.eye(len(theta))])
    return g[:-1], g[-1]


# %% right: by differences, exact for a parabola
def gradients(X, y, w, b):
    if y.shape != X.shape[:1] or w.shape != X.shape[1:]:
        raise ValueError
    L = lambda w, b: np.mean((X @ w + b - y) ** 2)
    I = np.eye(len(w))
    return np.array([(L(w + i, b) - L(w - i, b)) / 2 for i in I]), (L(w, b + 1) - L(w, b - 1)) / 2


# %% wrong: the sign of db | 0 | a right dw with a db of the opposite sign
def gradients(X, y, w, b):
    e = predict(X, w, b) - y
    return 2 * X.T @ e / len(X), -2 * e.mean()


# %% wrong: the sign of dw | 0 | a right db with a dw of the opposite sign
def gradients(X, y, w, b):
    e = predict(X, w, b) - y
    return -2 * X.T @ e / len(X), 2 * e.mean()


# %% wrong: no 2 in dw | 0 | a right db with a dw without the factor 2
def gradients(X, y, w, b):
    e = predict(X, w, b) - y
    return X.T @ e / len(X), 2 * e.mean()


# %% wrong: squared errors | 0 | squared errors in the gradient
def gradients(X, y, w, b):
    e = (predict(X, w, b) - y) ** 2
    return 2 * X.T @ e / len(X), 2 * e.mean()
