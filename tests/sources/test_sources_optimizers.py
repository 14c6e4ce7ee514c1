"""What the chapter on optimizers says against the sources, held against Keras and closed forms."""

import keras
import numpy as np
import pytest


def keras_path(optimizer, gradients, start=0.0):
    """The values of a float64 weight vector after each step, Keras computing."""
    w = keras.Variable(np.full(np.shape(gradients[0]), start), dtype="float64")
    path = [w.numpy().copy()]
    for g in gradients:
        optimizer.apply([np.asarray(g, dtype=float)], [w])
        path.append(w.numpy().copy())
    return np.array(path)


def adam_formula(gradients, eta, corrected, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    w = m = v = 0.0
    path = [w]
    for t, g in enumerate(gradients, start=1):
        m, v = beta_1 * m + (1 - beta_1) * g, beta_2 * v + (1 - beta_2) * g**2
        m_hat, v_hat = (m / (1 - beta_1**t), v / (1 - beta_2**t)) if corrected else (m, v)
        w = w - eta * m_hat / (np.sqrt(v_hat) + epsilon)
        path.append(w)
    return np.array(path)


def test_source_01_adam_corrects_the_bias_of_both_averages():
    gradients = np.random.default_rng(1).normal(0.3, 1.0, size=60)
    theirs = keras_path(keras.optimizers.Adam(0.01), gradients[:, None])[:, 0]
    right = adam_formula(gradients, 0.01, corrected=True)
    wrong = adam_formula(gradients, 0.01, corrected=False)
    assert np.abs(theirs - right).max() < 1e-5
    assert np.abs(theirs - wrong).max() > 0.05


def test_source_01_the_uncorrected_step_is_too_long_by_a_known_factor():
    t = np.arange(1, 5001)
    steps = [-np.diff(adam_formula(np.ones(5000), 1.0, corrected)) for corrected in (True, False)]
    factor = (1 - 0.9**t) / np.sqrt(1 - 0.999**t)
    np.testing.assert_allclose(steps[1] / steps[0], factor, rtol=1e-4)
    assert factor[0] == pytest.approx(np.sqrt(10))
    assert (t[factor.argmax()], round(factor.max(), 2)) == (12, 6.57)
    assert factor[-1] == pytest.approx(1, abs=0.01)


ADAPTIVE = {
    "Adagrad": lambda rate: keras.optimizers.Adagrad(rate, initial_accumulator_value=0.0),
    "RMSprop": keras.optimizers.RMSprop,
    "Adam": keras.optimizers.Adam,
}


@pytest.mark.parametrize("name", ADAPTIVE)
def test_source_14_all_three_adapt_per_parameter(name):
    """Dense gradients, one a hundred times the other: SGD's steps differ by 100, theirs do not."""
    g = np.random.default_rng(14).normal(0.5, 1.0, size=(30, 1)) * [1.0, 100.0]
    moved = keras_path(ADAPTIVE[name](0.01), g)
    np.testing.assert_allclose(moved[:, 0], moved[:, 1], rtol=1e-2, atol=1e-4)
    sgd = keras_path(keras.optimizers.SGD(0.01), g)
    np.testing.assert_allclose(100 * sgd[:, 0], sgd[:, 1], rtol=1e-6)


@pytest.mark.parametrize("name", ADAPTIVE)
def test_source_14_all_three_help_a_rare_weight(name):
    rare = np.arange(500) % 50 == 0
    g = np.column_stack([np.ones(500), rare])
    often, seldom = keras_path(ADAPTIVE[name](0.001), g)[-1]
    assert seldom / often > 2.5 * rare.mean()
    often, seldom = keras_path(keras.optimizers.SGD(0.001), g)[-1]
    assert seldom / often == pytest.approx(rare.mean(), rel=1e-4)


def test_source_36_adam_leaves_the_global_rate_to_the_user():
    """Ten times the rate is ten times the way, from any gradients: no rate is chosen for anybody."""
    g = np.random.default_rng(36).normal(size=(50, 3))
    slow, fast = (keras_path(keras.optimizers.Adam(rate), g) for rate in (0.001, 0.01))
    np.testing.assert_allclose(fast, 10 * slow, rtol=1e-4, atol=1e-9)


def test_source_36_a_poor_rate_ruins_adam():
    """From w = 5 on ½w²: 100 steps arrive nowhere when short, and overshoot when long."""
    ends = {}
    for rate in (0.001, 0.1, 50.0):
        w = keras.Variable(np.array([5.0]), dtype="float64")
        optimizer = keras.optimizers.Adam(rate)
        for _ in range(100):
            optimizer.apply([w.numpy()], [w])
            ends.setdefault(rate, []).append(abs(w.numpy()[0]))
    assert min(ends[0.001]) > 4.8
    assert max(ends[0.1][-10:]) < 0.5
    assert max(ends[50.0][:10]) > 40  # thrown far beyond the start
    assert max(ends[50.0][-50:]) > 1


@pytest.mark.parametrize("name", ["SGD", "Adam"])
def test_weight_decay_equals_an_l2_penalty_for_sgd_and_not_for_adam(name):
    g, lam, w = np.array([0.2, -20.0]), 0.1, np.array([1.0, 1.0])
    optimizer = getattr(keras.optimizers, name)
    decayed = keras.Variable(w, dtype="float64")
    penalised = keras.Variable(w, dtype="float64")
    optimizer(0.01, weight_decay=lam).apply([g], [decayed])
    optimizer(0.01).apply([g + lam * w], [penalised])
    same = np.allclose(decayed.numpy(), penalised.numpy(), atol=1e-7)
    assert same == (name == "SGD")
