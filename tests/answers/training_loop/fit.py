# ruff: noqa

# %% wrong: uphill | 0 | a step uphill
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    params, history = init_params(sizes, rng), []
    for _ in range(epochs):
        total = 0.0
        for x, t in minibatches(X, y, batch_size, rng):
            loss, grads = loss_and_gradients(x, t, params)
            params = [
                (W + learning_rate * dW, b + learning_rate * db) for (W, b), (dW, db) in zip(params, grads)
            ]
            total += loss * len(t)
        history.append(total / len(X))
    return params, history


# %% wrong: the update is lost | 0 | the weights it began with
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    params, history = init_params(sizes, rng), []
    for _ in range(epochs):
        total = 0.0
        for x, t in minibatches(X, y, batch_size, rng):
            loss, grads = loss_and_gradients(x, t, params)
            for (W, b), (dW, db) in zip(params, grads):
                W = W - learning_rate * dW
                b = b - learning_rate * db
            total += loss * len(t)
        history.append(total / len(X))
    return params, history


# %% wrong: biases not learnt | 0 | biases that are never changed
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    params, history = init_params(sizes, rng), []
    for _ in range(epochs):
        total = 0.0
        for x, t in minibatches(X, y, batch_size, rng):
            loss, grads = loss_and_gradients(x, t, params)
            params = [(W - learning_rate * dW, b) for (W, b), (dW, db) in zip(params, grads)]
            total += loss * len(t)
        history.append(total / len(X))
    return params, history


# %% wrong: last layer only | 0 | the last layer alone
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    params, history = init_params(sizes, rng), []
    for _ in range(epochs):
        total = 0.0
        for x, t in minibatches(X, y, batch_size, rng):
            loss, grads = loss_and_gradients(x, t, params)
            W, b = params[-1]
            dW, db = grads[-1]
            params[-1] = W - learning_rate * dW, b - learning_rate * db
            total += loss * len(t)
        history.append(total / len(X))
    return params, history


# %% wrong: gradients added up across steps | 0 | gradients added up from batch to batch
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    params, history = init_params(sizes, rng), []
    summed = [(0 * W, 0 * b) for W, b in params]
    for _ in range(epochs):
        total = 0.0
        for x, t in minibatches(X, y, batch_size, rng):
            loss, grads = loss_and_gradients(x, t, params)
            summed = [(a + dW, c + db) for (a, c), (dW, db) in zip(summed, grads)]
            params = [
                (W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, summed)
            ]
            total += loss * len(t)
        history.append(total / len(X))
    return params, history


# %% wrong: gradients at the weights of the epoch's start | 0 | change the weights after each batch
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    params, history = init_params(sizes, rng), []
    for _ in range(epochs):
        total, start = 0.0, params
        for x, t in minibatches(X, y, batch_size, rng):
            loss, grads = loss_and_gradients(x, t, start)
            params = [
                (W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, grads)
            ]
            total += loss * len(t)
        history.append(total / len(X))
    return params, history


