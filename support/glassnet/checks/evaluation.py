"""The assignment `evaluation`: confusion matrix, precision, recall, F1, ROC area and calibration."""

import numpy as np

from .spec import Assignment, Function, accepts, is_fast, refuses, stays_finite

ARRAYS = ("read_only", "strided")  # labels are whole numbers already, and stay so
UINT8 = "An array of uint8 holds numbers up to 255 and starts again at 0: convert before you calculate."
EMPTY = "0/0 gives NaN: which value is asked for where there is nothing to divide by?"
NOTHING = "Where there is nothing to divide by, the value is 0."


def confusion_matrix(y_true, y_pred, num_classes):
    """How often class i (row) was called j (column)."""
    _labels(y_true, num_classes)
    _labels(y_pred, num_classes)
    if y_true.shape != y_pred.shape:
        raise ValueError(f"labels must have the same shape, got {y_true.shape} and {y_pred.shape}")
    cm = np.zeros((num_classes, num_classes), dtype=np.int64)
    np.add.at(cm, (y_true, y_pred), 1)
    return cm


def precision_recall_f1(cm):
    """TP/(TP + FP), TP/(TP + FN) and their harmonic mean, for each class; 0 where undefined."""
    if cm.ndim != 2 or cm.shape[0] != cm.shape[1]:
        raise ValueError(f"a confusion matrix must be square, got shape {cm.shape}")
    tp, called, there = np.diag(cm).astype(float), cm.sum(axis=0), cm.sum(axis=1)
    return _ratio(tp, called), _ratio(tp, there), _ratio(2 * tp, called + there)


def roc_auc(y_true, scores):
    """The share of pairs in which the positive scores higher, ties counting one half."""
    if y_true.shape != scores.shape:
        raise ValueError(f"both must have the same shape, got {y_true.shape} and {scores.shape}")
    if not np.isin(y_true, (0, 1)).all() or len(np.unique(y_true)) != 2:
        raise ValueError("labels must be 0 and 1, with one of each at the least")
    return _pairs(y_true, scores, lambda higher, equal: np.mean(higher + equal / 2))


def expected_calibration_error(y_true, proba, bins):
    """Σ over the bins of (share of the examples) · |share of right answers − mean confidence|."""
    return _calibration(y_true, proba, bins, lambda n, gap: np.sum(n * np.abs(gap)) / np.sum(n))


def _labels(y, num_classes):
    if y.size and not (y.min() >= 0 and y.max() < num_classes):
        raise ValueError(f"labels must lie from 0 to {num_classes - 1}, got {y.min()} to {y.max()}")


def _ratio(a, b):
    return np.divide(a, b, out=np.zeros(len(a)), where=np.asarray(b) != 0)


def _pairs(y_true, scores, summary):
    """`summary` of which positive scores higher than which negative, and which ties with which."""
    scores = np.asarray(scores, dtype=float)
    positive, negative = scores[y_true == 1][:, None], scores[y_true == 0][None, :]
    return float(summary(positive > negative, positive == negative))


def _by_unshared_ranks(y_true, scores):
    rank, n_positive = np.argsort(np.argsort(scores)) + 1, np.sum(y_true == 1)
    over = np.sum(rank[y_true == 1]) - n_positive * (n_positive + 1) / 2
    return float(over / (n_positive * np.sum(y_true == 0)))


def _confidence(y_true, proba):
    return proba.max(axis=1)


def _calibration(y_true, proba, bins, summary, confidence=_confidence, first=0.0):
    """`summary` of the number of examples in each bin and of its gap; the others make the known mistakes."""
    if proba.ndim != 2 or y_true.shape != proba.shape[:1]:
        raise ValueError(f"expected shapes (n,) and (n, K), got {y_true.shape} and {proba.shape}")
    if bins < 1:
        raise ValueError(f"bins must be 1 or more, got {bins}; there is no array of length 0")
    _labels(y_true, proba.shape[1])
    c, right = confidence(y_true, proba), proba.argmax(axis=1) == y_true
    where = np.digitize(c, np.linspace(first, 1, bins + 1)[1:-1], right=True)
    n = np.bincount(where, minlength=bins)
    gap = _ratio(np.bincount(where, right - c, minlength=bins), n)
    return float(summary(n, gap))


