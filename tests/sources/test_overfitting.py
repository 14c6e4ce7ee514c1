"""What the chapter on overfitting says against the sources, held against computations without a network."""

import math

import numpy as np
import pytest
from glassnet import callbacks, losses, metrics
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.neighbors import KNeighborsClassifier


def test_source_37_loss_and_accuracy_of_one_validation_part_can_both_rise():
    y = np.array([1, 1, 1, 1])
    early = np.array([[0.4, 0.6], [0.4, 0.6], [0.55, 0.45], [0.7, 0.3]])
    late = np.array([[0.01, 0.99], [0.01, 0.99], [0.01, 0.99], [0.999, 0.001]])
    accuracy = [metrics.sparse_categorical_accuracy(y, P).mean() for P in (early, late)]
    loss = [losses.sparse_categorical_crossentropy(y, P).mean() for P in (early, late)]
    assert accuracy[1] > accuracy[0]
    assert loss[1] > loss[0]
    assert loss[1] == pytest.approx(-(3 * math.log(0.99) + math.log(0.001)) / 4, rel=1e-4)


def test_source_37_one_bad_epoch_ends_training_without_patience_only():
    values = [1.0, 0.9, 0.95, 0.7, 0.6, 0.65, 0.66, 0.67]

    class Model:
        stop_training = False

        def get_weights(self):
            return []

        def set_weights(self, weights):
            pass

    def epochs_run(patience):
        stop, model = callbacks.EarlyStopping("val_loss", patience=patience), Model()
        stop.set_model(model)
        stop.on_train_begin()
        for epoch, value in enumerate(values):
            stop.on_epoch_end(epoch, {"val_loss": value})
            if model.stop_training:
                return epoch + 1
        return len(values)

    assert epochs_run(patience=1) == 3  # at the first rise, before the best epoch
    assert epochs_run(patience=3) == 8  # the best epoch, 5, and three more


def test_source_41_the_least_error_belongs_to_the_problem():
    bayes = 0.5 * (1 - math.erf(1 / math.sqrt(2)))
    rng = np.random.default_rng(0)

    def draw(n):
        y = rng.integers(2, size=n)
        return rng.normal(size=(n, 2)) + [2, 0] * y[:, None], y

    X, y = draw(50_000)
    X_few, y_few = draw(30)
    best = LinearDiscriminantAnalysis().fit(*draw(20_000))  # the right model for this problem
    assert 1 - best.score(X, y) == pytest.approx(bayes, abs=0.006)
    by_heart = KNeighborsClassifier(1).fit(X_few, y_few)
    assert 1 - by_heart.score(X_few, y_few) < bayes < 1 - by_heart.score(X, y)
