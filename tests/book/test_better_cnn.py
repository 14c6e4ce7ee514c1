"""What the chapter on convolutions says of its better network, held against SciPy and closed forms."""

import sys

import keras
import numpy as np
import pytest
from chapter_pattern import BOOK
from scipy import ndimage

sys.path.append(str(BOOK / "_scripts"))
import better_cnn


@pytest.fixture
def pictures():
    return np.random.default_rng(0).random((600, 28, 28, 1)).astype("float32")


def test_without_distortion_pictures_stay_as_they_are(pictures):
    given = pictures.copy()
    same = better_cnn.distorted(pictures, np.random.default_rng(1), shift=0, turn=0, zoom=0)
    np.testing.assert_array_equal(pictures, given)
    np.testing.assert_allclose(same, given, atol=1e-6)
    assert same.dtype == np.float32


@pytest.mark.parametrize("shift", [0, 2, 20], ids="by {} pixels".format)
def test_distortion_is_an_affine_map_with_bilinear_interpolation(pictures, shift):
    """The same map by SciPy, with empty paper around the picture."""
    rng = np.random.default_rng(1)
    ours = better_cnn.distorted(pictures[:5], np.random.default_rng(1), shift=shift)
    angle, zoom = np.radians(rng.uniform(-12, 12, 5)), 1 + rng.uniform(-0.1, 0.1, 5)
    move = rng.uniform(-shift, shift, (5, 1, 2))[:, 0]
    for k in range(5):
        cos, sin = np.cos(angle[k]) / zoom[k], np.sin(angle[k]) / zoom[k]
        turn = np.array([[cos, sin], [-sin, cos]])
        paper = 30  # SciPy interpolates within the array only
        centre = np.array([13.5, 13.5])
        offset = centre + move[k] - turn @ (centre + paper) + paper
        theirs = ndimage.affine_transform(np.pad(pictures[k, ..., 0], paper), turn, offset, order=1)
        np.testing.assert_allclose(ours[k, ..., 0], theirs[paper:-paper, paper:-paper], atol=1e-5)


def test_pooling_before_relu_gives_what_pooling_after_it_gives():
    Z = np.random.default_rng(0).normal(size=(2, 8, 8, 3)).astype("float32")
    pool, relu = keras.layers.MaxPooling2D(2), keras.layers.Activation("relu")
    np.testing.assert_array_equal(relu(pool(Z)), pool(relu(Z)))


def test_a_unit_of_the_third_convolution_sees_18_by_18_pixels():
    model = better_cnn.better_network(normalised=False, dropout=0)
    third = [layer for layer in model.layers if isinstance(layer, keras.layers.Conv2D)][2]
    model.set_weights([np.abs(w) for w in model.get_weights()])  # nothing cancels
    unit = keras.Model(model.inputs, third.output[:, 0, 0, 0])
    X = np.concatenate([np.zeros((1, 784)), 10 * np.eye(784)]).reshape(-1, 28, 28, 1).astype("float32")
    value = unit.predict(X, batch_size=785, verbose=0)
    rows, columns = np.nonzero((value[1:] != value[0]).reshape(28, 28))
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (0, 17, 0, 17)
    assert len(rows) == 18 * 18


def test_a_bias_before_batch_normalisation_cancels():
    Z = np.random.default_rng(0).normal(size=(64, 5)).astype("float32")
    normalise = keras.layers.BatchNormalization()
    apart = np.abs(normalise(Z, training=True) - normalise(Z + 3, training=True)).max()
    assert apart < 1e-5


@pytest.mark.parametrize("momentum", [0.9, 0.99])
def test_of_the_start_of_a_moving_average_a_power_of_the_momentum_is_left(momentum):
    normalise = keras.layers.BatchNormalization(momentum=momentum)
    Z = np.random.default_rng(0).normal(4, 2, size=(64, 5)).astype("float32")
    t = 79
    for _ in range(t):
        normalise(Z, training=True)
    left = momentum**t
    np.testing.assert_allclose(normalise.moving_mean, (1 - left) * Z.mean(axis=0), rtol=1e-3)
    np.testing.assert_allclose(normalise.moving_variance, left + (1 - left) * Z.var(axis=0), rtol=1e-3)


def test_the_schedule_rises_for_a_tenth_of_the_steps_and_falls_to_zero():
    rate = better_cnn.schedule(1000)
    values = np.array([float(rate(t)) for t in range(0, 1001, 50)])
    assert values[0] == 0
    assert values.argmax() == 2
    assert values.max() == pytest.approx(better_cnn.RATE, rel=1e-5)
    assert np.all(np.diff(values[2:]) < 0)
    assert values[-1] == pytest.approx(0, abs=1e-6)


def test_training_sees_other_pictures_every_epoch(pictures, monkeypatch):
    seen = []
    model = better_cnn.first_network()
    monkeypatch.setattr(model, "fit", lambda X, y, **settings: seen.append(X))
    labels = np.arange(600) % 10
    better_cnn.train(model, pictures, labels, 2, np.random.default_rng(0))
    assert not np.array_equal(*seen)
    seen.clear()
    better_cnn.train(model, pictures, labels, 2, np.random.default_rng(0), augmented=False)
    assert seen[0] is seen[1] is pictures
