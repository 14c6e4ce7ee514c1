"""Keras models as plain data: a recipe becomes a model on the student's side, a view of one comes back.

Checks judge arrays, never a student's objects: whatever a model calls itself, what counts is what it predicts
and what it learns. Keras is imported when a recipe is built or a model is looked at, not before.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Recipe:
    """A network as plain data, the same for Keras and glassnet.

    Args:
        input_shape: shape of one example.
        layers: pairs of a layer's class name and its arguments, such as ("Dense", {"units": 10}).
        weights: arrays for `set_weights`, or None for weights drawn from `seed`.
        compile: arguments of `compile`, or None for a model that is not compiled.
        seed: of the weights.
    """

    input_shape: tuple
    layers: tuple
    weights: list | None = None
    compile: dict | None = None
    seed: int = 0

    def keras(self):
        """The Keras model."""
        import keras

        return self._build(keras, keras.Sequential, keras.Input)

    def glassnet(self):
        """The same network without Keras: an oracle for what it predicts."""
        import glassnet

        return self._build(glassnet, glassnet.Sequential, glassnet.Input)

    def _build(self, engine, sequential, first):
        engine.utils.set_random_seed(self.seed)
        layers = [getattr(engine.layers, name)(**arguments) for name, arguments in self.layers]
        model = sequential([first(self.input_shape), *layers])
        if self.weights is not None:
            model.set_weights(self.weights)
        if self.compile is not None:
            model.compile(**self.compile)
        return model


@dataclass(frozen=True)
class Look:
    """What to find out about a model once the student's function has returned.

    Args:
        inputs: array or list of arrays to predict on.
        targets: for as many of the first inputs: the compiled loss and metrics are computed on those. Labels
            of what a model is to recognise unseen stay out of it.
        fit: arguments of `fit`, after which the model predicts once more.
        at: number of the argument that is the model, or None for what was returned.
        like: what is returned where the model is an argument; its type and shape count.
        seed: of Keras' random numbers, before the call and before `fit`.
        shape: of what the model gives for one example, or None for any.
        hints: what to look at when one of the steps "call", "outputs", "compile", "test" and "fit" fails.
    """

    inputs: object
    targets: object = None
    fit: Mapping | None = None
    at: int | None = None
    like: object = None
    seed: int = 0
    shape: tuple | None = None
    hints: Mapping = field(default_factory=dict)


@dataclass
class View:
    """A model as plain data.

    Attributes:
        kind: "a Keras model", or what it is instead, in words.
        returned: what the function returned where the model was an argument.
        failed: step that failed ("call", "outputs", "compile", "test" or "fit"), or "".
        message: what the step said.
        layers: for each layer a dictionary with class, config, shapes of weights and shape of input.
        input_shape: of a batch, None for any length; a list for several inputs; None if it is not known.
        parameters: how many weights.
        weights: the arrays, before `fit`.
        optimizer: its class name, or None.
        learning_rate: the optimizer's.
        outputs: predictions on the inputs, before `fit`: an array, or a list for several outputs.
        penalty: sum of the regularisation terms, which the loss contains.
        scores: loss and metrics on the targets and as many first inputs, before `fit`.
        trained: predictions after `fit`.
    """

    kind: str = "a Keras model"
    returned: object = None
    failed: str = ""
    message: str = ""
    layers: list = field(default_factory=list)
    input_shape: object = None
    parameters: int = 0
    weights: list = field(default_factory=list)
    optimizer: str | None = None
    learning_rate: float | None = None
    outputs: object = None
    penalty: float = 0.0
    scores: dict = field(default_factory=dict)
    trained: object = None

    @property
    def is_model(self) -> bool:
        """Whether there was a Keras model to look at."""
        return self.kind == "a Keras model"


def prepare(look: Look):
    """Begin the random numbers anew, so that training goes the same way every time."""
    import keras

    keras.utils.set_random_seed(look.seed)


def view(model, look: Look, kind_of) -> View:
    """Look at a model, step by step, up to the first step that fails.

    Args:
        model: whatever is in the model's place.
        look: what to find out.
        kind_of: function that names the type of what is no model.
    """
    import keras

    if not isinstance(model, keras.Model):
        return View(kind=kind_of(model))
    found, step = View(), "call"
    try:
        found.outputs = _predict(model, look.inputs)
        found.penalty = float(sum(np.asarray(value) for value in model.losses))
        _describe(model, found)
        if look.shape is not None and (text := _misshapen(found.outputs, look)):
            found.failed, found.message = "outputs", text
            return found
        if look.targets is None and look.fit is None:
            return found
        step = "compile"
        if not model.compiled:
            raise ValueError("the model is not compiled")
        found.optimizer = type(model.optimizer).__name__
        found.learning_rate = float(np.asarray(model.optimizer.learning_rate))
        step = "test"
        if look.targets is not None:
            found.scores = _scores(model, look)
        step = "fit"
        if look.fit is not None:
            keras.utils.set_random_seed(look.seed)
            model.fit(**look.fit, verbose=0)
            found.trained = _predict(model, look.inputs)
    except Exception as error:  # the model's fault: its author is told which step it was
        found.failed, found.message = step, f"{type(error).__name__}: {_told(error)}"
        found.input_shape = found.input_shape or _shape(model, "input_shape")
    return found


def _predict(model, inputs):
    import keras

    # Not `predict`, which builds a graph first: ten times as slow for a few hundred examples.
    result = model(inputs, training=False)
    if isinstance(result, tuple | list):
        return [keras.ops.convert_to_numpy(part) for part in result]
    return keras.ops.convert_to_numpy(result)


def _misshapen(outputs, look):
    """What is wrong with the outputs' shape, or None."""
    if type(outputs) is not np.ndarray:
        return f"It has {len(outputs)} outputs; one is wanted."
    n = len(look.inputs[0] if isinstance(look.inputs, list) else look.inputs)
    if outputs.shape == (n, *look.shape):
        return None
    return f"For {n} examples its outputs have shape {outputs.shape}, expected {(n, *look.shape)}."


