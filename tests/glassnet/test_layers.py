"""What single layers promise beyond agreeing with Keras: shapes, weights, odd arrays, and clear errors."""

import glassnet
import keras
import numpy as np
import pytest
from glassnet import Input, Sequential, layers

RNG = np.random.default_rng(0)
IMAGES = RNG.normal(size=(3, 7, 6, 2)).astype("float32")
SEQUENCES = RNG.normal(size=(3, 5, 4)).astype("float32")
ROWS = RNG.normal(size=(3, 4)).astype("float32")

EXAMPLES = [
    (layers.Dense(5, "relu"), ROWS),
    (layers.Dense(5, "tanh", use_bias=False), SEQUENCES),
    (layers.Activation("softmax"), ROWS),
    (layers.Flatten(), IMAGES),
    (layers.Reshape((-1, 6)), IMAGES),
    (layers.Dropout(0.4), ROWS),
    (layers.Conv2D(4, (3, 2), strides=(2, 1), padding="same", activation="relu"), IMAGES),
    (layers.Conv2D(4, 3, use_bias=False), IMAGES),
    (layers.MaxPooling2D(), IMAGES),
    (layers.MaxPooling2D((3, 2), strides=2, padding="same"), IMAGES),
    (layers.AveragePooling2D((2, 3), padding="same"), IMAGES),
    (layers.AveragePooling2D(7, 2, padding="same"), RNG.normal(size=(2, 7, 5, 2))),
    (layers.GlobalAveragePooling2D(), IMAGES),
    (layers.GlobalAveragePooling2D(keepdims=True), IMAGES),
    (layers.BatchNormalization(), IMAGES),
    (layers.BatchNormalization(center=False, scale=False), ROWS),
    (layers.Embedding(9, 4), RNG.integers(0, 9, (3, 5))),
    (layers.SimpleRNN(4), SEQUENCES),
    (layers.SimpleRNN(4, "relu", return_sequences=True), SEQUENCES),
    (layers.LSTM(3), SEQUENCES),
    (layers.LSTM(3, return_sequences=True, unit_forget_bias=False), SEQUENCES),
]
IDS = [f"{type(layer).__name__}{i}" for i, (layer, _) in enumerate(EXAMPLES)]


def fresh(layer):
    return type(layer)(**layer.get_config())


@pytest.mark.parametrize(("layer", "x"), EXAMPLES, ids=IDS)
def test_same_output_shape_and_weights_as_keras(layer, x):
    ours, theirs = fresh(layer), getattr(keras.layers, type(layer).__name__)(**layer.get_config())
    a, b = ours(x), theirs(x)
    assert a.shape == b.shape
    assert a.dtype == "float32"
    assert [w.shape for w in ours.get_weights()] == [w.shape for w in theirs.get_weights()]
    assert ours.count_params() == theirs.count_params()
    assert ours.output_shape == theirs.compute_output_shape((None, *x.shape[1:]))
    theirs.set_weights(ours.get_weights())
    np.testing.assert_allclose(a, theirs(x), atol=1e-5)


@pytest.mark.parametrize(("layer", "x"), EXAMPLES, ids=IDS)
@pytest.mark.parametrize("training", [False, True])
def test_one_example_odd_memory_and_read_only_arrays(layer, x, training):
    layer = fresh(layer)
    plain = layer(x)
    single = layer(x[:1])
    np.testing.assert_allclose(single, plain[:1], atol=1e-6)
    strided = np.repeat(x, 2, axis=0)[::2]
    fortran = np.asfortranarray(x)
    fortran.flags.writeable = False
    before = x.copy()
    weights = layer.get_weights()
    for view in (strided, fortran):
        layer.set_weights(weights)  # batch normalisation moves its statistics
        np.testing.assert_allclose(layer(view), plain, atol=1e-6)
        out = layer.forward(np.asarray(view, "float32"), training)
        layer.backward(np.ones_like(out))
    assert np.array_equal(x, before)


@pytest.mark.parametrize(("layer", "x"), EXAMPLES, ids=IDS)
def test_a_short_batch_after_a_long_one_is_right(layer, x):
    model = Sequential([Input(x.shape[1:]), fresh(layer)])
    whole = model.predict(x, batch_size=3, verbose=0)
    np.testing.assert_allclose(model.predict(x, batch_size=2, verbose=0), whole, atol=1e-6)


def test_what_a_call_returned_does_not_change_later():
    layer = layers.Dense(3)
    first = layer(ROWS)
    kept = first.copy()
    layer(ROWS + 1)
    assert np.array_equal(first, kept)