# %% wrong: last batch dropped | 0 | the short last batch dropped
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    params, history = init_params(sizes, rng), []
    for _ in range(epochs):
        order, total = rng.permutation(len(X)), 0.0
        for k in range(max(len(X) // batch_size, 1)):
            rows = order[k * batch_size : (k + 1) * batch_size]
            loss, grads = loss_and_gradients(X[rows], y[rows], params)
            params = [
                (W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, grads)
            ]
            total += loss * len(rows)
        history.append(total / len(X))
    return params, history


# %% wrong: never shuffled | 0 | same order in every epoch
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    params, history = init_params(sizes, rng), []
    for _ in range(epochs):
        total = 0.0
        for s in range(0, len(X), batch_size):
            x, t = X[s : s + batch_size], y[s : s + batch_size]
            loss, grads = loss_and_gradients(x, t, params)
            params = [
                (W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, grads)
            ]
            total += loss * len(t)
        history.append(total / len(X))
    return params, history


# %% wrong: shuffled once, before the loop | 0 | same order in every epoch
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    params, history = init_params(sizes, rng), []
    batches = list(minibatches(X, y, batch_size, rng))
    for _ in range(epochs):
        total = 0.0
        for x, t in batches:
            loss, grads = loss_and_gradients(x, t, params)
            params = [
                (W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, grads)
            ]
            total += loss * len(t)
        history.append(total / len(X))
    return params, history


# %% wrong: short batches count like full ones | 0 | With learning rate 0
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    params, history = init_params(sizes, rng), []
    for _ in range(epochs):
        losses = []
        for x, t in minibatches(X, y, batch_size, rng):
            loss, grads = loss_and_gradients(x, t, params)
            params = [
                (W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, grads)
            ]
            losses.append(loss)
        history.append(np.mean(losses))
    return params, history


# %% wrong: losses of the batches added up | 0 | a sum over the batches
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    params, history = init_params(sizes, rng), []
    for _ in range(epochs):
        total = 0.0
        for x, t in minibatches(X, y, batch_size, rng):
            loss, grads = loss_and_gradients(x, t, params)
            params = [
                (W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, grads)
            ]
            total += loss
        history.append(total)
    return params, history


# %% wrong: a loss for each batch | 0 | parts
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    params, history = init_params(sizes, rng), []
    for _ in range(epochs):
        for x, t in minibatches(X, y, batch_size, rng):
            loss, grads = loss_and_gradients(x, t, params)
            params = [
                (W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, grads)
            ]
            history.append(loss)
    return params, history


# %% wrong: learning rate twice | 0 | the learning rate applied twice
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    params, history = init_params(sizes, rng), []
    for _ in range(epochs):
        total = 0.0
        for x, t in minibatches(X, y, batch_size, rng):
            loss, grads = loss_and_gradients(x, t, params)
            steps = [(learning_rate * dW, learning_rate * db) for dW, db in grads]
            params = [(W - learning_rate * s, b - learning_rate * r) for (W, b), (s, r) in zip(params, steps)]
            total += loss * len(t)
        history.append(total / len(X))
    return params, history


# %% wrong: sum over the batch | 0 | a gradient that is a sum over the batch
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    params, history = init_params(sizes, rng), []
    for _ in range(epochs):
        total = 0.0
        for x, t in minibatches(X, y, batch_size, rng):
            loss, grads = loss_and_gradients(x, t, params)
            rate = learning_rate * len(t)
            params = [(W - rate * dW, b - rate * db) for (W, b), (dW, db) in zip(params, grads)]
            total += loss * len(t)
        history.append(total / len(X))
    return params, history


# %% wrong: a seed of its own | 0 | Every generator gives the same weights
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    rng = np.random.default_rng(0)
    params, history = init_params(sizes, rng), []
    for _ in range(epochs):
        total = 0.0
        for x, t in minibatches(X, y, batch_size, rng):
            loss, grads = loss_and_gradients(x, t, params)
            params = [
                (W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, grads)
            ]
            total += loss * len(t)
        history.append(total / len(X))
    return params, history


# %% wrong: unscaled weights of its own | 2 | MNIST
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    if len(X) != len(y) or X.shape[1] != sizes[0]:
        raise ValueError("shapes")
    params = [(rng.normal(size=(d, m)) * 3, np.zeros(m)) for d, m in zip(sizes[:-1], sizes[1:])]
    history = []
    for _ in range(epochs):
        total = 0.0
        for x, t in minibatches(X, y, batch_size, rng):
            loss, grads = loss_and_gradients(x, t, params)
            params = [
                (W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, grads)
            ]
            total += loss * len(t)
        history.append(total / len(X))
    return params, history


# %% wrong: shapes not compared | 2 | y has 9 entries
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    n = min(len(X), len(y))
    params, history = init_params(sizes, rng), []
    for _ in range(epochs):
        total = 0.0
        for x, t in minibatches(X[:n], y[:n], batch_size, rng):
            loss, grads = loss_and_gradients(x, t, params)
            params = [
                (W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, grads)
            ]
            total += loss * len(t)
        history.append(total / n)
    return params, history


# %% wrong: two layers only | 2 | two hidden layers
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    if len(X) != len(y) or X.shape[1] != sizes[0]:
        raise ValueError("shapes")
    params, history = init_params(sizes, rng), []
    for _ in range(epochs):
        total = 0.0
        for x, t in minibatches(X, y, batch_size, rng):
            loss, grads = loss_and_gradients(x, t, params)
            for l in {0, len(params) - 1}:
                params[l] = tuple(p - learning_rate * g for p, g in zip(params[l], grads[l]))
            total += loss * len(t)
        history.append(total / len(X))
    return params, history


# %% wrong: glassnet does it | 0 | not your own work
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    from glassnet import Input, Sequential, layers, optimizers

    hidden = [layers.Dense(m, "relu") for m in sizes[1:-1]]
    model = Sequential([Input((sizes[0],)), *hidden, layers.Dense(sizes[-1], "softmax")])
    model.compile(optimizers.SGD(learning_rate), "sparse_categorical_crossentropy")
    history = model.fit(X, y, batch_size, epochs, verbose=0).history["loss"]
    weights = model.get_weights()
    return list(zip(weights[::2], weights[1::2])), history


# %% right: all in one function, in place on weights of its own
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    if len(X) != len(y):
        raise ValueError(f"{len(X)} rows and {len(y)} labels")
    if X.shape[1] != sizes[0]:
        raise ValueError(f"{X.shape[1]} columns and {sizes[0]} inputs")
    params = [
        (rng.standard_normal((d, m)) * np.sqrt(2 / d), np.zeros(m)) for d, m in zip(sizes[:-1], sizes[1:])
    ]
    history = []
    for epoch in range(epochs):
        order = rng.permutation(len(X))
        losses = np.zeros(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            losses[rows], grads = loss_and_gradients(X[rows], y[rows], params)
            for (W, b), (dW, db) in zip(params, grads):
                W -= learning_rate * dW
                b -= learning_rate * db
        history.append(losses.mean())
    return params, history


# %% right: epochs by recursion, lists of arrays
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng, params=None):
    if len(X) != len(y) or X.shape[1] != sizes[0]:
        raise ValueError("shapes")
    params = init_params(sizes, rng) if params is None else params
    if epochs == 0:
        return params, []
    losses, weights = [], []
    for x, t in minibatches(X, y, batch_size, rng):
        loss, grads = loss_and_gradients(x, t, params)
        params = [[p - learning_rate * g for p, g in zip(layer, grad)] for layer, grad in zip(params, grads)]
        losses.append(loss)
        weights.append(len(t))
    last, later = fit(X, y, sizes, epochs - 1, batch_size, learning_rate, rng, params)
    return last, [np.average(losses, weights=weights), *later]


# %% right: weights changed in place
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    if len(X) != len(y) or X.shape[1] != sizes[0]:
        raise ValueError
    params = [[W.copy(), b.copy()] for W, b in init_params(sizes, rng)]
    history = []
    for e in range(epochs):
        losses, counts = [], []
        for xb, yb in minibatches(X, y, batch_size, rng):
            L, G = loss_and_gradients(xb, yb, params)
            for (W, b), (dW, db) in zip(params, G):
                W -= learning_rate * dW
                b -= learning_rate * db
            losses.append(L)
            counts.append(len(yb))
        history.append(np.average(losses, weights=counts))
    return params, history


# %% wrong: one generator for all epochs | 0 | The rows come in the same order in every epoch
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    if len(X) != len(y) or X.shape[1] != sizes[0]:
        raise ValueError
    params = init_params(sizes, rng)
    history = []
    B = minibatches(X, y, batch_size, rng)
    for e in range(epochs):
        t = 0
        for xb, yb in B:
            L, G = loss_and_gradients(xb, yb, params)
            t += L * len(yb)
            params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, G)]
        history.append(t / len(X))
    return params, history


