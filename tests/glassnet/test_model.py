"""Sequential trains, judges and predicts as Keras' does, and says in one sentence what is wrong."""

import re
import warnings

import keras
import numpy as np
import pytest
from glassnet import Input, Sequential, callbacks, datasets, layers, utils
from twins import pair

RNG = np.random.default_rng(0)
X = RNG.normal(size=(50, 6)).astype("float32")
LABELS = RNG.integers(0, 3, 50)
ONEHOT = np.eye(3)[LABELS]


def classifier(**arguments):
    model = Sequential([Input((6,)), layers.Dense(8, "relu"), layers.Dense(3, "softmax")])
    model.compile("sgd", "sparse_categorical_crossentropy", **arguments)
    return model


@pytest.mark.parametrize("metrics", [None, ["accuracy"], ["acc", "sparse_categorical_accuracy"]])
def test_histories_and_results_are_keras(metrics):
    ours, theirs = pair(
        [layers.Dense(8, "relu"), layers.Dense(3, "softmax")],
        X,
        lambda lib: lib.optimizers.SGD(0.1),
        lambda lib: lib.losses.SparseCategoricalCrossentropy(),
        metrics=metrics,
    )
    arguments = {"batch_size": 16, "epochs": 3, "shuffle": False, "verbose": 0, "validation_split": 0.25}
    a, b = ours.fit(X, LABELS, **arguments), theirs.fit(X, LABELS, **arguments)
    assert list(a.history) == list(b.history)
    assert a.epoch == b.epoch
    for name, values in b.history.items():
        np.testing.assert_allclose(a.history[name], values, rtol=1e-4)
    mine, keras_s = ours.evaluate(X, LABELS, verbose=0), theirs.evaluate(X, LABELS, verbose=0)
    assert isinstance(mine, float if metrics is None else list)
    np.testing.assert_allclose(mine, keras_s, rtol=1e-4)
    mine = ours.evaluate(X, LABELS, verbose=0, return_dict=True)
    keras_s = theirs.evaluate(X, LABELS, verbose=0, return_dict=True)
    assert list(mine) == list(keras_s)
    np.testing.assert_allclose(ours.train_on_batch(X, LABELS), theirs.train_on_batch(X, LABELS), rtol=1e-4)
    np.testing.assert_allclose(ours.test_on_batch(X, LABELS), theirs.test_on_batch(X, LABELS), rtol=1e-4)
    np.testing.assert_allclose(ours.predict(X, verbose=0), theirs.predict(X, verbose=0), rtol=1e-3, atol=1e-6)


def test_validation_data_with_weights_and_frequency_as_keras():
    ours, theirs = pair(
        [layers.Dense(1)], X, lambda lib: lib.optimizers.SGD(0.01), lambda lib: lib.losses.MeanSquaredError()
    )
    y, w = RNG.normal(size=50), RNG.uniform(size=50)
    arguments = {"epochs": 4, "shuffle": False, "verbose": 0, "initial_epoch": 1, "validation_freq": 2}
    a = ours.fit(X, y, validation_data=(X[:20], y[:20], w[:20]), sample_weight=w, **arguments)
    b = theirs.fit(X, y, validation_data=(X[:20], y[:20], w[:20]), sample_weight=w, **arguments)
    assert a.epoch == b.epoch == [1, 2, 3]
    assert list(a.history) == list(b.history)
    for name, values in b.history.items():
        np.testing.assert_allclose(a.history[name], values, rtol=1e-4)


def test_metrics_of_one_name_are_told_apart_as_in_keras():
    ours, theirs = pair(
        [layers.Dense(1)],
        X,
        lambda lib: lib.optimizers.SGD(0.01),
        lambda lib: lib.losses.MeanSquaredError(),
        metrics=["mae", "mae"],
        weighted_metrics=["mae", "mse"],
    )
    arguments = {"sample_weight": RNG.uniform(size=50), "verbose": 0, "shuffle": False}
    a, b = ours.fit(X, X[:, 0], **arguments).history, theirs.fit(X, X[:, 0], **arguments).history
    assert list(a) == list(b) == ["loss", "mae", "mae_1", "mse", "weighted_mae"]
    for name, values in b.items():
        np.testing.assert_allclose(a[name], values, rtol=1e-4)


