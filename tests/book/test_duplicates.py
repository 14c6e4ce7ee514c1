"""The record of duplicated texts is made by splits that are what they are called."""

import sys

import numpy as np
import pytest
from chapter_pattern import ROOT

sys.path.append(str(ROOT / "benchmarks"))
import duplicates


@pytest.fixture
def text():
    return np.random.default_rng(0).integers(0, 40, size=400)  # about ten copies each


def test_a_split_by_texts_keeps_all_copies_together(text):
    test = duplicates.test_rows("texts", text, np.random.default_rng(1))
    assert len(set(text[test])) == 8
    assert not set(text[test]) & set(text[~test])


def test_a_split_by_rows_does_not(text):
    test = duplicates.test_rows("rows", text, np.random.default_rng(1))
    assert test.sum() == 80
    assert set(text[test]) & set(text[~test])


def test_what_was_seen_is_told_from_what_was_not(text):
    class Memory:
        """Knows the labels of what it was shown and nothing else."""

        def fit(self, X, y):
            self.known = dict(zip(X[:, 0], y, strict=True))
            return self

        def predict(self, X):
            return np.array([self.known.get(x, -1) for x in X[:, 0]])

    labels = text % 2
    by_rows = duplicates.run(Memory(), text[:, None], text, labels, "rows", 0)
    assert by_rows["seen_accuracy"] == 1
    by_texts = duplicates.run(Memory(), text[:, None], text, labels, "texts", 0)
    assert by_texts["seen_accuracy"] == ""
    assert by_texts["test_accuracy"] == by_texts["unseen_accuracy"] == by_texts["seen"] == 0
