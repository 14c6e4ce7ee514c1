"""Comparing results: nested structures, precision, and words for what differs."""

import numpy as np
import pytest
from glassnet.checks.compare import close, difference

A = np.arange(6.0).reshape(2, 3)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (A.astype(np.float32), A),
        (A * (1 + 1e-9), A),
        ((A, 3), [A, 3]),
        ([(A, A[0]), (A, A[1])], [(A, A[0]), (A, A[1])]),
        ({"m": A, "t": 1, "more": None}, {"m": A, "t": 1}),
        (np.float32(2), 2.0),
        (np.array(2.0), 2.0),
        (2, 2.0),
        (np.int64(2), 2),
        (np.True_, True),
        ("relu", "relu"),
        (None, None),
        (A, A.astype(int)),
        (np.zeros((2, 0)), np.zeros((2, 0))),
        (np.array([1e-12, 1.0]), np.array([0.0, 1.0])),
    ],
)
def test_equal_enough(received, expected):
    assert close(received, expected)


@pytest.mark.parametrize(
    ("received", "expected", "stage", "fragment"),
    [
        ((A, A), (A, A, A), "shape", "must have 3 parts, not 2"),
        (A, (A, A), "type", "must be a tuple, not an array"),
        ([(A, A[0]), (A, -A[1])], [(A, A[0]), (A, A[1])], "values", "opposite sign"),
        ({"m": A}, {"m": A, "v": A}, "shape", "no entry 'v'"),
        ({"m": A + 1e-4 * np.eye(2, 3)}, {"m": A}, "values", "2 of 6 entries"),
        (2.0, 2, "type", "whole number"),
        (True, 1, "type", "not a bool"),
        (1, True, "type", "must be a bool, not an int"),
        ("Relu", "relu", "values", "not the right one"),
        (np.array([2.0]), 2.0, "shape", "not an array of shape (1,)"),
        (3, A, "type", "summed up too far"),
        (A.ravel(), A, "shape", "arranged differently"),
        (A.astype(int), A + 0.5, "dtype", "Integers cut off decimals"),
        (A > 2, A, "dtype", "comparison"),
        (-A, A, "values", "opposite sign"),
        (np.where(A == 5, np.inf, A), A, "values", "infinity at [1, 2]"),
        (A[:, :2].T[::-1], A[:, :2], "values", "worst"),
        (A[:, :2].T, A[:, :2], "values", "rows and columns swapped"),
        (np.round(A / 7, 2), A / 7, "values", "rounded to 2 digits"),
        (np.abs(A - 2), A - 2, "values", "absolute value"),
        (1.00000042, 1.0, "values", "received 1.00000042, correct is 1"),
        (407_051, 407_050, "values", "received 407051, correct is 407050"),
    ],
)
def test_differences_in_words(received, expected, stage, fragment):
    found = difference(received, expected)
    assert found is not None
    assert found.stage == stage
    assert fragment in found.text
