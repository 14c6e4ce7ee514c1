"""From the same weights and batches, fifty steps end where Keras ends: 1e-4 in float32, 1e-8 in float64."""

import keras
import numpy as np
import pytest
from glassnet import layers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from twins import LIMIT, distance, fifty_steps, pair, set_floatx

RNG = np.random.default_rng(0)
N = 18
ROWS, IMAGES, SEQUENCES = (RNG.normal(size=(N, *shape)) for shape in ((6,), (6, 7, 2), (5, 4)))
WORDS = np.tile(np.arange(20).reshape(4, 5), (5, 1))[:N]  # no word twice in a batch, see layers.Embedding
REAL, LABELS = RNG.normal(size=(N, 3)), RNG.integers(0, 3, N)
ONEHOT = np.eye(3)[LABELS]

L = layers
STACKS = {
    "dense": (ROWS, [lambda: L.Dense(5, "elu"), lambda: L.Dropout(0.0)]),
    "leaky": (ROWS, [lambda: L.Dense(5, "leaky_relu", kernel_initializer="he_normal")]),
    "activation": (ROWS, [lambda: L.Dense(5), lambda: L.Activation("softplus")]),
    "convolution": (IMAGES, [lambda: L.Conv2D(3, 3, activation="gelu"), lambda: L.Flatten()]),
    "strides": (
        IMAGES,
        [lambda: L.Conv2D(3, (2, 3), (2, 1), "same", activation="tanh"), lambda: L.Flatten()],
    ),
    "pooling": (
        IMAGES,
        [lambda: L.Conv2D(2, 2, activation="relu"), lambda: L.MaxPooling2D(), lambda: L.Flatten()],
    ),
    "overlap": (IMAGES, [lambda: L.Conv2D(2, 2), lambda: L.MaxPooling2D(3, 2, "same"), lambda: L.Flatten()]),
    "average": (
        IMAGES,
        [lambda: L.Conv2D(2, 2), lambda: L.AveragePooling2D(2, 1, "same"), lambda: L.Flatten()],
    ),
    "global": (IMAGES, [lambda: L.Conv2D(4, 3, activation="sigmoid"), lambda: L.GlobalAveragePooling2D()]),
    "norm": (
        IMAGES,
        [lambda: L.Conv2D(3, 3, use_bias=False), lambda: L.BatchNormalization(), lambda: L.Flatten()],
    ),
    "norm rows": (ROWS, [lambda: L.BatchNormalization(momentum=0.8), lambda: L.Dense(4, "tanh")]),
    "rnn": (SEQUENCES, [lambda: L.SimpleRNN(4)]),
    "rnns": (SEQUENCES, [lambda: L.SimpleRNN(3, return_sequences=True), lambda: L.SimpleRNN(3, "sigmoid")]),
    "lstm": (SEQUENCES, [lambda: L.LSTM(3)]),
    "lstm of shares": (SEQUENCES, [lambda: L.LSTM(3, "softmax", "softmax")]),
    "lstms": (SEQUENCES, [lambda: L.LSTM(3, return_sequences=True), lambda: L.Reshape((15,))]),
    "words": (WORDS, [lambda: L.Embedding(20, 3), lambda: L.LSTM(3)]),
}
ENDS = {
    "mse": (None, REAL, lambda lib: lib.losses.MeanSquaredError()),
    "mae": (None, REAL, lambda lib: lib.losses.MeanAbsoluteError()),
    "huber": (None, REAL, lambda lib: lib.losses.Huber(0.7)),
    "binary": ("sigmoid", ONEHOT, lambda lib: lib.losses.BinaryCrossentropy()),
    "binary logits": (None, ONEHOT, lambda lib: lib.losses.BinaryCrossentropy(from_logits=True)),
    "categorical": ("softmax", ONEHOT, lambda lib: lib.losses.CategoricalCrossentropy(label_smoothing=0.1)),
    "categorical logits": (None, ONEHOT, lambda lib: lib.losses.CategoricalCrossentropy(from_logits=True)),
    "sparse": ("softmax", LABELS, lambda lib: lib.losses.SparseCategoricalCrossentropy()),
    "sparse logits": (None, LABELS, lambda lib: lib.losses.SparseCategoricalCrossentropy(from_logits=True)),
    "sparse unjoined": ("softmax+", LABELS, lambda lib: lib.losses.SparseCategoricalCrossentropy()),
    "categorical unjoined": ("softmax+", ONEHOT, lambda lib: lib.losses.CategoricalCrossentropy()),
    "binary unjoined": ("sigmoid+", ONEHOT, lambda lib: lib.losses.BinaryCrossentropy()),
    "sparse of sigmoid": ("sigmoid", LABELS, lambda lib: lib.losses.SparseCategoricalCrossentropy()),
    "categorical of sigmoid": ("sigmoid", ONEHOT, lambda lib: lib.losses.CategoricalCrossentropy()),
    "binary of softmax": ("softmax", ONEHOT, lambda lib: lib.losses.BinaryCrossentropy()),
}
OPTIMIZERS = {
    "sgd": lambda lib: lib.optimizers.SGD(0.05),
    "momentum": lambda lib: lib.optimizers.SGD(0.02, momentum=0.9, clipnorm=1.0),
    "nesterov": lambda lib: lib.optimizers.SGD(0.02, momentum=0.9, nesterov=True, weight_decay=0.01),
    "adagrad": lambda lib: lib.optimizers.Adagrad(0.05, global_clipnorm=0.5),
    "rmsprop": lambda lib: lib.optimizers.RMSprop(0.01, momentum=0.5, centered=True, epsilon=1e-3),
    "adam": lambda lib: lib.optimizers.Adam(0.01, clipvalue=0.3),
    "adamw": lambda lib: lib.optimizers.AdamW(0.01, weight_decay=0.05),
}
# weights of examples, of classes, or none
WEIGHTS = {
    "": {},
    "sample": {"sample_weight": RNG.uniform(0.2, 2, N)},
    "class": {"class_weight": {0: 2.0, 2: 0.5}},
}


