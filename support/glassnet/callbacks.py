"""Callbacks: what happens between the steps of training."""

import csv
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partialmethod
from pathlib import Path

import numpy as np

from glassnet import metrics
from glassnet.utils import require, require_one_of


class Callback:
    """Hooks that ``fit``, ``evaluate`` and ``predict`` call; override those you need.

    ``self.model`` is the model, ``self.params`` a dict with ``epochs``, ``steps`` and ``verbose``.
    ``logs`` holds the means so far, such as ``{"loss": 0.3, "accuracy": 0.9}``. Setting
    ``self.model.stop_training = True`` ends ``fit``.
    """

    model = params = None

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
    """Calls one hook of several callbacks, and of a progress bar, in turn: ``run("on_epoch_end", 0)``."""

    def __init__(self, callbacks, model, verbose, steps, epochs=1, history=None):
        verbose = 1 if verbose == "auto" else int(verbose)
        given = callbacks if isinstance(callbacks, (list, tuple)) else [callbacks]
        # History and the bar come last: they show what other callbacks add to the logs
        last = [history, ProgressBar(verbose) if verbose else None]
        self.callbacks = [callback for callback in (*given, *last) if callback is not None]
        for callback in self.callbacks:
            known = hasattr(callback, "on_epoch_end")
            require(known, f"callbacks must be Callback objects, got {callback!r}")
            callback.set_model(model)
            callback.set_params({"epochs": epochs, "steps": steps, "verbose": verbose})

    def __call__(self, hook, *args):
        for callback in self.callbacks:
            getattr(callback, hook)(*args)


class History(Callback):
    """What ``fit`` returns: ``history`` maps each name to one value an epoch, ``epoch`` lists the epochs."""

    def __init__(self):
        self.history, self.epoch = {}, []

    def on_train_begin(self, logs=None):
        self.history, self.epoch = {}, []

    def on_epoch_end(self, epoch, logs=None):
        self.epoch.append(epoch)
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(value)


class Monitor(Callback):
    """What callbacks share that watch a value such as "val_loss" for improvement.

    Args:
        monitor: a name in the logs.
        mode: "min", "max", or "auto": accuracies and their like should rise, losses and errors fall.
        min_delta: by how much a value must be better to count as an improvement.
    """

    min_delta = 0

    def __post_init__(self):
        require_one_of("mode must be", self.mode, ("auto", "min", "max"))
        rises = any(name in self.monitor for name in metrics.HIGHER_IS_BETTER)
        self.sign = 1 if self.mode == "max" or (self.mode == "auto" and rises) else -1

    def set_model(self, model):
        """With "auto", the model's metric of that name says whether it should rise."""
        super().set_model(model)
        known = getattr(model, "_metrics", None) or {}
        metric, _ = known.get(self.monitor.removeprefix("val_"), (None, False))
        if self.mode == "auto" and metric is not None:
            told = f"{type(self).__name__} cannot tell whether {self.monitor!r} should rise or fall"
            require(metric.rises is not None or self.sign == 1, f"{told}: set mode to 'max' or 'min'")
            self.sign = -1 if metric.rises is False else 1

    def value(self, logs):
        """The watched value, or None with a warning if the logs lack it."""
        if self.monitor in (logs or {}):
            return float(logs[self.monitor])
        known = ", ".join(logs or {})
        warnings.warn(f"{type(self).__name__} watches {self.monitor!r}, logs have: {known}", stacklevel=4)

    def improves(self, value, reference):
        """Whether ``value`` is better than ``reference`` by more than ``min_delta``."""
        return reference is None or self.sign * (value - reference) > abs(self.min_delta)


@dataclass(eq=False)
class EarlyStopping(Monitor):
    """Ends training when a value has not improved for ``patience`` epochs.

    Args:
        monitor, mode, min_delta: what to watch, see ``Monitor``.
        patience: how many epochs without improvement to wait.
        verbose: 1 says when it stops.
        baseline: a value that must be beaten before patience starts afresh.
        restore_best_weights: True goes back to the weights of the best epoch when training ends.
        start_from_epoch: epochs before it are not judged.
    """

    monitor: str = "val_loss"
    min_delta: float = 0
    patience: int = 0
    verbose: int = 0
    mode: str = "auto"
    baseline: float | None = None
    restore_best_weights: bool = False
    start_from_epoch: int = 0

    def on_train_begin(self, logs=None):
        self.best = self.best_weights = None
        self.wait = self.stopped_epoch = self.best_epoch = 0

    def on_epoch_end(self, epoch, logs=None):
        value = self.value(logs)
        if value is None or epoch < self.start_from_epoch:
            return
        self.wait += 1
        if self.improves(value, self.best):
            self.best, self.best_epoch = value, epoch
            if self.restore_best_weights:
                self.best_weights = self.model.get_weights()
            if self.baseline is None or self.improves(value, self.baseline):
                self.wait = 0
        elif self.wait >= self.patience and epoch > 0:
            self.stopped_epoch = epoch
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        if self.stopped_epoch and self.verbose:
            print(f"Epoch {self.stopped_epoch + 1}: early stopping, best was epoch {self.best_epoch + 1}")
        if self.best_weights is not None:
            self.model.set_weights(self.best_weights)


