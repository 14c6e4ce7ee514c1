"""The references of `generalization` against Keras, and the judge of dropout against many right ones."""

import types

import keras
import numpy as np
import pytest
from glassnet.checks.generalization import (
    ASSIGNMENT,
    STOPPING_MISTAKES,
    _curve,
    _dropout_cases,
    _judge_dropout,
    _telling,
    dropout,
    early_stopping,
    l2_penalty,
)


@pytest.fixture
def rng():
    return np.random.default_rng(21)


def keras_stops(losses, patience, min_delta):
    """Epoch after which Keras' own callback ends training, and its best epoch."""
    model = types.SimpleNamespace(stop_training=False)
    stop = keras.callbacks.EarlyStopping("val_loss", min_delta=min_delta, patience=patience, mode="min")
    stop.set_model(model)
    stop.on_train_begin()
    for epoch, loss in enumerate(losses):
        stop.on_epoch_end(epoch, {"val_loss": loss})
        if model.stop_training:
            break
    return epoch, stop.best_epoch


@pytest.mark.parametrize("patience", [0, 1, 2, 5, 30])
@pytest.mark.parametrize("min_delta", [0.0, 0.02, 0.1])
def test_it_stops_where_keras_stops(rng, patience, min_delta):
    for n in (1, 2, 15, 60):
        losses = _curve(rng, n)
        assert early_stopping(losses, patience, min_delta) == keras_stops(losses, patience, min_delta)


def test_edge_cases_of_stopping_are_those_of_keras(rng):
    (function,) = (f for f in ASSIGNMENT.functions if f.name == "early_stopping")
    for case in function.edges:
        if not case.raises:
            arguments = case.arguments(rng)
            assert function.reference(*arguments) == keras_stops(*arguments), case.title


def test_the_first_curve_tells_the_mistakes_apart():
    for seed in range(10):
        arguments = _telling(np.random.default_rng(seed))
        results = [formula(*arguments) for formula in list(STOPPING_MISTAKES.values())[:-1]]
        assert len(set(results)) == len(results)
        assert early_stopping(*arguments) not in results


def test_the_penalty_is_that_of_keras(rng):
    for shape in ((3, 4), (5,), (3, 3, 2, 4)):
        W = rng.normal(size=shape)
        assert l2_penalty(W, 0.3) == pytest.approx(float(keras.regularizers.L2(0.3)(W)), rel=1e-5)


def test_dropout_keeps_mean_and_variance_as_keras_does(rng):
    A = np.full((400, 500), 3.0, "float32")
    keras_layer = keras.layers.Dropout(0.3, seed=1)
    ours = dropout(A, 0.3, rng, True)
    for dropped in (ours, np.array(keras_layer(A, training=True))):
        assert dropped.mean() == pytest.approx(3, rel=0.01)
        assert dropped.var() == pytest.approx(0.3 / 0.7 * 9, rel=0.02)
    np.testing.assert_array_equal(dropout(A, 0.3, rng, False), A)


RIGHT = {
    "uniform": lambda A, p, rng: A * (rng.random(A.shape) >= p) / (1 - p),
    "exact share": lambda A, p, rng: (
        A * rng.permutation(np.arange(A.size) >= round(p * A.size)).reshape(A.shape) / (1 - p)
    ),
    "binomial": lambda A, p, rng: A * rng.binomial(1, 1 - p, A.shape) / (1 - p),
}


@pytest.mark.parametrize("how", RIGHT)
def test_no_right_dropout_is_refused_by_bad_luck(how):
    draw = RIGHT[how]

    def answer(A, rate, rng, training):
        return draw(A, rate, rng) if training else A

    for seed in range(60):
        for arguments in _dropout_cases(np.random.default_rng([seed, 5])):
            *_, own, _ = arguments
            state = own.bit_generator.state

            def again(A, rate, rng, training, own=own, state=state):
                if rng is own:
                    rng = np.random.default_rng()
                    rng.bit_generator.state = state
                return answer(A, rate, rng, training)

            assert _judge_dropout(again(*arguments), arguments, again) is None


@pytest.mark.parametrize("function", ASSIGNMENT.functions, ids=lambda f: f.name)
def test_edge_cases_do_what_they_promise(function, rng):
    for case in function.edges:
        arguments = case.arguments(rng)
        if case.raises:
            with pytest.raises(ValueError, match=r"lam|rate|losses"):
                function.reference(*arguments)
        else:
            function.reference(*arguments)
