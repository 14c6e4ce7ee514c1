"""Models go to Keras and back with their weights; what glassnet does not have is named."""

import keras
import numpy as np
import pytest
from glassnet import Input, Sequential
from test_layers import EXAMPLES, IDS, fresh


@pytest.mark.parametrize(("layer", "x"), EXAMPLES, ids=IDS)
def test_round_trip_of_every_layer(layer, x):
    ours = Sequential([Input(x.shape[1:]), fresh(layer)], name="one")
    theirs = ours.to_keras()
    back = Sequential.from_keras(theirs)
    assert back.layers[0].get_config() == ours.layers[0].get_config()
    assert all(np.array_equal(a, b) for a, b in zip(ours.get_weights(), theirs.get_weights(), strict=True))
    assert all(np.array_equal(a, b) for a, b in zip(ours.get_weights(), back.get_weights(), strict=True))
    np.testing.assert_allclose(ours.predict(x, verbose=0), theirs.predict(x, verbose=0), atol=1e-5)
    assert (back.name, back.input_shape, back.output_shape) == (
        "one",
        theirs.input_shape,
        theirs.output_shape,
    )


def keras_model(*layers):
    return keras.Sequential([keras.Input((6, 6, 2)), *layers])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: keras_model(keras.layers.SeparableConv2D(2, 3)), "unknown layer 'SeparableConv2D'"),
        (lambda: keras_model(keras.layers.Conv2D(2, 3, dilation_rate=2)), "no argument dilation_rate"),
        (
            lambda: keras_model(keras.layers.Dense(2, kernel_regularizer="l2")),
            "no argument kernel_regularizer",
        ),
        (lambda: keras_model(keras.layers.Dense(2, activation="selu")), "unknown activation 'selu'"),
        (lambda: keras.Sequential([keras.layers.Dense(2)]), "no weights yet"),
        (lambda: keras.Model(*[keras.Input((3,))] * 2), "expected a keras.Sequential, got Functional"),
    ],
)
def test_what_is_missing_is_named(make, message):
    with pytest.raises(ValueError, match=message):
        Sequential.from_keras(make())


def test_weights_of_a_model_in_mixed_precision_keep_their_digits():
    theirs = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, dtype="mixed_float16")])
    ours = Sequential.from_keras(theirs)
    assert ours.weights[0].dtype == "float32"
    assert np.array_equal(ours.get_weights()[0], theirs.get_weights()[0])
