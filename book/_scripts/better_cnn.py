"""A convolutional network for MNIST, each of whose ingredients can be left out.

The chapter shows these functions; benchmarks/cnn.py runs them at full length.
"""

import keras
import numpy as np
from keras import layers

RATE = 0.002  # the largest learning rate of the schedule
BATCH = 128


def first_network():
    """One convolution, pooling, two dense layers: Adam at its default rate."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


def better_network(normalised=True, dropout=0.4, momentum=0.9):
    """Three convolutions and one dense layer."""
    stack = [keras.Input((28, 28, 1))]
    for kernels, pooled in [(32, True), (64, True), (128, False)]:
        stack.append(layers.Conv2D(kernels, 3, use_bias=not normalised))
        if pooled:  # before ReLU, which then has a quarter of the numbers
            stack.append(layers.MaxPooling2D(2))
        if normalised:
            stack.append(layers.BatchNormalization(momentum=momentum))
        stack.append(layers.Activation("relu"))
    stack.append(layers.Flatten())
    if dropout:
        stack.append(layers.Dropout(dropout))
    stack.append(layers.Dense(10, activation="softmax"))
    return keras.Sequential(stack)


def distorted(X, rng, shift=2, turn=12, zoom=0.1):
    """Each picture (n, 28, 28, 1) moved, turned and stretched at random.

    shift is in pixels, turn in degrees, zoom a share of the size. A pixel of
    the result lies between four pixels of the picture and is their mean,
    weighted by nearness (bilinear interpolation).
    """
    n, height, width, _ = X.shape
    grid = np.indices((height, width)).reshape(2, -1).T.astype("float32")
    centre = (np.array([height, width], "float32") - 1) / 2
    # a frame of paper: whatever is read outside the picture is empty
    framed = np.pad(X[..., 0], ((0, 0), (1, 2), (1, 2)))
    row = width + 3
    result = np.empty_like(X)
    for start in range(0, n, 500):  # in parts that fit the cache
        part = framed[start : start + 500]
        m = len(part)
        angle = np.radians(rng.uniform(-turn, turn, m))
        scale = 1 / (1 + rng.uniform(-zoom, zoom, m))
        cos, sin = scale * np.cos(angle), scale * np.sin(angle)
        A = np.stack([cos, -sin, sin, cos], -1).reshape(m, 2, 2)
        move = rng.uniform(-shift, shift, (m, 1, 2)) + centre + 1
        place = (grid - centre) @ A.astype("float32") + move.astype("float32")
        place = np.clip(place, 0, (height + 1, width + 1)).astype("float32")
        corner = place.astype(np.int32)
        down, right = np.moveaxis(place - corner, -1, 0)
        at = corner[..., 0] * row + corner[..., 1]
        at += np.arange(m)[:, None] * part[0].size
        pixels = part.ravel()
        upper = pixels[at] * (1 - right) + pixels[at + 1] * right
        at += row
        lower = pixels[at] * (1 - right) + pixels[at + 1] * right
        mixed = upper * (1 - down) + lower * down
        result[start : start + m] = mixed.reshape(m, height, width, 1)
    return result


def schedule(steps):
    """Rise to RATE over a tenth of the steps, then fall to 0 on a cosine."""
    rise = steps // 10
    return keras.optimizers.schedules.CosineDecay(
        0.0, steps - rise, warmup_target=RATE, warmup_steps=rise
    )


def train(model, X, y, epochs, rng, augmented=True, scheduled=True):
    """Compile and fit; with augmentation every epoch sees other pictures."""
    steps = epochs * -(-len(X) // BATCH)
    rate = schedule(steps) if scheduled else 0.001
    model.compile(
        optimizer=keras.optimizers.Adam(rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    for epoch in range(epochs):
        model.fit(
            distorted(X, rng) if augmented else X,
            y,
            batch_size=BATCH,
            initial_epoch=epoch,
            epochs=epoch + 1,
            verbose=0,
        )
    return model
