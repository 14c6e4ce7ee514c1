"""The references of `optimizers` against Keras, and its data against the text's promises."""

import keras
import numpy as np
import pytest
from glassnet.checks import Checks
from glassnet.checks.engine import arguments_of
from glassnet.checks.guard import Trusted
from glassnet.checks.optimizers import ASSIGNMENT, adagrad_step, adam_step, rmsprop_step, sgd_step


@pytest.fixture
def rng():
    return np.random.default_rng(12)


@pytest.mark.parametrize(
    ("step", "optimizer", "arguments"),
    [
        (sgd_step, keras.optimizers.SGD, {}),
        (sgd_step, keras.optimizers.SGD, {"learning_rate": 0.05, "momentum": 0.8}),
        (adagrad_step, keras.optimizers.Adagrad, {}),
        (adagrad_step, keras.optimizers.Adagrad, {"initial_accumulator_value": 0.4, "epsilon": 0.01}),
        (rmsprop_step, keras.optimizers.RMSprop, {}),
        (rmsprop_step, keras.optimizers.RMSprop, {"learning_rate": 0.02, "rho": 0.7, "epsilon": 0.01}),
        (adam_step, keras.optimizers.Adam, {}),
        (adam_step, keras.optimizers.Adam, {"learning_rate": 0.02, "beta_1": 0.7, "beta_2": 0.98}),
    ],
)
def test_fifty_steps_of_two_weights_agree_with_keras(rng, step, optimizer, arguments):
    weights = [rng.normal(size=shape) for shape in ((3, 4), (4,))]
    twins = [keras.Variable(w, dtype="float64") for w in weights]
    theirs, states = optimizer(**arguments), [None, None]
    begin = [w.copy() for w in weights]
    for _ in range(50):
        gradients = [rng.normal(size=w.shape) for w in weights]
        theirs.apply(gradients, twins)
        for i, g in enumerate(gradients):
            weights[i], states[i] = step(weights[i], g, states[i], **arguments)
    # Keras holds β and μ in 32 bits, and adds Adam's ε before it corrects v.
    for w, twin, start in zip(weights, twins, begin, strict=True):
        assert np.abs(w - twin.numpy()).max() < 2e-5 * np.abs(w - start).max()


def test_examples_of_the_text():
    w, state = sgd_step(np.array([1.0, 2.0]), np.array([10.0, -10.0]), None, 0.1, 0.5)
    np.testing.assert_allclose(w, [0, 3])
    w, state = sgd_step(w, np.array([10.0, -10.0]), state, 0.1, 0.5)
    np.testing.assert_allclose([w, state["v"]], [[-1.5, 4.5], [-1.5, 1.5]])
    w, state = adagrad_step(np.array([1.0]), np.array([3.0]), None, 0.1, 16.0, 0.0)
    np.testing.assert_allclose([w, state["v"]], [[0.94], [25]])
    w, state = rmsprop_step(np.array([1.0]), np.array([2.0]), None, 0.1, 0.75, 0.0)
    np.testing.assert_allclose([w, state["v"]], [[0.8], [1]])
    w, state = adam_step(np.array([1.0]), np.array([-2.0]), None, 0.1, 0.3, 0.6, 0.0)
    np.testing.assert_allclose(w, [1.1])
    assert state["t"] == 1


@pytest.mark.parametrize("function", ASSIGNMENT.functions, ids=lambda f: f.name)
def test_edge_cases_do_what_they_promise(function, rng):
    for case in function.edges:
        arguments = case.arguments(rng)
        if case.raises:
            with pytest.raises(ValueError, match="shape"):
                function.reference(*arguments)
        else:
            with np.errstate(over="raise", invalid="raise", divide="raise"):
                w, state = function.reference(*arguments)
            assert w.shape == arguments[0].shape
            assert all(np.all(np.isfinite(value)) for value in (w, *state.values()))


@pytest.mark.parametrize("function", ASSIGNMENT.functions, ids=lambda f: f.name)
def test_every_known_mistake_is_recognised_by_its_own_hint(function):
    for hint, formula in function.mistakes.items():
        names = {"__name__": "__main__", function.name: Trusted(formula)}
        feedback = Checks("optimizers", names).run(function.name).feedback
        assert feedback.mistake == hint, feedback


def test_arguments_and_defaults_are_keras(rng):
    for step, optimizer in [
        (sgd_step, keras.optimizers.SGD),
        (adagrad_step, keras.optimizers.Adagrad),
        (rmsprop_step, keras.optimizers.RMSprop),
        (adam_step, keras.optimizers.Adam),
    ]:
        config = optimizer().get_config()
        names = arguments_of(ASSIGNMENT[step.__name__])
        assert names[:3] == ("w", "g", "state")
        for name, default in zip(names[3:], step.__defaults__, strict=True):
            assert config[name] == pytest.approx(default), name


@pytest.mark.parametrize("function", ASSIGNMENT.functions, ids=lambda f: f.name)
def test_hints_do_not_contain_the_solution(function):
    hints = [*function.mistakes, *(case.hint for case in function.edges)]
    assert not any(code in text for text in hints for code in ("np.sqrt(", "np.zeros", "**", "m_hat"))
