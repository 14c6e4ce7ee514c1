"""Colour pictures of ten classes, and networks with ingredients to leave out.

The chapter on colour images shows these functions; benchmarks/colour.py runs
them for all networks and seeds.
"""

import os

import keras
import numpy as np
from glassnet.datasets import cifar10, mnist
from keras import layers
from skimage import data as photographs
from sklearn.datasets import load_sample_image

BATCH = 64
RATE = 0.003  # the largest learning rate of the schedule
SEED = 7  # of the pictures, the same for all networks
SIZES = {"train": 10_000, "val": 2_000, "test": 5_000}


def photos(part):
    """The photographs behind the digits; no two parts share one."""
    if part == "train":
        return [
            photographs.astronaut(),
            photographs.rocket(),
            photographs.stereo_motorcycle()[0],
            load_sample_image("china.jpg"),
        ]
    if part == "val":
        return [photographs.chelsea()]
    return [photographs.coffee(), load_sample_image("flower.jpg")]


def on_photographs(digits, photos, rng):
    """Digits (n, 28, 28) become colour pictures (n, 32, 32, 3), both uint8.

    Behind each digit lies a random patch of a random photograph. Under the
    ink the patch shows as in a negative: |patch - ink|, in each channel.
    """
    ink = np.pad(digits, ((0, 0), (2, 2), (2, 2))).astype("int16")
    pictures = np.empty((len(digits), 32, 32, 3), "uint8")
    for k in range(len(digits)):
        photo = photos[rng.integers(len(photos))]
        top = rng.integers(photo.shape[0] - 31)
        left = rng.integers(photo.shape[1] - 31)
        patch = photo[top : top + 32, left : left + 32].astype("int16")
        pictures[k] = np.abs(patch - ink[k, :, :, None])
    return pictures


def digits(part):
    """The digits of a part and their labels; no two parts share one."""
    (x, y), (x_test, y_test) = mnist.load_data()
    if part == "test":
        return x_test[: SIZES["test"]], y_test[: SIZES["test"]]
    order = np.random.default_rng(SEED).permutation(len(x))
    first = {"train": 0, "val": SIZES["train"]}[part]
    rows = order[first : first + SIZES[part]]
    return x[rows], y[rows]


def shipped():
    """Digits on photographs: other digits and other photographs a part."""
    rng = np.random.default_rng(SEED)
    parts = {}
    for part in SIZES:
        ink, labels = digits(part)
        parts[part] = on_photographs(ink, photos(part), rng), labels
    return parts


def cifar(path=None):
    """CIFAR-10 in three parts of the same sizes; its classes are balanced."""
    (x, y), (x_test, y_test) = cifar10.load_data(path)
    order = np.random.default_rng(SEED).permutation(len(x))
    train, val = np.split(
        order[: SIZES["train"] + SIZES["val"]], [SIZES["train"]]
    )
    test = slice(SIZES["test"])
    y, y_test = y.ravel(), y_test.ravel()
    return {
        "train": (x[train], y[train]),
        "val": (x[val], y[val]),
        "test": (x_test[test], y_test[test]),
    }


def load():
    """Three parts, each (n, 32, 32, 3) and (n,), and whether they are CIFAR-10.

    GLASSNET_CIFAR10 names a local copy of CIFAR-10, or says "keras": then
    Keras downloads it. Without it, the pictures are digits on photographs.
    """
    where = os.environ.get("GLASSNET_CIFAR10")
    if not where:
        return shipped(), False
    return cifar(None if where == "keras" else where), True


def convolution(x, width, strides=1, normalised=True):
    """A 3 × 3 convolution, with batch normalisation behind it or a bias."""
    x = layers.Conv2D(
        width,
        3,
        strides=strides,
        padding="same",
        use_bias=not normalised,
        kernel_initializer="he_normal",
    )(x)
    return layers.BatchNormalization(momentum=0.9)(x) if normalised else x


def block(x, width, strides=1, normalised=True, skip=True):
    """relu(x + F(x)) with two convolutions in F, or relu(F(x)) without skip."""
    F = convolution(x, width, strides, normalised)
    F = layers.Activation("relu")(F)
    F = convolution(F, width, 1, normalised)
    if skip:
        if x.shape != F.shape:  # the identity does not fit: map it linearly
            x = layers.Conv2D(width, 1, strides=strides, use_bias=False)(x)
        F = layers.Add()([x, F])
    return layers.Activation("relu")(F)


def network(blocks=1, normalised=True, skip=True):
    """Three stages of residual blocks; 6 blocks + 2 layers with weights."""
    inputs = keras.Input((32, 32, 3))
    x = layers.Rescaling(1 / 127.5, offset=-1)(inputs)
    x = layers.Conv2D(16, 3, padding="same", use_bias=not normalised)(x)
    x = layers.MaxPooling2D(2)(x)  # what follows has a quarter of the work
    if normalised:
        x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.Activation("relu")(x)
    for stage, width in enumerate((16, 32, 64)):
        for k in range(blocks):
            strides = 2 if stage and k == 0 else 1
            x = block(x, width, strides, normalised, skip)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


def perceptron(hidden=(256,)):
    """Dense layers on the flattened picture; with hidden=() a linear one."""
    stack = [keras.Input((32, 32, 3)), layers.Rescaling(1 / 127.5, offset=-1)]
    stack += [layers.Flatten()]
    stack += [layers.Dense(m, activation="relu") for m in hidden]
    return keras.Sequential([*stack, layers.Dense(10, activation="softmax")])


def augmented(X, rng, flip=False, shift=2):
    """Each picture moved by up to `shift` pixels; edges are mirrored.

    `flip` exchanges left and right in half of the pictures: a mirrored ship
    is a ship, but a mirrored 2 is no digit.
    """
    n, height, width, _ = X.shape
    frame = ((0, 0), (shift, shift), (shift, shift), (0, 0))
    framed = np.pad(X, frame, "reflect")
    result = np.empty_like(X)
    corners = rng.integers(2 * shift + 1, size=(n, 2))
    for k, (top, left) in enumerate(corners):
        result[k] = framed[k, top : top + height, left : left + width]
    if flip:
        mirrored = rng.random(n) < 0.5
        result[mirrored] = result[mirrored, :, ::-1]
    return result


def train(model, X, y, epochs, rng, augment=True, flip=False):
    """Compile and fit; the rate rises for a tenth of the steps, then falls."""
    steps = epochs * -(-len(X) // BATCH)
    rate = keras.optimizers.schedules.CosineDecay(
        0.0, steps - steps // 10, warmup_target=RATE, warmup_steps=steps // 10
    )
    model.compile(
        optimizer=keras.optimizers.Adam(rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    losses = []
    for epoch in range(epochs):
        history = model.fit(
            augmented(X, rng, flip) if augment else X,
            y,
            batch_size=BATCH,
            initial_epoch=epoch,
            epochs=epoch + 1,
            verbose=0,
        )
        losses += history.history["loss"]
    return losses