def _off_calibration(summary, **options):
    """A wrong calibration error as a function of the assignment's arguments."""
    return lambda y_true, proba, bins: _calibration(y_true, proba, bins, summary, **options)


def _gaps(y_true, proba, parts, claimed=np.mean):
    """Weighted gaps of the examples in each of `parts`, arrays of row numbers."""
    c, right = proba.max(axis=1), proba.argmax(axis=1) == y_true
    return float(sum(len(i) * abs(right[i].mean() - claimed(c[i])) for i in parts if len(i)) / len(c))


def _stretched(y_true, proba, bins):
    c = proba.max(axis=1)
    where = np.digitize(c, np.linspace(c.min(), c.max(), bins + 1)[1:-1], right=True)
    return _gaps(y_true, proba, [np.flatnonzero(where == b) for b in range(bins)])


def _to_the_middle(y_true, proba, bins):
    where = np.digitize(proba.max(axis=1), np.linspace(0, 1, bins + 1)[1:-1], right=True)
    parts = [np.flatnonzero(where == b) for b in range(bins)]
    return _gaps(y_true, proba, parts, claimed=lambda c: (np.ceil(c[0] * bins) - 0.5) / bins)


def _equally_full(y_true, proba, bins):
    return _gaps(y_true, proba, np.array_split(np.argsort(proba.max(axis=1)), bins))


def _weighted(n, gap):
    return np.sum(n * np.abs(gap)) / np.sum(n)


def _measures(change):
    """Wrong measures: `change` gets the matrix and the right three."""
    return lambda cm: change(cm, *precision_recall_f1(cm))


def _with_f1(formula):
    return _measures(lambda cm, p, r, f: (p, r, formula(p, r)))


def _once(y_true, y_pred, num_classes):
    return np.minimum(confusion_matrix(y_true, y_pred, num_classes), 1)


def _specificity(cm):
    tp, called, there = np.diag(cm), cm.sum(axis=0), cm.sum(axis=1)
    return _ratio((cm.sum() - called - there + tp).astype(float), cm.sum() - there)


# ---- data


def _answers(rng, n, K):
    y_true = rng.integers(K, size=n)
    return y_true, np.where(rng.random(n) < 0.6, y_true, rng.integers(K, size=n)), K


def _matrix(rng, K):
    return (rng.integers(1, 20, size=(K, K)) + np.diag(rng.integers(5, 40, size=K)),)


def _scores(rng, n, digits=None, labels=int):
    y_true = rng.permutation(np.arange(n) % 3 == 0).astype(labels)
    scores = 1.5 * y_true + rng.normal(size=n)
    return y_true, scores if digits is None else np.round(scores, digits)


def _predictions(rng, n, K, bins):
    E = np.exp(2 * rng.normal(size=(n, K)))
    proba = E / E.sum(axis=1, keepdims=True)
    return np.where(rng.random(n) < 0.6, proba.argmax(axis=1), rng.integers(K, size=n)), proba, bins