def test_dropout_keeps_the_mean_and_only_while_training():
    layer = layers.Dropout(0.25, seed=1)
    x = np.ones((200, 100), "float32")
    assert np.array_equal(layer(x), x)
    a = layer(x, training=True)
    assert set(np.unique(a)) == {0, np.float32(1 / 0.75)}
    assert abs(a.mean() - 1) < 0.01
    assert np.array_equal(layer.backward(np.ones_like(x)), a)
    assert np.array_equal(layers.Dropout(0.25, seed=1)(x, training=True), a)
    shared = layers.Dropout(0.5, noise_shape=(None, 1))(x, training=True)
    assert (shared == shared[:, :1]).all()


def test_batch_normalization_of_a_frozen_layer_uses_its_statistics():
    layer = layers.BatchNormalization()
    layer(ROWS)
    layer.trainable = False
    before = layer.get_weights()
    np.testing.assert_allclose(layer(ROWS, training=True), layer(ROWS), atol=1e-6)
    assert all(np.array_equal(a, b) for a, b in zip(before, layer.get_weights(), strict=True))
    assert layer.trainable_weights == layer.gradients == []


def test_max_pooling_gives_a_tie_to_the_first():
    layer = layers.MaxPooling2D()
    layer(np.zeros((1, 2, 2, 1)))
    assert layer.backward(np.ones((1, 1, 1, 1), "float32")).ravel().tolist() == [1, 0, 0, 0]


def test_embedding_sums_repeated_rows():
    layer = layers.Embedding(4, 2)
    layer(np.array([[1, 1, 3]]))
    layer.backward(np.array([[[1, 2], [10, 20], [5, 6]]], "float32"))
    assert layer.dW.tolist() == [[0, 0], [11, 22], [0, 0], [5, 6]]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: Sequential([Input((784,)), layers.Dense(2)])(np.zeros((32, 28, 28))),
            r"Dense expected input of shape \(batch, 784\), got \(32, 28, 28\): add Flatten\(\) first",
        ),
        (
            lambda: Sequential([Input((784,)), layers.Dense(2)])(np.zeros(784)),
            r"without a batch axis, use x\[None\]",
        ),
        (
            lambda: layers.Conv2D(2, 3)(np.zeros((5, 28, 28))),
            r"got \(any, 28, 28\): add Reshape\(\(28, 28, 1\)\)",
        ),
        (lambda: layers.Conv2D(2, 9)(IMAGES), r"windows of \(9, 9\) do not fit images of \(7, 6\)"),
        (lambda: layers.LSTM(2)(ROWS), r"LSTM expected input of shape \(batch, time, features\)"),
        (lambda: layers.Dense(0), "positive whole number as units, got 0"),
        (lambda: layers.Dense(2.5), "positive whole number as units"),
        (lambda: layers.Dense(2, "rellu"), "did you mean 'relu'"),
        (lambda: layers.Conv2D(2, 3, padding="full"), "padding 'valid' or 'same', got 'full'"),
        (lambda: layers.Conv2D(2, (3, 3, 3)), "one or two numbers as kernel_size"),
        (lambda: layers.Reshape((5, 5))(ROWS), r"cannot turn examples of shape \(4,\) into \(5, 5\)"),
        (lambda: layers.Reshape((-2, -2))(ROWS), r"cannot turn examples of shape \(4,\) into \(-2, -2\)"),
        (lambda: layers.Dropout(1.0), "from 0 to below 1"),
        (
            lambda: layers.Dropout(0.5, noise_shape=(1,))(ROWS, training=True),
            r"noise_shape \(1,\) does not fit",
        ),
        (lambda: layers.Embedding(5, 2)(np.array([[5]])), "index 5.* is outside 0…4"),
        (lambda: layers.Embedding(5, 2)(np.array([[0.5]])), "index 0.5.* is outside 0…4"),
        (lambda: layers.Embedding(5, 2)(np.array([[-1]])), "index -1.* is outside 0…4"),
        (lambda: layers.BatchNormalization(axis=1), "axis=-1"),
        (lambda: Input(784), r"a tuple such as \(784,\) as shape, got 784"),
    ],
)
def test_wrong_use_is_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_an_old_argument_says_what_replaces_it():
    with pytest.raises(TypeError, match=r"no argument input_shape: begin the model with Input"):
        layers.Dense(3, input_shape=(4,))


def test_set_weights_refuses_other_shapes_and_changes_nothing():
    layer = layers.Dense(3)
    layer(ROWS)
    before = layer.get_weights()
    with pytest.raises(ValueError, match=r"expected weights of shapes \[\(4, 3\), \(3,\)\]"):
        layer.set_weights([np.zeros((4, 3)), np.zeros(4)])
    assert np.array_equal(before[0], layer.W)


def test_every_layer_is_in_the_examples():
    shown = {type(layer).__name__ for layer, _ in EXAMPLES}
    assert shown == set(glassnet.layers.__all__) - {"Layer", "Input"}
