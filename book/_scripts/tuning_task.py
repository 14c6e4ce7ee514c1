"""A small task and four ways to search its hyperparameters with one budget.

The chapter on tuning shows these functions; benchmarks/tuning.py repeats the
searches over seeds. The network is trained in glassnet: a tenth of a second a
trial is what makes it possible to repeat searches at all.
"""

import contextlib
import os
import tempfile

import glassnet
import keras_tuner
import numpy as np
from glassnet.datasets import mnist

EPOCHS = 9  # of a full trial
BUDGET = 27 * EPOCHS  # epochs that each search may spend
GRID = {  # three values each: the ends and the middle of a range
    "learning_rate": (0.001, 0.0316, 1.0),
    "units": (8, 45, 256),
    "dropout": (0.0, 0.3, 0.6),
}


def task(seed, train=1_000, val=500):
    """Training, validation and test part: few digits, drawn anew a seed."""
    (x, y), (x_test, y_test) = mnist.load_data()
    rows = np.random.default_rng(seed).permutation(len(x))[: train + val]
    X, X_test = (
        a.reshape(-1, 784).astype("float32") / 255 for a in (x[rows], x_test)
    )
    y = y[rows]
    return (X[:train], y[:train]), (X[train:], y[train:]), (X_test, y_test)


def space(hp):
    """The three hyperparameters and their ranges; two on a log scale."""
    return {
        "learning_rate": hp.Float("learning_rate", 0.001, 1.0, sampling="log"),
        "units": hp.Int("units", 8, 256, sampling="log"),
        "dropout": hp.Float("dropout", 0.0, 0.6),
    }


def grid(hp):
    """The same ranges, three values each."""
    return {name: hp.Choice(name, list(v)) for name, v in GRID.items()}


def build(engine, learning_rate, units, dropout):
    """One hidden layer and SGD with momentum, in Keras or glassnet."""
    model = engine.Sequential(
        [
            engine.Input((784,)),
            engine.layers.Dense(int(units), activation="relu"),
            engine.layers.Dropout(dropout),
            engine.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=engine.optimizers.SGD(learning_rate, momentum=0.9),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


def accuracy(model, part):
    """Share of right answers; 0.1, chance, for a model that has diverged."""
    X, y = part
    with np.errstate(all="ignore"):
        P = model.predict(X, batch_size=1000, verbose=0)
    return (
        float(np.mean(P.argmax(axis=1) == y)) if np.isfinite(P).all() else 0.1
    )


def train(values, parts, seed, epochs=EPOCHS, model=None):
    """A new model, or the given one for some epochs more."""
    if model is None:
        glassnet.utils.set_random_seed(seed)
        model = build(glassnet, **values)
    with (
        contextlib.suppress(ValueError, FloatingPointError),
        np.errstate(all="ignore"),
    ):
        # glassnet stops a training whose loss is no number any more
        model.fit(*parts[0], batch_size=32, epochs=epochs, verbose=0)
    return model


class BudgetSpent(keras_tuner.errors.FatalError):
    """Ends a search; any other exception would only fail the trial."""


def searching(kind):
    """A class of KerasTuner whose trials are trained by `train`."""

    class Search(kind):
        def __init__(self, parts, first_seed, choices, **settings):
            self.parts, self.first_seed, self.rows = parts, first_seed, []
            self.models, self.choices = {}, choices
            hp = keras_tuner.HyperParameters()
            choices(hp)
            super().__init__(
                objective=keras_tuner.Objective("val_accuracy", "max"),
                hyperparameters=hp,
                overwrite=True,
                **settings,
            )

        def run_trial(self, trial, *args, **kwargs):
            given = trial.hyperparameters
            values = self.choices(given)
            epochs = given.values.get("tuner/epochs", EPOCHS)
            begun = given.values.get("tuner/initial_epoch", 0)
            # Hyperband promotes a trial: its model is trained on
            model = self.models.get(given.values.get("tuner/trial_id"))
            seed = self.first_seed + len(self.rows)
            model = train(values, self.parts, seed, epochs - begun, model)
            self.models[trial.trial_id] = model
            row = {**values, "epochs": epochs - begun}
            row["val_accuracy"] = accuracy(model, self.parts[1])
            row["test_accuracy"] = accuracy(model, self.parts[2])
            self.rows.append(row)
            if sum(row["epochs"] for row in self.rows) >= BUDGET:
                raise BudgetSpent
            return {"val_accuracy": row["val_accuracy"]}

    return Search


METHODS = {
    "grid": (keras_tuner.GridSearch, grid, {"max_trials": 27}),
    "random": (keras_tuner.RandomSearch, space, {"max_trials": 27}),
    "Bayesian": (keras_tuner.BayesianOptimization, space, {"max_trials": 27}),
    "Hyperband": (
        keras_tuner.Hyperband,
        space,
        {"max_epochs": EPOCHS, "factor": 3, "hyperband_iterations": 100},
    ),
}


def search(method, seed):
    """Rows of one search, in order, up to the budget of epochs."""
    if seed < 1:
        raise ValueError(
            f"KerasTuner takes 0 for no seed: give 1 or more, not {seed}"
        )
    kind, choices, settings = METHODS[method]
    with (
        tempfile.TemporaryDirectory() as folder,
        open(os.devnull, "w") as nowhere,
        contextlib.redirect_stdout(nowhere),  # KerasTuner talks of each trial
        contextlib.suppress(BudgetSpent),
    ):
        tuner = searching(kind)(
            task(seed),
            1000 * seed,
            choices,
            seed=seed,
            directory=folder,
            **settings,
        )
        tuner.search(verbose=0)
    return tuner.rows