def trained(stack, end, optimizer, dtype, weights=""):
    set_floatx(dtype)
    x, body = STACKS[stack]
    activation, y, loss = ENDS[end]
    # "+": a layer behind the activation keeps it from being joined with the loss
    head = [
        L.Dense(3, activation and activation.strip("+")),
        *([L.Reshape((3,))] if "+" in str(activation) else []),
    ]
    arguments = WEIGHTS[weights]
    ours, theirs = pair([*(make() for make in body), *head], x, OPTIMIZERS[optimizer], loss)
    return fifty_steps(ours, theirs, x, y, **arguments)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("stack", STACKS)
def test_every_layer(stack, dtype):
    assert max(trained(stack, "mse", "sgd", dtype)) < LIMIT[dtype]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("end", ENDS)
def test_every_loss(end, dtype):
    assert max(trained("activation", end, "adam", dtype, "sample")) < LIMIT[dtype]


@pytest.mark.slow
@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(STACKS)),
    st.sampled_from(sorted(ENDS)),
    st.sampled_from(sorted(OPTIMIZERS)),
    st.sampled_from(["float32", "float64"]),
    st.sampled_from(sorted(WEIGHTS)),
)
def test_any_combination(stack, end, optimizer, dtype, weights):
    if weights == "class" and ENDS[end][1] is REAL:
        weights = "sample"
    assert max(trained(stack, end, optimizer, dtype, weights)) < LIMIT[dtype]


