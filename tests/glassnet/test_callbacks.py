"""EarlyStopping, ModelCheckpoint, LearningRateScheduler and CSVLogger do what Keras' do."""

import csv

import glassnet
import keras
import numpy as np
import pytest
from glassnet import Input, Sequential, callbacks, layers, metrics
from hypothesis import given
from hypothesis import strategies as st

X = np.random.default_rng(0).normal(size=(20, 3)).astype("float32")
Y = X[:, :1] * 2


def small(library=glassnet):
    model = library.Sequential([library.Input((3,)), library.layers.Dense(1)])
    model.compile("sgd", "mse", metrics=["mae"])
    return model


class Stub:
    """A model that only counts: its weights are the number of the epoch."""

    def __init__(self):
        self.stop_training = False
        self.epoch = 0
        self.restored = None
        self.metrics = []

    def get_weights(self):
        return self.epoch

    def set_weights(self, weights):
        self.restored = weights


def run(callback, values):
    model = Stub()
    callback.set_model(model)
    callback.on_train_begin()
    for epoch, value in enumerate(values):
        model.epoch = epoch
        callback.on_epoch_end(epoch, {"val_loss": value})
        if model.stop_training:
            break
    callback.on_train_end()
    return model.epoch, model.restored


@given(
    st.lists(st.integers(0, 9).map(float), min_size=1, max_size=12),
    st.integers(0, 3),
    st.sampled_from([0, 0.5, 1]),
    st.sampled_from(["auto", "min", "max"]),
    st.sampled_from([None, 4.0]),
    st.integers(0, 2),
)
def test_early_stopping_stops_and_restores_when_keras_does(
    values, patience, min_delta, mode, baseline, start
):
    arguments = {
        "patience": patience,
        "min_delta": min_delta,
        "mode": mode,
        "baseline": baseline,
        "restore_best_weights": True,
        "start_from_epoch": start,
    }
    assert run(callbacks.EarlyStopping(**arguments), values) == run(
        keras.callbacks.EarlyStopping(**arguments), values
    )


def test_early_stopping_ends_a_fit_and_brings_the_best_weights_back():
    model, seen = small(), []

    class Spy(callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            seen.append((logs["val_loss"], self.model.get_weights()[0].copy()))

    model.optimizer.learning_rate = 0.3
    stop = callbacks.EarlyStopping(patience=2, min_delta=1e-3, restore_best_weights=True)
    history = model.fit(X, Y, epochs=200, validation_split=0.3, callbacks=[Spy(), stop], verbose=0)
    assert len(history.epoch) < 200
    assert np.array_equal(model.get_weights()[0], seen[stop.best_epoch][1])


def test_a_watched_value_that_does_not_exist_is_a_warning():
    with pytest.warns(UserWarning, match=r"watches 'val_loss', logs have: loss, mae"):
        small().fit(X, Y, callbacks=[callbacks.EarlyStopping()], verbose=0)
    with pytest.raises(ValueError, match="mode must be"):
        callbacks.EarlyStopping(mode="least")


def test_accuracies_should_rise_and_losses_fall():
    assert callbacks.EarlyStopping("val_accuracy").improves(0.9, 0.8)
    assert callbacks.EarlyStopping("val_loss").improves(0.8, 0.9)
    assert callbacks.EarlyStopping("val_mae").improves(0.8, 0.9)


def test_checkpoints_keep_the_best(tmp_path):
    model = small()
    best = callbacks.ModelCheckpoint(tmp_path / "best.npz", monitor="loss", save_best_only=True)
    each = callbacks.ModelCheckpoint(tmp_path / "{epoch:02d}-{loss:.1f}.npz")
    history = model.fit(X, Y, epochs=3, callbacks=[best, each], verbose=0).history["loss"]
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        *(f"{i + 1:02d}-{loss:.1f}.npz" for i, loss in enumerate(history)),
        "best.npz",
    ]
    assert best.best == min(history)
    np.testing.assert_array_equal(
        Sequential.load(tmp_path / "best.npz").predict(X, verbose=0), model.predict(X, verbose=0)
    )
    best.on_epoch_end(3, {"loss": 99.0})
    assert best.best == min(history)
    with pytest.raises(ValueError, match=r"ends in \.npz"):
        callbacks.ModelCheckpoint(tmp_path / "best.keras")