@pytest.mark.parametrize(
    "convert", [np.asarray, list, lambda a: a.astype("float64"), lambda a: (a * 9).astype(int)]
)
@pytest.mark.parametrize("batch_size", [None, 1, 7, 50, 999])
def test_any_numbers_and_any_batch_size(convert, batch_size):
    model = classifier(metrics=["accuracy"])
    history = model.fit(convert(X), list(LABELS), batch_size=batch_size, verbose=0).history
    assert np.isfinite(history["loss"]).all()
    assert model.predict(convert(X), batch_size=batch_size, verbose=0).shape == (50, 3)
    assert model.weights[0].dtype == "float32"


def test_inputs_are_left_alone_and_seeds_repeat_to_the_bit():
    x, y = X.copy(), LABELS.copy()
    x.flags.writeable = y.flags.writeable = False
    runs = []
    for _ in range(2):
        utils.set_random_seed(4)
        model = Sequential([layers.Dense(9, "relu"), layers.Dropout(0.3), layers.Dense(3, "softmax")])
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(x, y, epochs=3, verbose=0)
        runs.append(model.get_weights())
    assert all(np.array_equal(a, b) for a, b in zip(*runs, strict=True))
    assert np.array_equal(x, X)


def test_every_row_is_seen_once_an_epoch_in_a_new_order():
    seen = []

    class Spy(layers.Layer):
        def forward(self, x, training=False):
            seen.append(x[:, 0].copy())
            return x

        def backward(self, dA):
            return dA

    x = np.arange(10, dtype="float32")[:, None]
    model = Sequential([Spy(), layers.Dense(1)])
    model.compile("sgd", "mse")
    model.fit(x / 10, x, batch_size=4, epochs=2, verbose=0)
    assert [len(batch) for batch in seen] == [4, 4, 2] * 2
    first, second = np.concatenate(seen[:3]), np.concatenate(seen[3:])
    assert sorted(first) == sorted(second) == sorted(x[:, 0] / np.float32(10))
    assert not np.array_equal(first, second)


def test_summary_is_an_aligned_table():
    lines = []
    Sequential([Input((28, 28, 1)), layers.Conv2D(32, 3), layers.Flatten(), layers.Dense(10)]).summary(
        print_fn=lines.append
    )
    rows = "\n".join(lines).splitlines()
    assert rows[4:7] == [
        "conv2d (Conv2D)    (None, 26, 26, 32)      320",
        "flatten (Flatten)  (None, 21632)             0",
        "dense (Dense)      (None, 10)          216,330",
    ]
    assert "Total params: 216,650" in rows
    twin = Sequential([Input((6,)), layers.BatchNormalization(), layers.Dense(3, trainable=False)]).to_keras()
    ours = Sequential.from_keras(twin)
    ours.summary(print_fn=lines.append)
    assert "Trainable params: 12" in lines[-1]
    assert sum(w.size for w in ours.trainable_weights) == sum(
        int(np.prod(w.shape)) for w in twin.trainable_weights
    )


def test_a_model_without_input_is_built_by_its_data():
    model = Sequential([layers.Dense(4), layers.Dense(2)])
    with pytest.raises(ValueError, match="needs a built model"):
        model.count_params()
    said = []
    model.summary(print_fn=said.append)
    assert "no shapes yet" in said[0]
    assert model.predict(X, verbose=0).shape == (50, 2)
    assert model.count_params() == 6 * 4 + 4 + 4 * 2 + 2
    assert [layer.name for layer in model.layers] == ["dense", "dense_1"]
    assert model.get_layer("dense_1").units == 2


