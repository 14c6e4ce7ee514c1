"""The assignment `first_keras_network`: data, two models, training and classes, all in Keras.

Models are judged by what they predict and learn, as plain data (`glassnet.checks.models`). The keyword
arguments after the star of a reference make the known mistakes.

The least of ten seeds, which the accuracies asked for leave room below: `build_mlp` 0.838 and 0.896,
`build_functional` 0.808 and 0.882, `train` 0.850.
"""

import functools

import numpy as np

from .classifiers import (
    accuracy,
    digits,
    first_fault,
    held_out,
    leak_fault,
    learning_fault,
    loss_fault,
    metrics_fault,
    one_digit_held_out,
    outputs_fault,
    share_fault,
    size_fault,
    straight_fault,
    unchanged_fault,
)
from .models import Look, Recipe
from .spec import Assignment, Function, accepts, behaves, is_fast, refuses

MOST = 200_000  # parameters
COMPILED = {"optimizer": "adam", "loss": "sparse_categorical_crossentropy", "metrics": ["accuracy"]}
HINTS = {
    "compile": "The second of the five steps is missing.",
    "outputs": "One unit for each class from 0 to 9, and one row for each picture.",
    "test": "The labels are whole numbers such as 7, not one-hot rows: which crossentropy takes those?",
    "fit": "The labels are whole numbers such as 7, not one-hot rows: which crossentropy takes those?",
}


# ------------------------------------------------------------------ preprocess


def preprocess(images, labels, *, scale=lambda images: images.astype(np.float32) / 255, rows=None):
    """Rows of numbers from 0 to 1, and labels as an array (n,)."""
    if images.ndim != 3:
        raise ValueError(f"expected images of shape (n, height, width), got {images.shape}")
    y = labels[:, 0] if labels.ndim == 2 and labels.shape[1] == 1 else labels
    if y.shape != (len(images),):
        raise ValueError(f"expected {len(images)} labels, one for each image, got shape {labels.shape}")
    X = scale(images)
    X = rows(X) if rows else X.reshape(len(X), -1)
    return X.astype(np.float32), y.astype(np.int64)


def _images(rng, n, height=4, width=4):
    # No pixel is 0 or 255: a scaling by the smallest and the largest at hand differs from the right one.
    return rng.integers(5, 240, (n, height, width)).astype(np.uint8), rng.integers(0, 10, n).astype(np.uint8)


def _preprocess_cases(rng):
    return [_images(rng, 16), _images(rng, 7, 28, 28), _images(rng, 3, 5, 2)]


def _scaled(scale):
    return functools.partial(preprocess, scale=scale)


def _float(images):
    return images.astype(np.float64)


