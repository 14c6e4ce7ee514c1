"""Callbacks: what happens between the steps of training."""
# ruff: noqa: D102 - overridden methods are documented where they are declared

import numpy as np


class Callback:
    """Hooks that ``fit``, ``evaluate`` and ``predict`` call; override those you need.

    ``self.model`` is the model, ``self.params`` a dict with ``epochs``, ``steps`` and ``verbose``.
    ``logs`` holds the
    means so far, such as ``{"loss": 0.3, "accuracy": 0.9}``. Setting ``self.model.stop_training = True``
    ends ``fit``.
    """

    model = None
    params = None

    def set_model(self, model):
        """Called first, with the model."""
        self.model = model

    def set_params(self, params):
        """Called first, with ``{"epochs": …, "steps": …, "verbose": …}``."""
        self.params = params

    def on_train_begin(self, logs=None):
        """Before the first epoch."""

    def on_train_end(self, logs=None):
        """After the last epoch, with its logs."""

    def on_epoch_begin(self, epoch, logs=None):
        """Before an epoch; the first is 0."""

    def on_epoch_end(self, epoch, logs=None):
        """After an epoch, validation included; ``logs`` has its ``val_`` values too."""

    def on_train_batch_begin(self, batch, logs=None):
        """Before a batch; the first is 0."""

    def on_train_batch_end(self, batch, logs=None):
        """After a batch; ``logs`` holds the means over the epoch so far."""

    def on_test_begin(self, logs=None):
        """Before ``evaluate``, also the one of validation."""

    def on_test_end(self, logs=None):
        """After ``evaluate``."""

    def on_test_batch_end(self, batch, logs=None):
        """After a batch of ``evaluate``."""

    def on_predict_begin(self, logs=None):
        """Before ``predict``."""

    def on_predict_end(self, logs=None):
        """After ``predict``."""

    def on_predict_batch_end(self, batch, logs=None):
        """After a batch of ``predict``."""


class CallbackList:
    """Calls one hook of several callbacks in turn: ``callbacks("on_epoch_end", 0, logs)``."""

    def __init__(self, callbacks, model, params):
        self.callbacks = list(callbacks)
        for callback in self.callbacks:
            if not hasattr(callback, "on_epoch_end"):
                raise ValueError(f"callbacks must be Callback objects, got {callback!r}")
            callback.set_model(model)
            callback.set_params(params)

    def __call__(self, hook, *args):
        for callback in self.callbacks:
            getattr(callback, hook)(*args)


class History(Callback):
    """What ``fit`` returns: ``history`` maps each name to one value an epoch, ``epoch`` lists the epochs."""

    def __init__(self):
        self.history = {}
        self.epoch = []

    def on_train_begin(self, logs=None):
        self.history, self.epoch = {}, []

    def on_epoch_end(self, epoch, logs=None):
        self.epoch.append(epoch)
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(value)


class ProgressBar(Callback):
    """Shows how far a run is: ``verbose`` 1 is a tqdm bar, 2 one line an epoch."""

    def __init__(self, verbose=1):
        self.verbose = verbose
        self.bar = None
        self.training = False  # then the evaluation of validation data keeps quiet

    def start(self, title):
        """Open a bar."""
        if self.verbose == 1:
            from tqdm.auto import tqdm  # late, because `import glassnet` needs NumPy only

            self.bar = tqdm(total=self.params["steps"], desc=title, unit="batch")

    def step(self, batch, logs=None):
        """Move the bar on by a batch."""
        if self.bar is not None:
            self.bar.update(1)
            if batch % 16 == 0:
                self.bar.set_postfix_str(show(logs), refresh=False)

    def stop(self, title, logs=None):
        """Close the bar, or print the line."""
        if self.bar is not None:
            self.bar.set_postfix_str(show(logs), refresh=False)
            self.bar.close()
            self.bar = None
        elif self.verbose == 2 and logs:
            print(f"{title} - {show(logs)}")

    def on_epoch_begin(self, epoch, logs=None):
        self.training = True
        self.start(f"Epoch {epoch + 1}/{self.params['epochs']}")

    def on_train_batch_end(self, batch, logs=None):
        self.step(batch, logs)

    def on_epoch_end(self, epoch, logs=None):
        self.stop(f"Epoch {epoch + 1}/{self.params['epochs']}", logs)

    def on_test_begin(self, logs=None):
        if not self.training:
            self.start("Evaluate")

    def on_test_batch_end(self, batch, logs=None):
        if not self.training:
            self.step(batch, logs)

    def on_test_end(self, logs=None):
        if not self.training:
            self.stop("Evaluate", logs)

    def on_predict_begin(self, logs=None):
        self.start("Predict")

    def on_predict_batch_end(self, batch, logs=None):
        self.step(batch, logs)

    def on_predict_end(self, logs=None):
        self.stop("Predict", logs)


def show(logs):
    """``{"loss": 0.25, "accuracy": 0.9}`` as ``loss: 0.2500 - accuracy: 0.9000``."""
    return " - ".join(f"{name}: {show_number(value)}" for name, value in (logs or {}).items())


def show_number(value):
    """Four decimals, or four digits where those would be zeros."""
    if np.ndim(value):
        return str(np.round(value, 4))
    return f"{value:.4f}" if abs(value) > 1e-3 else f"{value:.4e}"
