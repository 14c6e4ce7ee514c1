# ruff: noqa

# %% wrong: uphill | 0 | steps uphill
def fit_linear(X, y, learning_rate, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        history.append(np.mean((predict(X, w, b) - y) ** 2))
        dw, db = gradients(X, y, w, b)
        w, b = w + learning_rate * dw, b + learning_rate * db
    return w, b, history


# %% wrong: one after the other | 0 | db computed with the new w
def fit_linear(X, y, learning_rate, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        history.append(np.mean((predict(X, w, b) - y) ** 2))
        w = w - learning_rate * gradients(X, y, w, b)[0]
        b = b - learning_rate * gradients(X, y, w, b)[1]
    return w, b, history


# %% wrong: bias never changed | 0 | a bias that is never changed
def fit_linear(X, y, learning_rate, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        history.append(np.mean((predict(X, w, b) - y) ** 2))
        w = w - learning_rate * gradients(X, y, w, b)[0]
    return w, b, history


# %% wrong: loss after the step | 0 | losses taken after each step
def fit_linear(X, y, learning_rate, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        dw, db = gradients(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
        history.append(np.mean((predict(X, w, b) - y) ** 2))
    return w, b, history


# %% wrong: learning rate forgotten | 0 | without the learning rate
def fit_linear(X, y, learning_rate, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        history.append(np.mean((predict(X, w, b) - y) ** 2))
        dw, db = gradients(X, y, w, b)
        w, b = w - dw, b - db
    return w, b, history


# %% wrong: learning rate twice | 0 | the learning rate applied twice
def fit_linear(X, y, learning_rate, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        history.append(np.mean((predict(X, w, b) - y) ** 2))
        step_w, step_b = (learning_rate * g for g in gradients(X, y, w, b))
        w, b = w - learning_rate * step_w, b - learning_rate * step_b
    return w, b, history


# %% wrong: one epoch too few | 0 | must have 3 parts, not 2
def fit_linear(X, y, learning_rate, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(1, epochs):
        history.append(np.mean((predict(X, w, b) - y) ** 2))
        dw, db = gradients(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


# %% wrong: stops one early | 0 | one step too few
def fit_linear(X, y, learning_rate, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs - 1):
        history.append(np.mean((predict(X, w, b) - y) ** 2))
        dw, db = gradients(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b, history


# %% wrong: returns in the loop | 0 | 1
def fit_linear(X, y, learning_rate, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        history.append(np.mean((predict(X, w, b) - y) ** 2))
        dw, db = gradients(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
        return w, b, history


# %% wrong: half the loss recorded | 0 | half the loss in the history
def fit_linear(X, y, learning_rate, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        e = predict(X, w, b) - y
        history.append(e @ e / (2 * len(y)))
        dw, db = gradients(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b, history


# %% wrong: history as an array | 0 | must be a list, not an array
def fit_linear(X, y, learning_rate, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, np.zeros(epochs)
    for k in range(epochs):
        history[k] = np.mean((predict(X, w, b) - y) ** 2)
        dw, db = gradients(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b, history


# %% wrong: the exact solution | 0 | the exact solution
def fit_linear(X, y, learning_rate, epochs):
    ones = np.column_stack([X, np.ones(len(X))])
    theta = np.linalg.lstsq(ones, y)[0]
    return theta[:-1], theta[-1], [np.mean((ones @ theta - y) ** 2)] * epochs


# %% wrong: shapes only seen by the loop | 2 | y of shape (5, 1)
def fit_linear(X, y, learning_rate, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        e = (X @ w + b - y).reshape(-1)[: len(X)]
        history.append(np.mean(e**2))
        w, b = w - learning_rate * 2 / len(X) * X.T @ e, b - learning_rate * 2 * e.mean()
    return w, b, history


# %% wrong: needs an epoch | 2 | no epoch at all
def fit_linear(X, y, learning_rate, epochs):
    if y.shape != (len(X),):
        raise ValueError("y")
    w, b = np.zeros(X.shape[1]), 0.0
    history = [np.mean((predict(X, w, b) - y) ** 2)]
    while True:
        dw, db = gradients(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
        if len(history) >= epochs:
            return w, b, history
        history.append(np.mean((predict(X, w, b) - y) ** 2))


# %% wrong: stops when the loss stops changing | 2 | learning rate 0
def fit_linear(X, y, learning_rate, epochs):
    if y.shape != (len(X),):
        raise ValueError("y")
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        loss = np.mean((predict(X, w, b) - y) ** 2)
        if history and abs(loss - history[-1]) < 1e-9:
            break
        history.append(loss)
        dw, db = gradients(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b, history


# %% wrong: scikit-learn does it | 0 | not your own work
from sklearn.linear_model import SGDRegressor


def fit_linear(X, y, learning_rate, epochs):
    model = SGDRegressor(eta0=learning_rate, max_iter=max(epochs, 1)).fit(X, y)
    return model.coef_, model.intercept_[0], [0.0] * epochs


# %% right: one vector of parameters
def fit_linear(X, y, learning_rate, epochs):
    if y.shape != (X.shape[0],):
        raise ValueError(f"y {y.shape}")
    ones = np.column_stack([X, np.ones(len(X))])
    theta, history = np.zeros(ones.shape[1]), []
    for _ in range(epochs):
        e = ones @ theta - y
        history.append(float(e @ e) / len(y))
        theta = theta - learning_rate * 2 / len(y) * (ones.T @ e)
    return theta[:-1], theta[-1], history


# %% right: recursion
def fit_linear(X, y, learning_rate, epochs):
    if epochs == 0:
        gradients(X, y, np.zeros(X.shape[1]), 0.0)
        return np.zeros(X.shape[1]), 0.0, []
    w, b, history = fit_linear(X, y, learning_rate, epochs - 1)
    dw, db = gradients(X, y, w, b)
    return w - learning_rate * dw, b - learning_rate * db, [*history, np.mean((predict(X, w, b) - y) ** 2)]


# %% right: with the Hessian, steps as matrix products
def fit_linear(X, y, learning_rate, epochs):
    n, d = X.shape
    if y.shape != (n,):
        raise ValueError("y")
    ones = np.hstack([X, np.ones((n, 1))]).astype(float)
    H, c = 2 / n * ones.T @ ones, 2 / n * ones.T @ y
    theta, history = np.zeros(d + 1), []
    while len(history) < epochs:
        history.append(np.square(ones @ theta - y).mean())
        theta = theta - learning_rate * (H @ theta - c)
    return theta[:d], float(theta[d]), history


# %% right: by recursion
def fit_linear(X, y, learning_rate, epochs):
    if y.shape != X.shape[:1]:
        raise ValueError

    def go(w, b, h, k):
        if k == 0:
            return w, b, h
        dw, db = gradients(X, y, w, b)
        return go(
            w - learning_rate * dw, b - learning_rate * db, h + [np.mean((predict(X, w, b) - y) ** 2)], k - 1
        )

    return go(np.zeros(X.shape[1]), 0.0, [], epochs)


# %% wrong: from ones | 0 | weights that begin at 1
def fit_linear(X, y, learning_rate, epochs):
    w, b, h = np.ones(X.shape[1]), 0.0, []
    for _ in range(epochs):
        h.append(np.mean((predict(X, w, b) - y) ** 2))
        dw, db = gradients(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b, h


# %% wrong: gradients that pile up | 0 | gradients added up from step to step
def fit_linear(X, y, learning_rate, epochs):
    w, b, h = np.zeros(X.shape[1]), 0.0, []
    gw, gb = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        h.append(np.mean((predict(X, w, b) - y) ** 2))
        dw, db = gradients(X, y, w, b)
        gw = gw + dw
        gb += db
        w, b = w - learning_rate * gw, b - learning_rate * gb
    return w, b, h


# %% wrong: a step after each row | 0 | a step after each row
def fit_linear(X, y, learning_rate, epochs):
    w, b, h = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        h.append(np.mean((predict(X, w, b) - y) ** 2))
        for i in range(len(X)):
            e = X[i] @ w + b - y[i]
            w = w - learning_rate * 2 * e * X[i]
            b = b - learning_rate * 2 * e
    return w, b, h
