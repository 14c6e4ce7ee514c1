# ruff: noqa

# %% wrong: as it stands | 0 | It stopped with
from keras.optimizers import RMSprop


def train_classifier(model, X, y):
    model.compile(loss="categorical_crossentropy", optimizer=RMSprop(lr=0.002), metrics=["accuracy"])
    log = model.fit(X, y, nb_epoch=5, batch_size=32, show_accuracy=True, validation_data=(X[1800:], y[1800:]))
    return log.history["val_acc"][-1]


# %% wrong: nb_epoch left | 0 | It stopped with TypeError
def train_classifier(model, X, y):
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.RMSprop(learning_rate=0.002),
        metrics=["accuracy"],
    )
    log = model.fit(X, y, nb_epoch=5, validation_split=0.1)
    return log.history["val_accuracy"][-1]


# %% wrong: val_acc left | 0 | It stopped with KeyError
def train_classifier(model, X, y):
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.RMSprop(learning_rate=0.002),
        metrics=["accuracy"],
    )
    log = model.fit(X, y, epochs=5, batch_size=32, validation_split=0.1, verbose=0)
    return log.history["val_acc"][-1]


# %% wrong: loss left | 0 | It stopped with ValueError
def train_classifier(model, X, y):
    model.compile(
        loss="categorical_crossentropy",
        optimizer=keras.optimizers.RMSprop(learning_rate=0.002),
        metrics=["accuracy"],
    )
    log = model.fit(X, y, epochs=5, batch_size=32, validation_split=0.1, verbose=0)
    return log.history["val_accuracy"][-1]


# %% wrong: epochs lost | 0 | What is `nb_epoch` called today
def train_classifier(model, X, y):
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.RMSprop(learning_rate=0.0005),
        metrics=["accuracy"],
    )
    log = model.fit(X, y, batch_size=32, validation_split=0.1, verbose=0)
    return log.history["val_accuracy"][-1]


# %% wrong: the training accuracy | 0 | pictures it was trained on
def train_classifier(model, X, y):
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.RMSprop(learning_rate=0.002),
        metrics=["accuracy"],
    )
    log = model.fit(X, y, epochs=12, validation_split=0.1, verbose=0)
    return log.history["accuracy"][-1]


# %% wrong: all accuracies | 0 | must be a single number
def train_classifier(model, X, y):
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.RMSprop(learning_rate=0.002),
        metrics=["accuracy"],
    )
    log = model.fit(X, y, epochs=5, batch_size=32, validation_split=0.1, verbose=0)
    return log.history["val_accuracy"]


# %% wrong: the loss | 0 | That is the loss
def train_classifier(model, X, y):
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.RMSprop(learning_rate=0.002),
        metrics=["accuracy"],
    )
    log = model.fit(X, y, epochs=5, batch_size=32, validation_split=0.1, verbose=0)
    return log.history["val_loss"][-1]


# %% wrong: never trained | 0 | are what they were
def train_classifier(model, X, y):
    model.compile(loss="sparse_categorical_crossentropy", optimizer="rmsprop", metrics=["accuracy"])
    return 0.97


# %% wrong: one-hot labels with a sparse loss | 0 | It stopped with ValueError
def train_classifier(model, X, y):
    model.compile(loss="sparse_categorical_crossentropy", optimizer="rmsprop", metrics=["accuracy"])
    Y = keras.utils.to_categorical(y, 10)
    log = model.fit(X, Y, epochs=5, validation_split=0.1, verbose=0)
    return log.history["val_accuracy"][-1]


# %% wrong: learns from the last tenth, too | 2 | it was trained on them
def train_classifier(model, X, y):
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.RMSprop(learning_rate=0.002),
        metrics=["accuracy"],
    )
    log = model.fit(
        X,
        y,
        epochs=5,
        batch_size=32,
        validation_data=(X[len(X) * 9 // 10 :], y[len(y) * 9 // 10 :]),
        verbose=0,
    )
    return log.history["val_accuracy"][-1]


# %% wrong: 1 800 rows fixed | 2 | Edge case, a digit that stands in the last tenth only
def train_classifier(model, X, y):
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.RMSprop(learning_rate=0.002),
        metrics=["accuracy"],
    )
    log = model.fit(
        X[:1800], y[:1800], epochs=5, batch_size=32, validation_data=(X[1800:], y[1800:]), verbose=0
    )
    return log.history["val_accuracy"][-1]


# %% right: sliced by hand, evaluated
def train_classifier(model, X, y):
    n = len(X) * 9 // 10
    model.compile(keras.optimizers.RMSprop(0.002), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(X[:n], y[:n], batch_size=32, epochs=5, verbose=0)
    loss, accuracy = model.evaluate(X[n:], y[n:], verbose=0)
    return accuracy


# %% right: predictions compared, validation_data
def train_classifier(model, X, y):
    n = len(X) - len(X) // 10
    model.compile(
        keras.optimizers.RMSprop(0.002), keras.losses.SparseCategoricalCrossentropy(), metrics=["acc"]
    )
    model.fit(X[:n], y[:n], batch_size=32, epochs=5, validation_data=(X[n:], y[n:]), verbose=0)
    return float((model.predict(X[n:], verbose=0).argmax(-1) == y[n:]).mean())
