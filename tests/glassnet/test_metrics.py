"""Metrics agree with Keras when gathered over batches, and with scikit-learn on whole data sets."""

import keras
import numpy as np
import pytest
import sklearn.metrics as sk
from glassnet import metrics
from hypothesis import given
from hypothesis import strategies as st

RNG = np.random.default_rng(0)
N = 90
BINARY, SCORES = RNG.integers(0, 2, (N, 1)), RNG.uniform(size=(N, 1)).astype("float32")
LABELS, PROBABILITIES = RNG.integers(0, 4, N), RNG.dirichlet(np.ones(4), N).astype("float32")
ONEHOT = np.eye(4, dtype="float32")[LABELS]
REAL, GUESS = RNG.normal(size=(N, 2)).astype("float32"), RNG.normal(size=(N, 2)).astype("float32")

PAIRS = [
    (metrics.get("binary_accuracy"), keras.metrics.BinaryAccuracy(), BINARY, SCORES),
    (metrics.get("categorical_accuracy"), keras.metrics.CategoricalAccuracy(), ONEHOT, PROBABILITIES),
    (
        metrics.get("sparse_categorical_accuracy"),
        keras.metrics.SparseCategoricalAccuracy(),
        LABELS,
        PROBABILITIES,
    ),
    (metrics.Mean(metrics.accuracy), keras.metrics.Accuracy(), LABELS, RNG.integers(0, 4, N)),
    (metrics.get("mse"), keras.metrics.MeanSquaredError(), REAL, GUESS),
    (metrics.get("mae"), keras.metrics.MeanAbsoluteError(), REAL, GUESS),
    (metrics.Precision(), keras.metrics.Precision(), BINARY, SCORES),
    (metrics.Precision(0.3), keras.metrics.Precision(0.3), ONEHOT, PROBABILITIES),
    (metrics.Recall(), keras.metrics.Recall(), BINARY, SCORES),
    (metrics.F1Score(), keras.metrics.F1Score(), ONEHOT, PROBABILITIES),
    (metrics.F1Score("macro"), keras.metrics.F1Score("macro"), ONEHOT, PROBABILITIES),
    (metrics.F1Score("micro"), keras.metrics.F1Score("micro"), ONEHOT, PROBABILITIES),
    (metrics.F1Score("weighted"), keras.metrics.F1Score("weighted"), ONEHOT, PROBABILITIES),
    (metrics.F1Score(threshold=0.5), keras.metrics.F1Score(threshold=0.5), BINARY.astype("float32"), SCORES),
    (metrics.AUC(), keras.metrics.AUC(), BINARY, SCORES),
    (metrics.AUC(20), keras.metrics.AUC(20), BINARY, np.round(SCORES, 1)),
    (metrics.R2Score(), keras.metrics.R2Score(), REAL, GUESS),
    (metrics.Precision(), keras.metrics.Precision(), BINARY[:, 0], SCORES[:, 0]),
    (metrics.Recall(), keras.metrics.Recall(), BINARY[:, 0], SCORES[:, 0]),
    (metrics.get("mse"), keras.metrics.MeanSquaredError(), REAL[:, 0], GUESS[:, :1]),
    (metrics.get("mae"), keras.metrics.MeanAbsoluteError(), REAL[:, :1], GUESS[:, 0]),
    (metrics.get("mse"), keras.metrics.MeanSquaredError(), REAL[:, 0], GUESS[:, 0]),
]


@pytest.mark.parametrize(
    ("ours", "theirs", "y", "p"), PAIRS, ids=[f"{t.name}{i}" for i, (_, t, *_) in enumerate(PAIRS)]
)
def test_gathered_over_batches_as_keras(ours, theirs, y, p):
    ours.reset_state()
    theirs.reset_state()
    for start in (0, 40, 80):
        ours.update_state(y[start : start + 40], p[start : start + 40])
        theirs.update_state(y[start : start + 40], p[start : start + 40])
    np.testing.assert_allclose(ours.result(), np.array(theirs.result()), rtol=1e-5, atol=1e-6)
    ours.reset_state()
    assert np.allclose(ours.result(), 0)