def _scores(model, look):
    """What `evaluate` gives, without the graph that it builds first."""
    import keras

    n, several = len(look.targets), isinstance(look.inputs, list)
    inputs = [part[:n] for part in look.inputs] if several else look.inputs[:n]
    targets, outputs = keras.ops.convert_to_tensor(look.targets), model(inputs, training=False)
    loss = model.compute_loss(inputs, targets, outputs, training=False)
    model.reset_metrics()
    scores = {**model.compute_metrics(inputs, targets, outputs), "loss": loss}
    model.reset_metrics()
    return {str(name): float(np.asarray(value)) for name, value in scores.items()}


def _describe(model, found):
    found.layers = [
        {
            "class": type(layer).__name__,
            "config": _config(layer),
            "weights": [tuple(map(int, weight.shape)) for weight in layer.weights],
            "input": _layer_input(layer),
        }
        for layer in model.layers
    ]
    found.input_shape = _shape(model, "input_shape")
    found.weights = [np.array(weight) for weight in model.get_weights()]
    found.parameters = int(sum(weight.size for weight in found.weights))


def _layer_input(layer):
    """Shape of what a layer is given, None where it cannot be known: in a subclassed model, or several."""
    try:
        return tuple(layer.input.shape)
    except (AttributeError, ValueError):
        return None


def _config(layer):
    """A layer's settings in JSON's types; empty for a layer of the student's that does not tell."""
    try:
        return json.loads(json.dumps(layer.get_config(), default=str))
    except Exception:
        return {}


def _shape(model, name):
    try:
        shape = getattr(model, name)
    except AttributeError:  # a subclassed model has none
        return None
    return [tuple(part) for part in shape] if isinstance(shape, list) else shape


def _told(error):
    """What an error says, without the frame that Keras puts around it."""
    paragraphs = re.sub(r"\x1b\[\d*m", "", str(error)).strip().split("\n\n")
    if len(paragraphs) > 1 and paragraphs[0].startswith("Exception encountered"):
        del paragraphs[0]
    text = " ".join(paragraphs[0].split())
    return text if len(text) <= 200 else text[:197] + "…"
