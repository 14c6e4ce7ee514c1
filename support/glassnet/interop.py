"""From Keras and back: the same layers with the same weights."""

import inspect

from glassnet import layers
from glassnet.utils import lookup, require

IGNORED = {"name", "trainable", "dtype", "batch_input_shape", "build_config", "registered_name"}


def from_keras(model):
    """A glassnet ``Sequential`` equal to a built ``keras.Sequential``, weights included.

    Raises:
        ValueError: a model that is not sequential or not built, a layer or an argument glassnet does not
            have.
    """
    from glassnet.model import Sequential

    kind = type(model).__name__
    require(kind == "Sequential", f"from_keras expected a keras.Sequential, got {kind}")
    require(model.built, "the Keras model has no weights yet: begin it with Input(shape=...) or call build()")
    made = [convert(layer, lookup("layer", type(layer).__name__, layers.LAYERS)) for layer in model.layers]
    twin = Sequential([layers.Input(tuple(model.input_shape[1:])), *made], model.trainable, model.name)
    twin.set_weights(model.get_weights())
    return twin


def convert(keras_layer, cls):
    """A glassnet layer with the configuration of a Keras layer."""
    given = keras_layer.get_config()
    defaults = inspect.signature(type(keras_layer).__init__).parameters
    config = {name: given[name] for name in cls.arguments() if name in given}
    for name in given.keys() - config.keys() - IGNORED:
        default = defaults[name].default if name in defaults else None
        if given[name] not in (default, None, False, "channels_last"):
            came = f"(the Keras layer sets {given[name]!r})"
            raise ValueError(f"glassnet's {cls.__name__} has no argument {name} {came}")
    own = {"name": keras_layer.name, "trainable": keras_layer.trainable, "dtype": keras_layer.variable_dtype}
    return cls(**(config | own))


def to_keras(model):
    """A ``keras.Sequential`` equal to a built glassnet model, weights included; Keras must be installed."""
    import keras

    stack = [keras.Input(model.input_shape[1:], dtype=model.layers[0].dtype)]
    stack += [getattr(keras.layers, type(layer).__name__)(**layer.get_config()) for layer in model.layers]
    twin = keras.Sequential(stack, name=model.name, trainable=model.trainable)
    twin.set_weights(model.get_weights())
    return twin