@pytest.mark.slow
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_random_models(data):
    """Depth, widths, kernel sizes, strides and padding are drawn, not chosen."""
    dtype = data.draw(st.sampled_from(["float32", "float64"]))
    set_floatx(dtype)
    smooth = st.sampled_from(["tanh", "sigmoid", "softplus", "gelu", "elu", None])
    small, padding = st.integers(1, 3), st.sampled_from(["valid", "same"])
    body = []
    for _ in range(data.draw(st.integers(0, 2))):
        body.append(
            L.Conv2D(
                data.draw(small),
                (data.draw(st.integers(1, 2)), data.draw(st.integers(1, 2))),
                data.draw(st.integers(1, 2)),
                "same",
                activation=data.draw(smooth),
            )
        )
    pool = data.draw(st.sampled_from([None, L.MaxPooling2D, L.AveragePooling2D]))
    body += [pool(data.draw(st.integers(1, 2)), data.draw(small), data.draw(padding))] if pool else []
    body.append(L.Flatten())
    body += [L.Dense(data.draw(st.integers(1, 6)), data.draw(smooth)) for _ in range(data.draw(small))]
    ours, theirs = pair(
        [*body, L.Dense(3)],
        IMAGES,
        OPTIMIZERS[data.draw(st.sampled_from(["sgd", "momentum", "nesterov", "adam"]))],
        ENDS["sparse logits"][2],
        metrics=["accuracy"],
        weighted_metrics=["sparse_categorical_accuracy"],
    )
    weights, histories = fifty_steps(ours, theirs, IMAGES, LABELS, validation_split=0.2)
    assert max(weights, histories) < LIMIT[dtype]
    assert distance([ours.predict(IMAGES, verbose=0)], [theirs.predict(IMAGES, verbose=0)]) < LIMIT[dtype]


def test_equal_dropout_masks_train_equally():
    set_floatx("float64")

    class Masked(keras.layers.Layer):
        def call(self, x, training=False):
            return x * keras.ops.convert_to_tensor(mask)[: keras.ops.shape(x)[0]] if training else x

    mask = RNG.integers(0, 2, (4, 5)) / 0.5
    ours, theirs = pair(
        [L.Dense(5, "tanh"), L.Dropout(0.5), L.Dense(3)], ROWS, OPTIMIZERS["adam"], ENDS["mse"][2]
    )
    theirs = keras.Sequential(
        [keras.Input((6,), dtype="float64"), theirs.layers[0], Masked(dtype="float64"), theirs.layers[2]]
    )
    theirs.compile(OPTIMIZERS["adam"](keras), "mse")
    ours.layers[1].draw_mask = lambda shape: mask[: shape[0]]
    assert max(fifty_steps(ours, theirs, ROWS, REAL)) < LIMIT["float64"]


def test_repeated_words_train_as_with_keras_dense_gradients():
    set_floatx("float64")
    import tensorflow as tf

    words = RNG.integers(0, 6, (N, 5))
    ours, theirs = pair(
        [L.Embedding(6, 3), L.Flatten(), L.Dense(3)], words, OPTIMIZERS["adam"], ENDS["mse"][2]
    )
    for step in range(50):
        rows = [(step * 4 + i) % N for i in range(4)]
        ours.train_on_batch(words[rows], REAL[rows])
        with tf.GradientTape() as tape:
            loss = theirs.loss(REAL[rows], theirs(words[rows], training=True))
        gradients = tape.gradient(loss, [v.value for v in theirs.trainable_variables])
        theirs.optimizer.apply([tf.convert_to_tensor(g) for g in gradients], theirs.trainable_variables)
    assert distance(ours.get_weights(), theirs.get_weights()) < LIMIT["float64"]


def test_keras_defaults_with_jit_agree_too():
    ours, theirs = pair(
        [L.Dense(5, "relu"), L.Dense(3, "softmax")], ROWS, OPTIMIZERS["adam"], ENDS["sparse"][2]
    )
    theirs.compile(OPTIMIZERS["adam"](keras), "sparse_categorical_crossentropy")
    assert max(fifty_steps(ours, theirs, ROWS, LABELS)) < LIMIT["float32"]
