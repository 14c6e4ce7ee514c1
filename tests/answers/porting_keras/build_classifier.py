# ruff: noqa

# %% wrong: as it stands | 0 | It stopped with
def build_classifier(num_classes, learning_rate):
    from keras.layers.core import Dense, Dropout
    from keras.models import Sequential
    from keras.optimizers import Adam

    model = Sequential()
    model.add(Dense(output_dim=64, input_dim=784, init="uniform", activation="relu"))
    model.add(Dropout(p=0.2))
    model.add(Dense(output_dim=num_classes, activation="sigmoid"))
    model.compile(loss="categorical_crossentropy", optimizer=Adam(lr=learning_rate), metrics=["accuracy"])
    return model


# %% wrong: output_dim left | 0 | It stopped with
def build_classifier(num_classes, learning_rate):
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(output_dim=64, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.Adam(learning_rate=learning_rate),
        metrics=["accuracy"],
    )
    return model


# %% wrong: lr left | 0 | It stopped with
def build_classifier(num_classes, learning_rate):
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.Adam(lr=learning_rate),
        metrics=["accuracy"],
    )
    return model


# %% wrong: the learning rate lost | 0 | What is `lr` called today
def build_classifier(num_classes, learning_rate):
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


# %% wrong: sigmoid left | 0 | a row does not add up to 1
def build_classifier(num_classes, learning_rate):
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(num_classes, activation="sigmoid"),
        ]
    )
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.Adam(learning_rate=learning_rate),
        metrics=["accuracy"],
    )
    return model


# %% wrong: loss left | 0 | not one-hot rows
def build_classifier(num_classes, learning_rate):
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile(
        loss="categorical_crossentropy",
        optimizer=keras.optimizers.Adam(learning_rate=learning_rate),
        metrics=["accuracy"],
    )
    return model


# %% wrong: ten classes always | 0 | expected (100, 4)
def build_classifier(num_classes, learning_rate):
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.Adam(learning_rate=learning_rate),
        metrics=["accuracy"],
    )
    return model


# %% wrong: metrics lost | 0 | It measures no accuracy
def build_classifier(num_classes, learning_rate):
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile(
        loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.Adam(learning_rate=learning_rate)
    )
    return model


# %% wrong: another optimizer | 0 | The listing trains with Adam
def build_classifier(num_classes, learning_rate):
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.SGD(learning_rate),
        metrics=["accuracy"],
    )
    return model


# %% wrong: another network | 0 | A port keeps the network as it is
def build_classifier(num_classes, learning_rate):
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.Adam(learning_rate=learning_rate),
        metrics=["accuracy"],
    )
    return model


# %% wrong: not compiled | 0 | Compile it before you return it
def build_classifier(num_classes, learning_rate):
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(num_classes, activation="softmax"),
        ]
    )
    return model


# %% wrong: one sigmoid for two classes | 2 | expected (100, 2)
def build_classifier(num_classes, learning_rate):
    units = 1 if num_classes == 2 else num_classes
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(units, activation="softmax" if units > 1 else "sigmoid"),
        ]
    )
    loss = "sparse_categorical_crossentropy" if units > 1 else "binary_crossentropy"
    model.compile(keras.optimizers.Adam(learning_rate), loss, metrics=["accuracy"])
    return model


# %% wrong: no dropout | 2 | a fifth of the hidden units
def build_classifier(num_classes, learning_rate):
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.Adam(learning_rate=learning_rate),
        metrics=["accuracy"],
    )
    return model


# %% wrong: drops four fifths | 2 | a fifth of the hidden units
def build_classifier(num_classes, learning_rate):
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dropout(0.8),
            keras.layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.Adam(learning_rate=learning_rate),
        metrics=["accuracy"],
    )
    return model


# %% right: input_shape, objects for names
def build_classifier(num_classes, learning_rate):
    from keras import layers, losses, metrics, optimizers

    model = keras.models.Sequential()
    model.add(layers.Dense(64, input_shape=(784,), kernel_initializer="random_uniform"))
    model.add(layers.ReLU())
    model.add(layers.Dropout(rate=0.2))
    model.add(layers.Dense(num_classes))
    model.add(layers.Softmax())
    model.compile(
        optimizers.Adam(learning_rate),
        losses.SparseCategoricalCrossentropy(),
        metrics=[metrics.SparseCategoricalAccuracy()],
    )
    return model


# %% right: functional
def build_classifier(num_classes, learning_rate):
    inputs = keras.Input(shape=(784,))
    hidden = keras.layers.Dropout(0.2)(keras.layers.Dense(64, "relu")(inputs))
    model = keras.Model(inputs, keras.layers.Dense(num_classes, "softmax")(hidden))
    model.compile(keras.optimizers.Adam(learning_rate), "sparse_categorical_crossentropy", metrics=["acc"])
    return model


# %% right: Functional, activations as layers
def build_classifier(num_classes, learning_rate):
    x = keras.Input(shape=(784,))
    h = keras.layers.Dense(64, kernel_initializer="he_normal")(x)
    h = keras.layers.Activation("relu")(h)
    h = keras.layers.Dropout(rate=0.2)(h)
    y = keras.layers.Softmax()(keras.layers.Dense(num_classes)(h))
    m = keras.Model(x, y)
    m.compile(
        loss=keras.losses.SparseCategoricalCrossentropy(),
        optimizer=keras.optimizers.Adam(learning_rate),
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="acc")],
    )
    return m


# %% wrong: dropout before the hidden layer | 2 | the dropout of the listing
def build_classifier(num_classes, learning_rate):
    m = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(64, "relu"),
            keras.layers.Dense(num_classes, "softmax"),
        ]
    )
    m.compile(keras.optimizers.Adam(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return m


# %% wrong: tanh in place of relu | 0 | The activation of its hidden layer is tanh, that of the listing is relu
def build_classifier(num_classes, learning_rate):
    m = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, "tanh"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(num_classes, "softmax"),
        ]
    )
    m.compile(keras.optimizers.Adam(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return m