def test_frozen_layers_do_not_move():
    model = Sequential([Input((6,)), layers.Dense(4, trainable=False), layers.Dense(3, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy")
    before = model.get_weights()
    model.fit(X, LABELS, verbose=0)
    after = model.get_weights()
    assert np.array_equal(before[0], after[0])
    assert not np.array_equal(before[2], after[2])


def test_a_frozen_model_hands_it_to_its_layers_and_trains_as_in_keras():
    base = Sequential([Input((6,)), layers.Dense(4), layers.BatchNormalization()])
    base.trainable = False
    ours = Sequential([Input((6,)), *base.layers, layers.Dense(3, "softmax")])
    assert [layer.trainable for layer in ours.layers] == [False, False, True]
    theirs = ours.to_keras()
    for model in (ours, theirs):
        model.compile("sgd", "sparse_categorical_crossentropy")
        model.fit(X, LABELS, epochs=3, shuffle=False, verbose=0)
    for a, b in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-6)
    base.trainable = True
    assert len(ours.trainable_weights) == 6
    ours.trainable = False
    assert ours.to_keras().trainable_weights == []


def test_class_weights_weigh_what_is_trained_on_and_not_its_validation():
    ours, theirs = pair(
        [layers.Dense(3, "softmax")],
        X,
        lambda lib: lib.optimizers.SGD(0.1),
        lambda lib: lib.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
        weighted_metrics=["accuracy"],
    )
    arguments = {"class_weight": {0: 3.0, 1: 0.2}, "validation_split": 0.3, "shuffle": False, "verbose": 0}
    a, b = ours.fit(X, LABELS, **arguments).history, theirs.fit(X, LABELS, **arguments).history
    assert list(a) == list(b)
    for name, values in b.items():
        np.testing.assert_allclose(a[name], values, rtol=1e-5)


def test_the_dtype_of_the_input_is_not_that_of_the_layers():
    model = Sequential([Input((5,), dtype="int32"), layers.Embedding(20, 3), layers.LSTM(3)])
    assert {w.dtype.name for w in model.weights} == {"float32"}
    with pytest.raises(ValueError, match="Dense expected dtype 'float32' or 'float64', got 'float16'"):
        Sequential([Input((5,)), layers.Dense(2, dtype="float16")])


def test_what_does_not_fit_is_said_before_the_first_step():
    model = Sequential([Input((1,)), layers.Embedding(5, 2), layers.Flatten(), layers.Dense(1)])
    model.compile("sgd", "mse")
    before, x = model.get_weights(), np.arange(60)[:, None] % 5
    bad = np.where(np.arange(60)[:, None] == 58, 7, x)
    with pytest.raises(ValueError, match="index 7 at row 58 is outside"):
        model.fit(bad, x, batch_size=8, verbose=0)
    with pytest.raises(ValueError, match=r"^validation data: index 7 at row 58"):
        model.fit(x, x, validation_data=(bad, x), verbose=0)
    with pytest.raises(ValueError, match=r"^validation data: sample_weight of shape \(60, 3\)"):
        model.fit(x, x, validation_data=(x, x, np.ones((60, 3))), verbose=0)
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))


def test_a_build_that_fails_leaves_nothing_behind():
    model = Sequential(
        [layers.Conv2D(2, 3), layers.MaxPooling2D(), layers.Conv2D(2, 9), layers.Flatten(), layers.Dense(2)]
    )
    with pytest.raises(ValueError, match="do not fit images of"):
        model.predict(np.zeros((2, 12, 12, 1)), verbose=0)
    assert model.predict(np.zeros((2, 28, 28, 1)), verbose=0).shape == (2, 2)


def test_state_of_an_optimizer_is_not_given_to_other_weights():
    model = Sequential([Input((6,)), layers.Dense(6, trainable=False), layers.Dense(6)])
    model.compile("adam", "mse")
    model.fit(X, X, verbose=0)
    model.layers[0].trainable, model.layers[1].trainable = True, False
    with pytest.raises(ValueError, match="built for other weights: compile again"):
        model.fit(X, X, verbose=0)


def test_a_model_that_is_only_fitted_once_compiled_again_starts_a_fresh_optimizer():
    model = classifier()
    model.fit(X, LABELS, verbose=0)
    model.compile("adam", "sparse_categorical_crossentropy")
    assert model.optimizer.iterations == 0


