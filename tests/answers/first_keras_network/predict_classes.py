# ruff: noqa

# %% wrong: probabilities | 0 | has shape (10, 10), expected (10,)
def predict_classes(model, X):
    return model.predict(X, verbose=0)


# %% wrong: the wrong axis | 0 | an argmax along the wrong axis
def predict_classes(model, X):
    return model.predict(X, verbose=0).argmax(axis=0)


# %% wrong: no axis | 0 | must be a NumPy array, not an int64
def predict_classes(model, X):
    return model.predict(X, verbose=0).argmax()


# %% wrong: rounded | 0 | has shape (10, 10), expected (10,)
def predict_classes(model, X):
    return np.round(model.predict(X, verbose=0)).astype(int)


# %% wrong: above one half | 0 | the first column above one half
def predict_classes(model, X):
    return (model.predict(X, verbose=0) > 0.5).argmax(axis=1)


# %% wrong: from 1 | 0 | classes counted from 1
def predict_classes(model, X):
    return model.predict(X, verbose=0).argmax(axis=1) + 1


# %% wrong: the smallest | 0 | the smallest probability
def predict_classes(model, X):
    return np.argsort(model.predict(X, verbose=0), axis=1)[:, 0]


# %% wrong: the largest probability | 0 | in which column does it stand
def predict_classes(model, X):
    return model.predict(X, verbose=0).max(axis=1)


# %% wrong: a method of old | 0 | has no attribute
def predict_classes(model, X):
    return model.predict_classes(X)


# %% wrong: a list | 0 | must be a NumPy array, not a list
def predict_classes(model, X):
    return list(model.predict(X, verbose=0).argmax(axis=1))


# %% wrong: a tensor | 0 | must be a NumPy array, not an EagerTensor
def predict_classes(model, X):
    return keras.ops.argmax(model(X), axis=1)


# %% wrong: ten digits only | 0 | out of bounds
def predict_classes(model, X):
    P = model.predict(X, verbose=0)
    return np.array([max(range(10), key=lambda k: p[k]) for p in P])


# %% wrong: dropout in action | 2 | Dropout acts while a model trains
def predict_classes(model, X):
    return np.asarray(model(X, training=True)).argmax(axis=1)


# %% wrong: squeezed | 2 | The result has shape (1,)
def predict_classes(model, X):
    return np.squeeze(model.predict(X, verbose=0).argmax(axis=1))


# %% wrong: one picture at a time | 2 | too many steps
def predict_classes(model, X):
    answers = []
    for x in X:
        answers.append(int(np.argmax(model(x[None]))))
    return np.array(answers)


# %% right: called, not predict
def predict_classes(model, X):
    return np.argmax(model(X), axis=-1)


# %% right: in batches
def predict_classes(model, X):
    P = [np.asarray(model.predict_on_batch(X[i : i + 500])) for i in range(0, len(X), 500)]
    return np.concatenate(P).argmax(axis=1).astype(np.int32)


# %% right: sorted, the last
def predict_classes(model, X):
    return np.argsort(model.predict(X, verbose=0), axis=-1)[:, -1]
