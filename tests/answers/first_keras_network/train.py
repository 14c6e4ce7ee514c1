# ruff: noqa

# %% wrong: one epoch | 0 | How many epochs
def train(model, X, y):
    return model.fit(X, y, validation_split=0.1, verbose=0).history["val_accuracy"][-1]


# %% wrong: returns the training accuracy | 0 | pictures it was trained on
def train(model, X, y):
    return model.fit(X, y, validation_split=0.1, epochs=12, verbose=0).history["accuracy"][-1]


# %% wrong: returns the loss | 0 | evaluate` returns the loss first
def train(model, X, y):
    n = len(X) - len(X) // 10
    model.fit(X[:n], y[:n], epochs=6, verbose=0)
    return model.evaluate(X[n:], y[n:], verbose=0)[0]


# %% wrong: per cent | 0 | Per cent is for people
def train(model, X, y):
    return 100 * model.fit(X, y, validation_split=0.1, epochs=6, verbose=0).history["val_accuracy"][-1]


# %% wrong: returns the history | 0 | must be a single number
def train(model, X, y):
    return model.fit(X, y, validation_split=0.1, epochs=6, verbose=0).history


# %% wrong: a number out of thin air | 0 | The weights of the model it was given are what they were
def train(model, X, y):
    return 0.97


# %% wrong: an invented result after training | 0 | Measure that tenth when training is over
def train(model, X, y):
    model.fit(X, y, validation_split=0.1, epochs=6, verbose=0)
    return 0.999


# %% wrong: trains a copy | 0 | train that very model
def train(model, X, y):
    copy = keras.models.clone_model(model)
    copy.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return copy.fit(X, y, validation_split=0.1, epochs=6, verbose=0).history["val_accuracy"][-1]


# %% wrong: compiles again | 0 | throws the choice of its builder away
def train(model, X, y):
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model.fit(X, y, validation_split=0.1, epochs=8, verbose=0).history["val_accuracy"][-1]


# %% wrong: measures before it trains | 0 | Measure that tenth
def train(model, X, y):
    n = len(X) - len(X) // 10
    loss, accuracy = model.evaluate(X[n:], y[n:], verbose=0)
    model.fit(X[:n], y[:n], epochs=6, verbose=0)
    return accuracy


# %% wrong: pictures and labels shuffled apart | 0 | does each picture keep its label
def train(model, X, y):
    rng = np.random.default_rng(0)
    X, y = rng.permutation(X), rng.permutation(y)
    return model.fit(X, y, validation_split=0.1, epochs=4, verbose=0).history["val_accuracy"][-1]


# %% wrong: trains on all rows | 2 | it was trained on them
def train(model, X, y):
    model.fit(X, y, epochs=6, verbose=0)
    n = len(X) - len(X) // 10
    return model.evaluate(X[n:], y[n:], verbose=0)[1]


# %% wrong: validates on rows it trains on | 2 | it was trained on them
def train(model, X, y):
    n = len(X) - len(X) // 10
    history = model.fit(X, y, validation_data=(X[n:], y[n:]), epochs=6, verbose=0)
    return history.history["val_accuracy"][-1]


# %% wrong: a second fit on everything | 2 | it was trained on them
def train(model, X, y):
    model.fit(X, y, validation_split=0.1, epochs=6, verbose=0)
    model.fit(X, y, epochs=3, verbose=0)
    n = len(X) - len(X) // 10
    return float(np.mean(model.predict(X[n:], verbose=0).argmax(axis=1) == y[n:]))


# %% wrong: too many labels dropped in silence | 2 | arrays that are cut beforehand
def train(model, X, y):
    n = len(X) - len(X) // 10
    model.fit(X[:n], y[:n], epochs=6, verbose=0)
    P = model.predict(X[n:], verbose=0)
    return float(np.mean([p.argmax() == label for p, label in zip(P, y[n:])]))


# %% right: slices, evaluated
def train(model, X, y):
    X_train, X_val = np.split(X, [len(X) * 9 // 10])
    y_train, y_val = np.split(y, [len(X) * 9 // 10])
    if len(X_val) != len(y_val):
        raise ValueError("X and y differ in length")
    model.fit(X_train, y_train, batch_size=16, epochs=4, verbose=0)
    return model.evaluate(X_val, y_val, verbose=0)[1]


# %% right: early stopping with the best weights
def train(model, X, y):
    stop = keras.callbacks.EarlyStopping(patience=2, restore_best_weights=True)
    model.fit(X, y, validation_split=0.1, epochs=12, callbacks=[stop], verbose=0)
    n = len(X) - len(X) // 10
    return np.mean(np.argmax(model.predict(X[n:], verbose=0), axis=1) == y[n:])


# %% right: batch by batch
def train(model, X, y):
    if len(X) != len(y):
        raise ValueError("X and y differ in length")
    n = len(X) * 9 // 10
    rng = np.random.default_rng(0)
    for epoch in range(5):
        for batch in np.array_split(rng.permutation(n), n // 32):
            model.train_on_batch(X[batch], y[batch])
    return model.evaluate(X[n:], y[n:], return_dict=True)["accuracy"]
