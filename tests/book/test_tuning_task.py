"""The searches of the chapter on tuning keep to one budget and promote the models they say they promote."""

import sys

import glassnet
import numpy as np
import pytest
from chapter_pattern import BOOK

sys.path.append(str(BOOK / "_scripts"))
import tuning_task


def test_parts_are_disjoint_and_another_seed_draws_others():
    (X, _), (X_val, _), (X_test, _) = tuning_task.task(0)
    assert (X.shape, X_val.shape, X_test.shape) == ((1000, 784), (500, 784), (10_000, 784))
    assert not {x.tobytes() for x in X} & {x.tobytes() for x in X_val}
    (X_other, _), *_ = tuning_task.task(1)
    assert not np.array_equal(X, X_other)
    (X_same, _), (X_more, _), _ = tuning_task.task(0, val=600)
    np.testing.assert_array_equal(X_same, X)
    np.testing.assert_array_equal(X_more[:500], X_val)


def test_a_model_that_diverged_scores_as_chance():
    model = tuning_task.build(glassnet, learning_rate=0.1, units=8, dropout=0.0)
    model.set_weights([np.full_like(w, np.nan) for w in model.get_weights()])
    X, y = np.zeros((20, 784), "float32"), np.zeros(20, int)
    with np.errstate(all="ignore"):
        assert tuning_task.accuracy(model, (X, y)) == 0.1
    parts = tuning_task.task(0, train=200, val=50)
    values = {"learning_rate": 1e30, "units": 8, "dropout": 0.0}
    assert 0 <= tuning_task.accuracy(tuning_task.train(values, parts, seed=0), parts[1]) < 0.3


@pytest.mark.parametrize("method", ["grid", "random", "Hyperband"])
def test_a_search_spends_its_budget_and_no_more(method, monkeypatch):
    """Trainings are counted instead of made; accuracy is a known function of the learning rate."""
    trained = []

    def train(values, parts, seed, epochs=tuning_task.EPOCHS, model=None):
        model = model or {"rate": values["learning_rate"], "epochs": 0}
        assert model["rate"] == values["learning_rate"], "a promoted trial got another trial's model"
        model["epochs"] += epochs
        trained.append(epochs)
        return model

    monkeypatch.setattr(tuning_task, "task", lambda seed: (None, None, None))
    monkeypatch.setattr(tuning_task, "train", train)
    monkeypatch.setattr(
        tuning_task, "accuracy", lambda model, part: 1 / (1 + abs(np.log10(model["rate"] / 0.03)))
    )
    rows = tuning_task.search(method, seed=3)
    spent = [row["epochs"] for row in rows]
    assert spent == trained
    assert sum(spent[:-1]) < tuning_task.BUDGET <= sum(spent)
    best = max(rows, key=lambda row: row["val_accuracy"])
    assert 0.01 < best["learning_rate"] < 0.1
    if method == "grid":
        tried = {(r["learning_rate"], r["units"], r["dropout"]) for r in rows}
        assert len(tried) == 27
        assert {t[0] for t in tried} == set(tuning_task.GRID["learning_rate"])
    if method == "Hyperband":
        assert len(rows) > 2 * tuning_task.BUDGET / tuning_task.EPOCHS