# %% wrong: a learning rate that falls | 0 | Two epochs of three rows, one at a time, make six steps with the same learning rate
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    if len(X) != len(y) or X.shape[1] != sizes[0]:
        raise ValueError
    params = init_params(sizes, rng)
    history = []
    for e in range(epochs):
        t = 0
        lr = learning_rate * 0.5**e
        for xb, yb in minibatches(X, y, batch_size, rng):
            L, G = loss_and_gradients(xb, yb, params)
            t += L * len(yb)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, G)]
        history.append(t / len(X))
    return params, history


# %% wrong: new weights in every epoch | 0 | the steps of one epoch alone
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    if len(X) != len(y) or X.shape[1] != sizes[0]:
        raise ValueError
    history = []
    params = init_params(sizes, rng)
    for e in range(epochs):
        t = 0
        params = init_params(sizes, rng)
        for xb, yb in minibatches(X, y, batch_size, rng):
            L, G = loss_and_gradients(xb, yb, params)
            t += L * len(yb)
            params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, G)]
        history.append(t / len(X))
    return params, history


# %% wrong: return inside the loop | 0 | the steps of one epoch alone
def fit(X, y, sizes, epochs, batch_size, learning_rate, rng):
    if len(X) != len(y) or X.shape[1] != sizes[0]:
        raise ValueError
    history = []
    params = init_params(sizes, rng)
    for e in range(epochs):
        t = 0
        for xb, yb in minibatches(X, y, batch_size, rng):
            L, G = loss_and_gradients(xb, yb, params)
            t += L * len(yb)
            params = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, G)]
        history.append(t / len(X))
        return params, history * epochs
    return params, history