@pytest.mark.parametrize("schedule", [lambda epoch, rate: rate * 0.5, lambda epoch: 0.1 / (epoch + 1)])
def test_schedules_are_logged_as_in_keras(schedule):
    ours = small().fit(X, Y, epochs=3, callbacks=[callbacks.LearningRateScheduler(schedule)], verbose=0)
    theirs = small(keras).fit(
        X, Y, epochs=3, callbacks=[keras.callbacks.LearningRateScheduler(schedule)], verbose=0
    )
    assert list(ours.history) == list(theirs.history)
    np.testing.assert_allclose(ours.history["learning_rate"], theirs.history["learning_rate"], rtol=1e-6)


def test_csv_logger_writes_what_history_holds(tmp_path):
    path = tmp_path / "log.csv"
    model = small()
    history = model.fit(
        X, Y, epochs=2, callbacks=[callbacks.CSVLogger(path)], validation_split=0.2, verbose=0
    )
    model.fit(
        X, Y, epochs=1, callbacks=[callbacks.CSVLogger(path, append=True)], validation_split=0.2, verbose=0
    )
    rows = list(csv.DictReader(path.open()))
    assert [row["epoch"] for row in rows] == ["0", "1", "0"]
    assert [float(row["val_loss"]) for row in rows[:2]] == history.history["val_loss"]


def test_a_callback_can_stop_within_an_epoch():
    class Stop(callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            self.model.stop_training = batch == 1

    model = Sequential([Input((3,)), layers.Dense(1)])
    model.compile("sgd", "mse")
    assert len(model.fit(X, Y, batch_size=2, epochs=5, callbacks=[Stop()], verbose=0).epoch) == 1
    assert model.optimizer.iterations == 2


def test_a_metric_of_another_name_says_itself_which_way_is_better():
    model = Sequential([Input((6,)), layers.Dense(3, "softmax")])
    model.compile("sgd", "categorical_crossentropy", metrics=[metrics.F1Score("macro", name="score"), odd])
    stop = callbacks.EarlyStopping("val_score")
    stop.set_model(model)
    assert stop.improves(0.9, 0.8)
    with pytest.raises(ValueError, match="cannot tell whether 'odd' should rise or fall: set mode"):
        callbacks.EarlyStopping("odd").set_model(model)
    callbacks.EarlyStopping("odd", mode="min").set_model(model)


def odd(y_true, y_pred):
    return np.abs(y_pred - y_true).max(axis=-1)


def test_one_callback_needs_no_list_and_a_folder_is_made(tmp_path):
    saves = callbacks.ModelCheckpoint(tmp_path / "new" / "{epoch}.npz")
    small().fit(X, Y, epochs=2, callbacks=saves, verbose=0)
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == ["1.npz", "2.npz"]


def test_a_log_keeps_columns_for_a_validation_that_comes_later_as_keras(tmp_path):
    files = {library: tmp_path / f"{library.__name__}.csv" for library in (glassnet, keras)}
    for library, path in files.items():
        log = library.callbacks.CSVLogger(path)
        data = {"validation_data": (X, Y), "validation_freq": 2}
        small(library).fit(X, Y, epochs=2, verbose=0, callbacks=[log], **data)
    ours, theirs = (list(csv.DictReader(path.open())) for path in files.values())
    assert list(ours[0]) == list(theirs[0])
    assert [row["val_loss"] == "NA" for row in ours] == [row["val_loss"] == "NA" for row in theirs]


def test_a_training_that_is_refused_leaves_an_old_log_alone(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("of yesterday")
    with pytest.raises(ValueError, match="NaN or infinity"):
        small().fit(X * np.nan, Y, callbacks=[callbacks.CSVLogger(path)], verbose=0)
    assert path.read_text() == "of yesterday"
    small().fit(X, Y, epochs=2, callbacks=[callbacks.CSVLogger(path)], verbose=0)
    assert [row["epoch"] for row in csv.DictReader(path.open())] == ["0", "1"]
    with pytest.raises(FileNotFoundError):
        small().fit(X, Y, callbacks=[callbacks.CSVLogger(tmp_path / "no" / "log.csv")], verbose=0)