BAD = [
    (lambda m: m.fit(X[:0], LABELS[:0]), "x is empty"),
    (lambda m: m.fit(X, LABELS[:9]), "x has 50 rows, y has 9"),
    (lambda m: m.fit(X), "targets y are missing"),
    (lambda m: m.fit(X[:, :5], LABELS), r"Dense expected input of shape \(batch, 6\), got \(50, 5\)"),
    (lambda m: m.fit(X, LABELS + 1), "label 3 at row .* is outside 0…2"),
    (lambda m: m.fit(X, ONEHOT), "categorical_crossentropy"),
    (lambda m: m.fit(X, LABELS, batch_size=0), "batch_size must be a whole number from 1"),
    (lambda m: m.fit(X, LABELS, validation_split=1.5), "between 0 and 1"),
    (lambda m: m.fit(X, LABELS, validation_split=0.999), "leaves none to train on"),
    (lambda m: m.fit(X, LABELS, validation_data=X), r"must be \(x, y\)"),
    (lambda m: m.fit(X, LABELS, validation_data=(X[:, :5], LABELS)), "validation data: Dense expected"),
    (lambda m: m.fit(X, LABELS, validation_data=(X, LABELS + 1)), "validation data: label 3"),
    (lambda m: m.fit(X, LABELS, sample_weight=np.ones(3)), "sample_weight has 3"),
    (lambda m: m.fit(X, LABELS, sample_weight=np.ones(50), class_weight={0: 2}), "not both"),
    (lambda m: m.fit(X, LABELS, class_weight=[1, 2, 1]), "class_weight must be a dict"),
    (lambda m: m.fit(X, LABELS, validation_data=(X * np.nan, LABELS)), "validation data: x contains NaN"),
    (
        lambda m: Sequential([Input((5,)), m.layers[0]]),
        r"expected input of shape \(batch, 6\), got \(any, 5\)",
    ),
    (lambda m: m.fit(X, LABELS, callbacks=["stop"]), "callbacks must be Callback objects"),
    (lambda m: m.fit([["a"] * 6] * 50, LABELS), "x must hold numbers"),
    (lambda m: m.fit([[1], [1, 2]], LABELS[:2]), "rows have different lengths"),
    (lambda m: m.evaluate(X, ONEHOT), "sparse_categorical_crossentropy expected"),
    (lambda m: m.predict(X[0]), "without a batch axis"),
    (lambda m: m.set_weights(m.get_weights()[:2]), "expected weights of shapes"),
    (lambda m: m.compile("adm", "mse"), "unknown optimizer 'adm': did you mean 'adam'"),
    (lambda m: m.compile("adam", "mean_square_error"), "did you mean 'mean_squared_error'"),
    (lambda m: m.compile("adam", "mse", metrics=["acuracy"]), "did you mean 'accuracy'"),
    (lambda m: m.compile("adam", "mse", metrics="accuracy"), "must be a list"),
    (lambda m: m.add("dense"), "expected a layer"),
    (lambda m: m.add(m.layers[0]), "in the model already"),
    (lambda m: Sequential([layers.Dense(2)]).fit(X, LABELS), "call compile"),
    (lambda m: Sequential().predict(X), "no layers"),
]


@pytest.mark.parametrize(("act", "message"), BAD, ids=[m for _, m in BAD])
def test_a_mistake_is_named_and_changes_no_weight(act, message):
    model = classifier()
    before = model.get_weights()
    with pytest.raises(ValueError, match=message):
        act(model)
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))


@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("where", ["x", "y"])
def test_bad_numbers_name_row_epoch_and_batch_before_anything_moves(value, where):
    model = Sequential([Input((6,)), layers.Dense(1)])
    model.compile("sgd", "mse")
    before = model.get_weights()
    x, y = X.copy(), RNG.normal(size=(50, 1))
    {"x": x, "y": y}[where][33, 0] = value
    with pytest.raises(
        ValueError, match=f"{where} contains NaN or infinity in row 33, met in epoch 1, batch 4"
    ):
        model.fit(x, y, batch_size=10, shuffle=False, verbose=0)
    with pytest.raises(ValueError, match=r"in row 33, met in epoch 1, batch \d"):
        model.fit(x, y, batch_size=10, verbose=0)
    with pytest.raises(ValueError, match="in row 33"):
        model.evaluate(x, y, verbose=0)
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))