PREPROCESS_MISTAKES = {
    "pixels from 0 to 255: a first layer wants inputs of about 1.": _scaled(_float),
    "a division by 256: white is 255.": _scaled(lambda a: _float(a) / 256),
    "a range from −1 to 1: this network takes 0 to 1.": _scaled(lambda a: _float(a) / 127.5 - 1),
    "a division by the largest value of these images: other images would be scaled differently.": _scaled(
        lambda a: _float(a) / a.max()
    ),
    "a division by the largest value of each image: dim pictures are to stay dim.": _scaled(
        lambda a: _float(a) / a.max(axis=(1, 2), keepdims=True)
    ),
    "a standardisation (mean 0, standard deviation 1): here the pixels go from 0 to 1.": _scaled(
        lambda a: (_float(a) - _float(a).mean()) / _float(a).std()
    ),
    "a scaling from the smallest to the largest value of these images.": _scaled(
        lambda a: (_float(a) - a.min()) / (_float(a).max() - a.min())
    ),
    "a division of integers by integers (`//`), which leaves 0 and 1.": _scaled(lambda a: _float(a // 255)),
    "a threshold: grey is to stay grey.": _scaled(lambda a: _float(a > 127)),
    "two divisions by 255.": _scaled(lambda a: _float(a) / 255 / 255),
    "black and white exchanged.": _scaled(lambda a: 1 - _float(a) / 255),
    "columns and rows of a picture exchanged: read it row by row.": functools.partial(
        preprocess, rows=lambda X: X.transpose(0, 2, 1).reshape(len(X), -1)
    ),
    "one pixel of every picture in a row: a row of X is one whole picture.": functools.partial(
        preprocess, rows=lambda X: X.reshape(X.shape[0], -1).T.reshape(len(X), -1)
    ),
}


def _float32(received, arguments, again):
    X, _ = received
    if type(X) is not np.ndarray or X.dtype != np.float32:
        return f"X has dtype {getattr(X, 'dtype', None)}. Keras computes in float32, with half the memory."
    return None


def _signed(received, arguments, again):
    _, y = received
    if type(y) is not np.ndarray or y.dtype.kind != "i":
        return (
            f"y has dtype {getattr(y, 'dtype', None)}. In uint8, 0 − 1 is 255, without a word: "
            "make the labels signed integers."
        )
    return None


PREPROCESS_EDGES = (
    behaves("the dtype of X", lambda rng: _images(rng, 5), _float32),
    behaves("the dtype of y", lambda rng: _images(rng, 5), _signed),
    accepts(
        "labels of shape (n, 1), as some data sets have them",
        lambda rng: ((pair := _images(rng, 6))[0], pair[1][:, None]),
        "y has shape (n,) all the same.",
    ),
    accepts("a single image", lambda rng: _images(rng, 1, 6, 3), "X has shape (1, 18), y has shape (1,)."),
    refuses(
        "fewer labels than images",
        lambda rng: ((pair := _images(rng, 6))[0], pair[1][:5]),
        "Compare the numbers of images and labels: nothing else will, for a while.",
    ),
    refuses(
        "a single image without its batch axis",
        lambda rng: (_images(rng, 4)[0][0], np.arange(4)),
        "Images of shape (height, width) would become pixels that pass for pictures.",
    ),
    is_fast(
        "5 000 images",
        lambda rng: _images(rng, 5000, 8, 8),
        steps=1000,
        hint="Work on the whole array at once.",
    ),
)


# ------------------------------------------------------------------ build_mlp, build_functional


def _compiled(model):
    model.compile(**COMPILED)
    return model


def build_mlp():
    """784 inputs, a hidden layer, ten probabilities, compiled."""
    import keras

    layers = [keras.layers.Dense(64, activation="relu"), keras.layers.Dense(10, activation="softmax")]
    return _compiled(keras.Sequential([keras.Input((784,)), *layers]))


def build_functional():
    """Left and right halves, a hidden layer for each, ten probabilities, compiled."""
    import keras

    halves = [keras.Input((392,)), keras.Input((392,))]
    hidden = [keras.layers.Dense(32, activation="relu")(half) for half in halves]
    P = keras.layers.Dense(10, activation="softmax")(keras.layers.concatenate(hidden))
    return _compiled(keras.Model(halves, P))


TRIED = 100  # pictures in each group below
NEW = 500  # pictures to be read unseen
A, B, BETWEEN, RIGHT_CHANGED, LEFT_CHANGED = (slice(i * TRIED, (i + 1) * TRIED) for i in range(5))


def halves(X):
    """Left and right half of each picture, (n, 784) → two arrays (n, 392), row by row."""
    pictures = X.reshape(-1, 28, 28)
    return [pictures[:, :, :14].reshape(len(X), -1), pictures[:, :, 14:].reshape(len(X), -1)]


@functools.cache
def _groups():
    """Pictures A and B and those half-way between them, and the labels of A and B."""
    X, y = digits("train", 40_000, 40_000 + 2 * TRIED)
    a, b = X[A], X[B]
    return [a, b, (a + b) / 2], y


def _new_pictures():
    """Pictures that a model is to read unseen; their labels stay here."""
    return digits("test", 0, NEW)


def _look_at_mlp(fit=None):
    groups, y = _groups()
    inputs = np.concatenate([*groups, _new_pictures()[0]])
    return Look(
        inputs, y, fit, shape=(10,), hints={**HINTS, "call": "It takes one picture a row, 784 numbers."}
    )


def _look_at_functional(fit=None):
    groups, y = _groups()
    left, right = halves(np.concatenate(groups))
    new = halves(_new_pictures()[0])
    crossed = [
        np.concatenate([left, left[A], left[B], new[0]]),
        np.concatenate([right, right[B], right[A], new[1]]),
    ]
    hints = {
        **HINTS,
        "call": "It takes two inputs in a list, the left and the right half, 392 numbers a row each.",
    }
    return Look(crossed, y, fit, shape=(10,), hints=hints)


def _unused_fault(seen):
    P = seen.outputs
    for name, changed in (("right", RIGHT_CHANGED), ("left", LEFT_CHANGED)):
        if np.allclose(P[changed], P[A], atol=1e-6):
            return (
                f"Its answers stay the same whatever stands in the {name} half: "
                "follow that input through the layers to the output."
            )
    return None


def _judge_model(make_look, rows, n, epochs, least, *more):
    """Judge an untrained model; if nothing is wrong with it, train it and see what it has learnt."""

    def judge(seen, arguments, again):
        y = _groups()[1]
        fault = first_fault(
            lambda: outputs_fault(seen.outputs),
            *(functools.partial(fault, seen) for fault in more),
            lambda: size_fault(seen, MOST),
            lambda: straight_fault(seen, A, B, BETWEEN),
            lambda: loss_fault(seen, y),
            lambda: metrics_fault(seen, y),
        )
        if fault:
            return fault
        X_train, y_train = digits("train", 0, n)
        fit = {"x": rows(X_train), "y": y_train, "epochs": epochs, "batch_size": 32}
        trained = again(*arguments, look=make_look(fit)).trained
        return learning_fault(trained[-NEW:], _new_pictures()[1], least, f"{epochs} epochs on {n} pictures")

    return judge


def _model_function(name, reference, make_look, rows, visible, hidden, *more):
    """A function that builds a classifier; visible and hidden are (pictures, epochs, least accuracy)."""
    n, epochs, least = hidden
    title = f"it reads {100 * least:.0f} % of new digits after {epochs} epochs on {n} pictures"
    return Function(
        name=name,
        reference=reference,
        cases=lambda rng: [()],
        returns="a compiled Keras model",
        judge=_judge_model(make_look, rows, *visible, *more),
        look=make_look,
        edges=(behaves(title, lambda rng: (), _judge_model(make_look, rows, *hidden, *more), covers=True),),
    )


# ------------------------------------------------------------------ train


START = Recipe(
    (784,),
    (("Dense", {"units": 32, "activation": "relu"}), ("Dense", {"units": 10, "activation": "softmax"})),
    compile={**COMPILED, "optimizer": "rmsprop"},
)
ROWS = 2000
LEARNT = 0.82


def train(model, X, y):
    """Train on all but the last tenth of the rows; accuracy on that tenth."""
    n = held_out(X)
    model.fit(X[:n], y[:n], batch_size=32, epochs=5, verbose=0)
    return model.evaluate(X[n:], y[n:], verbose=0)[1]


@functools.cache
def _start():
    """The recipe with weights: what training changed can be told."""
    return Recipe(START.input_shape, START.layers, START.glassnet().get_weights(), START.compile)


def _train_cases(rng):
    first = int(rng.integers(0, 10)) * 3000
    return [(_start(), *digits("train", first, first + ROWS))]


def _one_digit_held_out(rng):
    return _start(), *one_digit_held_out(rng, ROWS)


def _look_at_training(model, X, y):
    return Look(np.concatenate([X, _new_pictures()[0]]), y, at=0, like=0.5, hints=HINTS)


def _recompiled_fault(seen):
    if seen.optimizer == "RMSprop":
        return None
    return (
        f"The model came with RMSprop and goes with {seen.optimizer}. It is compiled already: "
        "compiling again throws the choice of its builder away."
    )


def _judge_training(seen, arguments, again):
    _, _, y = arguments
    new = accuracy(seen.outputs[-NEW:], _new_pictures()[1])
    too_little = (
        f"After training it reads {100 * new:.1f} % of digits it has never seen; {100 * LEARNT:.0f} % are "
        "asked for. How many epochs does `fit` train for unless it is told? "
        "And does each picture keep its label?"
    )
    return first_fault(
        lambda: unchanged_fault(seen, _start().weights),
        lambda: _recompiled_fault(seen),
        lambda: too_little if new < LEARNT else None,
        lambda: share_fault(float(seen.returned), seen.outputs[:-NEW], y),
    )


def _judge_leak(seen, arguments, again):
    return leak_fault(seen.outputs[:-NEW], arguments[2])


# ------------------------------------------------------------------ predict_classes


def predict_classes(model, X, *, decide=lambda P: P.argmax(axis=1)):
    """The class of each row's largest probability."""
    return decide(model.glassnet().predict(X, verbose=0))


def _network(rng, inputs, classes, *layers, last="softmax"):
    """A network with large weights, so that its answers differ."""
    recipe = Recipe(
        (inputs,),
        (
            ("Dense", {"units": 8, "activation": "tanh"}),
            *layers,
            ("Dense", {"units": classes, "activation": last}),
        ),
    )
    shapes = [weight.shape for weight in recipe.glassnet().get_weights()]
    weights = [rng.normal(size=shape).astype(np.float32) for shape in shapes]
    return Recipe(recipe.input_shape, recipe.layers, weights)


def _rows(rng, n, d):
    return rng.normal(size=(n, d)).astype(np.float32)


def _predict_cases(rng):
    return [(_network(rng, 6, 10), _rows(rng, 10, 6)), (_network(rng, 4, 3), _rows(rng, 25, 4))]


def _deciding(decide):
    return functools.partial(predict_classes, decide=decide)


PREDICT_MISTAKES = {
    "an argmax along the wrong axis: one answer for each column.": _deciding(lambda P: P.argmax(axis=0)),
    "the smallest probability: the class wanted is the likeliest.": _deciding(lambda P: P.argmin(axis=1)),
    "classes counted from 1: the first column is class 0.": _deciding(lambda P: P.argmax(axis=1) + 1),
    "the first column above one half: the largest may be less than that.": _deciding(
        lambda P: (P > 0.5).argmax(axis=1)
    ),
    "the largest probability itself: in which column does it stand?": _deciding(lambda P: P.max(axis=1)),
}

PREDICT_EDGES = (
    accepts(
        "a single picture",
        lambda rng: (_network(rng, 5, 4), _rows(rng, 1, 5)),
        "The result has shape (1,).",
    ),
    accepts(
        "a model with dropout",
        lambda rng: (_network(rng, 5, 4, ("Dropout", {"rate": 0.8})), _rows(rng, 60, 5)),
        "Dropout acts while a model trains, not while it predicts.",
    ),
    accepts(
        "a model that gives logits, not probabilities",
        lambda rng: (_network(rng, 5, 4, last="linear"), _rows(rng, 60, 5)),
        "The largest logit and the largest probability are in the same column.",
    ),
    is_fast(
        "2 000 rows",
        lambda rng: (_network(rng, 5, 4), _rows(rng, 2000, 5)),
        steps=1000,
        hint="Give the model the whole array, and take the largest entry of all rows at once.",
    ),
)


ASSIGNMENT = Assignment(
    slug="first_keras_network",
    modules=("numpy", "keras", "tensorflow"),
    functions=(
        Function(
            name="preprocess",
            reference=preprocess,
            cases=_preprocess_cases,
            returns="two arrays: X (n, height · width) and y (n,)",
            parts=("X", "y"),
            mistakes=PREPROCESS_MISTAKES,
            edges=PREPROCESS_EDGES,
            variants=("read_only", "strided"),
        ),
        _model_function("build_mlp", build_mlp, _look_at_mlp, lambda X: X, (2000, 2, 0.7), (5000, 4, 0.86)),
        _model_function(
            "build_functional",
            build_functional,
            _look_at_functional,
            halves,
            (2000, 2, 0.65),
            (5000, 4, 0.83),
            _unused_fault,
        ),
        Function(
            name="train",
            reference=train,
            cases=_train_cases,
            returns="a number, the accuracy on the last tenth of the rows",
            judge=_judge_training,
            look=_look_at_training,
            edges=(
                behaves("a digit that stands in the last tenth only", _one_digit_held_out, _judge_leak),
                refuses(
                    "fewer labels than pictures",
                    lambda rng: (_start(), digits("train", 0, 200)[0], digits("train", 0, 199)[1]),
                    "`fit` looks whether they are as many; arrays that are cut beforehand may hide it.",
                ),
            ),
        ),
        Function(
            name="predict_classes",
            reference=predict_classes,
            cases=_predict_cases,
            returns="an integer array (n,)",
            mistakes=PREDICT_MISTAKES,
            edges=PREDICT_EDGES,
        ),
    ),
)
