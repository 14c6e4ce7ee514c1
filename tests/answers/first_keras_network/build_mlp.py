# ruff: noqa

# %% wrong: not compiled | 0 | The second of the five steps
def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    return model


# %% wrong: returns what compile returns | 0 | It returns None
def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    return model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])


# %% wrong: no softmax | 0 | no probabilities
def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: relu at the end | 0 | no probabilities
def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="relu"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: sigmoid at the end | 0 | shares one certainty among all units
def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: one output | 0 | outputs have shape (800, 1)
def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: nine outputs | 0 | One unit for each class from 0 to 9
def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(9, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: loss for one-hot labels | 0 | not one-hot rows
def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: from logits after a softmax of its own | 0 | takes the outputs for logits
def shares(Z):
    E = keras.ops.exp(Z)
    return E / keras.ops.sum(E, axis=-1, keepdims=True)


def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation=shares),
        ]
    )
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return model


# %% wrong: mean squared error | 0 | not one-hot rows
def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "mean_squared_error", metrics=["accuracy"])
    return model


# %% wrong: no metrics | 0 | It measures no accuracy
def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% wrong: no hidden layer | 0 | one linear map
def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: hidden layers without activation | 0 | one linear map
def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64),
            keras.layers.Dense(32),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: wants squares | 0 | inputs of shape (n, 784)
def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: far too wide | 0 | at most 200000
def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(512, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: frozen | 0 | of digits it has never seen
def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.layers[0].trainable = model.layers[1].trainable = False
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: a learning rate of 10 | 0 | Look at activations, units and optimizer
def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.SGD(10.0), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: four hidden units | 2 | of digits it has never seen
def build_mlp():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(5, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: functional, two hidden layers, tanh
def build_mlp():
    inputs = keras.Input((784,))
    hidden = keras.layers.Dense(100, activation="tanh")(inputs)
    hidden = keras.layers.Dense(50, activation="tanh")(hidden)
    outputs = keras.layers.Activation("softmax")(keras.layers.Dense(10)(hidden))
    model = keras.Model(inputs, outputs)
    model.compile(
        "rmsprop",
        keras.losses.SparseCategoricalCrossentropy(),
        metrics=[keras.metrics.SparseCategoricalAccuracy()],
    )
    return model


# %% right: a subclass with dropout and a penalty
class Reader(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = keras.layers.Dense(
            128, activation="relu", kernel_regularizer=keras.regularizers.L2(1e-4)
        )
        self.dropout = keras.layers.Dropout(0.2)
        self.out = keras.layers.Dense(10, activation="softmax")

    def call(self, x, training=False):
        return self.out(self.dropout(self.hidden(x), training=training))


def build_mlp():
    model = Reader()
    model.compile(keras.optimizers.Adam(), "sparse_categorical_crossentropy", metrics=["acc"])
    return model


# %% right: without Input, with add, SGD with momentum
def build_mlp():
    model = keras.models.Sequential()
    model.add(keras.layers.Dense(64, activation=keras.activations.gelu))
    model.add(keras.layers.BatchNormalization())
    model.add(keras.layers.Dense(10, activation=keras.ops.softmax))
    model.compile(
        optimizer=keras.optimizers.SGD(0.05, momentum=0.9),
        loss=keras.losses.sparse_categorical_crossentropy,
        metrics=["sparse_categorical_accuracy", "sparse_top_k_categorical_accuracy"],
    )
    return model
