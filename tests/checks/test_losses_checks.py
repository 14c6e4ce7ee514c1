"""The references of `losses` against independent oracles, and its data against the text's promises."""

import keras
import numpy as np
import pytest
import scipy.special
import sklearn.metrics
from glassnet.checks.losses import (
    ASSIGNMENT,
    binary_crossentropy,
    categorical_crossentropy,
    mean_squared_error,
    one_hot,
    softmax_crossentropy,
    sparse_categorical_crossentropy,
)


@pytest.fixture
def rng():
    return np.random.default_rng(11)


def in_keras(name, *arguments, **options):
    return float(getattr(keras.losses, name)(dtype="float64", **options)(*arguments))


def test_losses_agree_with_keras_and_scikit_learn(rng):
    labels, Z = rng.integers(0, 5, 40), 3 * rng.normal(size=(40, 5))
    P, Y = scipy.special.softmax(Z, axis=1), np.eye(5)[labels]
    np.testing.assert_array_equal(one_hot(labels, 5), keras.utils.to_categorical(labels, 5))
    expected = sklearn.metrics.log_loss(labels, P, labels=range(5))
    assert in_keras("CategoricalCrossentropy", Y, P) == pytest.approx(expected, rel=1e-5)
    assert categorical_crossentropy(Y, P) == pytest.approx(expected)
    assert sparse_categorical_crossentropy(labels, P) == pytest.approx(expected)
    assert softmax_crossentropy(labels, Z) == pytest.approx(expected)
    answers, p = rng.integers(0, 2, (40, 1)).astype(float), rng.random((40, 1))
    assert binary_crossentropy(answers, p) == pytest.approx(in_keras("BinaryCrossentropy", answers, p))
    y, guess = rng.normal(size=(40, 3)), rng.normal(size=(40, 3))
    assert mean_squared_error(y, guess) == pytest.approx(sklearn.metrics.mean_squared_error(y, guess))


def test_extreme_probabilities_are_clipped_as_in_keras_and_extreme_logits_are_not():
    Y, P = np.eye(2), np.array([[0.0, 1.0], [1e-9, 1 - 1e-9]])
    assert categorical_crossentropy(Y, P) == pytest.approx(in_keras("CategoricalCrossentropy", Y, P))
    answers, p = np.array([[1.0], [0.0], [1.0]]), np.array([[0.0], [1.0], [1.0]])
    assert binary_crossentropy(answers, p) == pytest.approx(in_keras("BinaryCrossentropy", answers, p))
    labels, Z = np.array([0, 1]), np.array([[0.0, 1000.0], [-1000.0, 1000.0]])
    exact = in_keras("SparseCategoricalCrossentropy", labels, Z, from_logits=True)
    assert softmax_crossentropy(labels, Z) == exact == 500.0


def test_examples_of_the_text():
    np.testing.assert_array_equal(one_hot(np.array([2, 0]), 3), [[0, 0, 1], [1, 0, 0]])
    assert mean_squared_error(np.array([1.0, 2.0]), np.array([3.0, 1.0])) == 2.5
    wanted = 1.5 * np.log(2)
    assert round(wanted, 2) == 1.04
    assert binary_crossentropy(np.array([1.0, 0.0]), np.array([0.5, 0.75])) == pytest.approx(wanted)
    Y, P = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[0.5, 0.5], [0.25, 0.75]])
    assert categorical_crossentropy(Y, P) == pytest.approx(wanted)
    assert sparse_categorical_crossentropy(np.array([1, 0]), P) == pytest.approx(wanted)
    assert softmax_crossentropy(np.array([0]), np.array([[0.0, np.log(3)]])) == pytest.approx(np.log(4))
    assert softmax_crossentropy(np.array([0]), np.array([[0.0, 1000.0]])) == 1000.0


def test_numbers_of_the_written_question():
    uniform, Y = np.full((10, 10), 0.1), np.eye(10)
    assert round(categorical_crossentropy(Y, uniform), 2) == 2.30
    assert round(mean_squared_error(Y, uniform), 2) == 0.09
    assert round(2 * (0.01 - 1) * 0.01 * 0.99, 4) == -0.0196
    assert -np.log(1e-4) > 9


@pytest.mark.parametrize("function", ASSIGNMENT.functions, ids=lambda f: f.name)
def test_edge_cases_do_what_they_promise(function, rng):
    for case in function.edges:
        arguments = case.arguments(rng)
        if case.raises:
            with pytest.raises(ValueError, match=r"shape|from 0 to"):
                function.reference(*arguments)
        else:
            with np.errstate(over="raise", invalid="raise", divide="raise"):
                assert np.all(np.isfinite(function.reference(*arguments)))


@pytest.mark.parametrize("function", ASSIGNMENT.functions, ids=lambda f: f.name)
def test_every_known_mistake_shows_in_the_values_and_is_the_first_of_its_kind(function):
    # Whatever the seed: a mistake that looks right, or like another one, would teach the wrong thing.
    from glassnet.checks.compare import close

    def outcome(formula, arguments):
        try:
            with np.errstate(all="ignore"):
                return formula(*arguments)
        except (ValueError, TypeError, IndexError):
            return None

    for seed in range(5):
        calls = function.cases(np.random.default_rng(seed))
        for hint, mistake in function.mistakes.items():
            wrong = [outcome(mistake, arguments) for arguments in calls]
            right = [function.reference(*arguments) for arguments in calls]
            shows = [
                i for i, (w, r) in enumerate(zip(wrong, right, strict=True)) if w is None or not close(w, r)
            ]
            assert shows, hint
            first = shows[0]
            if wrong[first] is None:
                continue
            named = next(
                other
                for other, formula in function.mistakes.items()
                if (found := outcome(formula, calls[first])) is not None
                and not close(found, right[first])
                and close(wrong[first], found)
            )
            assert named == hint, seed
