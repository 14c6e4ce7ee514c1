"""What holds for every way of putting rows in random order: each comes once, with its own label."""

from itertools import pairwise

import numpy as np

OTHER = 987  # seed of a generator that must give another result


def judge_order(parts, arguments, again):
    """What is wrong with parts (X, y) that together should hold every row once, in random order."""
    X, y, _, rng = arguments
    place = {row.tobytes(): i for i, row in enumerate(np.ascontiguousarray(X))}
    rows = [place.get(np.ascontiguousarray(row, dtype=X.dtype).tobytes()) for x, _ in parts for row in x]
    if None in rows:
        return "It returns rows that are not in X: take rows as they are, and change none."
    if len(set(rows)) < len(rows):
        return "Some rows come twice, others not at all: every row belongs to one part."
    labels = np.concatenate([labels for _, labels in parts])
    if not np.array_equal(labels, y[rows]):
        return (
            "Labels have lost their rows. This looks like X and y shuffled apart: shuffle row numbers once, "
            "and take both by them."
        )
    if rows == sorted(rows):
        return "The rows come as they stand: shuffle them first, for data are often sorted."
    starts = np.cumsum([0] + [len(labels) for _, labels in parts])
    consecutive = all(np.all(np.diff(rows[a:b]) == 1) for a, b in pairwise(starts.tolist()))
    if consecutive and max(len(labels) for _, labels in parts) > 1:
        return "Neighbours stay together: shuffle the rows, before they are cut into parts."
    # Of two parts the larger one lacks a few rows and has all others; by chance it may look orderly.
    ends = sorted(pairwise(starts.tolist()), key=lambda pair: pair[1] - pair[0])[
        : -1 if len(parts) == 2 else None
    ]
    if any(b - a >= 6 and len(set(np.diff(rows[a:b]).tolist())) == 1 for a, b in ends):
        return "Rows at equal distances make up a part: draw each of its rows by chance."
    for other, same, text in (
        (rng, False, "Two calls with equal generators differ: draw from `rng`, and from nothing else."),
        (
            np.random.default_rng(OTHER),
            True,
            "Every generator gives the same order: draw from the `rng` you are given.",
        ),
    ):
        repeated = np.concatenate([labels for _, labels in again(*arguments[:3], other)])
        if np.array_equal(repeated, labels) == same:
            return text
    return None


def rows_and_labels(rng, n, d):
    """Different rows with different labels, and a generator of their own."""
    return rng.normal(size=(n, d)), rng.permutation(n) + 10, np.random.default_rng(int(rng.integers(10**6)))