@pytest.mark.parametrize("i", [0, 1, 2, 4, 6, 9, 14, 16])
def test_weighted_as_keras(i):
    ours, theirs, y, p = PAIRS[i]
    weights = RNG.uniform(0.1, 3, N).astype("float32")
    ours.reset_state()
    theirs.reset_state()
    ours.update_state(y, p, weights)
    theirs.update_state(y, p, weights)
    np.testing.assert_allclose(ours.result(), np.array(theirs.result()), rtol=1e-4)


labels = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40)


@given(labels, st.sampled_from(["micro", "macro", "weighted"]))
def test_labels_as_scikit_learn(pairs, average):
    y, p = np.array(pairs).T
    np.testing.assert_array_equal(
        metrics.confusion_matrix(y, p, 4), sk.confusion_matrix(y, p, labels=range(4))
    )
    for ours, theirs in (("precision", "precision_score"), ("recall", "recall_score"), ("f1", "f1_score")):
        expected = getattr(sk, theirs)(y, p, average=average, zero_division=0)
        np.testing.assert_allclose(getattr(metrics, ours)(y, p, average), expected)
        expected = getattr(sk, theirs)(y > 1, p > 1, zero_division=0)
        np.testing.assert_allclose(getattr(metrics, ours)(y > 1, p > 1), expected)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2, max_size=40))
def test_roc_auc_as_scikit_learn_ties_included(pairs):
    y, s = np.array([a for a, _ in pairs], int), np.array([b for _, b in pairs], float)
    if y.min() == y.max():
        with pytest.raises(ValueError, match="at least one of each"):
            metrics.roc_auc(y, s)
    else:
        np.testing.assert_allclose(metrics.roc_auc(y, s), sk.roc_auc_score(y, s))


def test_f1_wants_a_column_for_each_class():
    with pytest.raises(ValueError, match=r"shape \(n, K\), got \(3,\)"):
        metrics.F1Score().update_state(np.array([0, 1, 1]), np.array([0.2, 0.7, 0.9]))


def test_r2_as_scikit_learn():
    np.testing.assert_allclose(metrics.r2(REAL, GUESS), sk.r2_score(REAL, GUESS), rtol=1e-6)
    assert metrics.r2(REAL, REAL) == 1


@pytest.mark.parametrize(
    ("y_shape", "output_shape", "kind"),
    [
        ((9,), (9, 1), "binary_accuracy"),
        ((9, 1), (9, 1), "binary_accuracy"),
        ((9,), (9, 4), "sparse_categorical_accuracy"),
        ((9, 1), (9, 4), "sparse_categorical_accuracy"),
        ((9, 4), (9, 4), "categorical_accuracy"),
    ],
)
def test_accuracy_means_what_shapes_say(y_shape, output_shape, kind):
    metric = metrics.get("accuracy", y_shape, output_shape)
    assert (metric.name, metric.function.__name__) == ("accuracy", kind)


def test_wrong_use_is_named():
    with pytest.raises(ValueError, match="did you mean 'accuracy'"):
        metrics.get("acuracy")
    with pytest.raises(ValueError, match=r"label 2.* is outside 0…1"):
        metrics.confusion_matrix([0, 2], [0, 1], 2)
    with pytest.raises(ValueError, match="average must be"):
        metrics.f1([0, 1], [0, 1], "mean")
    with pytest.raises(ValueError, match="probabilities from 0 to 1"):
        metrics.AUC().update_state(np.array([0, 1]), np.array([-3.0, 2.0]))
    with pytest.raises(ValueError, match=r"targets of shape \(3,\) do not fit predictions of shape \(2,\)"):
        metrics.accuracy([1, 2, 3], [1, 2])


def test_names_of_classes_are_names_too():
    for name in ("AUC", "Precision", "F1Score", "MSE"):
        assert isinstance(metrics.get(name), metrics.Metric)


def test_thresholds_are_one_number():
    with pytest.raises(ValueError, match=r"Precision expected one number as threshold, got \[0.3, 0.7\]"):
        metrics.Precision([0.3, 0.7])


def test_r2_of_numbers_far_from_zero():
    y = 1e8 + np.random.default_rng(0).normal(size=(40, 1))
    p = y + 0.3 * np.random.default_rng(1).normal(size=(40, 1))
    np.testing.assert_allclose(metrics.r2(y, p), sk.r2_score(y, p), rtol=1e-6)
