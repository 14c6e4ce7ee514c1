"""Saved models come back whole and go on training; damaged or foreign files are refused."""

import numpy as np
import pytest
from glassnet import Input, Sequential, layers, optimizers, saving

X = np.random.default_rng(0).normal(size=(20, 6, 6, 1)).astype("float32")
Y = np.arange(20) % 3


def model():
    net = Sequential(
        [
            Input((6, 6, 1)),
            layers.Conv2D(3, 3, padding="same", activation="relu", kernel_initializer="he_normal"),
            layers.BatchNormalization(),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(0.0),
            layers.Dense(3, "softmax"),
        ],
        name="small",
    )
    net.compile(optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return net


def test_round_trip_and_training_goes_on_as_if_nothing_had_happened(tmp_path):
    path = tmp_path / "model.npz"
    net = model()
    net.fit(X, Y, epochs=2, verbose=0)
    net.save(path)
    twin = Sequential.load(path)
    assert twin.name == "small"
    assert np.array_equal(twin.predict(X, verbose=0), net.predict(X, verbose=0))
    assert twin.evaluate(X, Y, verbose=0) == net.evaluate(X, Y, verbose=0)
    for either in (net, twin):
        either.fit(X, Y, epochs=2, shuffle=False, verbose=0)
    assert all(np.array_equal(a, b) for a, b in zip(net.get_weights(), twin.get_weights(), strict=True))
    assert [p.name for p in tmp_path.iterdir()] == ["model.npz"]


def test_a_save_that_fails_leaves_the_older_file_and_nothing_else(tmp_path, monkeypatch):
    net, path = model(), tmp_path / "model.npz"
    net.save(path)
    before = path.read_bytes()

    def fails(file, **arrays):
        file.write(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez", fails)
    with pytest.raises(OSError, match="no space"):
        net.save(path)
    assert [p.name for p in tmp_path.iterdir()] == ["model.npz"]
    assert path.read_bytes() == before


def test_an_uncompiled_model_and_weights_alone(tmp_path):
    path = str(tmp_path / "plain.npz")
    net = Sequential([Input((4,)), layers.Dense(2)])
    net.save(path)
    other = Sequential([Input((4,)), layers.Dense(2)])
    other.load_weights(path)
    assert np.array_equal(other.get_weights()[0], net.get_weights()[0])
    assert Sequential.load(path).optimizer is None
    with pytest.raises(ValueError, match="expected weights of shapes"):
        Sequential([Input((4,)), layers.Dense(3)]).load_weights(path)


def test_every_damaged_byte_is_noticed_or_harmless(tmp_path):
    path = tmp_path / "model.npz"
    net = Sequential([Input((4,)), layers.Dense(3)])
    net.save(path)
    whole, noticed = path.read_bytes(), 0
    for i in range(0, len(whole), 7):
        path.write_bytes(whole[:i] + bytes([whole[i] ^ 0x55]) + whole[i + 1 :])
        try:
            twin = Sequential.load(path)
        except ValueError as error:
            noticed += str(path) in str(error)
        else:
            assert all(
                np.array_equal(a, b) for a, b in zip(net.get_weights(), twin.get_weights(), strict=True)
            )
    assert noticed > len(whole) / 7 / 2


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x93NUMPY"])
def test_foreign_files_are_refused(tmp_path, content):
    path = tmp_path / "model.npz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="damaged or no glassnet model"):
        Sequential.load(path)
    np.savez(path, a=np.ones(3))
    with pytest.raises(ValueError, match="not one of a glassnet model"):
        Sequential.load(path)
    np.savez(
        path, about=np.array([print], dtype=object), sha256=np.array("x")
    )  # a pickle that would run code
    with pytest.raises(ValueError, match="damaged or no glassnet model"):
        Sequential.load(path)
    text = '{"format": "glassnet-model-99"}'
    np.savez(path, about=np.array(text), sha256=np.array(saving.digest(text, {})))
    with pytest.raises(ValueError, match="glassnet-model-99"):
        Sequential.load(path)


def test_wrong_use_is_named(tmp_path):
    with pytest.raises(FileNotFoundError):
        Sequential.load(tmp_path / "none.npz")
    with pytest.raises(ValueError, match=r"ends in \.npz"):
        model().save(tmp_path / "model.keras")
    with pytest.raises(ValueError, match="needs a built model"):
        Sequential([layers.Dense(2)]).save(tmp_path / "model.npz")


def test_a_frozen_model_comes_back_frozen(tmp_path):
    net = model()
    net.fit(X, Y, verbose=0)
    net.layers[0].trainable = False
    net.save(tmp_path / "a.npz")  # the optimizer's state was made for other weights, and is left out
    twin = Sequential.load(tmp_path / "a.npz")
    assert [layer.trainable for layer in twin.layers] == [False] + [True] * 5
    assert twin.optimizer.state is None
    assert twin.optimizer.iterations == 0  # moments that begin at 0 are corrected as those of step 1
    net.trainable = False
    net.save(tmp_path / "a.npz")
    assert Sequential.load(tmp_path / "a.npz").trainable_weights == []


def test_numbers_of_numpy_are_numbers(tmp_path):
    net = Sequential([Input((np.prod((2, 2)),)), layers.Dropout(np.float32(0.5)), layers.Dense(np.int64(3))])
    net.compile(optimizers.Adam(beta_1=np.float32(0.8)), "mse")
    net.save(tmp_path / "a.npz")
    assert Sequential.load(tmp_path / "a.npz").layers[0].rate == 0.5


def test_what_load_would_not_know_is_not_saved(tmp_path):
    class Mine(layers.Activation):
        pass

    for layer in (
        Mine("relu"),
        layers.Dense(2, kernel_initializer=lambda shape, dtype: np.ones(shape, dtype)),
    ):
        with pytest.raises(ValueError, match="unknown"):
            Sequential([Input((3,)), layer]).save(tmp_path / "a.npz")
    assert not list(tmp_path.iterdir())