def test_divergence_stops_naming_epoch_and_batch_with_finite_weights():
    model = Sequential([Input((6,)), layers.Dense(4), layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse")
    model.optimizer.learning_rate = 50.0
    with (
        warnings.catch_warnings(action="error"),  # the sentence is enough: no word on overflow before it
        pytest.raises(ValueError, match=r"the loss became (inf|nan) in epoch \d+, batch \d"),
    ):
        model.fit(X, X[:, 0] * 1e3, batch_size=10, epochs=50, verbose=0)


def test_verbose_lines_bars_and_silence(capsys):
    model = classifier(metrics=["accuracy"])
    model.fit(X, LABELS, verbose=0)
    assert capsys.readouterr() == ("", "")
    model.fit(X, LABELS, epochs=2, verbose=2, validation_split=0.2)
    out = capsys.readouterr().out
    assert re.search(r"Epoch 2/2 - accuracy: 0\.\d{4} - loss: \d\.\d{4} - val_accuracy: ", out)
    model.fit(X, LABELS)
    err = capsys.readouterr().err
    assert "Epoch 1/1" in err
    assert "loss" in err
    model.evaluate(X, LABELS)
    model.predict(X)
    err = capsys.readouterr().err
    assert "Evaluate" in err
    assert "Predict" in err


def test_callbacks_hear_of_everything_in_keras_order():
    def spy(base):
        heard = []

        class Spy(base):
            def on_train_begin(self, logs=None):
                heard.append("train begin")

            def on_train_end(self, logs=None):
                heard.append("train end")

            def on_epoch_begin(self, epoch, logs=None):
                heard.append(f"epoch {epoch} begin")

            def on_epoch_end(self, epoch, logs=None):
                heard.append(f"epoch {epoch} end {sorted(logs)}")

            def on_train_batch_begin(self, batch, logs=None):
                heard.append(f"batch {batch} begin")

            def on_train_batch_end(self, batch, logs=None):
                heard.append(f"batch {batch} end {sorted(logs)}")

            def on_test_begin(self, logs=None):
                heard.append("test begin")

            def on_test_end(self, logs=None):
                heard.append("test end")

        return heard, Spy()

    ours, theirs = pair(
        [layers.Dense(1)], X, lambda lib: lib.optimizers.SGD(), lambda lib: lib.losses.MeanSquaredError()
    )
    a, mine = spy(callbacks.Callback)
    b, keras_s = spy(keras.callbacks.Callback)
    arguments = {"epochs": 2, "batch_size": 25, "validation_split": 0.2, "verbose": 0}
    ours.fit(X, X[:, 0], callbacks=[mine], **arguments)
    theirs.fit(X, X[:, 0], callbacks=[keras_s], **arguments)
    assert a == b


@pytest.mark.slow
def test_the_course_network_reaches_97_percent_on_mnist():
    (x, y), (x_test, y_test) = datasets.mnist.load_data()
    x, x_test = (a.reshape(-1, 784).astype("float32") / 255 for a in (x, x_test))
    model = Sequential([Input((784,)), layers.Dense(512, "relu"), layers.Dense(10, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x, y, batch_size=128, epochs=5, verbose=0)
    assert model.evaluate(x_test, y_test, verbose=0)[1] >= 0.97


def test_one_feature_needs_an_axis_of_its_own_and_is_told_how():
    model = Sequential([Input((1,)), layers.Dense(1)])
    with pytest.raises(ValueError, match=r"got \(50,\): use x\[:, None\]"):
        model.predict(X[:, 0])


def test_a_model_without_layers_says_so_in_its_summary():
    said = []
    Sequential().summary(print_fn=said.append)
    assert "no shapes yet" in said[0]
