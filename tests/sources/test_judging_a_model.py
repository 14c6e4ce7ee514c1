"""What the chapter on judging a model says against the sources, held against scikit-learn."""

import numpy as np
import pytest
import sklearn.metrics
from glassnet import metrics
from glassnet.datasets import mnist


@pytest.fixture(scope="module")
def detector():
    """A detector of zeros with both kinds of mistakes: 95 of 100 found, 1 false alarm in 100."""
    (_, _), (_, labels) = mnist.load_data()
    truth, rng = labels == 0, np.random.default_rng(0)
    return truth, np.where(truth, rng.random(len(truth)) < 0.95, rng.random(len(truth)) < 0.01)


def test_source_29_f1_balances_precision_and_recall(detector):
    truth, answer = detector
    recall = sklearn.metrics.recall_score(truth, answer)
    precision = sklearn.metrics.precision_score(truth, answer)
    accuracy = sklearn.metrics.accuracy_score(truth, answer)
    right = 2 * precision * recall / (precision + recall)
    wrong = 2 * accuracy * recall / (accuracy + recall)
    assert metrics.f1(truth, answer) == pytest.approx(right) == sklearn.metrics.f1_score(truth, answer)
    assert wrong > right + 0.02

    # True negatives, however many, leave F1 alone and raise what was made of accuracy.
    easy = np.zeros(100_000, dtype=bool)
    more = np.append(truth, easy), np.append(answer, easy)
    assert metrics.f1(*more) == pytest.approx(right)
    more_accuracy = sklearn.metrics.accuracy_score(*more)
    assert 2 * more_accuracy * recall / (more_accuracy + recall) > wrong


def test_source_30_recall_is_one_fraction_and_tells_what_accuracy_hides(detector):
    truth, answer = detector
    found = np.sum(truth & answer) / np.sum(truth)
    assert metrics.recall(truth, answer) == pytest.approx(found)
    never = np.zeros_like(truth)
    assert sklearn.metrics.accuracy_score(truth, never) == pytest.approx(0.902)
    assert metrics.recall(truth, never) == 0 == sklearn.metrics.recall_score(truth, never)