ASSIGNMENT = Assignment(
    slug="evaluation",
    modules=("numpy",),
    functions=(
        Function(
            name="confusion_matrix",
            reference=confusion_matrix,
            cases=lambda rng: [_answers(rng, 25, 3), _answers(rng, 12, 5), _answers(rng, 40, 2)],
            returns="an array (K, K) of whole numbers",
            mistakes={
                "truth in the columns: here it stands in the rows.": lambda t, p, K: confusion_matrix(
                    p, t, K
                ),
                "each pair counted once: `cm[a, b] += 1` with whole arrays adds once a place.": (_once),
                "the rows divided by their sums: counts are asked for.": lambda t, p, K: (
                    confusion_matrix(t, p, K)
                    / np.maximum(confusion_matrix(t, p, K).sum(axis=1, keepdims=True), 1)
                ),
                "the columns divided by their sums: counts are asked for.": lambda t, p, K: (
                    confusion_matrix(t, p, K)
                    / np.maximum(confusion_matrix(t, p, K).sum(axis=0, keepdims=True), 1)
                ),
                "shares of all examples: counts are asked for.": lambda t, p, K: (
                    confusion_matrix(t, p, K) / len(t)
                ),
                "the right answers alone: mistakes stand beside the diagonal.": lambda t, p, K: np.diag(
                    np.diag(confusion_matrix(t, p, K))
                ),
                "the diagonal alone: all pairs are counted.": lambda t, p, K: np.diag(
                    confusion_matrix(t, p, K)
                ),
                "the mistakes alone: right answers stand on the diagonal.": lambda t, p, K: (
                    confusion_matrix(t, p, K) - np.diag(np.diag(confusion_matrix(t, p, K)))
                ),
                "the accuracy.": lambda t, p, K: float(np.mean(t == p)),
                "the number of right answers.": lambda t, p, K: int(np.sum(t == p)),
                "the classes in reverse order: class 0 comes first.": lambda t, p, K: confusion_matrix(
                    t, p, K
                )[::-1, ::-1],
                "places shifted by one: labels begin at 0.": lambda t, p, K: np.roll(
                    confusion_matrix(t, p, K), -1, axis=(0, 1)
                ),
                "an example left out: count how often the loop runs.": lambda t, p, K: confusion_matrix(
                    t[:-1], p[:-1], K
                ),
                "an example left out: at which example does the loop begin?": lambda t, p, K: (
                    confusion_matrix(t[1:], p[1:], K)
                ),
            },
            edges=(
                accepts(
                    "classes that do not occur",
                    lambda rng: (np.array([0, 1, 1]), np.array([1, 1, 0]), 4),
                    "The size is `num_classes`, whatever the labels are.",
                ),
                accepts(
                    "more examples of a kind than a byte can count",
                    lambda rng: (np.full(300, 1), np.full(300, 0), 2),
                    "A count needs an integer of more than eight bits.",
                ),
                accepts("one example only", lambda rng: (np.array([2]), np.array([0]), 3)),
                accepts("one class only", lambda rng: (np.zeros(4, dtype=int), np.zeros(4, dtype=int), 1)),
                accepts(
                    "labels of dtype uint8, twenty classes",
                    lambda rng: tuple(
                        a.astype(np.uint8) if isinstance(a, np.ndarray) else a for a in _answers(rng, 60, 20)
                    ),
                    UINT8,
                ),
                refuses(
                    "4 true labels and 3 answers",
                    lambda rng: (np.array([0, 1, 0, 1]), np.array([0, 1, 0]), 2),
                ),
                refuses(
                    "3 true labels and 1 answer",
                    lambda rng: (np.array([0, 1, 0]), np.array([1]), 2),
                    "NumPy would stretch the one answer over all examples: compare the shapes yourself.",
                ),
                refuses("an answer equal to K", lambda rng: (np.array([0, 1]), np.array([0, 2]), 2)),
                refuses(
                    "a negative label",
                    lambda rng: (np.array([0, -1]), np.array([0, 1]), 2),
                    "NumPy counts negative positions from the end: compare the labels yourself.",
                ),
            ),
            variants=ARRAYS,
        ),
        Function(
            name="precision_recall_f1",
            reference=precision_recall_f1,
            cases=lambda rng: [_matrix(rng, 3), _matrix(rng, 5), _matrix(rng, 2)],
            returns="a tuple (precision, recall, f1) of arrays (K,)",
            parts=("precision", "recall", "f1"),
            mistakes={
                "precision and recall in each other's place: which adds up a row, which a column?": (
                    _measures(lambda cm, p, r, f: (r, p, f))
                ),
                "f1 as the arithmetic mean: the harmonic one is asked for.": _with_f1(
                    lambda p, r: (p + r) / 2
                ),
                "f1 as the geometric mean: the harmonic one is asked for.": _with_f1(
                    lambda p, r: np.sqrt(p * r)
                ),
                "f1 without its factor 2.": _with_f1(lambda p, r: p * r / (p + r)),
                "f1 as the smaller of the two.": _with_f1(np.minimum),
                "f1 made from accuracy and recall: precision and recall belong in it.": _measures(
                    lambda cm, p, r, f: (p, r, 2 * r * cm.trace() / (cm.sum() * r + cm.trace()))
                ),
                "f1 as a product: p · r is not yet divided.": _with_f1(lambda p, r: 2 * p * r),
                "f1 first: the order is precision, recall, f1.": _measures(lambda cm, p, r, f: (f, p, r)),
                "the accuracy, the same for every class: divide by a row or a column.": lambda cm: (
                    (np.full(len(cm), cm.trace() / cm.sum()),) * 3
                ),
                "values weighed by the size of the class: return the plain value of each.": _measures(
                    lambda cm, p, r, f: tuple(v * cm.sum(axis=1) / cm.sum() for v in (p, r, f))
                ),
                "means over the classes: return the value of each class.": _measures(
                    lambda cm, p, r, f: (p.mean(), r.mean(), f.mean())
                ),
                "the values of class 1 alone: return those of all classes.": _measures(
                    lambda cm, p, r, f: (p[1], r[1], f[1])
                ),
                "shares of all examples: divide by a row or a column.": lambda cm: (
                    np.diag(cm) / cm.sum(),
                    np.diag(cm) / cm.sum(),
                    np.diag(cm) / cm.sum(),
                ),
                "TP divided by FP and by FN: TP belongs in the denominators, too.": lambda cm: (
                    np.diag(cm) / (cm.sum(axis=0) - np.diag(cm)),
                    np.diag(cm) / (cm.sum(axis=1) - np.diag(cm)),
                    np.diag(cm) / (cm.sum(axis=1) + cm.sum(axis=0) - 2 * np.diag(cm)),
                ),
                "specificity, TN/(TN + FP), in the place of recall.": _measures(
                    lambda cm, p, r, f: (
                        p,
                        _specificity(cm),
                        2 * p * _specificity(cm) / (p + _specificity(cm)),
                    )
                ),
                "the shares of mistakes: 1 minus each measure.": _measures(
                    lambda cm, p, r, f: (1 - p, 1 - r, 1 - f)
                ),
                "precision and recall alone: f1 is the third.": _measures(lambda cm, p, r, f: (p, r)),
            },
            edges=(
                stays_finite(
                    "a class that is never answered",
                    lambda rng: (np.array([[5, 0, 2], [3, 0, 1], [0, 0, 4]]),),
                    EMPTY,
                    NOTHING,
                ),
                stays_finite(
                    "a class that never occurs",
                    lambda rng: (np.array([[5, 1, 2], [0, 0, 0], [1, 2, 4]]),),
                    EMPTY,
                    NOTHING,
                ),
                stays_finite(
                    "a class that is never right",
                    lambda rng: (np.array([[5, 1], [2, 0]]),),
                    "Precision and recall are 0 there: what becomes of their harmonic mean?",
                    NOTHING,
                ),
                stays_finite(
                    "an empty matrix of zeros", lambda rng: (np.zeros((2, 2), dtype=int),), EMPTY, NOTHING
                ),
                accepts("all answers right", lambda rng: (np.diag([3, 1, 4]),)),
                accepts("one class only", lambda rng: (np.array([[7]]),)),
                accepts("counts in the millions", lambda rng: (1_000_000 * _matrix(rng, 3)[0],)),
                refuses("a matrix of shape (3, 4)", lambda rng: (np.ones((3, 4), dtype=int),)),
                refuses("an array of shape (4,)", lambda rng: (np.ones(4, dtype=int),)),
            ),
            variants=("integers", "float32", *ARRAYS),
        ),
        Function(
            name="roc_auc",
            reference=roc_auc,
            cases=lambda rng: [_scores(rng, 24), _scores(rng, 30, digits=0), _scores(rng, 11, digits=1)],
            returns="a single number",
            mistakes={
                "ties not counted: a tie counts one half.": lambda y, s: _pairs(
                    y, s, lambda higher, equal: np.mean(higher)
                ),
                "ranks that give ties the order in which they happen to stand: equal scores share the mean "
                "of their ranks.": _by_unshared_ranks,
                "ties counted in full: a tie counts one half.": lambda y, s: _pairs(
                    y, s, lambda higher, equal: np.mean(higher | equal)
                ),
                "ties left out of the denominator as well: a tie counts one half.": lambda y, s: _pairs(
                    y, s, lambda higher, equal: higher.sum() / (~equal).sum()
                ),
                "the pairs in which the negative scores higher.": lambda y, s: 1 - roc_auc(y, s),
                "the number of pairs: divide by how many there are.": lambda y, s: _pairs(
                    y, s, lambda higher, equal: np.sum(higher + equal / 2)
                ),
                "a division by n²: only pairs of a positive and a negative count.": lambda y, s: (
                    _pairs(y, s, lambda higher, equal: np.sum(higher + equal / 2)) / len(y) ** 2
                ),
                "a division by all pairs of examples: only pairs of a positive and a negative count.": (
                    lambda y, s: (
                        _pairs(y, s, lambda higher, equal: np.sum(higher + equal / 2))
                        / (len(y) * (len(y) - 1) / 2)
                    )
                ),
                "2 AUC − 1: AUC itself is asked for.": lambda y, s: 2 * roc_auc(y, s) - 1,
                "the accuracy at a threshold of one half: AUC uses no threshold.": lambda y, s: float(
                    np.mean((s > 0.5) == y)
                ),
                "the accuracy at a threshold of 0: AUC uses no threshold.": lambda y, s: float(
                    np.mean((s > 0) == y)
                ),
                "the difference of the mean scores: only their order counts.": lambda y, s: float(
                    s[y == 1].mean() - s[y == 0].mean()
                ),
                "a mean over neighbours in the arrays: compare every positive with every negative.": (
                    lambda y, s: float(np.mean(np.diff(s) > 0))
                ),
            },
            edges=(
                accepts("all scores equal", lambda rng: (np.array([0, 1, 1, 0]), np.full(4, 0.3))),
                accepts(
                    "a perfect order",
                    lambda rng: (np.array([0, 1, 0, 1]), np.array([-2.0, 5.0, -1.0, 7.0])),
                ),
                accepts(
                    "scores that are worse than chance",
                    lambda rng: (np.array([1, 0, 1, 0, 0]), np.array([0.1, 0.7, 0.4, 0.4, 0.9])),
                    "AUC may be below one half: such scores point the wrong way, and that is to be seen.",
                ),
                accepts(
                    "labels True and False",
                    lambda rng: _scores(rng, 20, digits=1, labels=bool),
                    "With booleans a minus sign means something else: use `==` or `~`.",
                ),
                accepts(
                    "labels of dtype uint8",
                    lambda rng: _scores(rng, 20, digits=1, labels=np.uint8),
                    "1 − y and −y wrap round in uint8.",
                ),
                accepts(
                    "scores of dtype float32",
                    lambda rng: (np.array([0, 1, 1, 0]), np.array([0.1, 0.4, 0.35, 0.35], dtype=np.float32)),
                ),
                accepts(
                    "scores that are whole numbers",
                    lambda rng: (np.array([0, 1, 1, 0, 1]), np.array([1, 3, 2, 2, 5])),
                ),
                accepts("one positive only", lambda rng: (np.array([0, 0, 1, 0]), rng.normal(size=4))),
                refuses("positives only", lambda rng: (np.ones(3, dtype=int), np.array([0.1, 0.5, 0.2]))),
                refuses("negatives only", lambda rng: (np.zeros(3, dtype=int), np.array([0.1, 0.5, 0.2]))),
                refuses("4 labels and 3 scores", lambda rng: (np.array([0, 1, 0, 1]), np.ones(3))),
                refuses("a label 2", lambda rng: (np.array([0, 1, 2]), np.array([0.1, 0.5, 0.2]))),
                is_fast(
                    "2000 examples",
                    lambda rng: _scores(rng, 2000, digits=2),
                    100_000,
                    "A loop over all pairs would take minutes: compare whole arrays, or sort.",
                ),
            ),
            variants=ARRAYS,
        ),
        Function(
            name="expected_calibration_error",
            reference=expected_calibration_error,
            cases=lambda rng: [
                _predictions(rng, 60, 3, 5),
                _predictions(rng, 80, 4, 10),
                _predictions(rng, 30, 2, 3),
            ],
            returns="a single number",
            mistakes={
                "a plain mean over the bins: each counts by its share of the examples.": _off_calibration(
                    lambda n, gap: np.mean(np.abs(gap))
                ),
                "a plain mean over the bins that hold anything: each counts by its share of the examples.": (
                    _off_calibration(lambda n, gap: np.mean(np.abs(gap[n > 0])))
                ),
                "the sum of the gaps: each counts by its share of the examples.": _off_calibration(
                    lambda n, gap: np.sum(np.abs(gap))
                ),
                "the largest gap of all bins: the weighted mean is asked for.": _off_calibration(
                    lambda n, gap: np.max(np.abs(gap))
                ),
                "the gap of all examples together, in which bins cancel each other: take the absolute value "
                "bin by bin.": _off_calibration(lambda n, gap: abs(np.sum(n * gap)) / np.sum(n)),
                "gaps with a sign, which cancel each other: take the absolute value bin by bin.": (
                    _off_calibration(lambda n, gap: -abs(np.sum(n * gap)) / np.sum(n))
                ),
                "squared gaps: the absolute value is asked for.": _off_calibration(
                    lambda n, gap: np.sum(n * gap**2) / np.sum(n)
                ),
                "the sum over the examples: divide by their number.": _off_calibration(
                    lambda n, gap: np.sum(n * np.abs(gap))
                ),
                "the probability of the true class: the confidence is that of the answer given.": (
                    _off_calibration(_weighted, confidence=lambda y, proba: proba[np.arange(len(y)), y])
                ),
                "the probability of the last class: the confidence is that of the answer given.": (
                    _off_calibration(_weighted, confidence=lambda y, proba: proba[:, -1])
                ),
                "ten bins whatever `bins` says.": lambda y, proba, bins: expected_calibration_error(
                    y, proba, 10
                ),
                "bins from 1/K to 1: they go from 0 to 1.": lambda y, proba, bins: _calibration(
                    y, proba, bins, _weighted, first=1 / proba.shape[1]
                ),
                "bins between the confidences at hand: they go from 0 to 1.": lambda y, proba, bins: (
                    _stretched(y, proba, bins)
                ),
                "the middle of each bin in place of its mean confidence.": lambda y, proba, bins: (
                    _to_the_middle(y, proba, bins)
                ),
                "bins of equally many examples: they have equal width.": lambda y, proba, bins: _equally_full(
                    y, proba, bins
                ),
                "one bin too few: how many edges have `bins` bins?": lambda y, proba, bins: (
                    expected_calibration_error(y, proba, bins - 1)
                ),
                "one bin too many: how many edges have `bins` bins?": lambda y, proba, bins: (
                    expected_calibration_error(y, proba, bins + 1)
                ),
                "the mean distance of confidence from right and wrong, 1 and 0: compare means within bins.": (
                    lambda y, proba, bins: float(
                        np.mean(np.abs((proba.argmax(axis=1) == y) - proba.max(axis=1)))
                    )
                ),
                "the share of wrong answers.": lambda y, proba, bins: float(
                    np.mean(proba.argmax(axis=1) != y)
                ),
                "the share of right answers.": lambda y, proba, bins: float(
                    np.mean(proba.argmax(axis=1) == y)
                ),
            },
            edges=(
                stays_finite(
                    "bins without examples",
                    lambda rng: (np.array([0, 1]), np.array([[0.9, 0.1], [0.35, 0.65]]), 10),
                    EMPTY,
                ),
                accepts(
                    "a confidence of exactly 1",
                    lambda rng: (np.array([0, 1, 1]), np.array([[1.0, 0.0], [1.0, 0.0], [0.3, 0.7]]), 5),
                    "It belongs to the last bin.",
                ),
                accepts(
                    "confidences on the border of two bins",
                    lambda rng: (
                        np.array([0, 1, 2, 0]),
                        np.array([[0.5, 0.3, 0.2], [0.2, 0.5, 0.3], [0.25, 0.0, 0.75], [0.2, 0.6, 0.2]]),
                        4,
                    ),
                    "A confidence on a border belongs to the lower of the two bins.",
                ),
                accepts("one bin only", lambda rng: _predictions(rng, 20, 3, 1)),
                accepts("one example only", lambda rng: _predictions(rng, 1, 3, 5)),
                accepts(
                    "labels of dtype uint8, probabilities of dtype float32",
                    lambda rng: (
                        np.array([0, 1, 1], dtype=np.uint8),
                        np.array([[0.83, 0.17], [0.41, 0.59], [0.72, 0.28]], dtype=np.float32),
                        5,
                    ),
                ),
                refuses("3 labels for 2 rows", lambda rng: (np.array([0, 1, 0]), np.full((2, 2), 0.5), 5)),
                refuses(
                    "1 label for 2 rows",
                    lambda rng: (np.array([0]), np.array([[0.6, 0.4], [0.3, 0.7]]), 5),
                    "NumPy would stretch the one label over all rows: compare the shapes yourself.",
                ),
                refuses("probabilities of shape (3,)", lambda rng: (np.array([0, 1, 0]), np.ones(3), 5)),
                refuses("0 bins", lambda rng: (np.array([0]), np.array([[0.6, 0.4]]), 0)),
            ),
            variants=ARRAYS,
        ),
    ),
)
