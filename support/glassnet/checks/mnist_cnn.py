"""The assignment `mnist_cnn`: convolution and pooling in NumPy, and a convolutional network in Keras.

The keyword arguments after the star of a reference make the known mistakes.
"""

import functools
import math

import numpy as np

from .classifiers import (
    digits,
    first_fault,
    learning_fault,
    loss_fault,
    metrics_fault,
    outputs_fault,
    size_fault,
)
from .models import Look
from .spec import Assignment, Function, accepts, behaves, is_fast, refuses

MOST = 250_000  # parameters
SCORED, TESTED = 200, 2000  # pictures for loss and metrics; those to be read unseen
# Pictures, epochs, least accuracy. The reference reaches at least 0.923 and 0.952 (ten seeds).
VISIBLE = (4000, 2, 0.86)
HIDDEN = (10_000, 2, 0.93)
NUMPY = ("numpy",)
ARRAYS = ("integers", "float32", "read_only", "strided")
BAD_SIZES = (
    ("a kernel larger than the padded input", (5, 8, 1, 1), "Where would it fit?"),
    ("stride 0", (10, 3, 0, 0), "A kernel that does not move never arrives."),
    ("a kernel without a pixel", (10, 0, 1, 0), "A kernel has one pixel at least."),
    ("negative padding", (10, 3, 1, -1), "Padding adds pixels."),
)


def output_size(n, kernel, stride, padding, *, places=None):
    """⌊(n + 2p − k) / s⌋ + 1."""
    if kernel < 1 or stride < 1 or padding < 0 or n + 2 * padding < kernel:
        raise ValueError(
            f"a kernel of {kernel} does not fit into {n} with padding {padding}, stride {stride}"
        )
    return places(n, kernel, stride, padding) if places else (n + 2 * padding - kernel) // stride + 1


def _size_cases(rng):
    drawn = [
        (int(rng.integers(12, 40)), int(k), int(s), int(p)) for k, s, p in ((3, 2, 1), (4, 3, 2), (5, 2, 0))
    ]
    # The first tells all mistakes apart: 29 / 3 = 9.67 shows rounding up and rounding to the nearest.
    return [(20, 3, 3, 6), (11, 3, 2, 1), (7, 3, 1, 0), *drawn]


def _sizes(places):
    return functools.partial(output_size, places=places)


