"""The references of `training_loop` against Keras, and the margin with which MNIST is read."""

import keras
import numpy as np
import pytest
from glassnet.checks.training_loop import (
    ASSIGNMENT,
    _digits,
    _fit_arguments,
    accuracy,
    fit,
    forward,
    init_params,
    loss_and_gradients,
    minibatches,
    train_val_split,
)


@pytest.fixture
def rng():
    return np.random.default_rng(13)


def keras_twin(params):
    """The same network in Keras, with these weights."""
    units = [len(b) for _, b in params]
    model = keras.Sequential([keras.Input((len(params[0][0]),))])
    for m in units[:-1]:
        model.add(keras.layers.Dense(m, "relu"))
    model.add(keras.layers.Dense(units[-1], "softmax"))
    model.set_weights([array for pair in params for array in pair])
    return model


def test_a_step_is_the_step_of_keras(rng):
    X, y, sizes, *_ = _fit_arguments(rng, 20, (4, 6, 3), 1, 20)
    start, _ = fit(X, y, sizes, 1, 20, 0.0, np.random.default_rng(5))
    end, history = fit(X, y, sizes, 1, 20, 0.1, np.random.default_rng(5))
    model = keras_twin(start)
    model.compile(keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy", metrics=["accuracy"])
    loss, share = model.evaluate(X, y, verbose=0)
    assert history == pytest.approx([loss], rel=1e-5)
    assert accuracy(forward(X, start)[1], y) == pytest.approx(share)
    model.fit(X, y, batch_size=20, epochs=1, shuffle=False, verbose=0)
    for ours, theirs in zip([a for pair in end for a in pair], model.get_weights(), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-6)


def test_given_functions_of_the_notebook_are_the_references(rng):
    from pathlib import Path

    import nbformat

    path = Path(__file__).parents[2] / "solutions" / "training_loop" / "training_loop.ipynb"
    given = next(cell for cell in nbformat.read(path, as_version=4).cells if cell.id == "given")
    names = {"np": np}
    exec(given.source, names)
    X, y, sizes, *_ = _fit_arguments(rng, 9, (4, 6, 5, 3), 1, 4)
    params = init_params(sizes, rng)
    np.testing.assert_allclose(names["forward"](X, params)[1], forward(X, params)[1])
    ours, theirs = loss_and_gradients(X, y, params), names["loss_and_gradients"](X, y, params)
    assert ours[0] == pytest.approx(theirs[0])
    for a, b in zip(ours[1], theirs[1], strict=True):
        np.testing.assert_allclose(a[0], b[0])
        np.testing.assert_allclose(a[1], b[1])
    with pytest.raises(ValueError, match="labels must lie in"):
        names["loss_and_gradients"](X, y + 1, params)


def test_random_parts_hold_every_row_once(rng):
    X, y = np.arange(40.0).reshape(20, 2), np.arange(20)
    for parts in (train_val_split(X, y, 0.3, rng), minibatches(X, y, 6, rng)):
        rows = np.concatenate([x[:, 0] / 2 for x, _ in parts])
        labels = np.concatenate([labels for _, labels in parts])
        np.testing.assert_array_equal(rows, labels)
        np.testing.assert_array_equal(np.sort(labels), y)
    assert len(train_val_split(X, y, 0.3, rng)[1][1]) == 6
    assert [len(labels) for _, labels in minibatches(X, y, 6, rng)] == [6, 6, 6, 2]


def test_weights_are_those_of_keras_he_normal(rng):
    (W, b), _ = init_params([300, 200, 10], rng)
    theirs = np.array(keras.initializers.HeNormal(seed=1)((300, 200)))
    assert W.std() == pytest.approx(theirs.std(), rel=0.02)
    assert not b.any()


@pytest.mark.parametrize("seed", range(3))
def test_mnist_is_read_with_a_margin(seed):
    # Of ten seeds, measured, the worst reads 95.6 %; the assignment asks for 95 %.
    X, y, X_test, labels = _digits()
    params, _ = fit(X, y, [784, 64, 10], 2, 64, 0.1, np.random.default_rng(seed))
    assert accuracy(forward(X_test, params)[1], labels) > 0.953


@pytest.mark.parametrize("function", ASSIGNMENT.functions, ids=lambda f: f.name)
def test_edge_cases_do_what_they_promise(function, rng):
    for case in function.edges:
        if case.title.startswith("MNIST"):
            continue
        arguments = case.arguments(rng)
        if case.raises:
            with pytest.raises(ValueError, match=r"shape|rows|between|at least|labels|columns|inputs"):
                function.reference(*arguments)
        else:
            function.reference(*arguments)
