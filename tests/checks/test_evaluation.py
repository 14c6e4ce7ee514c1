"""The references of `evaluation` against scikit-learn, and its data against the text's promises."""

import numpy as np
import pytest
import sklearn.metrics
from glassnet.checks import Checks
from glassnet.checks.evaluation import (
    ASSIGNMENT,
    confusion_matrix,
    expected_calibration_error,
    precision_recall_f1,
    roc_auc,
)
from glassnet.checks.guard import Trusted
from sklearn.calibration import calibration_curve


@pytest.fixture
def rng():
    return np.random.default_rng(13)


def test_counts_and_measures_agree_with_scikit_learn(rng):
    y_true, y_pred = rng.integers(5, size=(2, 200))
    y_pred[y_pred == 3] = 0  # class 3 is never answered
    cm = confusion_matrix(y_true, y_pred, 6)  # class 5 never occurs
    np.testing.assert_array_equal(cm, sklearn.metrics.confusion_matrix(y_true, y_pred, labels=range(6)))
    theirs = sklearn.metrics.precision_recall_fscore_support(y_true, y_pred, labels=range(6), zero_division=0)
    for ours, want in zip(precision_recall_f1(cm), theirs[:3], strict=True):
        np.testing.assert_allclose(ours, want)


@pytest.mark.parametrize("digits", [0, 1, 8])
def test_area_agrees_with_scikit_learn_with_ties_and_without(rng, digits):
    y_true = rng.integers(2, size=150)
    scores = np.round(rng.normal(size=150) + y_true, digits)
    assert roc_auc(y_true, scores) == pytest.approx(sklearn.metrics.roc_auc_score(y_true, scores))


@pytest.mark.parametrize("bins", [1, 4, 10])
def test_calibration_agrees_with_scikit_learns_curve(rng, bins):
    E = np.exp(rng.normal(size=(300, 4)))
    proba, y_true = E / E.sum(axis=1, keepdims=True), rng.integers(4, size=300)
    confidence, right = proba.max(axis=1), proba.argmax(axis=1) == y_true
    share, mean = calibration_curve(right, confidence, n_bins=bins)
    n, _ = np.histogram(confidence, bins=bins, range=(0, 1))
    expected = np.sum(n[n > 0] * np.abs(share - mean)) / 300
    assert expected_calibration_error(y_true, proba, bins) == pytest.approx(expected)


def test_examples_of_the_text():
    cm = confusion_matrix(np.array([0, 0, 1, 1, 1]), np.array([0, 1, 1, 1, 0]), 2)
    np.testing.assert_array_equal(cm, [[1, 1], [1, 2]])
    for measure in precision_recall_f1(cm):
        np.testing.assert_allclose(measure, [1 / 2, 2 / 3])
    assert roc_auc(np.array([0, 1, 1, 0]), np.array([0.1, 0.4, 0.35, 0.35])) == 0.875
    proba = np.array([[0.9, 0.1], [0.65, 0.35]])
    assert expected_calibration_error(np.array([0, 1]), proba, 10) == pytest.approx(0.375)

    parts = np.array([[9405, 495], [10, 90]])  # the written question
    precision, recall, f1 = precision_recall_f1(parts)
    assert parts.trace() / parts.sum() == 0.9495
    assert (precision[1].round(3), recall[1], f1[1].round(3)) == (0.154, 0.9, 0.263)


@pytest.mark.parametrize("function", ASSIGNMENT.functions, ids=lambda f: f.name)
def test_edge_cases_do_what_they_promise(function, rng):
    for case in function.edges:
        arguments = case.arguments(rng)
        if case.raises:
            with pytest.raises(ValueError, match=r"shape|length|labels"):
                function.reference(*arguments)
        else:
            with np.errstate(over="raise", invalid="raise", divide="raise"):
                result = function.reference(*arguments)
            assert np.all(np.isfinite(np.concatenate([np.ravel(part) for part in np.atleast_1d(result)])))


@pytest.mark.parametrize("function", ASSIGNMENT.functions, ids=lambda f: f.name)
def test_every_known_mistake_is_recognised_by_its_own_hint(function):
    for hint, formula in function.mistakes.items():
        names = {"__name__": "__main__", function.name: Trusted(formula)}
        feedback = Checks("evaluation", names).run(function.name).feedback
        assert feedback.mistake == hint, feedback