SIZE_MISTAKES = {
    "the + 1 forgotten, or divided along: the first place counts as well as every step from it.": _sizes(
        lambda n, k, s, p: (n + 2 * p - k) // s
    ),
    "padding on one side only.": _sizes(lambda n, k, s, p: (n + p - k) // s + 1),
    "padding forgotten.": _sizes(lambda n, k, s, p: (n - k) // s + 1),
    "rounding up, or to the nearest: a kernel that sticks out over the edge has no place there.": _sizes(
        lambda n, k, s, p: math.ceil((n + 2 * p - k) / s) + 1
    ),
    "the stride forgotten.": _sizes(lambda n, k, s, p: n + 2 * p - k + 1),
    "Keras' `same`: the size divided by the stride.": _sizes(lambda n, k, s, p: math.ceil(n / s)),
    "padding taken away instead of added.": _sizes(lambda n, k, s, p: (n - 2 * p - k) // s + 1),
}

SIZE_EDGES = (
    accepts("a kernel as large as the input", lambda rng: (7, 7, 1, 0), "There is one place."),
    accepts("a stride longer than the way", lambda rng: (5, 3, 9, 0), "The first place is always there."),
    accepts("a kernel of one pixel", lambda rng: (9, 1, 1, 0)),
    *(refuses(title, lambda rng, a=arguments: a, hint) for title, arguments, hint in BAD_SIZES),
)


# ------------------------------------------------------------------ conv2d


def conv2d(image, kernel, *, change=lambda image, kernel: (image, kernel), combine=None):
    """Sum of window times kernel at every place."""
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError(f"expected two matrices, got shapes {image.shape} and {kernel.shape}")
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"a kernel of shape {kernel.shape} does not fit into {image.shape}")
    image, kernel = change(np.asarray(image, float), np.asarray(kernel, float))
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return combine(windows, kernel) if combine else np.einsum("ijuv,uv->ij", windows, kernel)


def _conv_cases(rng):
    return [
        (rng.normal(size=(8, 8)), rng.normal(size=(3, 3))),
        (rng.normal(size=(6, 9)), rng.normal(size=(2, 4))),
        (rng.normal(size=(5, 5)), rng.normal(size=(1, 3))),
    ]


def _changed(change):
    return functools.partial(conv2d, change=change)


def _combined(combine):
    return functools.partial(conv2d, combine=combine)


CONV_MISTAKES = {
    "a flipped kernel: here it is laid on as it is (cross-correlation).": _changed(
        lambda image, kernel: (image, kernel[::-1, ::-1])
    ),
    "a transposed kernel.": _changed(lambda image, kernel: (image, kernel.T)),
    "a transposed image.": _changed(lambda image, kernel: (image.T, kernel)),
    "a kernel with left and right exchanged.": _changed(lambda image, kernel: (image, kernel[:, ::-1])),
    "a kernel upside down.": _changed(lambda image, kernel: (image, kernel[::-1])),
    "a mean in place of a sum.": _combined(
        lambda windows, kernel: np.einsum("ijuv,uv->ij", windows, kernel) / kernel.size
    ),
    "a matrix product of window and kernel: multiply entry by entry, then add up.": _combined(
        lambda windows, kernel: (windows @ kernel).sum(axis=(2, 3))
    ),
    "a sum over the window without the kernel.": _combined(lambda windows, kernel: windows.sum(axis=(2, 3))),
    "a largest value in place of a sum.": _combined(
        lambda windows, kernel: (windows * kernel).max(axis=(2, 3))
    ),
    "a relu, which is another layer's business.": _combined(
        lambda windows, kernel: np.maximum(np.einsum("ijuv,uv->ij", windows, kernel), 0)
    ),
}

CONV_EDGES = (
    accepts(
        "a kernel as large as the image",
        lambda rng: (rng.normal(size=(4, 5)), rng.normal(size=(4, 5))),
        "One place is left, and the result has shape (1, 1).",
    ),
    accepts("a kernel of one pixel", lambda rng: (rng.normal(size=(4, 5)), rng.normal(size=(1, 1)))),
    accepts(
        "pixels in uint8",
        lambda rng: (
            rng.integers(100, 256, (6, 6)).astype(np.uint8),
            rng.integers(1, 9, (3, 3)).astype(np.uint8),
        ),
        "In uint8, 200 · 2 is 144: make other numbers of the pixels first.",
    ),
    refuses(
        "a kernel higher than the image",
        lambda rng: (rng.normal(size=(3, 8)), rng.normal(size=(4, 2))),
        "It has no place anywhere.",
    ),
    refuses(
        "a picture with a channel axis", lambda rng: (rng.normal(size=(6, 6, 1)), rng.normal(size=(3, 3)))
    ),
    is_fast(
        "a picture of 60 × 60",
        lambda rng: (rng.normal(size=(60, 60)), rng.normal(size=(5, 5))),
        steps=40_000,
        hint="A loop over the places is fine; a loop over the pixels of the window inside it is not.",
    ),
)


# ------------------------------------------------------------------ max_pool2d


def max_pool2d(image, size, *, combine=lambda windows: windows.max(axis=(1, 3))):
    """Largest value of each window; rows and columns that fill no window are left out."""
    if image.ndim != 2 or size < 1 or size > min(image.shape):
        raise ValueError(f"expected a matrix and a window that fits, got shape {image.shape} and size {size}")
    rows, columns = image.shape[0] // size, image.shape[1] // size
    whole = image[: rows * size, : columns * size]
    return combine(whole.reshape(rows, size, columns, size))


def _pool_cases(rng):
    return [
        (rng.normal(size=(6, 6)) - 1, 2),  # with windows of negative numbers only
        (rng.normal(size=(8, 12)), 4),
        (rng.normal(size=(6, 3)), 3),
    ]


def _pooled(combine):
    return functools.partial(max_pool2d, combine=combine)


def _blocks(image, size):
    """Cut in the order of memory, as `reshape` alone does it."""
    return image.reshape(image.shape[0] // size, image.shape[1] // size, size * size).max(axis=2)


POOL_MISTAKES = {
    "the mean of each window: the largest value is asked for.": _pooled(lambda w: w.mean(axis=(1, 3))),
    "the smallest value of each window.": _pooled(lambda w: w.min(axis=(1, 3))),
    "the sum of each window.": _pooled(lambda w: w.sum(axis=(1, 3))),
    "the first value of each window.": _pooled(lambda w: w[:, 0, :, 0]),
    "the largest absolute value: −5 is less than 1.": _pooled(lambda w: np.abs(w).max(axis=(1, 3))),
    "zeros among the values: a window of negative ones has a negative maximum.": _pooled(
        lambda w: np.maximum(w.max(axis=(1, 3)), 0)
    ),
    "a reshape that takes pixels in a row for a window: a window has rows and columns.": _blocks,
    "rows and columns exchanged.": lambda image, size: max_pool2d(image, size).T,
}

POOL_EDGES = (
    accepts(
        "sides that are no multiple of the window",
        lambda rng: (rng.normal(size=(7, 11)), 3),
        "Rows and columns that do not fill a window are left out, as Keras does.",
    ),
    accepts("windows of one pixel", lambda rng: (rng.normal(size=(3, 4)), 1)),
    accepts("one window", lambda rng: (-1 - rng.random((5, 5)), 5), "The result has shape (1, 1)."),
    refuses(
        "a window larger than the picture",
        lambda rng: (rng.normal(size=(3, 8)), 4),
        "Nothing would be left.",
    ),
    refuses("a window of 0 pixels", lambda rng: (rng.normal(size=(4, 4)), 0)),
    refuses("a picture with a channel axis", lambda rng: (rng.normal(size=(6, 6, 1)), 2)),
    is_fast(
        "a picture of 120 × 120",
        lambda rng: (rng.normal(size=(120, 120)), 2),
        steps=20_000,
        hint="A loop over the windows is fine; a loop over all pixels is not.",
    ),
)


# ------------------------------------------------------------------ build_cnn


def build_cnn():
    """Two convolutions with pooling, ten probabilities, compiled."""
    import keras

    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (16, 32):
        model.add(keras.layers.Conv2D(filters, 3, activation="relu"))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def _look(fit=None):
    X, y = digits("train", 40_000, 40_000 + SCORED, (28, 28, 1))
    X_new, _ = digits("test", 0, TESTED, (28, 28, 1))  # their labels stay here
    labels = "The labels are whole numbers such as 7, not one-hot rows: which crossentropy takes those?"
    hints = {
        "call": "A picture has height, width and one channel.",
        "outputs": "One unit for each class from 0 to 9: which layer makes a row of a feature map?",
        "compile": "Compile it before you return it.",
        "test": labels,
        "fit": labels,
    }
    return Look(np.concatenate([X, X_new]), y, fit, shape=(10,), hints=hints)


def _convolution_fault(seen):
    if any(len(shape) == 4 for layer in seen.layers for shape in layer["weights"]):
        return None
    if any(weight.ndim == 4 for weight in seen.weights):
        return None
    return (
        "It has no kernel: none of its weights has the four axes height, width, channels and filters. "
        "Which layer slides one small window over the whole picture?"
    )


def _judge(n, epochs, least):
    """Judge an untrained model; if nothing is wrong with it, train it and see what it has learnt."""

    def judge(seen, arguments, again):
        y = digits("train", 40_000, 40_000 + SCORED)[1]
        fault = first_fault(
            lambda: outputs_fault(seen.outputs),
            lambda: _convolution_fault(seen),
            lambda: size_fault(seen, MOST),
            lambda: loss_fault(seen, y),
            lambda: metrics_fault(seen, y),
        )
        if fault:
            return fault
        X_train, y_train = digits("train", 0, n, (28, 28, 1))
        fit = {"x": X_train, "y": y_train, "epochs": epochs, "batch_size": 32}
        trained = again(*arguments, look=_look(fit)).trained
        y_new = digits("test", 0, TESTED)[1]
        return learning_fault(trained[-TESTED:], y_new, least, f"{epochs} epochs on {n} pictures")

    return judge


def _title(n, epochs, least):
    return f"it reads {100 * least:.0f} % of new digits after {epochs} epochs on {n} pictures"


ASSIGNMENT = Assignment(
    slug="mnist_cnn",
    modules=("numpy", "keras", "tensorflow"),
    functions=(
        Function(
            name="output_size",
            reference=output_size,
            cases=_size_cases,
            returns="a whole number",
            mistakes=SIZE_MISTAKES,
            edges=SIZE_EDGES,
            modules=NUMPY,
        ),
        Function(
            name="conv2d",
            reference=conv2d,
            cases=_conv_cases,
            returns="an array (h − k_h + 1, w − k_w + 1)",
            mistakes=CONV_MISTAKES,
            edges=CONV_EDGES,
            variants=ARRAYS,
            modules=NUMPY,
        ),
        Function(
            name="max_pool2d",
            reference=max_pool2d,
            cases=_pool_cases,
            returns="an array (⌊h / size⌋, ⌊w / size⌋)",
            mistakes=POOL_MISTAKES,
            edges=POOL_EDGES,
            variants=ARRAYS,
            modules=NUMPY,
        ),
        Function(
            name="build_cnn",
            reference=build_cnn,
            cases=lambda rng: [()],
            returns="a compiled Keras model",
            judge=_judge(*VISIBLE),
            look=_look,
            edges=(behaves(_title(*HIDDEN), lambda rng: (), _judge(*HIDDEN), covers=True),),
        ),
    ),
)
