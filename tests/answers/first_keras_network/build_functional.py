# ruff: noqa

# %% wrong: the right half unconnected | 0 | whatever stands in the right half
def build_functional():
    left, right = keras.Input((392,)), keras.Input((392,))
    a = keras.layers.Dense(32, activation="relu")(left)
    b = keras.layers.Dense(32, activation="relu")(right)
    P = keras.layers.Dense(10, activation="softmax")(a)
    model = keras.Model([left, right], P)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: the left half unconnected | 0 | whatever stands in the left half
def build_functional():
    left, right = keras.Input((392,)), keras.Input((392,))
    a = keras.layers.Dense(32, activation="relu")(left)
    b = keras.layers.Dense(32, activation="relu")(right)
    P = keras.layers.Dense(10, activation="softmax")(b)
    model = keras.Model([left, right], P)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: the left half joined to itself | 0 | whatever stands in the right half
def build_functional():
    left, right = keras.Input((392,)), keras.Input((392,))
    a = keras.layers.Dense(32, activation="relu")(left)
    b = keras.layers.Dense(32, activation="relu")(right)
    both = keras.layers.concatenate([a, a])
    P = keras.layers.Dense(10, activation="softmax")(both)
    model = keras.Model([left, right], P)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: the two multiplied by nothing | 0 | whatever stands in the left half
def build_functional():
    left, right = keras.Input((392,)), keras.Input((392,))
    a = keras.layers.Dense(32, activation="relu")(left)
    b = keras.layers.Dense(32, activation="relu")(right)
    both = keras.layers.add([0 * a, b])
    P = keras.layers.Dense(10, activation="softmax")(both)
    model = keras.Model([left, right], P)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: one input of 784 | 0 | the left and the right half
def build_functional():
    inputs = keras.Input((784,))
    hidden = keras.layers.Dense(64, activation="relu")(inputs)
    model = keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(hidden))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: two inputs of 784 | 0 | 392 numbers a row
def build_functional():
    left, right = keras.Input((784,)), keras.Input((784,))
    a = keras.layers.Dense(32, activation="relu")(left)
    b = keras.layers.Dense(32, activation="relu")(right)
    both = keras.layers.concatenate([a, b])
    P = keras.layers.Dense(10, activation="softmax")(both)
    model = keras.Model([left, right], P)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: two outputs | 0 | It has 2 outputs
def build_functional():
    left, right = keras.Input((392,)), keras.Input((392,))
    a = keras.layers.Dense(32, activation="relu")(left)
    b = keras.layers.Dense(32, activation="relu")(right)
    p, q = keras.layers.Dense(10, activation="softmax")(a), keras.layers.Dense(10, activation="softmax")(b)
    model = keras.Model([left, right], [p, q])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=[["accuracy"], ["accuracy"]])
    return model


# %% wrong: not compiled | 0 | The second of the five steps
def build_functional():
    left, right = keras.Input((392,)), keras.Input((392,))
    a = keras.layers.Dense(32, activation="relu")(left)
    b = keras.layers.Dense(32, activation="relu")(right)
    both = keras.layers.concatenate([a, b])
    P = keras.layers.Dense(10, activation="softmax")(both)
    model = keras.Model([left, right], P)

    return model


# %% wrong: no activation between | 0 | one linear map
def build_functional():
    left, right = keras.Input((392,)), keras.Input((392,))
    a, b = keras.layers.Dense(32)(left), keras.layers.Dense(32)(right)
    both = keras.layers.concatenate([a, b])
    P = keras.layers.Dense(10, activation="softmax")(both)
    model = keras.Model([left, right], P)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: two softmaxes added | 0 | a row does not add up to 1
def build_functional():
    left, right = keras.Input((392,)), keras.Input((392,))
    a = keras.layers.Dense(32, activation="relu")(left)
    b = keras.layers.Dense(32, activation="relu")(right)
    P = keras.layers.add(
        [keras.layers.Dense(10, activation="softmax")(a), keras.layers.Dense(10, activation="softmax")(b)]
    )
    model = keras.Model([left, right], P)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: categorical loss | 0 | not one-hot rows
def build_functional():
    left, right = keras.Input((392,)), keras.Input((392,))
    a = keras.layers.Dense(32, activation="relu")(left)
    b = keras.layers.Dense(32, activation="relu")(right)
    both = keras.layers.concatenate([a, b])
    P = keras.layers.Dense(10, activation="softmax")(both)
    model = keras.Model([left, right], P)
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: joined along the batch | 0 | outputs have shape
def build_functional():
    left, right = keras.Input((392,)), keras.Input((392,))
    a = keras.layers.Dense(32, activation="relu")(left)
    b = keras.layers.Dense(32, activation="relu")(right)
    both = keras.layers.Concatenate(axis=0)([a, b])
    P = keras.layers.Dense(10, activation="softmax")(both)
    model = keras.Model([left, right], P)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: returns the output, not the model | 0 | It returns a KerasTensor
def build_functional():
    left, right = keras.Input((392,)), keras.Input((392,))
    a = keras.layers.Dense(32, activation="relu")(left)
    b = keras.layers.Dense(32, activation="relu")(right)
    both = keras.layers.concatenate([a, b])
    model = keras.layers.Dense(10, activation="softmax")(both)

    return model


# %% right: joined first, hidden afterwards
def build_functional():
    left, right = keras.Input((392,)), keras.Input((392,))
    both = keras.layers.Dense(64, activation="relu")(keras.layers.concatenate([left, right]))
    P = keras.layers.Dense(10, activation="softmax")(both)
    model = keras.Model([left, right], P)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: added, a shared layer before
def build_functional():
    left, right = keras.Input((392,)), keras.Input((392,))
    shared = keras.layers.Dense(64, activation="relu")
    both = keras.layers.Dense(64, activation="relu")(keras.layers.concatenate([shared(left), shared(right)]))
    P = keras.layers.Dense(10, activation="softmax")(both)
    model = keras.Model([left, right], P)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: the mean of two opinions
def build_functional():
    left, right = keras.Input((392,)), keras.Input((392,))
    a = keras.layers.Dense(128, activation="relu")(left)
    b = keras.layers.Dense(128, activation="relu")(right)
    P = keras.layers.average(
        [keras.layers.Dense(10, activation="softmax")(a), keras.layers.Dense(10, activation="softmax")(b)]
    )
    model = keras.Model([left, right], P)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: a subclass
class Halves(keras.Model):
    def __init__(self):
        super().__init__()
        self.a = keras.layers.Dense(48, activation="relu")
        self.b = keras.layers.Dense(48, activation="relu")
        self.out = keras.layers.Dense(10, activation="softmax")

    def call(self, inputs):
        left, right = inputs
        return self.out(self.a(left) + self.b(right))


def build_functional():
    model = Halves()
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
