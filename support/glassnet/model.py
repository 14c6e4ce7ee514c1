"""Sequential: layers one after the other, and the loop that trains them."""

import math
from dataclasses import replace

import numpy as np

from glassnet import _data, interop, losses, optimizers, saving, utils
from glassnet import layers as layers_module
from glassnet import metrics as metrics_module
from glassnet.activations import sigmoid, softmax
from glassnet.callbacks import CallbackList, History
from glassnet.utils import require

TO_BUILD = "begin it with Input(shape=...) or call build()"


class Sequential(layers_module.base.Weighted):
    """A model whose layers follow one another: A⁰ = X, Aˡ = layerₗ(Aˡ⁻¹), Ŷ = the last A.

    Args:
        layers: a list of layers. If it begins with ``Input(shape)``, the weights exist at once; otherwise
            they are made at the first call, from the shape of its data.
        trainable: False keeps all weights as they are; set later, it is handed to every layer.
        name: for ``summary``.

    Example:
        >>> from glassnet import Input, Sequential, layers
        >>> model = Sequential([Input((784,)), layers.Dense(512, "relu"), layers.Dense(10, "softmax")])
        >>> model.count_params()
        407050
    """

    def __init__(self, layers=None, trainable=True, name="sequential"):
        self.layers, self._trainable, self.name = [], trainable, name
        self.built = self.stop_training = False
        self.optimizer = self.loss = self.history = self._input = self._metrics = None
        for layer in layers or []:
            self.add(layer)

    # ------------------------------------------------------------------ layers and weights

    def add(self, layer):
        """Append a layer; behind an ``Input`` it is built at once, so that a misfit shows here."""
        known = isinstance(layer, layers_module.Layer)
        require(known, f"add() expected a layer, got {layer!r}; layers are objects such as Dense(10)")
        twice = any(layer is other for other in self.layers)
        require(not twice, f"layer {layer.name!r} is in the model already: every layer needs its own object")
        if isinstance(layer, layers_module.Input):
            require(self._input is None and not self.layers, "Input must come first, and once")
            self._input = layer
            return
        layer.name = unique(layer.name, {other.name for other in self.layers})
        if self._input is not None:
            layer.ensure_built(self.output_shape)
        self.layers.append(layer)
        self.built = self._input is not None

    def pop(self):
        """Remove the last layer and return it."""
        require(self.layers, "the model has no layers")
        return self.layers.pop()

    def build(self, input_shape):
        """Make the weights for inputs of ``input_shape``, the batch included as None: ``(None, 784)``."""
        require(self.layers, "the model has no layers: add some first")
        if not self.built:
            shape = tuple(input_shape)
            self._shape_of_outputs(shape)  # a misfit shows before anything is built
            for layer in self.layers:
                layer.ensure_built(shape)
                shape = layer.output_shape
            self._input, self.built = layers_module.Input(tuple(input_shape[1:])), True

    def _shape_of_outputs(self, shape):
        """The shape of what comes out for a batch of that shape."""
        for layer in self.layers:
            shape = tuple(layer.compute_output_shape(shape))
        return shape

    @property
    def trainable(self):
        """False keeps all weights as they are; setting it sets it in every layer, as in Keras."""
        return self._trainable

    @trainable.setter
    def trainable(self, value):
        self._trainable = bool(value)
        for layer in self.layers:
            layer.trainable = self._trainable

    @property
    def input_shape(self):
        """Shape of a batch of inputs, (None, ...); known once the model is built."""
        self._needs_building("input_shape")
        return (None, *self._input.shape)

    @property
    def output_shape(self):
        """Shape of a batch of outputs, (None, ...); known once the model is built."""
        self._needs_building("output_shape")
        return self.layers[-1].output_shape if self.layers else (None, *self._input.shape)

    @property
    def weights(self):
        """The weight arrays of all layers, in Keras' order; they are the model's own, not copies."""
        self._needs_building("a model's weights")
        return [w for layer in self.layers for w in layer.weights]

    @property
    def trainable_weights(self):
        """The arrays that training changes."""
        return [w for layer in self.layers for w in layer.trainable_weights] if self.trainable else []

    @property
    def gradients(self):
        """∂L/∂W for each of ``trainable_weights``, left by the last ``backward``."""
        return [dW for layer in self.layers for dW in layer.gradients] if self.trainable else []

    def get_layer(self, name=None, index=None):
        """The layer of that name or index."""
        if index is not None:
            return self.layers[index]
        return utils.lookup("layer", name, {layer.name: layer for layer in self.layers})

    def summary(self, print_fn=print):
        """Print a table of layers, output shapes and numbers of weights, with ``print_fn``."""
        if self._input is None:
            return print_fn(f"Model {self.name!r} has no shapes yet: {TO_BUILD}.")
        rows = [("Layer (type)", "Output shape", "Param #")]
        for layer in self.layers:
            name = f"{layer.name} ({type(layer).__name__})"
            rows.append((name, str(layer.output_shape), f"{layer.count_params():,}"))
        a, b, c = (max(map(len, column)) for column in zip(*rows, strict=True))
        head, *body = [f"{name:<{a}}  {shape:<{b}}  {count:>{c}}" for name, shape, count in rows]
        total, trained = self.count_params(), sum(w.size for w in self.trainable_weights)
        counts = {"Total": total, "Trainable": trained, "Non-trainable": total - trained}
        ends = [f"{name} params: {count:,}" for name, count in counts.items()]
        line = "-" * len(head)
        print_fn("\n".join([f"Model: {self.name!r}", line, head, line, *body, line, *ends]))

    # ------------------------------------------------------------------ one step

    def forward(self, X, training=False):
        """Ŷ for one batch X; every layer remembers what ``backward`` needs."""
        for layer in self.layers:
            X = layer.forward(X, training)
        return X

    def backward(self, dA, from_logits=False, input_gradient=True):
        """Send ∂L/∂Ŷ back through the layers; leaves ``gradients`` and returns ∂L/∂X.

        Args:
            dA: ∂L/∂Ŷ; or, with ``from_logits``, ∂L/∂Z of the last layer, past its softmax or sigmoid.
            from_logits: see dA.
            input_gradient: False saves the work of ∂L/∂X, and None is returned.
        """
        first = 0 if input_gradient else self._first_with_weights()
        for i in range(len(self.layers) - 1, first - 1, -1):
            layer = self.layers[i]
            layer.needs_dX = input_gradient or i > first
            joined = from_logits and i == len(self.layers) - 1
            dA = layer.backward_from_Z(dA) if joined else layer.backward(dA)
        return dA if input_gradient else None

    def compute_loss(self, x, y, sample_weight=None, training=False):
        """(loss, predictions) of one batch; a final softmax or sigmoid is joined with its cross-entropy."""
        P = self.forward(x, training)
        loss, joined = self._step_loss()
        return loss(y, self.layers[-1].Z if joined else P, sample_weight), P

    def compute_gradients(self, x, y, sample_weight=None, training=True, input_gradient=False):
        """Forward and backward for one batch: (loss, predictions, ∂L/∂x or None); leaves ``gradients``."""
        value, P = self.compute_loss(x, y, sample_weight, training)
        return value, P, self._backward_from_loss(y, P, sample_weight, input_gradient)

    def _backward_from_loss(self, y, P, sample_weight, input_gradient=False):
        loss, joined = self._step_loss()
        dP = loss.gradient(y, self.layers[-1].Z if joined else P, sample_weight)
        return self.backward(dP, joined, input_gradient)

    def _step_loss(self):
        # Softmax and cross-entropy (sigmoid and its own) are one function of Z: exact where probabilities
        # would be rounded to 0 or 1. Keras does the same, whatever from_logits says; and it takes Z for the
        # logits of its loss behind a softmax and behind a sigmoid, whichever of the two the loss is made for.
        last = self.layers[-1]
        ends = hasattr(last, "backward_from_Z") and last.activation in (softmax, sigmoid)
        joined = ends and hasattr(self.loss, "from_logits")
        return replace(self.loss, from_logits=True) if joined else self.loss, joined

    def _first_with_weights(self):
        trained = [i for i, layer in enumerate(self.layers) if layer.trainable_weights]
        return trained[0] if trained and self.trainable else len(self.layers)

    # ------------------------------------------------------------------ training and use

    def compile(self, optimizer="rmsprop", loss=None, metrics=None, weighted_metrics=None):
        """Choose how to train: needed for ``fit``, ``evaluate`` and ``train_on_batch``, not for ``predict``.

        Args:
            optimizer: name or object from ``optimizers``.
            loss: name or object from ``losses``.
            metrics: list of names, functions of (y_true, y_pred), or objects from ``metrics``.
            weighted_metrics: the same, but weighed by ``sample_weight`` or ``class_weight``.

        Raises:
            ValueError: an unknown name (the nearest known one is suggested).
        """
        asked, chosen = [metrics or [], weighted_metrics or []], {}
        for weighed, given in enumerate(asked):
            listed = isinstance(given, (list, tuple))
            require(listed, f"metrics must be a list such as ['accuracy'], got {given!r}")
            for metric in map(metrics_module.get, given):
                name = f"weighted_{metric.name}" if weighed and metric.name in chosen else metric.name
                chosen[unique(name, chosen)] = metric, weighed
        optimizer, loss = optimizers.get(optimizer), None if loss is None else losses.get(loss)
        mean = loss is None or loss.reduction in ("sum", "sum_over_batch_size")
        require(mean, "a model needs a loss whose reduction is 'sum_over_batch_size' or 'sum'")
        self.optimizer, self.loss = optimizer, loss
        self._asked_metrics = [list(given) for given in asked]
        self._metrics = chosen  # {name: (metric, whether it is weighed)}

    def fit(
        self,
        x=None,
        y=None,
        batch_size=None,
        epochs=1,
        verbose="auto",
        callbacks=None,
        validation_split=0.0,
        validation_data=None,
        shuffle=True,
        class_weight=None,
        sample_weight=None,
        initial_epoch=0,
        validation_batch_size=None,
        validation_freq=1,
    ):
        """Train for ``epochs`` passes over the data.

        Args:
            x: inputs (n, ...).
            y: targets (n, ...), as the loss wants them.
            batch_size: examples a step; 32 by default. The last batch of an epoch may be smaller.
            epochs: how many, counted from epoch 0: with ``initial_epoch`` 2 and ``epochs`` 5 there are three.
            verbose: 0 silent, 1 or "auto" a progress bar, 2 a line an epoch.
            callbacks: list of ``callbacks.Callback``.
            validation_split: share of the rows, taken from the end before shuffling, to judge by and not
                train on.
            validation_data: (x, y) or (x, y, weights) to judge by instead.
            shuffle: a new random order each epoch.
            class_weight: {class: weight}; classes that are not named weigh 1.
            sample_weight: one weight an example, (n,).
            initial_epoch: where to go on counting.
            validation_batch_size: examples a step of validation; ``batch_size`` by default.
            validation_freq: validate after every so many epochs.

        Returns:
            ``History``: its ``history`` maps "loss", each metric and their "val_" twins to one value an
                epoch.

        Raises:
            ValueError: data that does not fit the model, the loss or itself: before any weight changes.
                NaN or infinity in data or loss: naming epoch and batch, before the step that would spread it.
        """
        data, held_out = self._prepare("fit", x, y, sample_weight, class_weight), None
        try:
            if validation_data is not None:
                pair = isinstance(validation_data, (tuple, list)) and len(validation_data) in (2, 3)
                require(pair, "validation_data must be (x, y) or (x, y, sample_weight)")
                held_out = self._prepare("fit", *validation_data)
            elif validation_split:
                data, held_out = _data.split(data, validation_split)
                if class_weight is not None:  # for what is trained on; nobody's judgement is weighed by it
                    held_out[2] = np.ones(len(held_out[2]))
            _data.refuse_non_finite(held_out or ())
        except ValueError as error:
            raise ValueError(f"validation data: {error}") from None
        batches = _data.Batches(data, batch_size)
        val_batches = held_out and _data.Batches(held_out, validation_batch_size or batch_size)
        history = History()
        run = CallbackList(callbacks, self, verbose, len(batches), epochs, history)
        self.history, self.stop_training, logs = history, False, {}
        run("on_train_begin")
        for epoch in range(initial_epoch, epochs):
            run("on_epoch_begin", epoch)
            order = utils.rng().permutation(batches.n) if shuffle else None
            if epoch == initial_epoch:
                _data.refuse_non_finite(data, order, batches.size, epoch)
            logs = self._train_epoch(batches, order, epoch, run)
            if held_out and (epoch + 1) % validation_freq == 0:
                judged = {f"val_{name}": value for name, value in self._evaluate(val_batches, run).items()}
                logs = dict(sorted((logs | judged).items()))
            run("on_epoch_end", epoch, logs)
            if self.stop_training:
                break
        run("on_train_end", logs)
        return history

    def _train_epoch(self, batches, order, epoch, run):
        tracker = Tracker(self._metrics)
        for i, (x, y, weight) in enumerate(batches(order)):
            run("on_train_batch_begin", i)
            self._train_step(x, y, weight, tracker, f"epoch {epoch + 1}, batch {i + 1}")
            run("on_train_batch_end", i, tracker.logs())
            if self.stop_training:
                break
        return tracker.logs()

    # What overflows here is told in a sentence: the loss is not finite.
    @np.errstate(over="ignore", invalid="ignore")
    def _train_step(self, x, y, weight, tracker, where):
        value, P = self.compute_loss(self._cast(x), y, weight, training=True)
        advice = "a smaller learning rate, scaled inputs or gradient clipping usually helps"
        stopped = f"the loss became {value} in {where}: training stopped before that step, {advice}"
        require(math.isfinite(value), stopped)
        tracker.update(value, y, P, weight)
        self._backward_from_loss(y, P, weight)
        self.optimizer.apply(self.gradients, self.trainable_weights)

    def evaluate(
        self,
        x=None,
        y=None,
        batch_size=None,
        verbose="auto",
        sample_weight=None,
        callbacks=None,
        return_dict=False,
    ):
        """Loss and metrics on data, without training.

        Returns:
            The loss, a float, if the model was compiled without metrics; otherwise the list [loss, metric,
            …]. With ``return_dict`` {name: value}.
        """
        data = self._prepare("evaluate", x, y, sample_weight)
        _data.refuse_non_finite(data)
        batches = _data.Batches(data, batch_size)
        logs = self._evaluate(batches, CallbackList(callbacks, self, verbose, len(batches)))
        return logs if return_dict else self._flat(logs)

    def _evaluate(self, batches, run):
        tracker = Tracker(self._metrics)
        run("on_test_begin")
        for i, (x, y, weight) in enumerate(batches()):
            value, P = self.compute_loss(self._cast(x), y, weight)
            tracker.update(value, y, P, weight)
            run("on_test_batch_end", i, tracker.logs())
        run("on_test_end", tracker.logs())
        return tracker.logs()

    def predict(self, x, batch_size=None, verbose="auto", callbacks=None):
        """Outputs for inputs x (n, ...), as one array (n, ...); needs no ``compile``."""
        x, _, _ = _data.dataset(x)
        self._build_for(x)
        batches, outputs = _data.Batches((x,), batch_size), []
        run = CallbackList(callbacks, self, verbose, len(batches))
        run("on_predict_begin")
        for i, (batch,) in enumerate(batches()):
            outputs.append(self.forward(self._cast(batch)).copy())
            run("on_predict_batch_end", i)
        run("on_predict_end")
        return np.concatenate(outputs)

    def train_on_batch(self, x, y=None, sample_weight=None, class_weight=None, return_dict=False):
        """One step on one batch; returns its loss and metrics (before the step) as ``evaluate`` does."""
        data = self._prepare("train_on_batch", x, y, sample_weight, class_weight)
        _data.refuse_non_finite(data)
        tracker = Tracker(self._metrics)
        self._train_step(*data, tracker, "this batch")
        return tracker.logs() if return_dict else self._flat(tracker.logs())

    def test_on_batch(self, x, y=None, sample_weight=None, return_dict=False):
        """Loss and metrics of one batch, without a step."""
        return self.evaluate(x, y, len(x), 0, sample_weight, return_dict=return_dict)

    def predict_on_batch(self, x):
        """Outputs for one batch."""
        return self.predict(x, batch_size=len(x), verbose=0)

    def __call__(self, x, training=False):
        """Outputs for one batch, as ``predict`` but in one go; ``training`` switches dropout on."""
        x = _data.array("x", x)
        self._build_for(x)
        return self.forward(self._cast(x), training).copy()

    # ------------------------------------------------------------------ files and Keras

    # written out in modules of their own
    save = saving.save
    load = staticmethod(saving.load)
    from_keras = staticmethod(interop.from_keras)
    to_keras = interop.to_keras

    def load_weights(self, path):
        """Take the weights, and only those, from a file that ``save`` wrote; shapes must fit."""
        _, arrays = saving.read(path)
        self.set_weights([arrays[f"weight{i}"] for i in range(sum(n.startswith("weight") for n in arrays))])

    # ------------------------------------------------------------------ helpers

    def _needs_building(self, what):
        require(self._input is not None, f"{what} needs a built model: {TO_BUILD}")

    def _build_for(self, x):
        self.build((None, *x.shape[1:]))
        self.layers[0].check_input(x.shape)

    def _prepare(self, what, x, y, sample_weight=None, class_weight=None):
        """Inputs, targets as the loss takes them, and weights, after everything was found to fit."""
        require(self.optimizer and self.loss, f"call compile(optimizer=..., loss=...) before {what}()")
        require(y is not None, "targets y are missing")
        x, y, sample_weight = _data.dataset(x, y, sample_weight, class_weight)
        self._build_for(x)
        if isinstance(self.layers[0], layers_module.Embedding):  # before the first step, not within one
            utils.whole_numbers("index", x, self.layers[0].input_dim)
        shape = self._shape_of_outputs(x.shape)  # not output_shape, which leaves some lengths open
        losses.per_value(sample_weight, np.broadcast_to(0.0, shape[:-1]))
        return x, self.loss.check(y, shape), sample_weight

    def _cast(self, x):
        return np.ascontiguousarray(x, dtype=self.layers[0].dtype)

    def _flat(self, logs):
        return [logs[name] for name in ("loss", *self._metrics)] if self._metrics else logs["loss"]


def unique(name, taken):
    """``name``, or ``name_1``, ``name_2``, … if that is taken already."""
    numbered = [name, *(f"{name}_{i}" for i in range(1, len(taken) + 1))]
    return next(candidate for candidate in numbered if candidate not in taken)


class Tracker:
    """The running mean of the loss, weighed by batch size, and the metrics over the same batches."""

    def __init__(self, metrics):
        self.metrics, self.total, self.count = metrics, 0.0, 0
        for metric, _ in metrics.values():
            metric.reset_state()

    def update(self, loss, y, P, weight):
        """Take in one batch."""
        self.total += float(loss) * len(P)
        self.count += len(P)
        for metric, weighed in self.metrics.values():
            metric.update_state(y, P, weight if weighed else None)

    def logs(self):
        """{name: value so far}, sorted by name as in Keras."""
        values = {name: metric.result() for name, (metric, _) in self.metrics.items()}
        return dict(sorted((values | {"loss": self.total / self.count}).items()))