@dataclass(eq=False)
class ModelCheckpoint(Monitor):
    """Saves the model after every epoch, or only when it is the best so far.

    Args:
        filepath: ends in ``.npz``; may contain fields such as ``{epoch:02d}`` (from 1) and
            ``{val_loss:.3f}``.
        monitor, mode: what to watch, see ``Monitor``.
        verbose: 1 says when it saves.
        save_best_only: True saves only an improvement.
        initial_value_threshold: a value that must be beaten by the first save.
    """

    filepath: str
    monitor: str = "val_loss"
    verbose: int = 0
    save_best_only: bool = False
    mode: str = "auto"
    initial_value_threshold: float | None = None

    def __post_init__(self):
        super().__post_init__()
        self.filepath = str(self.filepath)
        fits = self.filepath.endswith(".npz")
        require(fits, f"ModelCheckpoint expected a path that ends in .npz, got {self.filepath!r}")
        self.best = self.initial_value_threshold

    def on_epoch_end(self, epoch, logs=None):
        if self.save_best_only:
            value = self.value(logs)
            if value is None or not self.improves(value, self.best):
                return
            self.best = value
        path = self.filepath.format(epoch=epoch + 1, **(logs or {}))
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self.model.save(path)
        if self.verbose:
            print(f"Epoch {epoch + 1}: saved to {path}")


@dataclass(eq=False)
class LearningRateScheduler(Callback):
    """Sets the learning rate before each epoch: ``schedule(epoch, learning_rate)`` returns the new one."""

    schedule: Callable
    verbose: int = 0

    def on_epoch_begin(self, epoch, logs=None):
        optimizer = self.model.optimizer
        try:
            optimizer.learning_rate = self.schedule(epoch, optimizer.learning_rate)
        except TypeError:  # a schedule of the epoch alone
            optimizer.learning_rate = self.schedule(epoch)
        if self.verbose:
            print(f"Epoch {epoch + 1}: learning rate {optimizer.learning_rate:g}")

    def on_epoch_end(self, epoch, logs=None):
        if logs is not None:
            logs["learning_rate"] = self.model.optimizer.learning_rate


@dataclass(eq=False)
class CSVLogger(Callback):
    """Writes a line with the logs of each epoch into a CSV file; the header names them.

    If the first epoch has no validation, columns for it are kept free, as in Keras: a later one may have.

    Args:
        filename: the file, overwritten after the first epoch unless ``append``.
        separator: between values.
        append: True goes on at the end of an existing file.
    """

    filename: str
    separator: str = ","
    append: bool = False

    def on_train_begin(self, logs=None):
        open(self.filename, "a").close()  # a folder that is missing shows now; an old log may go later
        self.names = None

    def on_epoch_end(self, epoch, logs=None):
        mode = "w" if self.names is None and not self.append else "a"
        if self.names is None:
            names = sorted(logs or {})
            validated = any(name.startswith("val_") for name in names)
            self.names = ["epoch", *names, *([] if validated else [f"val_{name}" for name in names])]
        with open(self.filename, mode, newline="") as file:
            writer = csv.DictWriter(file, self.names, "NA", "ignore", delimiter=self.separator)
            if file.tell() == 0:
                writer.writeheader()
            writer.writerow({"epoch": epoch, **(logs or {})})


class ProgressBar(Callback):
    """Shows how far a run is: ``verbose`` 1 is a tqdm bar, 2 one line an epoch."""

    def __init__(self, verbose=1):
        self.verbose = verbose
        self.title = self.bar = None

    def start(self, title, logs=None):
        """Open a bar, unless one is open: the evaluation of validation data keeps quiet."""
        if self.title is None and self.verbose == 1:
            from tqdm.auto import tqdm  # late, because `import glassnet` needs NumPy only

            self.bar = tqdm(total=self.params["steps"], desc=title, unit="batch")
        self.title = self.title or title

    def step(self, batch, logs=None):
        """Move the bar on by a batch, until it is full."""
        if self.bar is not None and self.bar.n < self.bar.total:
            self.bar.update(1)
            if batch % 16 == 0:
                self.bar.set_postfix_str(show(logs), refresh=False)

    def stop(self, title, logs=None):
        """Close the bar of that title, or print the line."""
        if self.title == title:
            if self.bar is not None:
                self.bar.set_postfix_str(show(logs), refresh=False)
                self.bar.close()
            elif self.verbose == 2 and logs:
                print(f"{title} - {show(logs)}")
            self.title = self.bar = None

    on_train_batch_end = on_test_batch_end = on_predict_batch_end = step
    on_test_begin, on_test_end = partialmethod(start, "Evaluate"), partialmethod(stop, "Evaluate")
    on_predict_begin, on_predict_end = partialmethod(start, "Predict"), partialmethod(stop, "Predict")

    def on_epoch_begin(self, epoch, logs=None):
        self.start(f"Epoch {epoch + 1}/{self.params['epochs']}")

    def on_epoch_end(self, epoch, logs=None):
        self.stop(f"Epoch {epoch + 1}/{self.params['epochs']}", logs)


def show(logs):
    """``{"loss": 0.25, "accuracy": 0.9}`` as ``loss: 0.2500 - accuracy: 0.9000``."""
    return " - ".join(f"{name}: {show_number(value)}" for name, value in (logs or {}).items())


def show_number(value):
    """Four decimals, or four digits where those would be zeros."""
    if np.ndim(value):
        return str(np.round(value, 4))
    return f"{value:.4f}" if abs(value) > 1e-3 else f"{value:.4e}"
