# ruff: noqa

# %% wrong: relu at the end | 0 | Which activation stands at the end
def build_regressor(n_features):
    import keras

    model = keras.Sequential(
        [
            keras.Input((n_features,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(1, activation="relu"),
        ]
    )
    model.compile("adam", "mse", metrics=["mae"])
    return model


# %% wrong: sigmoid at the end | 0 | predicts nothing below 0
def build_regressor(n_features):
    import keras

    model = keras.Sequential(
        [
            keras.Input((n_features,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "mse", metrics=["mae"])
    return model


# %% wrong: softmax at the end | 0 | This looks like a softmax
def build_regressor(n_features):
    import keras

    model = keras.Sequential(
        [
            keras.Input((n_features,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(1, activation="softmax"),
        ]
    )
    model.compile("adam", "mse", metrics=["mae"])
    return model


# %% wrong: accuracy on a regression | 0 | to hit a price exactly is luck
def build_regressor(n_features):
    import keras

    model = keras.Sequential(
        [keras.Input((n_features,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)]
    )
    model.compile("adam", "mse", metrics=["accuracy"])
    return model


# %% wrong: no metric | 0 | It measures no metric
def build_regressor(n_features):
    import keras

    model = keras.Sequential(
        [keras.Input((n_features,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)]
    )
    model.compile("adam", "mse")
    return model


# %% wrong: no activation in between | 0 | It is a linear model
def build_regressor(n_features):
    import keras

    model = keras.Sequential(
        [keras.Input((n_features,)), keras.layers.Dense(64), keras.layers.Dense(32), keras.layers.Dense(1)]
    )
    model.compile("adam", "mse", metrics=["mae"])
    return model


# %% wrong: ten outputs | 0 | one number for each house
def build_regressor(n_features):
    import keras

    model = keras.Sequential(
        [keras.Input((n_features,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(10)]
    )
    model.compile("adam", "mse", metrics=["mae"])
    return model


# %% wrong: not compiled | 0 | not ready to be trained
def build_regressor(n_features):
    import keras

    return keras.Sequential(
        [keras.Input((n_features,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)]
    )


# %% wrong: always four features | 0 | does not take what it is given
def build_regressor(n_features):
    import keras

    model = keras.Sequential(
        [keras.Input((13,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)]
    )
    model.compile("adam", "mse", metrics=["mae"])
    return model


# %% wrong: cross-entropy | 0 | Which losses belong to a regression
def build_regressor(n_features):
    import keras

    model = keras.Sequential(
        [keras.Input((n_features,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)]
    )
    model.compile("adam", "binary_crossentropy", metrics=["mae"])
    return model


# %% wrong: a learning rate that is far too small | 0 | Look at the loss, the number of units
def build_regressor(n_features):
    import keras

    model = keras.Sequential(
        [keras.Input((n_features,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)]
    )
    model.compile(keras.optimizers.SGD(1e-6), "mse", metrics=["mae"])
    return model


# %% wrong: returns nothing | 0 | It returns None
def build_regressor(n_features):
    import keras

    model = keras.Sequential(
        [keras.Input((n_features,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)]
    )
    model.compile("adam", "mse", metrics=["mae"])


# %% wrong: glassnet builds it | 0 | not your own work
def build_regressor(n_features):
    import glassnet

    model = glassnet.Sequential([glassnet.Input((n_features,)), glassnet.layers.Dense(1)])
    model.compile("adam", "mse", metrics=["mae"])
    return model


# %% right: functional, tanh and Huber's loss
def build_regressor(n_features):
    import keras

    x = keras.Input((n_features,))
    h = keras.layers.Dense(48, activation="tanh")(x)
    h = keras.layers.Dense(48, activation="tanh")(h)
    model = keras.Model(x, keras.layers.Dense(1)(h))
    model.compile(keras.optimizers.Adam(0.005), keras.losses.Huber(), metrics=["mean_absolute_error"])
    return model


# %% right: a class of its own, a penalty on the weights
def build_regressor(n_features):
    import keras

    class Regressor(keras.Model):
        def __init__(self):
            super().__init__()
            penalty = keras.regularizers.L2(1e-4)
            self.hidden = keras.layers.Dense(100, activation="gelu", kernel_regularizer=penalty)
            self.price = keras.layers.Dense(1, name="price")

        def call(self, x):
            return self.price(self.hidden(x))

    model = Regressor()
    model.compile("rmsprop", "mse", metrics=["mse", "mae"])
    return model
